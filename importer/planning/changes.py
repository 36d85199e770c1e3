"""What is to become of a record: the change that follows from the comparison, or the conflict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from importer.declare.column import Column
from importer.declare.resource import Resource
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.plan import Change, Conflict, Create, Difference, Unchanged, Update, shown
from importer.model.ports import Confirmation
from importer.model.problem import Problem
from importer.model.record import Json, Record, Remote, State
from importer.planning.calls import is_object
from importer.planning.comparison import (
    Comparison,
    Relation,
    Same,
    changed_here,
    changed_there,
    compare,
    equal,
    is_confirmed,
    seen_before,
    takes_back,
)
from importer.planning.unread import fill_unread

_WITHOUT_CREATE_ONLY = "Import without --create-only to update them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What the user allows beyond the careful default."""

    overwrite: bool = False
    update: bool = True


def decide(
    resource: Resource,
    record: Record,
    remote: Remote | None,
    desired: State,
    confirmations: Sequence[Confirmation],
    *,
    leave: Leave,
) -> Change:
    """The change of one record."""
    if remote is None:
        return Create(record=record)
    fields = {each: cell_of(resource, record, each) for each in desired}
    same = _same_of(resource)
    stored = _with_untold(resource, remote.state, desired, confirmations)
    confirmations = fill_unread(resource, stored, confirmations)
    comparison = compare(
        desired,
        stored,
        confirmations,
        headers={each: place.header or each for each, place in fields.items()},
        same=same,
    )
    if comparison.relation is Relation.EQUAL:
        known = bool(confirmations) and is_confirmed(desired, stored, confirmations[-1], same)
        return Unchanged(record=record, remote=remote, confirmed=known)
    update = Update(record=record, remote=remote, differences=comparison.differences)
    problems = _objections(
        resource, update, comparison, confirmations=confirmations, cells=fields, leave=leave
    )
    if problems:
        return Conflict(record=record, remote=remote, problems=problems)
    return update


def claim(
    resource: Resource, record: Record, remote: Remote, desired: State, *, leave: Leave
) -> Change:
    """The change of a record that is there without an external id: it gets that, and no more."""
    field, place = resource.key_column.field, record.line.place(resource.key)
    difference = Difference(
        field=field, header=resource.key, before=remote.state.get(field), after=desired[field]
    )
    if leave.update:
        return Update(record=record, remote=remote, differences=(difference,))
    problem = kinds.API_CONFLICT.at(
        place,
        found=f"a change: {difference}",
        expected="no change of existing records",
        remedy=_WITHOUT_CREATE_ONLY,
    )
    return Conflict(record=record, remote=remote, problems=(problem,))


def same_value(resource: Resource, field: str, one: Json, other: Json) -> bool:
    """Whether two values of a field mean the same; a column may know better than equality.

    Of a detail that is an object, only the members that `one` states count: blank keeps.
    """
    column = _column_of(resource, field)
    if column is not None and column.same is not None:
        return column.same(one, other)
    if is_object(resource, field) and isinstance(one, dict):
        there = other if isinstance(other, dict) else {}
        return all(equal(value, there.get(name)) for name, value in one.items())
    return equal(one, other)


def ledger_key(resource: Resource, record_key: str, desired: State) -> str:
    """Under what the ledger knows a record: its external id, or its content where it has none."""
    return resource.content_key(desired) if resource.content_key else record_key


def differing(
    resource: Resource, record: Record, desired: State, remote: Remote
) -> tuple[Difference, ...]:
    """The fields in which the service does not hold what is stated."""
    return tuple(
        Difference(
            field=field,
            header=cell_of(resource, record, field).header or field,
            before=remote.state.get(field),
            after=value,
        )
        for field, value in desired.items()
        if not same_value(resource, field, value, remote.state.get(field))
    )


def agrees(resource: Resource, desired: State, stored: State) -> bool:
    """Whether the service holds all that is stated, as far as it shows it."""
    return all(
        same_value(resource, field, value, stored.get(field)) or _is_untold(resource, field)
        for field, value in desired.items()
    )


def _with_untold(
    resource: Resource, stored: State, desired: State, confirmations: Sequence[Confirmation]
) -> State:
    """The stored state with what the service does not show: as confirmed, else as is stated."""
    sent = confirmations[-1].sent if confirmations else {}
    untold = {
        field: sent.get(field, value)
        for field, value in desired.items()
        if _is_untold(resource, field)
    }
    return {**stored, **untold}


def _is_untold(resource: Resource, field: str) -> bool:
    column = _column_of(resource, field)
    return column is not None and column.untold


def _same_of(resource: Resource) -> Same:
    return lambda field, one, other: same_value(resource, field, one, other)


def _column_of(resource: Resource, field: str) -> Column | None:
    return next((each for each in resource.sheet.columns if each.field == field), None)


def cell_of(resource: Resource, record: Record, field: str) -> Place:
    """The cell that states a field: of the row, of a definition's value, or of a detail row."""
    column = _column_of(resource, field)
    if column is not None:
        return record.line.place(column.header)
    for detail in resource.details:
        inner = detail.inner(field)
        if inner is None:
            continue
        if inner in record.defined_places:
            return record.defined_places[inner]
        for line in record.details.get(detail.sheet.name, ()):
            if inner == detail.inner_of(line.values):
                return line.place(detail.keys[-1])
    return record.line.place(resource.key)


def _objections(
    resource: Resource,
    update: Update,
    comparison: Comparison,
    *,
    confirmations: Sequence[Confirmation],
    cells: Mapping[str, Place],
    leave: Leave,
) -> tuple[Problem, ...]:
    """Why the differences are not to be sent; none where they are."""
    fixed = [each for each in comparison.differences if _is_fixed(resource, each.field)]
    if fixed:
        return tuple(
            kinds.API_FIXED.at(
                cells[each.field],
                found=f"{each.header}: {shown(each.after)}",
                expected=f"{shown(each.before)}, as the service has it",
            )
            for each in fixed
        )
    stuck = resource.stuck(update) if resource.stuck else {}
    if stuck:
        return tuple(_stuck(cells[each.field], each, stuck) for each in comparison.differences)
    first = cells[comparison.differences[0].field]
    reason = resource.locked(update.remote.body) if resource.locked else ""
    if reason:
        what = "; ".join(str(each) for each in comparison.differences)
        locked = kinds.API_LOCKED.at(
            first, found=f"{reason}, and a change: {what}", remedy=resource.unlocked_by
        )
        return (locked,)
    if comparison.relation is Relation.CHANGED_HERE or leave.overwrite:
        return () if leave.update else (_not_asked_for(first, comparison),)
    return tuple(
        kinds.API_CONFLICT.at(
            cells[each.field],
            found=_describe(each, comparison, confirmations, _same_of(resource)),
        )
        for each in comparison.differences
    )


def _stuck(place: Place, difference: Difference, stuck: Mapping[str, str]) -> Problem:
    """One that cannot be sent keeps the others of the record back, too."""
    reason = stuck.get(difference.field, "and another value of the record cannot be sent")
    return kinds.API_FIXED.at(
        place,
        found=f"{difference.header}: {shown(difference.after)}, {reason}",
        expected="what the record at the service still has",
        remedy="Delete the row, or mend the record on the service's own page.",
    )


def _is_fixed(resource: Resource, field: str) -> bool:
    column = _column_of(resource, field)
    return column is not None and column.create_only


def _not_asked_for(place: Place, comparison: Comparison) -> Problem:
    what = "; ".join(str(each) for each in comparison.differences)
    return kinds.API_CONFLICT.at(
        place,
        found=f"a change: {what}",
        expected="no change of existing records",
        remedy=_WITHOUT_CREATE_ONLY,
    )


def _describe(
    difference: Difference,
    comparison: Comparison,
    confirmations: Sequence[Confirmation],
    same: Same,
) -> str:
    here, there = shown(difference.after), shown(difference.before)
    both = f"{difference.header} is {there} in the service and {here} here"
    if not confirmations:
        return f"{both}, and was never imported from here"
    last = confirmations[-1]
    since = f"{last.at.day} {last.at:%b %Y}"
    if comparison.relation is Relation.OLD_FILE:
        if not takes_back(difference.field, difference.after, confirmations, same):
            return f"{both}; other cells of the row are at an earlier state: an old file, it seems"
        return (
            f"{both}; this is an earlier state, and a later one was imported on {since}: "
            "an old file, it seems"
        )
    if not changed_there(difference.field, difference.before, last, same):
        return f"{both}; other cells of the row changed in the service since {since}"
    before = shown(_ordered(seen_before(difference.field, last), difference))
    moved = f"{both}; changed in the service since {since}: {before} → {there}"
    own = changed_here(difference.field, difference.after, last, same)
    return f"{moved}, and in the workbook, too" if own else moved


def _ordered(value: Json, difference: Difference) -> Json:
    """A value of the ledger, which keeps no order, with its members as they are shown beside it."""
    beside = difference.before or difference.after
    if not isinstance(value, dict) or not isinstance(beside, dict):
        return value
    return {**{name: value[name] for name in beside if name in value}, **value}
