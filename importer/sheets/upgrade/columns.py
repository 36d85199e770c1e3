"""Columns of a sheet in the user's file: which are used, and how wide one is."""

from copy import copy
from itertools import chain

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles.styleable import StyleableObject
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet


def last_used_column(page: Worksheet) -> int:
    """The last column in which something stands, or which a merged range reaches."""
    filled = (column for (_, column), cell in page._cells.items() if cell.value is not None)
    merged = (int(block.max_col) for block in page.merged_cells.ranges)
    return max(chain(filled, merged), default=0)


def open_cell(page: Worksheet, row: int, column: int) -> Cell | MergedCell:
    """The cell there; a new one looks like its row or column, as it would in a spreadsheet.

    openpyxl would give it the default look, and an id typed there later would lose its zeros.
    """
    is_new = (row, column) not in page._cells
    cell = page.cell(row, column)
    if is_new:
        _adopt_look(cell, _row_or_column(page, row, column))
    return cell


def _row_or_column(page: Worksheet, row: int, column: int) -> StyleableObject | None:
    if row in page.row_dimensions and page.row_dimensions[row].has_style:
        return page.row_dimensions[row]
    return _find(page, column)


def _adopt_look(cell: StyleableObject, source: StyleableObject | None) -> None:
    if source is None:
        return
    cell.number_format = source.number_format
    for part in ("font", "fill", "border", "alignment", "protection"):
        setattr(cell, part, copy(getattr(source, part)))


def _find(page: Worksheet, number: int) -> ColumnDimension | None:
    """What the file says about a column; one entry may hold for a range of them."""
    for each in page.column_dimensions.values():
        each.reindex()
        if each.min is not None and each.max is not None and each.min <= number <= each.max:
            return each
    return None
