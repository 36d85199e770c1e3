"""A page of text and small tables, written from top to bottom: the guide and the summary."""

from collections.abc import Iterator, Sequence

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.place import column_letters
from importer.sheets.note import count_lines
from importer.sheets.reading.cell import text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.styles import LINK, MUTED, RULE, SLATE, fill, font
from importer.sheets.text import write_text

_LINE_HEIGHT = 15.5
_PADDING = 5
FIRST_COLUMN = 2
"""The first column is a margin."""

_LETTERS = 1.12
"""Letters for each unit of a width: the unit is a digit, and most letters are narrower."""

_MOST_LINES = 26
"""Excel's rows end at 409 points."""


def find_title(grid: Grid) -> str:
    """The name that such a page has in its first line."""
    return text_of(grid.cell(1, FIRST_COLUMN))


class Board:
    """Writes a page line by line. `widths` are those of its columns, behind a narrow margin."""

    def __init__(self, page: Worksheet, widths: Sequence[int]) -> None:
        self._page = page
        self._widths = tuple(widths)
        self._row = 1
        page.sheet_view.showGridLines = False
        page.column_dimensions["A"].width = 3
        for number, width in enumerate(widths, FIRST_COLUMN):
            page.column_dimensions[column_letters(number)].width = width
        _set_up_print(page)

    def title(self, text: str, *, colour: str = SLATE.strong) -> None:
        """The page's name, large."""
        cell = self._write(0, text)
        cell.font = font(colour, size=20, bold=True)
        cell.alignment = Alignment(vertical="center")
        self._end(height=34)

    def heading(self, text: str, *, colour: str = SLATE.strong) -> None:
        """The name of a part, with a rule below it and room above."""
        self._row += 1
        for index in range(len(self._widths)):
            cell = self._page.cell(self._row, FIRST_COLUMN + index)
            cell.border = Border(bottom=Side(style="medium", color=colour))
        self._write(0, text).font = font(colour, size=14, bold=True)
        self._end(height=24)

    def paragraph(self, text: str) -> None:
        """A text over the whole width; broken by us, as merged cells would not grow with it."""
        for line in text.split("\n"):
            self._write(0, line).font = font()
            self._end(height=_LINE_HEIGHT + 1)

    def head(self, *texts: str) -> None:
        """The head of a table."""
        for index, text in self._padded(texts):
            cell = self._write(index, text)
            cell.font = font(MUTED, bold=True)
            cell.border = Border(bottom=Side(style="thin", color=RULE))
        self._end(height=20)

    def fact(self, label: str, value: str) -> None:
        """A short text under a label; it may run over the cells at its right."""
        self._write(0, label).font = font(MUTED, bold=True)
        self._write(1, value).font = font()
        self._end(height=_LINE_HEIGHT + 2)

    def line(self, *values: str | int, link: str = "") -> tuple[Cell, ...]:
        """A line of a table: its first cell stands out; `link` makes it lead to another place."""
        cells = tuple(self._write(index, value) for index, value in self._padded(values))
        for cell in cells:
            cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal="left")
            cell.font = font()
            cell.border = Border(bottom=Side(style="hair", color=RULE))
        cells[0].font = font(bold=True)
        if link:
            cells[0].hyperlink = Hyperlink(ref=cells[0].coordinate, location=link)
            cells[0].font = font(LINK, bold=True, underlined=True)
        self._end(height=self._height(values))
        return cells

    def break_page(self) -> None:
        """Start a new page of paper."""
        self._page.row_breaks.append(Break(id=self._row))

    def alert(self, text: str) -> None:
        """A text that must not be missed: framed, as the fill alone might not be seen."""
        self._row += 1
        for line in text.split("\n"):
            for index in range(len(self._widths)):
                self._page.cell(self._row, FIRST_COLUMN + index).fill = fill("FFF3CD")
            cell = self._write(0, line)
            cell.font = font(bold=True)
            cell.border = Border(left=Side(style="thick", color="B8860B"))
            cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
            self._end(height=_LINE_HEIGHT + 3)

    def _write(self, index: int, value: str | int) -> Cell:
        cell = self._page.cell(self._row, FIRST_COLUMN + index)
        if not isinstance(cell, Cell):
            raise TypeError("a board has no merged cells")
        if isinstance(value, int):
            cell.value = value
        elif value:
            write_text(cell, value)
        return cell

    def _padded(self, values: Sequence[str | int]) -> Iterator[tuple[int, str | int]]:
        """The values by the index of their column, with blanks up to the last one."""
        blanks = [""] * (len(self._widths) - len(values))
        return enumerate([*values, *blanks])

    def _height(self, values: Sequence[str | int]) -> float:
        pairs = zip(values, self._widths, strict=False)
        lines = max(count_lines(str(value), int(width * _LETTERS)) for value, width in pairs)
        return min(lines, _MOST_LINES) * _LINE_HEIGHT + _PADDING

    def _end(self, *, height: float) -> None:
        self._page.row_dimensions[self._row].height = height
        self._row += 1


def _set_up_print(page: Worksheet) -> None:
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = int(page.PAPERSIZE_A4)
    page.page_setup.fitToHeight = 0
    page.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.6)
