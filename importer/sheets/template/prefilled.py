"""Rows that a template comes with, and pages that list what is not among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.sheet import Sheet
from importer.model.place import column_letters
from importer.model.table import RawValue
from importer.sheets.board import Board
from importer.sheets.reading.headers import HEADER_ROW
from importer.sheets.styles import SLATE
from importer.sheets.text import shorten, write_text

FIRST_ROW = HEADER_ROW + 1
_LONGEST = 300
_TIMED = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", timedelta: "[h]:mm:ss"}
"""Formats by which a cell is known to hold a time, in columns that have no such format."""
_UNTIMED = ("General", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of our own: what is there and stands in no row. It is never read back."""

    title: str
    about: str
    widths: tuple[int, ...]
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefilled:
    """What a template comes with: rows by the title of their sheet, each a value by header."""

    rows: Mapping[str, Sequence[Mapping[str, RawValue]]] = field(default_factory=dict)
    listings: tuple[Listing, ...] = ()

    def last_row(self, title: str, least: int) -> int:
        """The last row that a sheet is to be prepared for."""
        return max(least, HEADER_ROW + len(self.rows.get(title, ())))

    @property
    def longest(self) -> int:
        """The rows of the longest sheet."""
        return max((len(rows) for rows in self.rows.values()), default=0)


NOTHING = Prefilled()


def write_rows(page: Worksheet, sheet: Sheet, rows: Sequence[Mapping[str, RawValue]]) -> None:
    """Write rows below the header, each cell in the format of its column."""
    columns = {column.header: number for number, column in enumerate(sheet.columns, 1)}
    prepared = {each: page.column_dimensions[column_letters(each)] for each in columns.values()}
    is_wrapped = {number: each.alignment.wrap_text for number, each in prepared.items()}
    for row, values in enumerate(rows, FIRST_ROW):
        for header, value in values.items():
            number = columns[header]
            cell = page.cell(row, number)
            cell.number_format = prepared[number].number_format
            cell.alignment = Alignment(vertical="top", wrap_text=is_wrapped[number])
            write_cell(cell, value)


def write_cell(cell: Cell | MergedCell, value: RawValue) -> None:
    """Write a value as what it is: no text becomes a formula, and no number loses a digit."""
    if isinstance(cell, MergedCell) or value is None:
        return
    match value:
        case str():
            write_text(cell, value)
        case bool():
            cell.value = value
        case int() | float():
            # openpyxl would write 16 digits, and a double may need 17.
            cell.value = repr(value)
            cell.data_type = "n"
        case _:
            format_of_column = cell.number_format
            cell.value = value
            is_timed = format_of_column not in _UNTIMED
            cell.number_format = (
                format_of_column if is_timed else _TIMED.get(type(value), "General")
            )


def write_listing(page: Worksheet, listing: Listing) -> None:
    """Write such a page."""
    board = Board(page, listing.widths)
    board.title(listing.title)
    board.paragraph(listing.about)
    board.heading(f"{len(listing.lines):,} in all")
    board.head(*listing.heads)
    for line in listing.lines:
        board.line(*(shorten(each, _LONGEST) for each in line))
    page.sheet_properties.tabColor = SLATE.strong
