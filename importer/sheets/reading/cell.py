"""Cells: from what openpyxl hands out to what the rest of the house reads."""

import re
import unicodedata
from dataclasses import replace
from datetime import date, time, timedelta

from openpyxl.cell import Cell as FileCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from importer.model.table import BLANK_CELL, Cell, CellKind

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
"""Parts of a number format that are shown as they are, and so say nothing about the number."""


def read_cell(cell: FileCell | MergedCell, cached: FileCell | MergedCell | None) -> Cell:
    """The cell as the user sees it: a formula counts by its `cached` result."""
    if cell.data_type != "f":
        return _plain(cell)
    if cached is not None and cached.value is not None:
        return replace(_plain(cached), formula=show_formula(cell.value))
    # A formula that yields the empty text has a saved result, too: its type says so.
    if cached is not None and cached.data_type == "str":
        return BLANK_CELL
    return Cell(kind=CellKind.FORMULA_WITHOUT_VALUE, value=show_formula(cell.value))


def is_blank(cell: Cell) -> bool:
    """Whether nobody would see anything in the cell: nothing, or spaces of whatever kind."""
    if cell.kind is not CellKind.TEXT:
        return cell.kind is CellKind.BLANK
    text = str(cell.value)
    # Nearly all texts begin with a sign that anybody sees.
    return not "!" <= text[:1] <= "~" and all(map(_is_invisible, text))


def text_of(cell: Cell) -> str:
    """The cell as a header or a key is read: text in one line, empty for a blank one."""
    return "" if cell.value is None else " ".join(str(cell.value).split())


def _plain(cell: FileCell | MergedCell) -> Cell:
    value = cell.value
    match value:
        case None | "":
            return BLANK_CELL
        case str() if cell.data_type == "e":
            return Cell(kind=CellKind.ERROR, value=value)
        case str():
            # Excel writes a carriage return like this, and openpyxl hands it on undecoded.
            return Cell(kind=CellKind.TEXT, value=value.replace("_x000D_", "\r"))
        case bool():
            return Cell(kind=CellKind.BOOLEAN, value=value)
        case int() | float():
            percent = "%" in _LITERAL.sub("", cell.number_format)
            shown = cell.number_format
            return Cell(kind=CellKind.NUMBER, value=value, percent=percent, format=shown)
        case date():
            return Cell(kind=CellKind.DATE, value=value)
        case time() | timedelta():
            return Cell(kind=CellKind.TIME, value=value)
    raise TypeError(f"a cell cannot hold a {type(value).__name__}")


def show_formula(value: object) -> str:
    """A formula as text, of whatever kind it is."""
    match value:
        case ArrayFormula():
            return str(value.text)
        case DataTableFormula():
            return "=TABLE()"
    return str(value)


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"
