"""One record against the definitions that it names: what its cells say by them."""

from collections.abc import Container
from dataclasses import dataclass

from importer.checking.account import flaw_problems, misfit_problems
from importer.checking.definitions import read_defined
from importer.checking.made_records import Workshop
from importer.checking.naming import read_names
from importer.declare.definition import Defined
from importer.declare.resource import Items, Resource
from importer.model.problem import Problem
from importer.model.record import Record

Name = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A record with the values that its definition asks for, and the problems of their cells."""

    record: Record
    defined: Defined
    problems: tuple[Problem, ...]


def understand(
    resource: Resource, record: Record, items: Items, workshop: Workshop, rows: Container[Name]
) -> Understood:
    """Read what only the definitions explain.

    rows: names of all records of the workbook.
    """
    found_misfits = resource.misfits(items) if resource.misfits else ()
    stated = [each for each in found_misfits if each.header in record.line.values]
    defined = resource.define(items) if resource.define else Defined(fields=())
    named = read_names(workshop.catalog, resource, record, defined, rows)
    filled, unreadable = read_defined(
        resource, named.record, named.defined, zone=workshop.zone, workshop=workshop
    )
    return Understood(
        record=filled,
        defined=named.defined,
        problems=(
            *misfit_problems(record, stated),
            *flaw_problems(resource, record, defined),
            *named.problems,
            *unreadable,
        ),
    )
