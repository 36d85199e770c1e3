"""Cells of numbers, percentages and amounts."""

import math
from collections.abc import Sequence

from importer.checking.ground import Ground, Parsed
from importer.checking.habits import describe_numbers
from importer.checking.numbers import read_number, shift, shortest, to_float, write_number
from importer.checking.texts import squeeze
from importer.checking.units import convert_to_nearest, suggest_unit
from importer.checking.wording import show_cell
from importer.model import problem_kinds as kinds
from importer.model.manner import DecimalSign
from importer.model.problem import Problem, quoted
from importer.model.record import Amount
from importer.model.table import Cell, CellKind


def read_number_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A number; what a percent format hides in it is asked about."""
    del unit
    value, problems = _read_plain(cell, ground)
    if not cell.percent or not isinstance(value, int | float):
        return value, problems
    stored, seen = write_number(value), write_number(shift(value, 2))
    if not math.isfinite(float(seen)):
        return _not_a_number(cell, ground)
    return ground.refuse(
        kinds.CELL_AMBIGUOUS,
        found=f"{show_cell(cell)}, which is stored as {stored}",
        expected=f"a plain number: either {seen} or {stored}",
        remedy="Format the cell as a number and type the value that goes with the unit.",
    )


def read_percentage_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A share from 0 to 1. Excel stores a cell formatted as percent that way already."""
    del unit
    if isinstance(cell.value, str) and cell.value.endswith("%"):
        return _read_text(cell.value.removesuffix("%").strip(), cell, ground, per_cent=True)
    return _read_plain(cell, ground)


def _read_plain(cell: Cell, ground: Ground) -> Parsed:
    value = cell.value
    if isinstance(value, str):
        return _read_text(value, cell, ground)
    if cell.kind is CellKind.NUMBER and isinstance(value, int | float):
        number = to_float(value)
        if math.isfinite(number):
            return shortest(number), ()
    return _not_a_number(cell, ground)


def _read_text(text: str, cell: Cell, ground: Ground, *, per_cent: bool = False) -> Parsed:
    read = _settle(read_number(text).numbers, text, ground)
    numbers = tuple(shift(each, -2) for each in read) if per_cent else read
    if not numbers:
        return _not_a_number(cell, ground)
    if len(numbers) == 1:
        return numbers[0], ()
    readings = " or ".join(write_number(each) + (" %" if per_cent else "") for each in read)
    numbers_to_type = " or ".join(write_number(each) for each in numbers)
    return ground.refuse(
        kinds.CELL_AMBIGUOUS,
        found=f"{quoted(cell.value)}, which may be {readings}{describe_numbers(ground.manner)}",
        expected="a number with one reading",
        remedy=f"Type {numbers_to_type} as a number, or state the decimal sign of all such cells: "
        "on Start here, or with --decimal.",
    )


def _settle(numbers: tuple[int | float, ...], text: str, ground: Ground) -> Sequence[int | float]:
    """The reading that is meant where the decimal sign is stated; an only one stays itself."""
    sign, has_both = ground.manner.conventions.decimal, len(numbers) > 1
    if sign is None or not has_both:
        return numbers
    # The first reading takes the one sign of the text for that of the decimals.
    is_decimal = ("." in text) is (sign is DecimalSign.POINT)
    return numbers[:1] if is_decimal else numbers[1:]


def _not_a_number(cell: Cell, ground: Ground) -> Parsed:
    return ground.refuse(kinds.CELL_NOT_A_NUMBER, found=show_cell(cell))


def read_amount_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A number with the unit of its neighbour, in a unit and spelling of the service."""
    number, problems = read_number_cell(cell, ground, "")
    meant = find_unit(unit, ground.column.units)
    if meant is None:
        converted, found = _convert(number if isinstance(number, int | float) else 0, ground, unit)
        return (converted if isinstance(number, int | float) else None), (*problems, *found)
    if not isinstance(number, int | float):
        return None, problems
    return Amount(number=number, unit=meant), problems


def _convert(number: int | float, ground: Ground, unit: str) -> Parsed:
    """The amount in the service's nearest unit, and a word about it where the number changes."""
    found = convert_to_nearest(number, unit, ground.column.units) if unit else None
    if found is None:
        return None, (_unit_problem(ground, unit),)
    amount = Amount(number=found[0], unit=found[1])
    if amount.number == number:
        return amount, ()
    words = f"{write_number(number)} {unit} sent as {write_number(amount.number)} {amount.unit}"
    expected = f"one of the units {', '.join(ground.column.units)}"
    return amount, (kinds.CELL_CONVERTED.at(ground.place, found=words, expected=expected),)


def find_unit(text: str, units: Sequence[str]) -> str | None:
    """The unit that is meant, regardless of case; where only one fits, blank means that."""
    if not text:
        return units[0] if len(units) == 1 else None
    if text in units:
        return text
    alike = [each for each in units if squeeze(each) == squeeze(text)]
    return alike[0] if len(alike) == 1 else None


def _unit_problem(ground: Ground, unit: str) -> Problem:
    units = ", ".join(ground.column.units)
    near = suggest_unit(unit)
    return kinds.CELL_UNIT.at(
        ground.place,
        found=f"the unit {quoted(unit)}" if unit else "a number without a unit",
        expected=f"one of the units {units}" if units else "",
        remedy=f"If {near} is meant, write it in these letters." if near not in ("", unit) else "",
    )
