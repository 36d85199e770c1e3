"""Writes the results workbook: the user's own file with what became of each row.

openpyxl loads and saves all of it; what it does not know (shapes, slicers) is lost on the way.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl.workbook.views import BookView
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.catalog import Catalog
from importer.declare.sheet import Sheet
from importer.model.report import FileReport
from importer.sheets.delivery import deliver
from importer.sheets.editing import MACRO_SUFFIX, keep_content, let_go, load_source, render_workbook
from importer.sheets.header_row import SEARCHED_ROWS, TOP_ROW, choose_header_row
from importer.sheets.marks import mark_problems, take_off_marks
from importer.sheets.meta import find_made, read_own_meta
from importer.sheets.own import SUMMARY
from importer.sheets.result_columns import ResultColumns, write_result_columns
from importer.sheets.summary import write_summary
from importer.sheets.titles import match_titles
from importer.sheets.traces import erase_result_columns, erase_summary
from importer.sheets.workbook import holds_formulas

_RESULTS = re.compile(r"\.results(?: \(\d+\))?$", re.IGNORECASE)


def results_path(source: Path, folder: Path | None) -> Path:
    """Where the results of a file go: beside it, or into the folder.

    The result of a result keeps its name, and a workbook with macros its kind.
    """
    stem = _RESULTS.sub("", source.stem)
    suffix = MACRO_SUFFIX if source.suffix.lower() == MACRO_SUFFIX else ".xlsx"
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
    workbook = load_source(source)
    has_formulas = holds_formulas(workbook)
    _annotate(workbook, catalog, report)

    def render(path: Path) -> bytes:
        erase_summary(workbook)
        page = workbook.create_sheet(SUMMARY)
        write_summary(page, report, head, name=path.name, has_formulas=has_formulas)
        _activate(workbook, page)
        return render_workbook(workbook, source)

    try:
        return deliver(destination, render)
    finally:
        let_go(workbook)


def _annotate(workbook: Workbook, catalog: Catalog, report: FileReport) -> None:
    """Replace what an earlier run wrote on the sheets by what this one has to say."""
    figures, problems = _figures(catalog), report.all_problems
    sheets = {sheet.name: sheet for sheet in catalog.sheets}
    titles = [page.title for page in workbook.worksheets]
    names = match_titles(titles, catalog.sheets, find_made(read_own_meta(workbook))).matched
    for page in workbook.worksheets:
        name = names.get(page.title)
        take_off_marks(page)
        row = TOP_ROW if name is None else _find_header_row(page, sheets[name])
        written = None if name is None else _replace_columns(page, row, figures[name], report)
        mark_problems(page, problems, written)
        keep_content(page)


def _find_header_row(page: Worksheet, sheet: Sheet) -> int:
    """The row in which a reading of this page finds its header."""
    texts: dict[int, list[str]] = {}
    for (row, _), cell in page._cells.items():
        if row <= SEARCHED_ROWS and cell.value is not None:
            texts.setdefault(row, []).append(str(cell.value))
    return choose_header_row(texts, sheet)


def _replace_columns(
    page: Worksheet, header_row: int, figures: Sequence[str], report: FileReport
) -> ResultColumns | None:
    erase_result_columns(page, header_row, figures)
    outcomes = [outcome for outcome in report.outcomes if outcome.sheet == page.title]
    return write_result_columns(page, header_row, outcomes, figures) if outcomes else None


def _figures(catalog: Catalog) -> Mapping[str, Sequence[str]]:
    """The headers of result columns by sheet; sheets of details have none."""
    figures: dict[str, Sequence[str]] = {sheet.name: () for sheet in catalog.sheets}
    for resource in catalog.resources:
        figures[resource.sheet.name] = tuple(result.header for result in resource.results)
    return figures


def _activate(workbook: Workbook, page: Worksheet) -> None:
    """Open on that sheet alone: with two selected, what is typed would go into both."""
    workbook.views = workbook.views or [BookView()]
    for each in workbook.worksheets:
        each.sheet_view.tabSelected = each is page
    for chart in workbook.chartsheets:
        for view in chart.sheetViews.sheetView:
            view.tabSelected = False
    workbook.active = page
