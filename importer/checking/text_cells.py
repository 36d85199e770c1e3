"""Cells of text and of ids."""

import math

from importer.checking.ground import Ground, Parsed
from importer.checking.numbers import to_float, write_number
from importer.checking.wording import show_cell
from importer.model import problem_kinds as kinds
from importer.model.table import Cell, CellKind

_BEYOND_ALL_DIGITS = 10**15
"""Spreadsheet programs keep 15 digits of a number."""


def read_text_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A text; a number is taken as it is shown, anything else is refused."""
    del unit
    if isinstance(cell.value, str):
        return cell.value, ()
    number = _plain_number(cell)
    if number is None:
        return ground.refuse(
            kinds.CELL_NOT_TEXT,
            found=show_cell(cell),
            remedy="Format the cell as text and type it again.",
        )
    if abs(number) >= _BEYOND_ALL_DIGITS:
        return _lost_digits(cell, ground)
    return write_number(number), ()


def read_key_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """Ids that Excel turned into numbers are taken only when nothing can have been lost."""
    del unit
    if isinstance(cell.value, str):
        return cell.value, ()
    number = _plain_number(cell)
    if number is None or not number.is_integer() or abs(number) >= _BEYOND_ALL_DIGITS:
        return _lost_digits(cell, ground)
    return write_number(number), ()


def _plain_number(cell: Cell) -> float | None:
    """The number that the cell shows; None for one that it shows as something else."""
    if cell.kind is not CellKind.NUMBER or cell.percent or not isinstance(cell.value, int | float):
        return None
    number = to_float(cell.value)
    return None if math.isnan(number) else number


def _lost_digits(cell: Cell, ground: Ground) -> Parsed:
    return ground.refuse(
        kinds.CELL_ID_LOST_DIGITS,
        found=f"{show_cell(cell)}, which the spreadsheet program has made of what was typed",
    )
