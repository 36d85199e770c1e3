"""Three-way comparison: the workbook, the service, and what was last confirmed between them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from importer.model.plan import Difference
from importer.model.ports import Confirmation
from importer.model.record import Json, State

Same = Callable[[str, Json, Json], bool]
"""Whether two values of a field mean the same."""

_TOLERANCE = 1e-9


class Relation(Enum):
    """How the workbook's state of a record stands to the service's."""

    EQUAL = "equal"
    CHANGED_HERE = "changed in the workbook"
    CHANGED_THERE = "changed in the service"
    CHANGED_BOTH = "changed on both sides"
    OLD_FILE = "back at something that was corrected since"
    NEVER_CONFIRMED = "never confirmed from here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The relation, the fields in which the two differ, and when they last agreed."""

    relation: Relation
    differences: tuple[Difference, ...] = ()
    agreed_at: datetime | None = None


def equal(one: Json, other: Json) -> bool:
    """Equal, numbers within a relative tolerance: the precision of the services is not known."""
    match one, other:
        case (bool(), _) | (_, bool()):
            return one is other
        case (int() | float(), int() | float()):
            return _is_near(one, other)
        case (dict(), dict()):
            return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
        case (list(), list()):
            return len(one) == len(other) and all(map(equal, _in_order(one), _in_order(other)))
        case _:
            return one == other or (one in (None, []) and other in (None, []))


def _in_order(values: list[Json]) -> list[Json]:
    """Texts regardless of their order: that a service keeps it is nowhere promised."""
    return sorted(values, key=str) if all(isinstance(each, str) for each in values) else values


def _is_near(one: float, other: float) -> bool:
    try:
        return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other))
    except OverflowError:  # a service may write whole numbers that no float holds
        return one == other


def compare(
    desired: State,
    remote: State,
    confirmations: Sequence[Confirmation],
    *,
    headers: Mapping[str, str],
    same: Same,
) -> Comparison:
    """Compare what is stated; what is blank in the workbook is not looked at.

    `confirmations` are all that were sent and confirmed, oldest first. What was sent and what was
    seen right after may be spelled differently, so each side is held against its own.
    """
    last = confirmations[-1] if confirmations else None
    open_fields = [
        field
        for field, value in desired.items()
        if not same(field, value, remote.get(field))
        and not _respelled(field, value, remote.get(field), last, same)
    ]
    if not open_fields:
        return Comparison(relation=Relation.EQUAL)
    differences = tuple(
        Difference(
            field=field,
            header=headers.get(field, field),
            before=remote.get(field),
            after=desired[field],
        )
        for field in open_fields
    )
    return Comparison(
        relation=_relate(desired, remote, open_fields, confirmations, same),
        differences=differences,
        agreed_at=last.at if last else None,
    )


def _respelled(
    field: str, value: Json, stored: Json, last: Confirmation | None, same: Same
) -> bool:
    """Nothing changed on either side since both were confirmed, however they are spelled."""
    if last is None or field not in last.sent or field not in last.observed:
        return False
    if not isinstance(value, str) or not isinstance(stored, str):
        # Only words are spelled; a number that comes back as another one is not the same.
        return False
    return same(field, value, last.sent[field]) and same(field, stored, last.observed[field])


def _relate(
    desired: State,
    remote: State,
    fields: Sequence[str],
    confirmations: Sequence[Confirmation],
    same: Same,
) -> Relation:
    if not confirmations:
        return Relation.NEVER_CONFIRMED
    last = confirmations[-1]
    here = any(changed_here(field, desired[field], last, same) for field in fields)
    there = any(changed_there(field, remote.get(field), last, same) for field in fields)
    if any(takes_back(field, desired[field], confirmations, same) for field in fields):
        return Relation.OLD_FILE
    if here and there:
        return Relation.CHANGED_BOTH
    return Relation.CHANGED_HERE if here else Relation.CHANGED_THERE


def changed_here(field: str, value: Json, last: Confirmation, same: Same) -> bool:
    """Whether the workbook says something else than when both were last confirmed."""
    before = last.sent[field] if field in last.sent else last.observed.get(field)
    return not same(field, value, before)


def changed_there(field: str, stored: Json, last: Confirmation, same: Same) -> bool:
    """Whether the service holds something else than when both were last confirmed."""
    return not same(field, stored, seen_before(field, last))


def seen_before(field: str, last: Confirmation) -> Json:
    """How the service had a field when it was last confirmed; what it did not show, as sent."""
    return last.observed[field] if field in last.observed else last.sent.get(field)


def is_confirmed(desired: State, remote: State, last: Confirmation, same: Same) -> bool:
    """Whether the last confirmation covers all that the two sides agree on now."""
    return all(
        field in last.sent
        and same(field, value, last.sent[field])
        and not changed_there(field, remote.get(field), last, same)
        for field, value in desired.items()
    )


def takes_back(field: str, value: Json, confirmations: Sequence[Confirmation], same: Same) -> bool:
    """Whether the workbook is back at a value that was sent once and corrected since.

    Field by field: an old file in which one further cell was changed is an old file, too.
    """
    return changed_here(field, value, confirmations[-1], same) and any(
        field in earlier.sent and same(field, value, earlier.sent[field])
        for earlier in confirmations[:-1]
    )
