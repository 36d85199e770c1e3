"""The same thing under another key, at the service or in this workbook (design: decision 7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from importer.declare.resource import Items, Overlap, Resource
from importer.flows.defining import Known, Name
from importer.flows.existing import Body, Existing
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.plan import Change, Conflict, Create, Update
from importer.model.problem import Problem, quoted
from importer.model.record import Json, Record, State
from importer.planning.overlap import Span, describe_lookalike, find_overlaps, span_of
from importer.planning.wire import find_member, observed


def find_doubles(
    session: Session,
    existing: Existing,
    known: Known,
    changes: Mapping[Name, Change],
    desired: Mapping[Name, State],
) -> Sequence[Problem]:
    """Overlapping periods (errors unless allowed), and facts that look alike (warnings)."""
    problems: list[Problem] = []
    for resource in session.catalog.resources:
        moving = [each for each in changes.values() if each.record.resource == resource.name]
        if resource.overlap and not session.options.allow_overlap:
            problems += _overlaps(existing, known, resource, resource.overlap, moving)
        problems += _other_case(existing, resource, moving)
        if resource.lookalike and moving:
            problems += _lookalikes(existing, resource, moving, desired)
    return problems


def _overlaps(
    existing: Existing,
    known: Known,
    resource: Resource,
    overlap: Overlap,
    changes: Sequence[Change],
) -> Sequence[Problem]:
    """The list is walked only when a record is to be created or moved."""
    moving = [each.record for each in changes if _moves(resource, overlap, each)]
    if not moving:
        return ()
    spans = []
    for change in changes:
        if isinstance(change, Conflict):
            continue  # it stays as it is at the service
        of = _ids(overlap, known.items[change.record.name])
        span = span_of(resource, change.record, of)
        if span is not None:
            spans.append((change.record, span))
    here = {record.key for record, _ in spans}
    listing = existing.listing(resource)
    others = [
        span
        for body in listing.read_all()
        if listing.key_of(body) not in here
        and (span := _stored_span(resource, overlap, listing.key_of(body), body))
    ]
    rows = {record.line.row for record in moving}
    found = find_overlaps(resource, spans, others)
    return [problem for problem in found if problem.place.row in rows]


def _moves(resource: Resource, overlap: Overlap, change: Change) -> bool:
    bounds = {resource.sheet.column(header).field for header in (overlap.start, overlap.end)}
    match change:
        case Create():
            return True
        case Update():
            return any(each.field in bounds for each in change.differences)
        case _:
            return False


def _ids(overlap: Overlap, items: Items) -> tuple[str, ...]:
    return tuple(str(items[header]["id"]) for header in overlap.within)


def _stored_span(resource: Resource, overlap: Overlap, key: str, body: Body) -> Span | None:
    """The period of a stored record; None where the service tells none."""

    def text(header: str) -> str:
        column = resource.sheet.column(header)
        return str(observed(column, find_member(body, column.field)[1]) or "")

    start, end = text(overlap.start), text(overlap.end)
    if not start or not end:
        return None
    named = f"{quoted(key)} ({body.get('id')})" if key else f"{body.get('id')} (no External ID)"
    return Span(
        of=tuple(text(header) for header in overlap.within),
        start=start,
        end=end,
        label=f"{named} at the service",
        key=key.casefold(),
    )


def _other_case(
    existing: Existing, resource: Resource, changes: Sequence[Change]
) -> Iterable[Problem]:
    """Whether the services tell ids apart by case is not published, so none may differ by it."""
    if not changes:
        # The target may have no settings for this resource's service.
        return
    listing = existing.listing(resource)
    stored = {listing.key_of(body).casefold(): listing.key_of(body) for body in listing.bodies}
    for change in changes:
        there = stored.get(change.record.key.casefold(), change.record.key)
        if isinstance(change, Create) and there != change.record.key:
            yield kinds.KEY_CASE.at(
                change.record.line.place(resource.key),
                found=f"{quoted(change.record.key)}, while the service has {quoted(there)}",
            )


def _lookalikes(
    existing: Existing,
    resource: Resource,
    changes: Sequence[Change],
    desired: Mapping[Name, State],
) -> Iterable[Problem]:
    """Compared only with pages that were read anyway: it costs no request of its own."""
    listing = existing.listing(resource)
    fields = [resource.sheet.column(header).field for header in resource.lookalike]
    alike: dict[Look, dict[str, Body]] = defaultdict(dict)
    for body in listing.bodies:
        look = tuple(_outline(find_member(body, field)[1]) for field in fields)
        alike[look].setdefault(listing.key_of(body), body)
    for change in changes:
        state = desired[change.record.name]
        if not isinstance(change, Create) or not all(field in state for field in fields):
            continue
        found = alike.get(tuple(_outline(state.get(field)) for field in fields), {})
        for key, body in found.items():
            if key != change.record.key and not _is_of_same_cell(change.record, key):
                remote_id = str(body.get("id", ""))
                yield describe_lookalike(resource, change.record, key, remote_id)
                break


def _is_of_same_cell(record: Record, key: str) -> bool:
    """Whether a key is that of a number for the same thing in another row: often the same one."""
    return record.origin is not None and key.endswith(record.origin.suffix)


Look = tuple[str, ...]


def _outline(value: Json) -> str:
    """A value for comparing at a glance: numbers to nine digits."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:.9g}" if is_number else str(value)
