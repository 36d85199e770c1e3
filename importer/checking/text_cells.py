"""Cells of text and of ids."""

from importer.checking.ground import Ground, Parsed, shown
from importer.checking.numbers import shortest
from importer.model import problem_kinds as kinds
from importer.model.table import Cell, CellKind

_LONGEST_ID = 10**15


def read_text_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A text; a number is taken as it is shown, anything else is refused."""
    del unit
    value = cell.value
    if isinstance(value, str):
        return value, ()
    if cell.kind is CellKind.NUMBER and isinstance(value, int | float):
        if abs(value) >= _LONGEST_ID:
            return _lost_digits(ground, value)
        return str(shortest(float(value))), ()
    return ground.refuse(
        kinds.CELL_NOT_TEXT,
        found=shown(cell),
        remedy=("Format the cell as text and type it again."),
    )


def read_key_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """Ids that Excel turned into numbers are taken only when nothing can have been lost."""
    del unit
    value = cell.value
    if isinstance(value, str):
        return value, ()
    whole = cell.kind is CellKind.NUMBER and isinstance(value, int | float) and not cell.percent
    if whole and float(str(value)).is_integer() and abs(float(str(value))) < _LONGEST_ID:
        return str(int(float(str(value)))), ()
    return _lost_digits(ground, shown(cell))


def _lost_digits(ground: Ground, found: object) -> Parsed:
    return ground.refuse(
        kinds.CELL_ID_LOST_DIGITS,
        found=f"{found}, which the spreadsheet program has made of what was typed",
    )
