"""The cells that only the account's definitions can read.

A definition is in the language of columns, so its values are parsed by the same code as any cell.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from importer.checking.cells import is_blank, parse_cell
from importer.checking.ground import Ground, Parsed
from importer.checking.headings import Heading, find_heading
from importer.checking.suggestions import enumerate_names, suggest
from importer.checking.texts import squeeze, trim
from importer.declare.column import Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Detail, Resource
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Line, OtherCell, Record, Value
from importer.model.table import BLANK_CELL, Cell

NOT_SENT = "a kind of value that this version does not send"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A value that is given for a field: in a detail row, or in a column of the record's row.

    key: the cell that names the field. called: what it is called there.
    """

    field: DefinedField
    cell: Cell
    place: Place
    key: Place
    called: str
    unit: str = ""
    unit_place: Place


def read_defined(
    resource: Resource, record: Record, defined: Defined, *, zone: str
) -> tuple[Record, tuple[Problem, ...]]:
    """The record with the values that its definition asks for, and the problems of their cells."""
    given, problems = _find_given(resource, record, defined)
    values: dict[str, Value] = {}
    for each in given:
        value, found = _read_value(each, zone)
        problems += found
        if value is not None:
            values[each.field.inner] = value
    filled = replace(
        record,
        defined=values,
        defined_places={each.field.inner: each.place for each in given},
        defined_units={each.field.inner: each.unit_place for each in given},
    )
    return filled, (*problems, *_repeated(given))


def _find_given(
    resource: Resource, record: Record, defined: Defined
) -> tuple[list[_Given], list[Problem]]:
    """What the record's detail rows and further columns give, and the problems of those that give
    nothing."""
    called = record.line.text(resource.defined_by)
    given, problems = _find_in_columns(record.line, defined, called)
    for detail in resource.details:
        if not detail.value:
            continue
        for line in record.details.get(detail.sheet.name, ()):
            found = _find_field(detail, line, defined, called)
            if isinstance(found, Problem):
                problems.append(found)
            elif not is_blank(line.raw.get(detail.value, BLANK_CELL)):
                given.append(_in_row(detail, line, found))
    return given, problems


def _in_row(detail: Detail, line: Line, field: DefinedField) -> _Given:
    header = detail.keys[-1]
    return _Given(
        field=field,
        cell=line.raw[detail.value],
        place=line.place(detail.value),
        key=line.place(header),
        called=line.text(header),
        unit=line.text(detail.unit),
        unit_place=line.place(detail.unit or detail.value),
    )


def _find_in_columns(
    line: Line, defined: Defined, called: str
) -> tuple[list[_Given], list[Problem]]:
    """What stands in columns that are headed by a field; other columns are the user's own."""
    headings = [(each, find_heading(each, defined.fields)) for each in line.others]
    units = {h.field.inner: each for each, h in headings if h is not None and h.is_unit}
    given: list[_Given] = []
    problems: list[Problem] = []
    for each, heading in headings:
        if heading is None:
            problems += [_no_field(each, defined, called)] if each.meant else []
        elif not heading.is_unit:
            problem = _not_wanted(heading.field, each.place)
            if problem is not None:
                problems.append(problem)
            else:
                given.append(_in_column(each, heading, units.get(heading.field.inner)))
    return given, problems


def _in_column(value: OtherCell, heading: Heading, unit: OtherCell | None) -> _Given:
    return _Given(
        field=heading.field,
        cell=value.cell,
        place=value.place,
        key=value.place,
        called=heading.field.column.header,
        unit=trim(str(unit.cell.value))[0] if unit else heading.unit_of_value,
        unit_place=unit.place if unit else value.place,
    )


def _no_field(other: OtherCell, defined: Defined, called: str) -> Problem:
    """The template was made for another definition than the row names."""
    names = [each.column.header for each in defined.fields if not each.computed]
    return kinds.REF_UNKNOWN_NAME.at(
        other.place,
        found=f"a value under {quoted(other.header)}, which {quoted(called)} does not have",
        expected=f"one of {enumerate_names(names)}" if names else "an empty cell",
        remedy="Clear the cell, or correct what the row is made from.",
    )


def _not_wanted(field: DefinedField, place: Place) -> Problem | None:
    """Why no value may be given for a field."""
    name = quoted(field.column.header)
    if field.computed:
        return kinds.REF_COMPUTED.at(place, found=f"{name}, which the service fills in itself")
    if field.taken_off:
        found = f"a value for {name}, which another row takes off"
        return kinds.ROW_DETACHED.at(place, found=found)
    return None


def _find_field(
    detail: Detail, line: Line, defined: Defined, called: str
) -> DefinedField | Problem:
    """The field that a detail row means, by its key cells from left to right."""
    candidates: Sequence[DefinedField] = defined.fields
    for number, header in enumerate(detail.keys):
        wanted = line.text(header)
        fitting = [each for each in candidates if _spells(each.spellings[number], wanted)]
        if not fitting:
            return _unknown_field(line, header, candidates, number, called)
        candidates = fitting
    if len(candidates) > 1:
        return _several_fields(detail, line, candidates, called)
    (field,) = candidates
    place = line.place(detail.keys[-1] if field.computed else detail.value)
    return _not_wanted(field, place) or field


def _spells(spellings: Iterable[str], wanted: str) -> bool:
    return squeeze(wanted) in {squeeze(each) for each in spellings}


def _unknown_field(
    line: Line, header: str, candidates: Sequence[DefinedField], number: int, called: str
) -> Problem:
    wanted = line.text(header)
    taken = [each for each in candidates if each.column.available and not each.computed]
    names = [each.spellings[number][-1] for each in taken]
    every = [spelling for each in candidates for spelling in each.spellings[number]]
    return kinds.REF_UNKNOWN_NAME.at(
        line.place(header),
        found=f"{quoted(wanted)}, which {quoted(called)} does not have",
        expected=f"one of {enumerate_names(names)}" if names else f"no row for {quoted(called)}",
        remedy=suggest(wanted, every) or f"Correct the {header.lower()}, or delete the row.",
    )


def _several_fields(
    detail: Detail, line: Line, candidates: Sequence[DefinedField], called: str
) -> Problem:
    """The problem stands at the first key cell that would make the difference."""
    telling = (n for n in range(len(detail.keys)) if len(_spelled(candidates, n, 0)) > 1)
    number = next(telling, 0)
    ids, names = _spelled(candidates, number, 0), _spelled(candidates, number, -1)
    header = detail.keys[number]
    return kinds.REF_SEVERAL.at(
        line.place(header),
        found=f"{quoted(line.text(header))}, which {quoted(called)} has {len(candidates)} times",
        expected=f"one of {enumerate_names(names if len(names) == len(candidates) else ids)}",
    )


def _spelled(candidates: Iterable[DefinedField], number: int, way: int) -> list[str]:
    """The different spellings of one way (the first is the id) under a key header."""
    return list(dict.fromkeys(each.spellings[number][way] for each in candidates))


def _repeated(given: Iterable[_Given]) -> Iterable[Problem]:
    """Id and name are two spellings of one thing, so only the definition shows the repeat."""
    by_inner: dict[str, list[_Given]] = defaultdict(list)
    for each in given:
        by_inner[each.field.inner].append(each)
    for alike in by_inner.values():
        for each in alike if len(alike) > 1 else ():
            others = "; ".join(_where(each, other) for other in alike if other is not each)
            yield kinds.KEY_DETAIL_TWICE.at(
                each.key, found=f"{quoted(each.called)}, which stands in {others}, too"
            )


def _where(given: _Given, other: _Given) -> str:
    """Where another value for the same field stands, as seen from this one."""
    row = f"row {other.key.row}"
    if given.key.sheet == other.key.sheet and given.key.row != other.key.row:
        return row
    return f"{other.key.sheet} {row}, {quoted(other.place.header)}"


def _read_value(given: _Given, zone: str) -> Parsed:
    """The value, and what is wrong with its cell and with that of its unit."""
    column, unit = given.field.column, given.unit
    if not column.available:
        return None, (_not_yet(given),)
    ground = Ground(column=column, place=given.place, zone=zone)
    value, problems = parse_cell(given.cell, ground, unit)
    if unit and column.kind is not Kind.AMOUNT:
        return None, (*problems, _unit_not_wanted(given, unit))
    return value, tuple(_at_unit(given, each) for each in problems)


def _not_yet(given: _Given) -> Problem:
    name = quoted(given.field.column.header)
    return kinds.CELL_NOT_YET.at(
        given.key,
        found=f"a row for {name}, {given.field.column.because or NOT_SENT}",
        expected=f"no row for {name}",
        remedy="Delete the row, and enter the value on the service's own page.",
    )


def _at_unit(given: _Given, problem: Problem) -> Problem:
    """A problem of the unit stands at the unit's own cell."""
    if problem.code not in (kinds.CELL_UNIT.code, kinds.CELL_CONVERTED.code):
        return problem
    return replace(problem, place=given.unit_place)


def _unit_not_wanted(given: _Given, unit: str) -> Problem:
    column = given.field.column
    return kinds.CELL_UNIT.at(
        given.unit_place,
        found=f"the unit {quoted(unit)}",
        expected=f"no unit: {quoted(column.header)} is a {column.kind.value}",
        remedy="Check that the value is meant as it stands, and leave the unit blank.",
    )
