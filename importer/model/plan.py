"""What an import would do: one change per record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from importer.model.problem import Problem
from importer.model.record import Json, Record, Remote, State

_WHOLE = 1e15
"""Below it every whole number is shown with all its digits, and without a needless `.0`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field in which the workbook and the service disagree."""

    field: str
    header: str
    before: Json
    after: Json

    def __str__(self) -> str:
        return f"{self.header}: {shown(self.before)} → {shown(self.after)}"


def shown(value: Json) -> str:
    """A value of a record's state as it is put into a message."""
    match value:
        case None | "" | []:
            return "(nothing)"
        case {"sha256": str(digest), "name": name}:
            return f"{name} (SHA-256 {digest[:12]}…)"
        case dict():
            return " ".join(shown(part) for part in value.values())
        case list():
            return ", ".join(shown(part) for part in value)
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < _WHOLE:
            return str(int(value))
        case _:
            return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """The service does not hold the record yet."""

    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """The service holds the record, and the workbook changed since it was last confirmed."""

    record: Record
    remote: Remote
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The service holds what the workbook says."""

    record: Record
    remote: Remote
    confirmed: bool = True
    """False where the ledger does not know yet that service and workbook agree."""
    asked: bool = True
    """False where only the ledger says so; the remote's body is empty then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """The service holds something else, and sending the row would revert or take over."""

    record: Record
    remote: Remote
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A record that this one refers to stays out, so this one does, too."""

    record: Record
    by: str


Change = Create | Update | Unchanged | Conflict | Blocked


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The changes in the order in which they may be applied.

    `desired` gives each record's state with the references that are known by now resolved;
    `problems` holds what only the account could tell, by the row that it keeps out.
    """

    changes: tuple[Change, ...]
    desired: Mapping[tuple[str, str], State] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
