"""A sheet on a page: Excel's numbers and letters, marks, filters, pages."""

from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.model.place import Place
from importer.model.view import RowView, SheetView
from importer.reporting.sheet_page import (
    ROWS_PER_PAGE,
    SheetPage,
    build_sheet_page,
    find_page,
    name_anchor,
)
from tests.reporting.makers import problem, report, row


def sheet(*numbers: int, title: str = "Datapoints") -> SheetView:
    rows = tuple(RowView(number=each, texts=(f"D-{each}", "12")) for each in numbers)
    columns = ((1, "External ID"), (4, "Value"))
    return SheetView(sheet="Datapoints", title=title, columns=columns, rows=rows)


def shown(page: SheetPage | None) -> SheetPage:
    assert page is not None
    return page


def test_a_problem_stands_at_its_cell() -> None:
    made = report("plan", row(Status.INVALID, 2, problem(row=2)), row(Status.CREATED, 5))
    page = shown(build_sheet_page([sheet(2, 5)], made))
    assert page.letters == ("A", "D")
    assert [each.number for each in page.rows] == [2, 5]
    first, second = page.rows
    assert (first.word, second.word) == ("invalid", "to create")
    (note,) = first.cells[1].notes
    assert note.is_error
    assert note.short.startswith("expected ")
    assert first.cells[1].anchor == name_anchor(1, Place(sheet="Datapoints", row=2, column=4))
    assert first.cells[1].look == "short error"
    assert first.messages == (f"D2: {kinds.CELL_REQUIRED.remedy}",)


def test_a_problem_without_a_shown_cell_is_said_whole() -> None:
    hidden = problem(row=2, column=0)
    page = shown(build_sheet_page([sheet(2)], report("plan", row(Status.INVALID, 2, hidden))))
    assert page.rows[0].messages == (hidden.text,)


def test_a_problem_of_the_header_stands_there() -> None:
    made = report("plan", problems=(problem(kinds.HEADER_TWICE, row=1),))
    page = shown(build_sheet_page([sheet()], made))
    assert [each.look for each in page.header] == ["short", "short error"]
    assert page.rows == ()


def test_a_filter_shows_the_sheet_that_has_such_rows() -> None:
    other = SheetView(sheet="Sources", title="Sources", columns=((1, "Name"),), rows=())
    made = report("plan", row(Status.CREATED, 2), row(Status.UNCHANGED, 3))
    page = shown(build_sheet_page([other, sheet(2, 3)], made, status=Status.UNCHANGED))
    assert (page.title, [each.number for each in page.rows]) == ("Datapoints", [3])
    assert [(each.title, each.rows) for each in page.tabs] == [("Sources", 0), ("Datapoints", 1)]


def test_pages() -> None:
    numbers = range(2, 2 * ROWS_PER_PAGE + 3)
    made = report("plan", *(row(Status.CREATED, each) for each in numbers))
    view = sheet(*numbers)
    last = shown(build_sheet_page([view], made, page=99))
    assert (last.page, last.pages, len(last.rows)) == (3, 3, 1)
    assert shown(build_sheet_page([view], made, page=0)).page == 1
    assert find_page(view, 1 + ROWS_PER_PAGE) == 1
    assert find_page(view, 2 + ROWS_PER_PAGE) == 2


def test_a_workbook_without_sheets() -> None:
    assert build_sheet_page([], report("plan")) is None
