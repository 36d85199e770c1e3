"""Cells of numbers, percentages and amounts."""

from importer.checking.ground import Ground, Parsed, shown
from importer.checking.numbers import read_number, shortest
from importer.checking.texts import squeeze
from importer.model import problem_kinds as kinds
from importer.model.problem import quoted
from importer.model.record import Amount
from importer.model.table import Cell, CellKind


def read_number_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A number; what a percent format hides in it is asked about."""
    del unit
    if cell.percent and isinstance(cell.value, int | float):
        stored = shortest(float(cell.value))
        shown = shortest(round(float(cell.value) * 100, 12))
        return ground.refuse(
            kinds.CELL_AMBIGUOUS,
            found=f"{shown} % in a cell formatted as percent, which is stored as {stored}",
            expected=f"a plain number: either {shown} or {stored}",
            remedy="Format the cell as a number and type the value that goes with the unit.",
        )
    return _plain_number(cell, ground)


def _plain_number(cell: Cell, ground: Ground) -> Parsed:
    value = cell.value
    if cell.kind is CellKind.NUMBER and isinstance(value, int | float):
        number = float(value)
        return (shortest(number), ()) if number - number == 0 else _not_a_number(cell, ground)
    if not isinstance(value, str):
        return _not_a_number(cell, ground)
    numbers = read_number(value).numbers
    if not numbers:
        return _not_a_number(cell, ground)
    if len(numbers) == 1:
        return numbers[0], ()
    return ground.refuse(
        kinds.CELL_AMBIGUOUS,
        found=f"{quoted(value)}, which may be {numbers[0]} or {numbers[1]}",
        expected="a number with one reading",
        remedy=f"Type {numbers[0]} or {numbers[1]} as a number, not as text.",
    )


def _not_a_number(cell: Cell, ground: Ground) -> Parsed:
    return ground.refuse(kinds.CELL_NOT_A_NUMBER, found=shown(cell))


def read_percentage_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A share from 0 to 1. Excel stores a cell formatted as percent that way already."""
    del unit
    if isinstance(cell.value, str) and cell.value.endswith("%"):
        bare = Cell(kind=CellKind.TEXT, value=cell.value.removesuffix("%").strip())
        number, problems = _plain_number(bare, ground)
        share = shortest(float(number) / 100) if isinstance(number, int | float) else None
        return share, problems
    return _plain_number(cell, ground)


def read_amount_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A number with the unit of its neighbour, in the spelling of the service."""
    number, problems = read_number_cell(cell, ground, "")
    units = ground.column.units
    meant = unit or (units[0] if len(units) == 1 else "")
    known = {squeeze(each): each for each in units}
    if meant not in units:
        meant = known.get(squeeze(meant), meant) if meant else ""
    if number is None or not isinstance(number, int | float):
        return None, problems
    return Amount(number=number, unit=meant), problems
