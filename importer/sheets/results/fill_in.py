"""Writes figures that came late into a results workbook, in its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.model.record import Json
from importer.sheets.ooxml.book import read_book
from importer.sheets.ooxml.package_edit import PackageEdit
from importer.sheets.ooxml.sheet_edit import Change, NewCell, SheetEdit
from importer.sheets.own import MESSAGE
from importer.sheets.reading.figure_rows import FigureRow
from importer.sheets.results.giving_back import give_back
from importer.sheets.results.looks import Looks, take_over_looks
from importer.sheets.results.result_columns import build_text, build_value
from importer.sheets.results.result_sheet import render_sheet


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

    def edit(package: PackageEdit, _: Path) -> None:
        book = read_book(package.parts)
        looks = take_over_looks(package, book)[0]
        parts = {sheet.title: sheet.part for sheet in book.sheets}
        for title in dict.fromkeys(each.row.place.sheet for each in filled):
            rows = {each.row.place.row: each for each in filled if each.row.place.sheet == title}
            render_sheet(package, parts[title], _build_edit(rows, looks))

    return give_back(path, path, edit)


def _build_edit(rows: Mapping[int, Filled], looks: Looks) -> SheetEdit:
    def cells(row: int) -> Change:
        return tuple(_cells(rows[row], looks)), None

    return SheetEdit(rows=sorted(rows), cells=cells, unselect=False)


def _cells(filled: Filled, looks: Looks) -> Iterator[tuple[int, NewCell | None]]:
    columns = filled.row.columns
    for header, value in filled.figures.items():
        yield columns[header], build_value(value, looks)
    if MESSAGE in columns and filled.message != filled.row.message:
        text = build_text(filled.message, looks.text) if filled.message else None
        yield columns[MESSAGE], text
