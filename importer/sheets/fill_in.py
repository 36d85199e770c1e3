"""Writes figures that came late into a results workbook, in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from importer.model.record import Json
from importer.sheets.delivery import deliver
from importer.sheets.editing import keep_content, let_go, load_source, render_workbook
from importer.sheets.figure_rows import FigureRow
from importer.sheets.own import MESSAGE
from importer.sheets.result_columns import own_cell
from importer.sheets.text import write_text, write_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A row with what is to be written into it: figures by header, and the whole message."""

    row: FigureRow
    figures: Mapping[str, Json]
    message: str


def fill_in(path: Path, filled: Sequence[Filled]) -> Path:
    """Write into the workbook, and answer with the path that it has got.

    Raises `ResultsNotWritten`; the file is whole before and after.
    """
    workbook = load_source(path)
    for each in filled:
        _write(workbook[each.row.place.sheet], each)
    for page in workbook.worksheets:
        keep_content(page)
    content = render_workbook(workbook, path)
    let_go(workbook)
    return deliver(path, lambda _: content)


def _write(page: Worksheet, filled: Filled) -> None:
    row, columns = filled.row.place.row, filled.row.columns
    for header, value in filled.figures.items():
        write_value(own_cell(page, row, columns[header]), value)
    if MESSAGE in columns and filled.message != filled.row.message:
        cell = own_cell(page, row, columns[MESSAGE])
        cell.value = None
        if filled.message:
            write_text(cell, filled.message)
