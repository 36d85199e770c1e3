"""The cells that only the account's definitions can read.

A definition is in the language of columns, so its values are parsed by the same code as any cell.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from importer.checking.column_reader import ColumnReader, stand_at
from importer.checking.given import Given, find_given
from importer.checking.ground import Parsed
from importer.checking.headings import Headings
from importer.checking.made_records import Numeral, Workshop, as_named, find_lonely, is_number
from importer.checking.texts import squeeze
from importer.declare.column import Kind
from importer.declare.definition import Defined
from importer.declare.resource import Resource
from importer.model import problem_kinds as kinds
from importer.model.manner import Manner
from importer.model.problem import Problem, quoted
from importer.model.record import Record, Value

NOT_SENT = "a kind of value that this version does not send"


class DefinedReader:
    """Reads what records give for one definition; its columns are worked out once.

    workshop: where numbers become records; without it a cell can only name one.
    """

    def __init__(
        self, resource: Resource, defined: Defined, zone: str, workshop: Workshop | None = None
    ) -> None:
        """`zone` (IANA) is that of moments which name none."""
        self.defined = defined
        self._resource = resource
        self._workshop = workshop
        self._headings = Headings(defined.fields)
        self._zone = zone
        self._columns: dict[tuple[str, Manner], ColumnReader] = {}

    def read(self, record: Record) -> tuple[Record, tuple[Problem, ...]]:
        """The record with the values that are asked for, and the problems of their cells."""
        given, problems = find_given(self._resource, record, self.defined, self._headings)
        values: dict[str, Value] = {}
        makes: list[Record] = []
        for each in given:
            (value, found), made = self._read(record, each)
            problems += found
            makes += made
            if value is not None:
                values[each.field.inner] = value
        filled = replace(
            record,
            defined=values,
            defined_places={each.field.inner: each.place for each in given},
            defined_units={each.field.inner: each.unit_place for each in given},
            makes=tuple(makes),
        )
        return filled, (*problems, *_repeated(given))

    def _read(self, owner: Record, given: Given) -> tuple[Parsed, tuple[Record, ...]]:
        """The value with its problems, and the record that a number in a column makes."""
        making = given.field.column.making
        if self._workshop is None or making is None or given.beside is None:
            return self._read_value(given), ()
        if not is_number(given.cell):
            value, problems = self._read_value(given)
            lonely = find_lonely(given.field.column.header, given.companions)
            return (value, (*problems, *lonely)), ()
        if given.unit and squeeze(given.unit) != squeeze(given.field.column.unit_like):
            return (None, (_other_unit(given),)), ()
        number = Numeral(cell=given.cell, place=given.place, beside=given.beside)
        made, problems = self._workshop.make(owner, making, number)
        if made is None:
            return (None, problems), ()
        return (as_named(given.field.column, made), problems), (made,)

    def _read_value(self, given: Given) -> Parsed:
        """The value, and what is wrong with its cell and with that of its unit."""
        column, unit = given.field.column, given.unit
        if not column.available:
            return None, (_not_yet(given),)
        value, found = self._reader(given).read(given.cell, unit)
        problems = stand_at(given.place, found) if found else ()
        if unit and column.kind is not Kind.AMOUNT:
            return None, (*problems, _unit_not_wanted(given, unit))
        return value, tuple(_at_unit(given, each) for each in problems)

    def _reader(self, given: Given) -> ColumnReader:
        """Who reads a field where its cells are written so; a field may stand on several sheets."""
        name = given.field.inner, given.manner
        if name not in self._columns:
            self._columns[name] = ColumnReader(given.field.column, self._zone, given.manner)
        return self._columns[name]


def _repeated(given: Collection[Given]) -> Iterable[Problem]:
    """Id and name are two spellings of one thing, so only the definition shows the repeat."""
    if len({each.field.inner for each in given}) == len(given):
        return
    by_inner: dict[str, list[Given]] = defaultdict(list)
    for each in given:
        by_inner[each.field.inner].append(each)
    for alike in by_inner.values():
        for each in alike if len(alike) > 1 else ():
            others = "; ".join(_where(each, other) for other in alike if other is not each)
            yield kinds.KEY_DETAIL_TWICE.at(
                each.key, found=f"{quoted(each.called)}, which stands in {others}, too"
            )


def _where(given: Given, other: Given) -> str:
    """Where another value for the same field stands, as seen from this one."""
    row = f"row {other.key.row}"
    if given.key.sheet == other.key.sheet and given.key.row != other.key.row:
        return row
    return f"{other.key.sheet} {row}, {quoted(other.place.header)}"


def _not_yet(given: Given) -> Problem:
    name = quoted(given.field.column.header)
    return kinds.CELL_NOT_YET.at(
        given.key,
        found=f"a row for {name}, {given.field.column.because or NOT_SENT}",
        expected=f"no row for {name}",
        remedy="Delete the row, and enter the value on the service's own page.",
    )


def _at_unit(given: Given, problem: Problem) -> Problem:
    """A problem of the unit stands at the unit's own cell."""
    if problem.code not in (kinds.CELL_UNIT.code, kinds.CELL_CONVERTED.code):
        return problem
    return replace(problem, place=given.unit_place)


def _other_unit(given: Given) -> Problem:
    unit = given.field.column.unit_like
    return kinds.CELL_UNIT.at(
        given.unit_place,
        found=f"the unit {quoted(given.unit)}",
        expected=f"the unit {unit}, which a number here is in" if unit else "no unit",
        remedy="Convert the number, or give it a row of its own with its unit and name that here.",
    )


def _unit_not_wanted(given: Given, unit: str) -> Problem:
    column = given.field.column
    return kinds.CELL_UNIT.at(
        given.unit_place,
        found=f"the unit {quoted(unit)}",
        expected=f"no unit: {quoted(column.header)} is a {column.kind.value}",
        remedy="Check that the value is meant as it stands, and leave the unit blank.",
    )
