"""Opens workbooks with openpyxl: the one place that knows what it warns of and what it raises."""

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.table import Cell, CellKind
from importer.sheets.gate.kinship import find_workbook_part
from importer.sheets.reading.cell import read_cell
from importer.sheets.reading.grid import Block, Contents, Grid, pack_rows

ODD_CONTENT: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What openpyxl raises on a file that does not hold together: it has no error of its own."""


def read_contents(content: bytes) -> Contents:
    """All cells of a workbook. Raises one of `ODD_CONTENT` where the file is not sound."""
    written, values = open_twice(content)
    grids = tuple(read_grid(sheet, values[sheet.title]) for sheet in written.worksheets)
    return Contents(grids=grids, has_formulas=values is not written)


def open_twice(content: bytes) -> tuple[Workbook, Workbook]:
    """The workbook with its formulas, and with the values that were saved for them.

    They are one where there is no formula. Raises one of `ODD_CONTENT`.
    """
    with quiet():
        written = load_workbook(BytesIO(content))
        _expect_all_sheets(content, written)
        # Without formulas the second reading would say the same, at the same price.
        if not holds_formulas(written):
            return written, written
        return written, load_workbook(BytesIO(content), data_only=True)


def load_for_editing(content: bytes, *, macros: bool) -> Workbook:
    """The workbook to be changed and saved. Raises one of `ODD_CONTENT`."""
    with quiet():
        workbook = load_workbook(BytesIO(content), keep_vba=macros, rich_text=True)
        _expect_all_sheets(content, workbook)
        return workbook


def holds_formulas(workbook: Workbook) -> bool:
    """Whether any cell of any sheet is computed."""
    return any(
        cell.data_type == "f" for sheet in workbook.worksheets for cell in sheet._cells.values()
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Silence what openpyxl says about parts that it leaves out and that we do not read."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
        yield


def _expect_all_sheets(content: bytes, workbook: Workbook) -> None:
    """openpyxl leaves out, without a word, a sheet whose part is not in the file."""
    with ZipFile(BytesIO(content)) as package:
        part = find_workbook_part(package.namelist()) or ""
        listed = fromstring(package.read(part)).iter()
    named = [each.get("name") for each in listed if each.tag.endswith("}sheet")]
    if len(named) != len(workbook.sheetnames):
        raise ValueError("a sheet that the workbook lists is not in the file")


def read_grid(sheet: Worksheet, values: Worksheet) -> Grid:
    """The filled cells of a sheet; `values` is the same sheet with the values of its formulas."""
    rows: dict[int, dict[int, Cell]] = {}
    # `iter_rows` would make every cell up to the last one, which may stand in row 1,048,576.
    for (row, column), cell in sorted(sheet._cells.items()):
        read = read_cell(cell, values._cells.get((row, column)))
        if read.kind is not CellKind.BLANK:
            rows.setdefault(row, {})[column] = read
    return Grid(
        title=sheet.title,
        rows=pack_rows(rows),
        hidden_rows=frozenset(row for row in rows if _is_hidden(sheet, row)),
        hidden=sheet.sheet_state != "visible",
        merged=tuple(
            Block(
                first_row=each.min_row,
                first_column=each.min_col,
                last_row=each.max_row,
                last_column=each.max_col,
            )
            for each in sorted(sheet.merged_cells.ranges, key=lambda each: each.bounds)
        ),
    )


def _is_hidden(sheet: Worksheet, row: int) -> bool:
    """Whether a row is hidden: by itself, or because the sheet hides all that do not say."""
    if row not in sheet.row_dimensions:
        return bool(sheet.sheet_format.zeroHeight)
    return bool(sheet.row_dimensions[row].hidden)
