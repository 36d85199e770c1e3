"""What became of a row."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from importer.model.plan import Blocked, Change, Conflict, Create, Unchanged, Update
from importer.model.problem import Problem
from importer.model.record import Json

STILL_CALCULATING = "Still calculating at the service."
"""The message of a row whose figures are to come; by it they are known as open later on."""


class Status(StrEnum):
    """The end of a row; each row has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    INVALID = "invalid"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"

    @property
    def is_in_order(self) -> bool:
        """Whether the service now holds what the row says."""
        return self in (Status.CREATED, Status.UPDATED, Status.UNCHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One row's outcome. `sheet` is the title in the user's file.

    results: what goes into its result columns.

    later: whether it was left for another command, as `message` says; it needs no fix then.
    """

    sheet: str
    row: int
    key: str
    status: Status
    id: str = ""
    message: str = ""
    problems: tuple[Problem, ...] = ()
    results: tuple[tuple[str, Json], ...] = ()
    later: bool = False

    @property
    def is_in_order(self) -> bool:
        """Whether this row asks for nothing."""
        return self.status.is_in_order or self.later


def count(outcomes: Iterable[Outcome]) -> dict[Status, int]:
    """How many rows ended in which way, in the order of `Status`, zeros left out."""
    counts = Counter(outcome.status for outcome in outcomes)
    return {status: counts[status] for status in Status if counts[status]}


def planned_status(change: Change) -> Status:
    """The status that a row will have if its change is applied as planned."""
    match change:
        case Create():
            return Status.CREATED
        case Update():
            return Status.UPDATED
        case Unchanged():
            return Status.UNCHANGED
        case Conflict():
            return Status.CONFLICT
        case Blocked():
            return Status.BLOCKED
    assert_never(change)
