"""Shares: a thing that counts to several records counts once in all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from importer.declare.resource import Detail, Resource
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.plan import Change, Update
from importer.model.problem import Problem, quoted
from importer.model.record import Json, Record, Reference, Remote, State

_WHOLE = 1 + 1e-9
"""0.1, 0.2 and 0.7 are a little more than 1 to a computer."""

Name = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """How much of a thing one record has; the cell, where the workbook says so."""

    key: str
    amount: float
    place: Place | None = None


def find_overshares(
    resource: Resource,
    records: Iterable[Record],
    desired: Mapping[Name, State],
    remotes: Mapping[Name, Remote],
) -> Mapping[Name, tuple[Problem, ...]]:
    """Records of this workbook that together have more than the whole of something.

    What records have that are in no row is not known here; of those that are, what no row states
    counts as the service has it, as far as that was read.
    """
    found: dict[Name, list[Problem]] = defaultdict(list)
    own = {record.name: record for record in records}
    for detail in resource.details:
        parts = _find_parts(detail, own, desired, remotes) if detail.share else {}
        for of in parts.values():
            total = sum(part.amount for part in of.values())
            if total > _WHOLE:
                for name, part in of.items():
                    found[name] += _overshare(own[name], part, of.values())
    return {name: tuple(problems) for name, problems in found.items()}


def lowers_a_share(resource: Resource, change: Change) -> bool:
    """Whether a change gives back some of what others may be waiting for."""
    return isinstance(change, Update) and any(
        _amount(detail, each.after) < _amount(detail, each.before)
        for detail in resource.details
        if detail.share
        for each in change.differences
        if detail.inner(each.field) is not None
    )


def _find_parts(
    detail: Detail,
    records: Mapping[Name, Record],
    desired: Mapping[Name, State],
    remotes: Mapping[Name, Remote],
) -> Mapping[str, dict[Name, _Part]]:
    """Who has how much, by what it is a share of."""
    found: dict[str, dict[Name, _Part]] = defaultdict(dict)
    for name, record in records.items():
        stored = remotes[name].state if name in remotes else {}
        for of, part in _parts_of(detail, record, stored, desired.get(name, {})).items():
            found[of][name] = part
    return found


def _parts_of(detail: Detail, record: Record, stored: State, desired: State) -> Mapping[str, _Part]:
    """What one record has a share of: as the service has it, then as its rows state it.

    A part of the record's definition is made for each record anew, so under the definition's name
    nothing is shared. What it is called at the service is not known here, so where rows name one,
    what no row states is left for the service to judge.
    """
    lines = record.details.get(detail.sheet.name, ())
    own = [line for line in lines if isinstance(line.values.get(detail.keys[-1]), Reference)]
    parts = _stored_parts(detail, record, stored) if len(own) == len(lines) else {}
    for line in own:
        field = detail.state_field(detail.inner_of(line.values))
        stated, there = desired.get(field), stored.get(field)
        if isinstance(stated, dict):
            merged = {**(there if isinstance(there, dict) else {}), **stated}
            place = line.place(detail.share.amount) if detail.share else None
            amount = _amount(detail, merged)
            parts[_of(detail, merged)] = _Part(key=record.key, amount=amount, place=place)
        else:
            parts.pop(_of(detail, there), None)
    return parts


def _stored_parts(detail: Detail, record: Record, stored: State) -> dict[str, _Part]:
    return {
        _of(detail, there): _Part(key=record.key, amount=_amount(detail, there))
        for field, there in stored.items()
        if detail.inner(field) is not None
    }


def _of(detail: Detail, state: Json) -> str:
    """What a state is a share of."""
    if detail.share is None or not isinstance(state, dict):
        return ""
    return str(state.get(detail.share.of) or "").casefold()


def _amount(detail: Detail, state: Json) -> float:
    """The share that a state says; the whole where it says none, nothing where there is none."""
    if detail.share is None or not isinstance(state, dict):
        return 0.0
    amount = state.get(detail.sheet.column(detail.share.amount).field)
    return float(amount) if isinstance(amount, int | float) else 1.0


def _overshare(record: Record, part: _Part, parts: Iterable[_Part]) -> Iterator[Problem]:
    if part.place is None:
        return
    shares = tuple(parts)
    others = "; ".join(
        f"{each.amount:g} to {quoted(each.key)}" for each in shares if each is not part
    )
    total = sum(each.amount for each in shares)
    yield kinds.ROW_SHARE.at(
        part.place,
        found=f"a share of {part.amount:g} for {quoted(record.key)}, beside {others}: "
        f"{total:g} in all",
    )
