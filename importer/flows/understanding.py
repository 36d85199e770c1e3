"""One record against the definitions that it names: what its cells say by them."""

from collections.abc import Container
from dataclasses import dataclass

from importer.checking.account import flaw_problems, misfit_problems
from importer.checking.definitions import DefinedReader
from importer.checking.made_records import Workshop
from importer.checking.naming import read_names
from importer.declare.definition import Defined
from importer.declare.resource import Items, Misfit, Resource
from importer.model.problem import Problem
from importer.model.record import Record

Name = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A record with the values that its definition asks for, and the problems of their cells."""

    record: Record
    defined: Defined
    problems: tuple[Problem, ...]


class Understanding:
    """Reads what only definitions explain, for as many records as name them.

    rows: names of all records of the workbook.
    What the same items ask for is worked out once: most rows name one of a few definitions.
    """

    def __init__(self, workshop: Workshop, rows: Container[Name]) -> None:
        self._workshop = workshop
        self._rows = rows
        self._known: dict[tuple[object, ...], _Known] = {}

    def read(self, resource: Resource, record: Record, items: Items) -> Understood:
        """One record, by the definitions that it names."""
        known = self._find(resource, items)
        stated = [each for each in known.misfits if each.header in record.line.values]
        named = read_names(self._workshop.catalog, resource, record, known.defined, self._rows)
        reader = known.reader
        if named.defined is not known.defined:
            reader = self._make_reader(resource, named.defined)
        filled, unreadable = reader.read(named.record)
        return Understood(
            record=filled,
            defined=named.defined,
            problems=(
                *misfit_problems(record, stated),
                *flaw_problems(resource, record, known.defined),
                *named.problems,
                *unreadable,
            ),
        )

    def _find(self, resource: Resource, items: Items) -> "_Known":
        # By which objects they are: hostile definitions may have any ids, or one twice.
        name = (resource.name, *((header, id(item)) for header, item in items.items()))
        if name not in self._known:
            defined = resource.define(items) if resource.define else Defined(fields=())
            self._known[name] = _Known(
                items=items,
                defined=defined,
                misfits=resource.misfits(items) if resource.misfits else (),
                reader=self._make_reader(resource, defined),
            )
        return self._known[name]

    def _make_reader(self, resource: Resource, defined: Defined) -> DefinedReader:
        return DefinedReader(resource, defined, self._workshop.zone, self._workshop)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What some items ask for. `items` are kept, so that no others can take their ids."""

    items: Items
    defined: Defined
    misfits: tuple[Misfit, ...]
    reader: DefinedReader
