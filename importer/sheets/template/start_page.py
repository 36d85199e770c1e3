"""`Start here`: what the workbook is and how to fill it in, in plain words."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.catalog import Book, Catalog
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.sheets.board import Board
from importer.sheets.reading.statements import write_statements
from importer.sheets.styles import command_font, palette_of, style_header, style_unavailable_header

_WIDTHS = (26, 84, 42)

_STEPS = (
    (
        "1.  Fill in",
        "A row below the header is one record. Rest on a header to see what belongs there. "
        "Then save the workbook, as month.xlsx or under a name of your own.",
        "",
    ),
    (
        "2.  Check",
        "Every cell that needs mending is named, with what is expected. Nothing is sent.",
        "importer check month.xlsx",
    ),
    (
        "3.  Import",
        "Rows that are in order go in, the others stay out until they are mended.",
        "importer import month.xlsx",
    ),
    (
        "4.  Look",
        "Open month.results.xlsx: your own workbook, with a status, an id and a message in each "
        "row and a mark on every cell with a problem.",
        "",
    ),
    (
        "5.  Mend",
        "Correct the marked cells there, save, and send the same file again. Only what is still "
        "open goes in; nothing is sent twice.",
        "importer import month.results.xlsx",
    ),
)

_RULES = (
    ("A blank cell", "keeps what the service already has. It never deletes anything."),
    ("(clear)", "typed into a cell empties that field in the service, where it allows that."),
    ("Taking a row out", "deletes nothing in the service. The record simply stays as it is."),
    (
        "External ID",
        "is the name under which a record is found again. A changed External ID is a new record, "
        "so keep it for good, and use it only once.",
    ),
    ("Dates", "are written year-month-day: 2025-10-31. Times follow: 2025-10-31 14:30."),
    ("Numbers", "stand alone, such as 84230 or 12.5; the unit has a column of its own."),
    ("Several references", "in one cell are parted by semicolons: WB-1; WB-2; WB-3"),
    ("Other sheets", "are referred to by the External ID of the row that is meant."),
    (
        "Columns of your own",
        "may stand anywhere: they are left alone, unless their header is the name of a data point "
        "or input. Keep the headers of this template, and do not merge cells below them.",
    ),
)

Page = tuple[Resource, Sheet]


def write_start_page(page: Worksheet, catalog: Catalog, book: Book, sheets: Sequence[Page]) -> None:
    """Write the guide of a book."""
    services = " and ".join(service.title() for service in book.services)
    accent = palette_of(book.services[0], _all_services(catalog)).strong
    board = Board(page, _WIDTHS)
    board.title(book.title, colour=accent)
    board.paragraph(
        f"Fill in this workbook, and the importer turns each row into a record at {services}: "
        "checked first, sent once,\nand with the answer written next to its row. "
        "You may import the same file as often as you like."
    )
    board.heading("What to do", colour=accent)
    board.head("Step", "What happens", "What you type")
    for step, words, command in _STEPS:
        board.line(step, words, command)[-1].font = command_font()
    _write_sheets(board, sheets, accent)
    _write_legend(board, catalog, sheets, accent)
    board.heading("How you write", colour=accent)
    board.paragraph("Only for dates and numbers that are text, such as those of an export.")
    board.head("What", "Pick one, or leave it blank", "What it settles")
    write_statements(page, board)
    board.heading("Good to know", colour=accent)
    for word, meaning in _RULES:
        board.line(word, meaning)
    page.sheet_properties.tabColor = accent


def _all_services(catalog: Catalog) -> tuple[str, ...]:
    return tuple(dict.fromkeys(resource.service for resource in catalog.resources))


def _write_sheets(board: Board, sheets: Sequence[Page], accent: str) -> None:
    board.heading("The sheets", colour=accent)
    board.head("Sheet", "What a row of it is", "Goes to")
    for resource, sheet in sheets:
        goes_to = resource.service.title() if resource.available else "not sent yet"
        if resource.available and sheet not in resource.pages:
            goes_to = f"{goes_to}, with {resource.sheet.name}"
        board.line(sheet.name, sheet.about, goes_to, link=f"'{sheet.name}'!A2")


def _write_legend(board: Board, catalog: Catalog, sheets: Sequence[Page], accent: str) -> None:
    """The three looks of a header, shown as they are."""
    palette = palette_of(sheets[0][0].service, _all_services(catalog))
    board.break_page()
    board.heading("How headers look", colour=accent)
    required = board.line("Header*", "Bold, dark and with a star: every row needs it.")
    optional = board.line("Header", "Light and without a star: may stay blank.")
    unavailable = board.line("Header", "Grey and slanted: not sent yet, leave it blank.")
    style_header(required[0], palette, required=True)
    style_header(optional[0], palette, required=False)
    style_unavailable_header(unavailable[0])
