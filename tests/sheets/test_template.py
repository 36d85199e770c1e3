"""The empty workbook: what the declarations give, and what a person needs to fill it in."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from importer.declare.catalog import Book, Catalog
from importer.resources.catalog import CATALOG
from importer.sheets.gate.inspection import inspect
from importer.sheets.gate.kinds import FileKind
from importer.sheets.reading.reader import read_workbook
from importer.sheets.template.rendering import render_template
from tests.sheets.builder import SHEETS, YARD

WHOLE = replace(CATALOG.books[0], extras=CATALOG.extras_of(CATALOG.books[0]))


def opened(catalog: Catalog, book: Book | None = None) -> Workbook:
    content = render_template(catalog, book or catalog.books[0], version="1.2.3")
    return load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def everything() -> Workbook:
    """The template of the real catalogue's default book, with all that can be asked for."""
    return opened(CATALOG, WHOLE)


@pytest.fixture(scope="module")
def yard() -> Workbook:
    return opened(YARD)


def note(workbook: Workbook, sheet: str, cell: str) -> str:
    comment = workbook[sheet][cell].comment
    assert comment is not None
    return str(comment.text)


def validation(workbook: Workbook, sheet: str, cell: str) -> Any:
    found = [each for each in workbook[sheet].data_validations.dataValidation if cell in each.sqref]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize("book", CATALOG.books, ids=lambda book: book.name)
def test_every_book_has_its_sheets_in_order(book: Book) -> None:
    workbook = opened(CATALOG, book)
    names = [sheet.name for sheet in CATALOG.sheets_of(book)]
    assert workbook.sheetnames == ["Start here", *names, "Lists", "Meta"]
    hidden = [page.title for page in workbook.worksheets if page.sheet_state != "visible"]
    assert hidden == ["Lists", "Meta"]


def test_every_declared_column_stands_in_its_sheet(everything: Workbook) -> None:
    for sheet in CATALOG.sheets:
        titles = [cell.value for cell in everything[sheet.name][1]]
        assert titles == [column.title for column in sheet.columns]


def test_it_is_the_same_byte_for_byte_whenever_it_is_made(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24 10:00")
    first = render_template(CATALOG, CATALOG.books[0], version="1.2.3")
    time_machine.move_to("2027-03-01 23:59")
    assert render_template(CATALOG, CATALOG.books[0], version="1.2.3") == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in package.infolist()} == {3}


def test_it_is_small() -> None:
    assert len(render_template(CATALOG, CATALOG.books[0], version="1")) < 250_000


def test_it_passes_our_own_reading_and_is_just_empty(tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    path.write_bytes(render_template(CATALOG, WHOLE, version="1.2.3"))
    assert inspect(path) is FileKind.XLSX
    found = read_workbook(path, CATALOG.sheets)
    assert [problem.code for problem in found.problems] == ["FILE_NO_ROWS"]
    assert [table.sheet for table in found.tables] == [sheet.name for sheet in CATALOG.sheets]


def test_meta_says_what_the_template_is(tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    path.write_bytes(render_template(YARD, YARD.books[0], version="1.2.3"))
    meta = read_workbook(path, SHEETS).meta
    assert meta["template version"] == "1.2.3"
    assert meta["book"] == "yard"
    assert meta["target"] == meta["organisation"] == ""
    assert meta["sheet: Loads"] == meta["sheet: Load parts"] == "load"
    assert meta["column: Load parts: Part"] == "parts"


def test_a_visible_sheet_called_meta_is_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    workbook = opened(YARD)
    workbook["Meta"].sheet_state = "visible"
    workbook.save(path)
    assert read_workbook(path, SHEETS).meta == {}


def test_the_header_stays_in_view(yard: Workbook) -> None:
    page = yard["Loads"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:G1001"


def test_the_print_set_up(yard: Workbook) -> None:
    page = yard["Loads"]
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$1:$1"


@pytest.mark.parametrize(
    ("column", "number_format"),
    [
        ("A", "@"),
        ("B", "General"),
        ("C", "yyyy-mm-dd"),
        ("D", "@"),
        ("F", "@"),
    ],
)
def test_number_formats_hold_for_the_whole_column(
    yard: Workbook, column: str, number_format: str
) -> None:
    assert yard["Loads"].column_dimensions[column].number_format == number_format


def test_moments_and_references_are_formatted(yard: Workbook) -> None:
    page = yard["Load parts"]
    assert page.column_dimensions["A"].number_format == "@"
    assert page.column_dimensions["C"].number_format == "yyyy-mm-dd hh:mm"


def test_columns_are_wide_enough_for_their_headers(everything: Workbook) -> None:
    for sheet in CATALOG.sheets:
        page = everything[sheet.name]
        for cell in page[1]:
            assert page.column_dimensions[cell.column_letter].width >= len(str(cell.value)) + 2


def test_required_headers_are_told_apart_without_colour(yard: Workbook) -> None:
    required, optional, unavailable = (yard["Loads"][cell] for cell in ("A1", "C1", "G1"))
    assert (required.value, required.font.b) == ("Load*", True)
    assert (optional.value, optional.font.b) == ("Weighed on", False)
    assert unavailable.font.i
    fills = {each.fill.fgColor.rgb for each in (required, optional, unavailable)}
    assert len(fills) == 3


def test_what_is_not_sent_yet_is_grey_and_says_so(yard: Workbook) -> None:
    assert note(yard, "Loads", "G1").startswith("Not sent yet: leave it blank.")
    assert yard["Loads"].column_dimensions["G"].fill.fill_type == "solid"
    prompt = validation(yard, "Loads", "G2")
    assert prompt.type is None
    assert prompt.showInputMessage
    assert "Not sent yet" in prompt.prompt


def test_a_resource_that_is_not_sent_yet_is_grey_all_over() -> None:
    resources = (replace(each, available=each.name != "source") for each in CATALOG.resources)
    workbook = opened(replace(CATALOG, resources=tuple(resources)))
    for column in CATALOG.resource("source").sheet.columns:
        cell = next(each for each in workbook["Sources"][1] if each.value == column.title)
        assert "Not sent yet" in str(cell.comment and cell.comment.text)
        assert cell.font.i
    assert (
        workbook["Sources"].sheet_properties.tabColor
        != workbook["Entries"].sheet_properties.tabColor
    )


@pytest.mark.parametrize(
    ("sheet", "cell", "words"),
    [
        ("Emission logs", "A1", "It is how the log is found again"),
        ("Emission logs", "A1", "up to 100 letters, digits, dots"),
        ("Emission logs", "A1", "Example: NB-ELEC-2025-10"),
        ("Emission logs", "A1", "Required."),
        ("Emission logs", "C1", "a site of your account, by name or id"),
        ("Emission logs", "D1", "a date, such as 2025-10-31"),
        ("Emission log values", "A1", "External ID of a row on the sheet Emission logs"),
        ("Datapoints", "B1", "up to 100 characters"),
        ("Datapoints", "C1", "one of CONSTANT, STANDARD_PUBLISHED_VALUE"),
        ("Datapoints", "E1", "(clear) empties it."),
        ("Datapoints", "F1", "0 or more"),
        ("Datapoints", "G1", "in the time zone UTC, unless the target says otherwise"),
        ("Datapoints", "G1", "not in the future"),
        ("Datapoints", "G1", "It cannot be changed once the record is there."),
    ],
)
def test_header_notes_say_what_is_expected(
    everything: Workbook, sheet: str, cell: str, words: str
) -> None:
    assert words in note(everything, sheet, cell)


def test_a_range_with_both_ends(yard: Workbook) -> None:
    assert "from 0 to 40" in note(yard, "Loads", "B1")


def test_the_boxes_of_notes_grow_with_their_text() -> None:
    drawn = zipfile.ZipFile(io.BytesIO(render_template(YARD, YARD.books[0], version="1")))
    with drawn:
        shapes = drawn.read("xl/drawings/commentsDrawing1.vml").decode()
    heights = {part.split("px")[0] for part in shapes.split("height:")[1:]}
    assert len(heights) > 1
    assert min(map(int, heights)) >= 40


def test_choices_come_from_the_hidden_sheet(yard: Workbook) -> None:
    found = validation(yard, "Loads", "D1001")
    assert (found.type, found.errorStyle, found.formula1) == ("list", "warning", "Lists!$A$1:$A$2")
    assert [cell.value for cell in yard["Lists"]["A"]] == ["wood", "straw"]
    assert found.prompt == "Pick one of wood, straw."
    assert validation(yard, "Loads", "D1002") is None


def test_yes_and_no_are_offered_and_nothing_else(yard: Workbook) -> None:
    found = validation(yard, "Loads", "E2")
    assert (found.formula1, found.errorStyle) == ("Lists!$B$1:$B$2", "stop")
    assert [cell.value for cell in yard["Lists"]["B"]] == ["yes", "no"]


def test_references_offer_the_filled_keys_of_the_other_sheet(yard: Workbook) -> None:
    found = validation(yard, "Load parts", "A2")
    assert "COUNTA('Loads'!$A$2:$A$1001)" in found.formula1
    assert found.errorStyle == "warning"
    assert "service already holds" in found.error


def test_texts_of_validations_are_short_enough_for_excel(everything: Workbook) -> None:
    for page in everything.worksheets:
        for each in page.data_validations.dataValidation:
            assert len(each.promptTitle or "") <= 32
            assert len(each.errorTitle or "") <= 32
            assert len(each.prompt or "") <= 255
            assert len(each.error or "") <= 225
            assert len(each.formula1 or "") <= 255


def test_tabs_are_coloured_by_service(everything: Workbook) -> None:
    colour = {page.title: page.sheet_properties.tabColor for page in everything.worksheets}
    assert colour["Emission logs"] == colour["Emission log values"]
    assert colour["Datapoints"] == colour["Entries"] != colour["Emission logs"]


def start_page_text(workbook: Workbook) -> str:
    page = workbook["Start here"]
    return "\n".join(str(cell.value) for row in page.rows for cell in row if cell.value)


@pytest.mark.parametrize(
    "words",
    [
        "Emission logs, datapoints and GHG entries",
        "importer check month.xlsx",
        "importer import month.xlsx",
        "month.results.xlsx",
        "(clear)",
        "deletes nothing",
        "A changed External ID is a new record",
        "2025-10-31",
        "semicolons",
        "by the External ID",
        "keeps what the service already has",
    ],
)
def test_start_here_says_what_to_do(everything: Workbook, words: str) -> None:
    assert words in start_page_text(everything)


def test_start_here_leads_to_every_sheet(everything: Workbook) -> None:
    page = everything["Start here"]
    links = {cell.hyperlink.location for row in page.rows for cell in row if cell.hyperlink}
    assert links == {f"'{sheet.name}'!A2" for sheet in CATALOG.sheets}
    text = start_page_text(everything)
    assert all(sheet.about in text for sheet in CATALOG.sheets)


def test_nothing_is_merged(everything: Workbook) -> None:
    assert not any(page.merged_cells.ranges for page in everything.worksheets)
