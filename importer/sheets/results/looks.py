"""How what we write into a user's workbook looks, drawn in a workbook of its own and taken over.

So the summary and our columns are made of the same fonts and fills as all other pages of ours.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from importer.sheets.ooxml.book import Book
from importer.sheets.ooxml.dialect import TRANSITIONAL
from importer.sheets.ooxml.document import Document
from importer.sheets.ooxml.package_edit import PackageEdit
from importer.sheets.ooxml.parts import Parts
from importer.sheets.ooxml.styles_edit import StyleTable, renumber
from importer.sheets.ooxml.tags import ESCAPED
from importer.sheets.styles import font, style_own_header
from importer.sheets.text import write_text

_STYLES = "xl/styles.xml"
_PAGE = "xl/worksheets/sheet2.xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The numbers that our looks have in the style table of a user's workbook.

    header, text, number: of cells. error, warning, good: of marks.
    """

    header: int
    text: int
    number: int
    error: int
    warning: int
    good: int


def _draw_nothing(_: Worksheet) -> None:
    pass


def take_over_looks(
    package: PackageEdit, book: Book, draw: Callable[[Worksheet], None] = _draw_nothing
) -> tuple[Looks, bytes]:
    """Add our looks to a workbook, and make a page for it: its numbers, and that page's markup.

    Looks that are there already are used again. Raises PartDamaged.
    """
    content, cells = _draw(draw)
    with Parts(BytesIO(content)) as drawn:
        ours = StyleTable(_read(drawn, _STYLES))
        page = _escape_texts(_read(drawn, _PAGE))
    document = _find_styles(package, book)
    theirs = StyleTable(document.data)
    header, text, number = (theirs.adopt_look(ours, each) for each in cells)
    error, warning, good = (theirs.adopt_mark(ours, each) for each in range(len(_MARKS)))
    page = renumber(page, lambda each: theirs.adopt_look(ours, each))
    page = page.replace(TRANSITIONAL.main.encode(), package.dialect.main.encode())
    document.data = theirs.render()
    looks = Looks(header=header, text=text, number=number, error=error, warning=warning, good=good)
    return looks, page


def _draw(draw: Callable[[Worksheet], None]) -> tuple[bytes, tuple[int, ...]]:
    """A workbook with our looks and the page, and the numbers that cells' looks have in it."""
    workbook = Workbook()
    samples, page = workbook.worksheets[0], workbook.create_sheet()
    cells = _draw_samples(samples)
    draw(page)
    workbook.active = page
    page.sheet_view.tabSelected = True
    content = BytesIO()
    workbook.save(content)
    return content.getvalue(), cells


def _draw_samples(page: Worksheet) -> tuple[int, ...]:
    for mark in _MARKS:
        page.conditional_formatting.add("A1", Rule(type="expression", formula=["1"], dxf=mark))
    header, text, number = page["A1"], page["B1"], page["C1"]
    for cell in (header, text):
        write_text(cell, "sample")
    style_own_header(header)
    number.value = 1
    number.number_format = "#,##0.00"
    for cell in (text, number):
        cell.font = font()
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return tuple(cell.style_id for cell in (header, text, number))


def _find_styles(package: PackageEdit, book: Book) -> Document:
    """The style table of a workbook; a new one where it has none."""
    if book.styles:
        return package.document(book.styles)
    part = package.add("xl/styles{}.xml", _STYLES_TYPE, first="")
    package.relate(book.part, "styles", part)
    document = package.document(part)
    document.data = b'<styleSheet xmlns="%b"></styleSheet>' % package.dialect.main.encode()
    return document


def _read(parts: Parts, part: str) -> bytes:
    with parts.open(part) as stream:
        return stream.read()


def _escape_texts(page: bytes) -> bytes:
    """Texts in which `_x000D_` and its like stand for themselves."""
    return re.sub(rb"(?<=>)[^<]+(?=</t>)", lambda text: ESCAPED.sub(b"_x005F_", text[0]), page)


def _frame(side: Side) -> Border:
    return Border(left=side, right=side, top=side, bottom=side)


_MARKS = (
    DifferentialStyle(
        font=Font(bold=True, color="8B1A10"),
        fill=PatternFill(bgColor="F9C9C4"),
        border=_frame(Side(style="thin", color="8B1A10")),
    ),
    DifferentialStyle(
        font=Font(italic=True, color="6B4E00"),
        fill=PatternFill(bgColor="FFEBB0"),
        border=_frame(Side(style="dashed", color="6B4E00")),
    ),
    DifferentialStyle(font=Font(color="14532D"), fill=PatternFill(bgColor="D5EFDC")),
)
"""Error, warning, good."""
