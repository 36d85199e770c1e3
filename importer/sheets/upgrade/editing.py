"""What openpyxl forgets between loading and saving, for the workbooks that it still writes."""

from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from importer.sheets.note import fit


def keep_content(page: Worksheet) -> None:
    """Make up for what openpyxl forgets between loading and saving."""
    for cell in page._cells.values():
        if isinstance(cell, MergedCell):
            continue
        if cell.comment is not None:
            fit(cell.comment)
        kind, value = cell.data_type, cell.value
        if isinstance(value, float):
            # It would write 16 digits, and the number might come back as its neighbour.
            cell.value = repr(value).replace("inf", "1e999")
        elif isinstance(value, str) and "\r" in value:
            # It would write the character itself, which no XML parser gives back.
            cell.value = value.replace("\r", "_x000D_")
        cell.data_type = kind
