"""Records that numbers in cells make: their place among the rows, and what is wrong with them.

Each belongs to the record in whose row its number stands. They go in together, or stay out.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from importer.checking.made_records import find_made_violations
from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Record, Remote

Name = tuple[str, str]
Problems = Mapping[Name, tuple[Problem, ...]]


def find_collisions(
    catalog: Catalog, made: Record, rows: Container[Name], records: Mapping[Name, Record]
) -> Problems:
    """Problems where a row has the external id that a made record would have, at both of them.

    They are by the records of the rows: that of the number, and the one that it collides with.
    rows: names of all records of the workbook; those that stay out have their problem already.
    """
    resource = catalog.resource(made.resource)
    owner = made.origin.owner if made.origin else made.name
    found: dict[Name, tuple[Problem, ...]] = {}
    for name in _rival_names(catalog, resource, made.key):
        other = records.get(name)
        if other is None and name not in rows:
            continue
        found[owner] = (*found.get(owner, ()), _taken(catalog, made, name, other))
        if other is not None and other.origin is None:
            found[name] = (_taken_by(catalog.resource(other.resource), other, made),)
    return found


def _rival_names(catalog: Catalog, resource: Resource, key: str) -> Iterable[Name]:
    """What a record with that key may be called in the rows, in all of its key space."""
    for each in catalog.resources:
        shares = resource.key_space and each.key_space == resource.key_space
        if shares or each.name == resource.name:
            yield each.name, key.casefold()


def _taken(catalog: Catalog, made: Record, name: Name, other: Record | None) -> Problem:
    resource, sheet = catalog.resource(made.resource), catalog.resource(name[0]).sheet.name
    where = other.line.where if other else f"the sheet {sheet}"
    return kinds.KEY_TWICE.at(
        made.line.place(resource.key),
        found=f"a number, whose {resource.title} would have the {resource.key} "
        f"{quoted(made.key)}, also on {where}",
        expected=f"each {resource.key} once over all sheets of this service",
        remedy=f"Give that row another {resource.key}, or name it here instead of the number.",
    )


def _taken_by(resource: Resource, other: Record, made: Record) -> Problem:
    return kinds.KEY_TWICE.at(
        other.line.place(resource.key),
        found=f"{quoted(other.key)}, also of what the number in {made.line.place(resource.key)} "
        "makes",
        expected=f"each {resource.key} once over all sheets of this service",
        remedy="Give this row another one, or name it in that cell instead of the number.",
    )


def check_made(
    catalog: Catalog, records: Iterable[Record], *, now: datetime, zone: str
) -> Problems:
    """What the sheets of made records say against them, by record."""
    by_resource: dict[str, list[Record]] = {}
    for record in records:
        if record.origin is not None:
            by_resource.setdefault(record.resource, []).append(record)
    found: dict[Name, tuple[Problem, ...]] = {}
    for name, made in by_resource.items():
        resource = catalog.resource(name)
        found |= find_made_violations(resource, made, now=now, zone=zone)
    return found


def leave_as_called(record: Record, remote: Remote | None) -> Record:
    """A record without what is only said when it is created, where it is there already."""
    if record.origin is None or remote is None:
        return record
    left = record.origin.at_first
    values = {header: value for header, value in record.line.values.items() if header not in left}
    return replace(record, line=replace(record.line, values=values))
