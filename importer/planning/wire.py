"""Between typed values, the form in which two sides are compared, and JSON members by dotted place.

The compared form is the plain one: days as 2025-10-01, moments in UTC, durations in milliseconds,
references as the service's ids, lists of references sorted.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import assert_never

from importer.declare.column import Column, Kind
from importer.model.moment import respell_moment, write_moment
from importer.model.record import Amount, Clear, Document, Json, Reference, Value

Resolve = Callable[[Reference], str | None]
"""The service's id of what a reference names, as far as it is known by now."""


def compared(value: Value, resolve: Resolve) -> Json:
    """A typed value in the compared form; a reference to what is still to come stays readable."""
    match value:
        case Clear():
            return None
        case Reference():
            return resolve(value) or f"new {value.to} {value.key}"
        case tuple():
            return _list(value, resolve)
        case timedelta():
            return value // timedelta(milliseconds=1)
        case Amount():
            return {"value": value.number, "unit": value.unit}
        case Document():
            return {
                "name": value.name,
                "sha256": value.digest,
                "size": value.size,
                "type": value.content_type,
            }
        case datetime():
            return write_moment(value)
        case date():
            return value.isoformat()
        case bool() | str() | int() | float():
            return value
    assert_never(value)


def _list(values: tuple[Reference, ...] | tuple[str, ...], resolve: Resolve) -> list[Json]:
    """Texts in the order in which they were typed; references are a set, and sorted."""
    texts = [each for each in values if isinstance(each, str)]
    return [*(texts or sorted({str(compared(each, resolve)) for each in values}))]


def observed(column: Column, stored: Json) -> Json:
    """A stored member in the compared form."""
    value = column.from_wire(stored) if column.from_wire else stored
    match column.kind, value:
        case Kind.MOMENT, str():
            return respell_moment(value)
        case Kind.REFERENCES, list():
            return sorted({str(each): each for each in value}.values(), key=str)
        case _:
            return value


def on_wire(column: Column, value: Json) -> Json:
    """A value of the compared form as it is sent."""
    return column.to_wire(value) if column.to_wire and value is not None else value


def find_member(body: Mapping[str, Json], place: str) -> tuple[bool, Json]:
    """Whether the record has the member at a dotted place, and its value; nothing is at `""`."""
    found: Json = dict(body)
    for name in place.split("."):
        if not isinstance(found, dict) or name not in found:
            return False, None
        found = found[name]
    return True, found


def put_member(body: dict[str, Json], place: str, value: Json) -> None:
    """Set the member at a dotted place, making the objects on the way."""
    *path, last = place.split(".")
    target = body
    for name in path:
        inner = target.setdefault(name, {})
        if not isinstance(inner, dict):
            raise TypeError(f"{place} leads through {name}, which is no object")
        target = inner
    target[last] = value
