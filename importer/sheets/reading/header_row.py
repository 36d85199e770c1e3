"""Which row of a sheet is its header: row 1, or a lower one where a title stands above it."""

from collections.abc import Iterable, Mapping

from importer.declare.sheet import Sheet
from importer.sheets.names import fold
from importer.sheets.reading.cell import text_of
from importer.sheets.reading.grid import Grid

TOP_ROW = 1
"""Where the header stands in a template, and where it is missed when no row looks like one."""

SEARCHED_ROWS = 20
_ENOUGH = 2


def find_header_row(grid: Grid, sheet: Sheet) -> int:
    """Excel's number of the row under which the data stand."""
    rows = (number for number in grid.rows if number <= SEARCHED_ROWS)
    return choose_header_row({each: map(text_of, grid.rows[each].values()) for each in rows}, sheet)


def choose_header_row(texts: Mapping[int, Iterable[str]], sheet: Sheet) -> int:
    """The header among the texts of the first rows, by Excel's number of each row.

    A header has all required columns, or two columns at least. Row 1 is it wherever it can be;
    else the row with the most columns, and of equal ones the upper.
    """
    names = name_columns(sheet)
    required = {column.header for column in sheet.columns if column.required}
    found = {
        row: {names[each] for each in map(fold, of_row) if each in names}
        for row, of_row in texts.items()
    }
    scores = {
        row: len(headers)
        for row, headers in found.items()
        if row <= SEARCHED_ROWS and (len(headers) >= _ENOUGH or (required and required <= headers))
    }
    if not scores or TOP_ROW in scores:
        return TOP_ROW
    return min(scores, key=lambda row: (-scores[row], row))


def name_columns(sheet: Sheet) -> Mapping[str, str]:
    """What a column may be called, folded, and its declared header."""
    aliases = {fold(each): c.header for c in sheet.columns for each in c.aliases}
    return {**aliases, **{fold(column.header): column.header for column in sheet.columns}}


def list_headers(sheets: Iterable[Sheet]) -> frozenset[str]:
    """Everything that a column of these sheets may be called, folded."""
    return frozenset(name for sheet in sheets for name in name_columns(sheet))
