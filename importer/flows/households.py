"""A row and what its numbers make: they are held back together, and end in one outcome."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from importer.flows.settled import Settled
from importer.model.outcome import Status
from importer.model.plan import Blocked, Change, Conflict, Create, Unchanged, Update
from importer.model.record import Origin, Record

Name = tuple[str, str]
_WORST = (Status.FAILED, Status.UNCERTAIN, Status.CONFLICT)
"""The ends that have to be told, whatever became of the row's own record; the worst first."""


def hold_with_owners(
    changes: Mapping[Name, Change], ordered: Iterable[Change]
) -> Mapping[Name, Change]:
    """The changes, without writes for a row part of which is not written.

    ordered: what is to become of each when nothing else is held.
    """
    held: dict[Name, str] = {}
    for each in ordered:
        if isinstance(each, Blocked | Conflict):
            origin = each.record.origin
            by = each.by if isinstance(each, Blocked) else _name(each.record)
            held.setdefault(origin.owner if origin else each.record.name, by)
    return {name: _hold(change, held) for name, change in changes.items()}


def _name(record: Record) -> str:
    title = record.resource.replace("-", " ")
    where = record.line.where
    return (
        f"{title} of the number in {record.origin.place}"
        if record.origin
        else f"{title} in {where}"
    )


def _hold(change: Change, held: Mapping[Name, str]) -> Change:
    origin = change.record.origin
    if origin is None or origin.owner not in held or not isinstance(change, Create | Update):
        return change
    return Blocked(record=change.record, by=held[origin.owner])


def fold_into_owners(
    changes: Iterable[Change], settled: Mapping[Name, Settled]
) -> Mapping[Name, Settled]:
    """What became of each row: of its own record, and of what its numbers make."""
    ends = dict(settled)
    made: dict[Name, list[tuple[Change, Origin, Settled]]] = defaultdict(list)
    for change in changes:
        origin, end = change.record.origin, settled.get(change.record.name)
        if origin is not None and end is not None:
            made[origin.owner].append((change, origin, end))
    for owner, parts in made.items():
        if owner in ends:
            ends[owner] = _fold(ends[owner], parts)
    return ends


def _fold(own: Settled, parts: Sequence[tuple[Change, Origin, Settled]]) -> Settled:
    problems = tuple(problem for _, _, end in parts for problem in end.problems)
    own = replace(own, problems=(*own.problems, *problems))
    undone = [each for each in parts if not each[2].status.is_in_order]
    done = [each for each in parts if each[2].status in (Status.CREATED, Status.UPDATED)]
    words = "; ".join(_describe(change, origin) for change, origin, _ in done)
    if undone:
        return _undone(own, undone, words)
    if not done or own.status not in (Status.UNCHANGED, Status.UPDATED):
        return own
    message = "; ".join(each for each in (own.message, words) if each)
    return replace(own, status=Status.UPDATED, message=message)


def _undone(own: Settled, undone: Sequence[tuple[Change, Origin, Settled]], words: str) -> Settled:
    """Something that a number makes is not as the row says, so the row is not either.

    words: what of its numbers is as it says since this run.
    """
    ranks = {status: rank for rank, status in enumerate((*_WORST, Status.BLOCKED))}
    change, _, end = min(undone, key=lambda each: ranks.get(each[2].status, len(ranks)))
    is_worse = end.status in _WORST and own.status is Status.SKIPPED
    if own.status.is_in_order or is_worse:
        message = " ".join(each for each in (end.message, words and f"Sent: {words}.") if each)
        return replace(own, status=end.status, message=message, later=False)
    if own.status is not Status.BLOCKED:
        return own
    waits = f"Waits for the {_name(change.record)}, which stays out."
    return replace(own, message=end.message or waits)


def _describe(change: Change, origin: Origin) -> str:
    """What changed, by the heading of its column."""
    match change:
        case Update():
            return "; ".join(str(each) for each in change.differences)
        case Unchanged():
            return f"{origin.place.header}: completed"
        case _:
            return f"{origin.place.header}: {origin.number}, a new {change.record.resource}"
