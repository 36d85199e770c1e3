"""The cells that only the account's definitions can read.

A definition is in the language of columns, so its values are parsed by the same code as any cell.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from importer.checking.cells import is_blank, parse_cell
from importer.checking.ground import Ground, Parsed
from importer.checking.rows import name_rows
from importer.checking.suggestions import enumerate_names, suggest
from importer.checking.texts import squeeze
from importer.declare.column import Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Detail, Resource
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Line, Record, Value
from importer.model.table import BLANK_CELL

NOT_SENT = "a kind of value that this version does not send"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A detail row with the field that it gives a value for."""

    detail: Detail
    line: Line
    field: DefinedField


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
        defined_places={e.field.inner: e.line.place(e.detail.value) for e in given},
        defined_units={e.field.inner: e.line.place(e.detail.unit or e.detail.value) for e in given},
    )
    return filled, (*problems, *_repeated(given))


def _find_given(
    resource: Resource, record: Record, defined: Defined
) -> tuple[list[_Given], list[Problem]]:
    """The record's detail rows by what they give, and the problems of those that give nothing."""
    given: list[_Given] = []
    problems: list[Problem] = []
    called = record.line.text(resource.defined_by)
    for detail in resource.details:
        if not detail.value:
            continue
        for line in record.details.get(detail.sheet.name, ()):
            found = _find_field(detail, line, defined, called)
            if isinstance(found, Problem):
                problems.append(found)
            elif not is_blank(line.raw.get(detail.value, BLANK_CELL)):
                given.append(_Given(detail=detail, line=line, field=found))
    return given, problems


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
    if candidates[0].computed:
        name = quoted(candidates[0].column.header)
        found = f"{name}, which the service fills in itself"
        return kinds.REF_COMPUTED.at(line.place(detail.keys[-1]), found=found)
    if candidates[0].taken_off:
        return kinds.ROW_DETACHED.at(
            line.place(detail.value),
            found=f"a value for {quoted(candidates[0].column.header)}, which another row takes off",
        )
    return candidates[0]


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
            header = each.detail.keys[-1]
            others = name_rows([other.line.row for other in alike], but=each.line.row)
            yield kinds.KEY_DETAIL_TWICE.at(
                each.line.place(header),
                found=f"{quoted(each.line.text(header))}, which stands in {others}, too",
            )


def _read_value(given: _Given, zone: str) -> Parsed:
    """The value, and what is wrong with its cell and with that of its unit."""
    detail, line, column = given.detail, given.line, given.field.column
    if not column.available:
        return None, (_not_yet(given),)
    unit = line.text(detail.unit)
    ground = Ground(column=column, place=line.place(detail.value), zone=zone)
    value, problems = parse_cell(line.raw[detail.value], ground, unit)
    if unit and column.kind is not Kind.AMOUNT:
        return None, (*problems, _unit_not_wanted(given, unit))
    return value, tuple(_at_unit(given, each) for each in problems)


def _not_yet(given: _Given) -> Problem:
    name = quoted(given.field.column.header)
    return kinds.CELL_NOT_YET.at(
        given.line.place(given.detail.keys[-1]),
        found=f"a row for {name}, {given.field.column.because or NOT_SENT}",
        expected=f"no row for {name}",
        remedy="Delete the row, and enter the value on the service's own page.",
    )


def _at_unit(given: _Given, problem: Problem) -> Problem:
    """A problem of the unit stands at the unit's own cell."""
    if problem.code not in (kinds.CELL_UNIT.code, kinds.CELL_CONVERTED.code):
        return problem
    return replace(problem, place=given.line.place(given.detail.unit or given.detail.value))


def _unit_not_wanted(given: _Given, unit: str) -> Problem:
    column = given.field.column
    return kinds.CELL_UNIT.at(
        given.line.place(given.detail.unit),
        found=f"the unit {quoted(unit)}",
        expected=f"no unit: {quoted(column.header)} is a {column.kind.value}",
        remedy="Check that the value is meant as it stands, and leave the unit blank.",
    )
