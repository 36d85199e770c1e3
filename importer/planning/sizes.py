"""Records that say more than a request may hold."""

import json
from collections.abc import Iterable, Iterator, Mapping

from importer.declare.resource import Items, Resource
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.plan import Change, Create, Update
from importer.model.ports import Call
from importer.model.problem import Problem, quoted
from importer.model.record import Record, State
from importer.planning.calls import build_create, build_update


def find_oversize(
    resource: Resource, change: Change, desired: State, items: Items, settings: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The problem of a record whose body would be larger than the service takes, if it is."""
    largest = resource.endpoint.largest
    if largest is None:
        return ()
    sizes = (
        len(json.dumps(dict(each.body)))
        for each in _build(resource, change, desired, items, settings)
    )
    return tuple(_oversize(change.record, size, largest) for size in sizes if size > largest)


def _build(
    resource: Resource, change: Change, desired: State, items: Items, settings: Mapping[str, str]
) -> Iterable[Call]:
    match change:
        case Create():
            return (build_create(resource, desired, items, settings),)
        case Update():
            return build_update(resource, change, desired, items)
        case _:
            return ()


def _oversize(record: Record, size: int, largest: int) -> Problem:
    _, place = max(_placed_lengths(record), key=lambda each: each[0])
    return kinds.CELL_LENGTH.at(
        place,
        found=f"the longest of the texts of {quoted(record.key)}, which are {size:,} bytes in all",
        expected=f"at most {largest:,} bytes for one record",
        remedy="Shorten its longest texts.",
    )


def _placed_lengths(record: Record) -> Iterator[tuple[int, Place]]:
    """How long what stands in each cell is."""
    for header, value in record.line.values.items():
        yield len(str(value)), record.line.place(header)
    for inner, value in record.defined.items():
        yield len(str(value)), record.defined_places[inner]
