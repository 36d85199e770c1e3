"""A page of the template that people fill in: headers, formats, dropdowns, print set-up."""

from collections.abc import Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.catalog import Catalog
from importer.declare.column import Column, Kind
from importer.declare.sheet import Sheet
from importer.model.place import column_letters
from importer.sheets.note import build_note
from importer.sheets.own import TEMPLATE_AUTHOR
from importer.sheets.styles import (
    GREY,
    Palette,
    fill,
    style_header,
    style_unavailable_header,
)
from importer.sheets.template.expectation import describe_column
from importer.sheets.template.lists import LAST_ROW, ROOM, Choices, build_validation
from importer.sheets.text import write_text

_HEADER_HEIGHT = 34
_LONG_TEXT = 200
_NARROW, _MIDDLE, _WIDE = 14, 24, 46
_PAGE = 220
"""Characters across a page that can still be read when it is printed."""
_ARROW = 4
"""Room for the filter's button beside the header."""

_FORMATS = {
    Kind.NUMBER: "General",
    Kind.PERCENTAGE: "0.0%",
    Kind.DURATION: "[h]:mm",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.DEFINED: "General",
}
"""Everything else is text, so that `001` stays `001`."""

_TEXT = "@"


def write_data_page(
    page: Worksheet,
    sheet: Sheet,
    catalog: Catalog,
    palette: Palette,
    lists: Sequence[Choices],
    *,
    available: bool,
    rows: int = 0,
) -> None:
    """Write the empty sheet of a declaration, prepared for so many rows and more."""
    last = max(LAST_ROW, rows + ROOM)
    for number, column in enumerate(sheet.columns, 1):
        is_sent = available and column.available
        _write_header(page, number, column, catalog, palette, available=is_sent)
        _prepare_cells(page, number, column, available=is_sent)
        validation = build_validation(column, catalog, lists, available=is_sent, last=last)
        if validation is not None:
            letters = column_letters(number)
            validation.add(f"{letters}2:{letters}{last}")
            page.add_data_validation(validation)
    _fold_away(page, sheet.columns)
    _set_up(page, len(sheet.columns), palette if available else GREY, last)


def _write_header(
    page: Worksheet,
    number: int,
    column: Column,
    catalog: Catalog,
    palette: Palette,
    *,
    available: bool,
) -> None:
    cell = page.cell(1, number)
    write_text(cell, column.title)
    words = describe_column(column, catalog, available=available)
    cell.comment = build_note(words, TEMPLATE_AUTHOR)
    if available:
        style_header(cell, palette, required=column.required)
    else:
        style_unavailable_header(cell)


def _prepare_cells(page: Worksheet, number: int, column: Column, *, available: bool) -> None:
    """Style the column rather than its cells: it holds for all rows, and the file stays small."""
    prepared = page.column_dimensions[column_letters(number)]
    prepared.number_format = _FORMATS.get(column.kind, "General" if column.making else _TEXT)
    prepared.alignment = Alignment(vertical="top", wrap_text=_is_long(column))
    prepared.width = _width(column)
    if not available:
        prepared.fill = fill(GREY.light)


def _fold_away(page: Worksheet, columns: Sequence[Column]) -> None:
    """Columns that few people fill in: a button over the column at their left unfolds them."""
    for number, column in enumerate(columns, 1):
        if not column.aside:
            continue
        page.sheet_properties.outlinePr = Outline(summaryRight=False)
        dimension = page.column_dimensions[column_letters(number)]
        dimension.outlineLevel, dimension.hidden = 1, True
        if not columns[number - 2].aside:
            page.column_dimensions[column_letters(number - 1)].collapsed = True


def _is_long(column: Column) -> bool:
    return column.kind is Kind.TEXT and (column.longest or 0) > _LONG_TEXT


def _width(column: Column) -> int:
    if _is_long(column):
        return _WIDE
    is_short = column.kind in (Kind.DATE, Kind.NUMBER, Kind.BOOLEAN, Kind.PERCENTAGE)
    least = _NARROW if is_short else _MIDDLE if column.kind is not Kind.MOMENT else _NARROW + 4
    wanted = max(len(column.title) + _ARROW, len(column.example) + 2, least)
    return min(wanted, _WIDE)


def _printed_width(page: Worksheet, columns: int) -> float:
    """How wide all columns are that are not folded away, in characters."""
    every = (page.column_dimensions[column_letters(number)] for number in range(1, columns + 1))
    return sum(each.width for each in every if not each.hidden)


def _set_up(page: Worksheet, columns: int, palette: Palette, last: int) -> None:
    page.row_dimensions[1].height = _HEADER_HEIGHT
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{column_letters(columns)}{last}"
    page.sheet_properties.tabColor = palette.strong
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = int(page.PAPERSIZE_A4)
    page.page_setup.fitToWidth = max(1, round(_printed_width(page, columns) / _PAGE))
    page.page_setup.fitToHeight = 0
    page.print_title_rows = "1:1"
    page.print_title_cols = "A:A"
    if page.oddFooter is not None:
        page.oddFooter.left.text = "&A"
        page.oddFooter.right.text = "&P / &N"
