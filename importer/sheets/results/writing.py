"""Writes the results workbook: the user's own file with what became of each row."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.catalog import Catalog
from importer.model.report import FileReport
from importer.sheets.meta import find_made, read_own_meta
from importer.sheets.names import fold
from importer.sheets.ooxml.book import Book, read_book
from importer.sheets.ooxml.book_edit import find_sheets, make_workbook, place_last
from importer.sheets.ooxml.cell_texts import read_texts
from importer.sheets.ooxml.package_edit import PackageEdit
from importer.sheets.ooxml.signature import take_off_signature
from importer.sheets.own import SUMMARY
from importer.sheets.reading.header_row import SEARCHED_ROWS, choose_header_row
from importer.sheets.results.giving_back import give_back
from importer.sheets.results.looks import take_over_looks
from importer.sheets.results.result_sheet import ResultSheets, unselect
from importer.sheets.results.summary import write_summary
from importer.sheets.titles import match_titles

_RESULTS = re.compile(r"\.results(?: \(\d+\))?$", re.IGNORECASE)
_WITH_MACROS = (".xlsm", ".xltm")

_SIGNATURE_NOTE = (
    "The workbook was signed. With what is written into it the signature no longer fits, so it "
    "was taken off this copy."
)


def results_path(source: Path, folder: Path | None) -> Path:
    """Where the results of a file go: beside it, or into the folder.

    The result of a result keeps its name, and a workbook with macros its kind.
    """
    stem = _RESULTS.sub("", source.stem)
    suffix = ".xlsm" if source.suffix.lower() in _WITH_MACROS else ".xlsx"
    return (folder or source.parent) / f"{stem}.results{suffix}"


def write_results(
    source: Path,
    destination: Path,
    *,
    catalog: Catalog,
    report: FileReport,
    head: Sequence[tuple[str, str]],
) -> Path:
    """Write the results workbook of a file and answer with the path that it has got.

    Raises `ResultsNotWritten`; the source is never touched, unless it is the destination.
    """

    def edit(package: PackageEdit, path: Path) -> None:
        book = read_book(package.parts)
        is_signed = take_off_signature(package)
        make_workbook(package, book.part)
        before = tuple(find_sheets(package, book.part))
        summary = place_last(package, book.part, SUMMARY, _is_summary)
        sheets = ResultSheets(package, book, report)
        _look_at_all(sheets, package, book, catalog)
        notes = (*((_SIGNATURE_NOTE,) if is_signed else ()), *sheets.notes)

        def draw(page: Worksheet) -> None:
            write_summary(page, report, head, name=path.name, notes=notes)

        looks, content = take_over_looks(package, book, draw)
        package.replace(summary, content)
        sheets.annotate(looks)
        for part in before:
            if part != summary:
                unselect(package, part)

    return give_back(source, destination, edit)


def _look_at_all(sheets: ResultSheets, package: PackageEdit, book: Book, catalog: Catalog) -> None:
    figures = _figures(catalog)
    titles = [sheet.title for sheet in book.sheets]
    meta = read_own_meta(package.parts, book)
    names = match_titles(titles, catalog.sheets, find_made(meta)).matched
    declared = {sheet.name: sheet for sheet in catalog.sheets}
    for sheet in book.sheets:
        name = names.get(sheet.title)
        if name is not None:
            head = read_texts(package.parts, sheet.part, book.shared_strings, rows=SEARCHED_ROWS)
            texts = {row: cells.values() for row, cells in head}
            sheets.look_at(sheet, choose_header_row(texts, declared[name]), figures[name])
        elif not _is_summary(sheet.title):
            sheets.look_at(sheet)


def _is_summary(title: str) -> bool:
    return fold(title) == fold(SUMMARY)


def _figures(catalog: Catalog) -> Mapping[str, Sequence[str]]:
    """The headers of result columns by sheet; sheets of details have none."""
    figures: dict[str, Sequence[str]] = {sheet.name: () for sheet in catalog.sheets}
    for resource in catalog.resources:
        figures[resource.sheet.name] = tuple(result.header for result in resource.results)
    return figures
