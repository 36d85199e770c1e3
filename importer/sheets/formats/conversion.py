"""A workbook of another format as an .xlsx file: its cells as they were read, each in its place."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook
from openpyxl.cell import Cell as FileCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from importer.model.failure import ResultsNotWritten
from importer.model.problem import Problem
from importer.model.table import Cell, CellKind
from importer.sheets.gate.inspection import inspect
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.reading.grid import Contents, Grid
from importer.sheets.reading.opening import open_contents
from importer.sheets.text import clean, shorten

_FIRST_YEAR = 1900
"""Before it a workbook has no dates."""


@contextmanager
def as_xlsx(path: Path, limits: Limits = LIMITS) -> Iterator[Path]:
    """The file itself where it is an .xlsx, else a copy in that format, for as long as it is used.

    Raises ResultsNotWritten where it is no longer what was read.
    """
    kind = inspect(path, limits)
    if kind is FileKind.XLSX or isinstance(kind, Problem):
        # What keeps it from being opened is told by whoever opens it.
        yield path
        return
    contents = open_contents(path, limits)
    if isinstance(contents, Problem):
        raise ResultsNotWritten(
            f"The results could not be written into a copy of {path.name}: {contents.text}",
            remedy="Leave the file in its place and import again: what is in order is not sent "
            "twice.",
        )
    with TemporaryDirectory(prefix="importer-") as folder:
        copy = Path(folder) / f"{path.stem}.xlsx"
        write_contents(contents, copy)
        yield copy


def write_contents(contents: Contents, path: Path) -> None:
    """Write cells as a new workbook."""
    workbook = Workbook(write_only=True)
    for grid in contents.grids:
        page = workbook.create_sheet(grid.title)
        page.sheet_state = "hidden" if grid.hidden else "visible"
        _write_rows(page, grid)
    workbook.save(path)


def _write_rows(page: WriteOnlyWorksheet, grid: Grid) -> None:
    number = 0
    for row, cells in grid.rows.items():
        while number < row - 1:
            page.append([])
            number += 1
        page.append(_write_row(page, cells))
        number = row


def _write_row(page: WriteOnlyWorksheet, cells: Mapping[int, Cell]) -> Sequence[FileCell | None]:
    written: list[FileCell | None] = [None] * max(cells, default=0)
    for column, cell in cells.items():
        written[column - 1] = _write_cell(page, cell)
    return written


def _write_cell(page: WriteOnlyWorksheet, cell: Cell) -> FileCell:
    match cell.value:
        case bool():
            return WriteOnlyCell(page, cell.value)
        case int() | float():
            # openpyxl would write 16 digits of a float, which may be those of its neighbour.
            return _typed(page, repr(cell.value), "n", "0%" if cell.percent else "General")
        case date() if cell.value.year >= _FIRST_YEAR:
            return _dated(page, cell.value)
        case time():
            return _dated(page, cell.value)
        case timedelta():
            return _dated(page, cell.value)
    kind = "e" if cell.kind is CellKind.ERROR else "s"
    return _typed(page, shorten(clean(str(cell.value))), kind, "General")


def _typed(page: WriteOnlyWorksheet, value: str, kind: str, shown: str) -> FileCell:
    """A cell of that type, whatever the value looks like: openpyxl takes `=1+1` for a formula."""
    written = WriteOnlyCell(page, value)
    written.data_type, written.number_format = kind, shown
    return written


def _dated(page: WriteOnlyWorksheet, moment: date | datetime | time | timedelta) -> FileCell:
    written = WriteOnlyCell(page)
    written.value = moment
    match moment:
        case timedelta():
            written.number_format = "[h]:mm:ss"
        case time():
            written.number_format = "hh:mm:ss"
        case datetime() if moment.time() != time():
            written.number_format = "yyyy-mm-dd hh:mm:ss"
        case _:
            written.number_format = "yyyy-mm-dd"
    return written
