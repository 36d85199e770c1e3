"""Numbers of which records are made, such as a datapoint for an input of an entry.

What they are made of goes through the same parser and the same schema as a row of their sheet.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from importer.checking.cells import parse_cell
from importer.checking.ground import Ground
from importer.checking.numbers import read_number, write_number
from importer.checking.texts import trim
from importer.checking.violations import find_violations
from importer.declare.catalog import Catalog
from importer.declare.column import Column, Kind
from importer.declare.making import Making, part_of
from importer.declare.resource import Resource
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Origin, OtherCell, Record, Reference, Value
from importer.model.table import Cell, CellKind

Name = tuple[str, str]
Made = tuple[Record | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Makes records of the numbers in cells.

    rows: names of the workbook's records, those that stay out included.
    zone: that (IANA) of moments which name none.
    """

    catalog: Catalog
    rows: Container[Name] = ()
    zone: str = "UTC"

    def make(self, owner: Record, making: Making, number: "Numeral") -> Made:
        """The record that a number in a row makes, as far as its cells can be read.

        None where it would have no name of its own; the problems tell what else is wrong with it.
        """
        resource = self.catalog.resource(making.resource)
        ambiguous = self._also_a_row(resource, number)
        if ambiguous is not None:
            return None, (ambiguous,)
        values: dict[str, Value] = {resource.key: f"{owner.key}{making.suffix}"}
        values |= {**dict(making.stated), **dict(making.at_first)}
        unfit = problems = _objections(resource, owner, making, number.place)
        cells = {making.value: (number.cell, number.place)}
        cells |= {
            header: (other.cell, other.place)
            for header in making.beside
            if (other := number.beside.get(part_of(header))) is not None
        }
        for header, (cell, place) in cells.items():
            column, manner = resource.sheet.column(header), owner.line.manner(place)
            ground = Ground(column=column, place=place, zone=self.zone, manner=manner)
            value, found = parse_cell(cell, ground)
            problems += found
            values |= {} if value is None else {header: value}
        made = None if unfit else _record(resource, owner, making, number, values)
        return made, problems

    def _also_a_row(self, resource: Resource, number: "Numeral") -> Problem | None:
        """Excel turns ids into numbers: one that is the id of a row may be meant as that."""
        for text in number.texts:
            if (resource.name, text.casefold()) in self.rows:
                sheet = resource.sheet.name
                return kinds.CELL_AMBIGUOUS.at(
                    number.place,
                    found=f"{quoted(text)}, which may be the number {text} or the "
                    f"{resource.title} {quoted(text)} of the sheet {sheet}",
                    expected=f"a number that is no {resource.key} of the sheet {sheet}",
                    remedy=f"If the number is meant, give that row another {resource.key}; if the "
                    f"{resource.title} is meant, give it one that is no number, and write that "
                    "here.",
                )
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A cell that holds a number, with what stands beside it by part."""

    cell: Cell
    place: Place
    beside: Mapping[str, OtherCell]

    @property
    def texts(self) -> tuple[str, ...]:
        """What the cell says, as it may be written as an id."""
        value = self.cell.value
        if isinstance(value, str):
            text = trim(value)[0]
            readings = (write_number(each) for each in read_number(text).numbers)
            return tuple(dict.fromkeys((text, *readings)))
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return (write_number(value),) if is_number and isinstance(value, int | float) else ()


def is_number(cell: Cell) -> bool:
    """Whether a cell that may name a record, too, is read as a number.

    What is no text can only be meant as one; a text is one if it has a reading as one.
    """
    if cell.kind is not CellKind.TEXT:
        return True
    return bool(read_number(trim(str(cell.value))[0]).numbers)


def as_named(column: Column, made: Record) -> Value:
    """The record as the cell that it was made from names it."""
    reference = Reference(to=made.resource, key=made.key)
    return (reference,) if column.kind is Kind.REFERENCES else reference


def find_lonely(name: str, beside: Iterable[OtherCell]) -> tuple[Problem, ...]:
    """Problems of cells that belong to a number, where no number is."""
    return tuple(
        kinds.CELL_WITHOUT_NUMBER.at(
            each.place,
            found=f"a value that belongs to a number for {quoted(name)}, where no number is",
        )
        for each in beside
    )


def find_made_violations(
    resource: Resource, records: Sequence[Record], *, now: datetime, zone: str
) -> Mapping[Name, tuple[Problem, ...]]:
    """What the schema of their sheet finds in records that were made, by record.

    Several may come from one row, so each has a number of its own here. Of a key, and of cells
    that could not be read, all was said before.
    """
    lines = [replace(each.line, row=number) for number, each in enumerate(records)]
    sheet = replace(resource.sheet, unique=())
    found: dict[Name, tuple[Problem, ...]] = {}
    settled = {
        (line.row, column.header)
        for line in lines
        for column in sheet.columns
        if column.header == resource.key or column.header not in line.values
    }
    violations = find_violations(sheet, lines, settled=settled, now=now, zone=zone)
    for (number, _), problem in violations.items():
        name = records[number].name
        found[name] = (*found.get(name, ()), problem)
    return found


def _record(
    resource: Resource,
    owner: Record,
    making: Making,
    number: Numeral,
    values: Mapping[str, Value],
) -> Record:
    """It stands where its number stands; what is beside that stands there."""
    places = {
        each.header: other.place if (other := number.beside.get(part_of(each.header))) else None
        for each in resource.sheet.columns
    }
    own = {header: place or number.place for header, place in places.items()}
    line = replace(owner.line, values=values, places=own, raw={}, others=())
    origin = Origin(
        owner=owner.name,
        place=number.place,
        number=next(iter(number.texts), ""),
        suffix=making.suffix,
        at_first=frozenset(header for header, _ in making.at_first),
    )
    return Record(resource=resource.name, key=str(values[resource.key]), line=line, origin=origin)


def _objections(
    resource: Resource, owner: Record, making: Making, place: Place
) -> tuple[Problem, ...]:
    """Why the service would not take the external id that the record would have."""
    column, key = resource.key_column, f"{owner.key}{making.suffix}"
    fits = not column.pattern or re.fullmatch(column.pattern, key)
    if fits and (column.longest is None or len(key) <= column.longest):
        return ()
    return (
        kinds.CELL_LENGTH.at(
            place,
            found=f"a number, whose {resource.title} would have the {resource.key} {quoted(key)} "
            f"of {len(key)} characters",
            expected=column.pattern_says or f"at most {column.longest} characters",
            remedy=f"Shorten the {resource.key} of the row by what is too much, or add a row for "
            f"the {resource.title} on the sheet {resource.sheet.name} and name that here.",
        ),
    )
