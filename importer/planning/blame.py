"""Which cell the service means when it names a member of what was sent."""

import re
from collections.abc import Iterable

from importer.declare.resource import Resource
from importer.model.place import Place
from importer.model.ports import Call
from importer.model.record import Json, Record

_STEP = re.compile(r"[^.\[\]]+")


def blame(resource: Resource, record: Record, call: Call, member: str) -> Place:
    """The cell of a member such as `quantity.magnitude` or `data_points[0].input_value`.

    Where the member is unknown or none is named, the record's own row without a cell.
    """
    names = " ".join(_STEP.findall(member))
    for column in resource.sheet.columns:
        dotted = column.field.replace(".", " ")
        if dotted and (names == dotted or names.startswith(f"{dotted} ")):
            return record.line.place(column.header)
    mentioned = set(_texts_on_the_way(dict(call.body), _STEP.findall(member)))
    for inner, place in record.defined_places.items():
        if mentioned and all(part in mentioned for part in inner.split("/")):
            return place
    for column in resource.sheet.columns:
        if names and column.field.split(".")[0] == names.split(" ")[0]:
            return record.line.place(column.header)
    key_place = record.line.place(resource.key)
    return Place(sheet=key_place.sheet, row=key_place.row)


def _texts_on_the_way(body: Json, steps: Iterable[str]) -> Iterable[str]:
    """The texts of every object that a path leads through: they hold the ids that identify it."""
    found = body
    for step in steps:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return
        if isinstance(found, dict):
            yield from (value for value in found.values() if isinstance(value, str))
