"""The cells that only the account's definitions can read.

A definition is in the language of columns, so its values are parsed by the same code as any cell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from importer.checking.cells import parse_cell
from importer.checking.ground import Ground
from importer.checking.suggestions import enumerate_names, suggest
from importer.checking.texts import squeeze
from importer.declare.column import Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Detail, Resource
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Line, Record, Value


def read_defined(
    resource: Resource, record: Record, defined: Defined, *, zone: str
) -> tuple[Record, tuple[Problem, ...]]:
    """The record with the values that its definition asks for, and the problems of their cells."""
    values: dict[str, Value] = {}
    places: dict[str, Place] = {}
    units: dict[str, Place] = {}
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for detail in resource.details:
        if not detail.value:
            continue
        for line in record.details.get(detail.sheet.name, ()):
            each, found = _find_field(detail, line, defined)
            problems += found
            if each is None:
                continue
            problems += _repeated(detail, line, seen.get(each.inner))
            seen.setdefault(each.inner, line.row)
            places[each.inner] = line.place(detail.value)
            units[each.inner] = line.place(detail.unit or detail.value)
            value, found = _read_value(detail, line, each, zone)
            problems += found
            if value is not None:
                values[each.inner] = value
    filled = replace(record, defined=values, defined_places=places, defined_units=units)
    return filled, tuple(problems)


def _find_field(
    detail: Detail, line: Line, defined: Defined
) -> tuple[DefinedField | None, tuple[Problem, ...]]:
    """The field that a detail row means, by its key cells from left to right."""
    candidates: Sequence[DefinedField] = defined.fields
    for number, header in enumerate(detail.keys):
        wanted = line.text(header)
        fitting = [each for each in candidates if _spells(each.spellings[number], wanted)]
        if not fitting:
            return None, (_unknown_field(line.place(header), header, wanted, candidates, number),)
        candidates = fitting
    if len(candidates) > 1:
        return None, (_several_fields(detail, line, candidates),)
    if candidates[0].computed:
        found = quoted(candidates[0].column.header)
        return None, (kinds.REF_COMPUTED.at(line.place(detail.keys[-1]), found=found),)
    return candidates[0], ()


def _spells(spellings: Iterable[str], wanted: str) -> bool:
    return squeeze(wanted) in {squeeze(each) for each in spellings}


def _unknown_field(
    place: Place, header: str, wanted: str, candidates: Sequence[DefinedField], number: int
) -> Problem:
    names = [each.spellings[number][-1] for each in candidates if not each.computed]
    every = [spelling for each in candidates for spelling in each.spellings[number]]
    return kinds.REF_UNKNOWN_NAME.at(
        place,
        found=f"{quoted(wanted)}, which the definition does not have",
        expected=f"one of {enumerate_names(names)}",
        remedy=suggest(wanted, every) or f"Correct the {header.lower()}.",
    )


def _several_fields(detail: Detail, line: Line, candidates: Sequence[DefinedField]) -> Problem:
    first = detail.keys[0]
    ways = enumerate_names(each.spellings[0][-1] for each in candidates)
    return kinds.REF_SEVERAL.at(
        line.place(first),
        found=f"{quoted(line.text(first))}, which fits {len(candidates)} of the definition",
        expected=f"one of {ways}, or an id",
    )


def _repeated(detail: Detail, line: Line, earlier: int | None) -> tuple[Problem, ...]:
    """Id and name are two spellings of one thing, so only the definition shows the repeat."""
    if earlier is None:
        return ()
    header = detail.keys[-1]
    found = f"{quoted(line.text(header))}, which row {earlier} gives already"
    return (kinds.KEY_DETAIL_TWICE.at(line.place(header), found=found),)


def _read_value(
    detail: Detail, line: Line, each: DefinedField, zone: str
) -> tuple[Value | None, tuple[Problem, ...]]:
    unit = line.text(detail.unit) if detail.unit else ""
    if unit and each.column.kind is not Kind.AMOUNT:
        return None, (_unit_not_wanted(line.place(detail.unit), each, unit),)
    place = line.place(detail.value)
    ground = Ground(column=each.column, place=place, zone=zone)
    return parse_cell(line.raw[detail.value], ground, unit)


def _unit_not_wanted(place: Place, each: DefinedField, unit: str) -> Problem:
    return kinds.CELL_UNIT.at(
        place,
        found=f"the unit {quoted(unit)}",
        expected=f"no unit: {quoted(each.column.header)} is a {each.column.kind.value}",
        remedy="Check that the value is meant as it stands, and leave the unit blank.",
    )
