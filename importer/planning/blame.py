"""Which cell the service means when it names a member of what was sent."""

import re
from collections.abc import Iterable, Sequence

from importer.declare.resource import Detail, Resource
from importer.model.place import Place
from importer.model.ports import Call, Refusal
from importer.model.record import Json, Line, Record, State
from importer.planning.changes import cell_of

_STEP = re.compile(r"[^.\[\]]+")
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")


def blame(
    resource: Resource, record: Record, desired: State, call: Call, refusal: Refusal
) -> Place:
    """The cell of a member such as `quantity.magnitude` or `data_points[0].input_value`.

    Where the member is unknown or none is named, the only cell whose value the service quotes in
    its words; or the only detail row that the call is about; or the record's own row, no cell.
    What a number made has no row, but the cell of that.
    """
    steps = _STEP.findall(refusal.member)
    key_place = record.line.place(resource.key)
    said = _place_of_words(resource, record, desired, refusal.words)
    return (
        _place_of_column(resource, record, steps)
        or _place_of_value(record, call, steps)
        or (None if steps else said)
        or _place_of_detail(resource, record, desired, call, steps)
        or _place_of_group(resource, record, steps)
        or said
        or (record.origin.place if record.origin else None)
        or Place(sheet=key_place.sheet, row=key_place.row)
    )


def _place_of_column(resource: Resource, record: Record, steps: Sequence[str]) -> Place | None:
    """The column whose field the member is, or lies in."""
    for column in resource.sheet.columns:
        field = column.field.split(".")
        if column.field and list(steps[: len(field)]) == field:
            return record.line.place(column.header)
    return None


def _place_of_value(record: Record, call: Call, steps: Sequence[str]) -> Place | None:
    """The value that a definition asks for and whose ids lie on the way to the member.

    The ids may be those of all its parts, or, where the call's address has taken the others,
    of the last part alone; then only one value may fit.
    """
    mentioned = set(_texts_on_the_way(dict(call.body), steps))
    if not mentioned:
        return None
    whole = [each for each in record.defined_places if mentioned.issuperset(each.split("/"))]
    partly = [each for each in record.defined_places if each.split("/")[-1] in mentioned]
    found = whole[:1] or (partly if len(partly) == 1 else [])
    places = record.defined_units if steps[-1] == "unit" else record.defined_places
    return next((places.get(each, record.defined_places[each]) for each in found), None)


def _place_of_words(resource: Resource, record: Record, desired: State, words: str) -> Place | None:
    """The only cell that states what is quoted: `Could not find 'Source' with IDs 'src_…'`."""
    mentioned = {text for found in _QUOTED.findall(words) for text in found if text}
    stated = {
        cell_of(resource, record, field)
        for field, value in (desired.items() if mentioned else ())
        if mentioned.intersection(_every_text(value))
    }
    return stated.pop() if len(stated) == 1 else None


def _place_of_detail(
    resource: Resource, record: Record, desired: State, call: Call, steps: Sequence[str]
) -> Place | None:
    """The detail row whose texts, such as an id, are on the way to the member.

    Where no member is named, it is the row that the call is about, if that is only one.
    """
    texts = _texts_on_the_way(dict(call.body), steps) if steps else _every_text(dict(call.body))
    mentioned = set(texts)
    found = [
        line.place(detail.keys[-1])
        for detail in resource.details
        if not detail.value
        for line in record.details.get(detail.sheet.name, ())
        if _named_by(detail, line, desired) in mentioned
    ]
    return found[0] if len(found) == 1 else None


def _named_by(detail: Detail, line: Line, desired: State) -> Json:
    """What a row's last key is on the wire; None for a row that states nothing there."""
    stated = desired.get(detail.state_field(detail.inner_of(line.values)))
    field = detail.sheet.column(detail.keys[-1]).field
    return stated.get(field) if isinstance(stated, dict) else None


def _every_text(body: Json) -> Iterable[str]:
    """All texts of a body, at any depth."""
    match body:
        case str():
            yield body
        case dict():
            for each in body.values():
                yield from _every_text(each)
        case list():
            for each in body:
                yield from _every_text(each)


def _place_of_group(resource: Resource, record: Record, steps: Sequence[str]) -> Place | None:
    """The first column that is part of the object that the member is."""
    for column in resource.sheet.columns:
        if steps and column.field.split(".")[0] == steps[0]:
            return record.line.place(column.header)
    return None


def _texts_on_the_way(body: Json, steps: Iterable[str]) -> Iterable[str]:
    """The texts of every object that a path leads through: they hold the ids that identify it."""
    found = body
    for step in steps:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return
        if isinstance(found, dict):
            yield from (value for value in found.values() if isinstance(value, str))
