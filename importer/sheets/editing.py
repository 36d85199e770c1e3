"""Loading a user's workbook to write into it, and making a file of it again.

openpyxl loads and saves all of it; what it does not know (shapes, slicers) is lost on the way.
"""

from io import BytesIO
from pathlib import Path

from openpyxl.cell import MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.failure import ResultsNotWritten
from importer.sheets.note import fit
from importer.sheets.workbook import ODD_CONTENT, load_for_editing, quiet

MACRO_SUFFIX = ".xlsm"
"""How a workbook with macros is called, which it has to stay."""


def load_source(source: Path) -> Workbook:
    """The workbook at a path, to be changed. Raises `ResultsNotWritten`."""
    try:
        content = source.read_bytes()
        workbook = load_for_editing(content, macros=source.suffix.lower() == MACRO_SUFFIX)
    except ODD_CONTENT as error:
        raise _failure(source) from error
    # A template's mark would make Excel refuse the name that the results get.
    workbook.template = False
    return workbook


def render_workbook(workbook: Workbook, source: Path) -> bytes:
    """The changed workbook as a file. Raises `ResultsNotWritten`."""
    content = BytesIO()
    try:
        with quiet():
            workbook.save(content)
    except ODD_CONTENT as error:
        raise _failure(source) from error
    return content.getvalue()


def let_go(workbook: Workbook) -> None:
    """Close what openpyxl keeps of a file with macros: forgotten open, it complains on stderr."""
    if workbook.vba_archive is not None:
        workbook.vba_archive.close()


def _failure(source: Path) -> ResultsNotWritten:
    return ResultsNotWritten(
        f"The results could not be written into a copy of {source.name}.",
        remedy="Leave the file in its place, save it once in a spreadsheet program, and import "
        "again: what is in order is not sent twice.",
    )


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
    _renew_drawing(page)


def _renew_drawing(page: Worksheet) -> None:
    """Have openpyxl draw its own boxes of notes again: in a file with macros it would number the
    old ones and new ones alike."""
    if page.legacy_drawing is not None and "commentsDrawing" in page.legacy_drawing:
        page.legacy_drawing = None
