"""Traces of an earlier run in a workbook: our columns and our summary."""

from collections.abc import Iterator, Sequence

from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.sheets.columns import forget_width
from importer.sheets.names import fold
from importer.sheets.own import SUMMARY, is_own_header
from importer.sheets.result_columns import message_height


def erase_summary(workbook: Workbook) -> None:
    """Remove the summary of an earlier run."""
    for page in workbook.worksheets:
        if fold(page.title) == fold(SUMMARY) and len(workbook.sheetnames) > 1:
            workbook.remove(page)


def erase_result_columns(page: Worksheet, header_row: int, figures: Sequence[str]) -> None:
    """Remove our columns from a sheet; `figures` are the headers of its result columns."""
    own = set(_own_columns(page, header_row, figures))
    for (row, column), cell in list(page._cells.items()):
        if column in own:
            _shrink_row(page, row, str(cell.value or ""))
            del page._cells[row, column]
    for number in own:
        forget_width(page, number)


def _shrink_row(page: Worksheet, row: int, text: str) -> None:
    """Undo the height that a row has got for this message; any other is the user's."""
    height = message_height(text)
    if height is not None and page.row_dimensions[row].height == height:
        page.row_dimensions[row].height = None


def _own_columns(page: Worksheet, header_row: int, figures: Sequence[str]) -> Iterator[int]:
    """Columns of ours. A figure counts only right behind another: people have such columns, too."""
    known = {fold(header) for header in figures}
    is_behind = False
    for number in range(1, _last_header(page, header_row) + 1):
        cell = page._cells.get((header_row, number))
        header = "" if cell is None or cell.value is None else str(cell.value)
        is_behind = is_own_header(header) or (is_behind and fold(header) in known)
        if is_behind:
            yield number


def _last_header(page: Worksheet, header_row: int) -> int:
    return max((column for row, column in page._cells if row == header_row), default=0)
