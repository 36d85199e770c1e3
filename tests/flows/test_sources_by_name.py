"""Sources of the account by their names: a list offers them, and a cell with one means its id."""

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.flows.account import Account
from importer.flows.tailoring import Tailor
from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.sandbox.isometric.kinds import DATAPOINT, SOURCE
from support import made
from support.desk import Desk, by_row, problems
from support.made import TEMPLATE, Cells, fill
from tests.flows.number_books import OF_MASS
from tests.flows.planting import plant_source
from tests.flows.test_number_template import build_row

TICKETS, REPORT = "Weighbridge tickets", "Laboratory report; batch 1"
BATCH = "Biochar production batch"


def build(sources: str, row: str = "") -> str:
    """A datapoint with these sources, and perhaps a row of the sheet Sources."""
    table = "External ID | Name | File | Published on"
    return f"""
    Datapoints
    External ID | Name | Type     | Value | Unit | Description | Sources
    D-1         | Mass | REPORTED | 17    | kg   | Weighed     | {sources}
    """ + (f"\n\nSources\n{table}\n{row}" if row else "")


def send(desk: Desk, sources: str) -> FileReport:
    return desk.import_(desk.book(build(sources)))


def linked(desk: Desk, key: str = "D-1") -> list[str]:
    return list(desk.stored(DATAPOINT)[key]["source_ids"])


def complaint(report: FileReport) -> tuple[str, str, str, str]:
    (problem,) = report.all_problems
    return problem.code, problem.found, problem.expected, problem.remedy


def offered(page: Worksheet, heading: str) -> list[str]:
    """What the dropdown under a heading offers, which is on the hidden sheet."""
    (letter,) = (cell.column_letter for cell in page[1] if cell.value == heading)
    (validation,) = (
        each for each in page.data_validations.dataValidation if f"{letter}2:" in str(each.sqref)
    )
    assert not validation.showErrorMessage, "typing several is no mistake"
    title, _, cells = str(validation.formula1).partition("!")
    assert title == "Lists"
    return [str(row[0].value) for row in page.parent[title][cells.replace("$", "")]]


@pytest.fixture
def tickets(desk: Desk) -> str:
    return plant_source(desk, 1, TICKETS, "SRC-1")


def test_a_name_goes_out_as_the_id(desk: Desk, tickets: str) -> None:
    report = send(desk, "weighbridge  Tickets")
    assert (report.counts, report.all_problems) == ({Status.CREATED: 1}, ())
    assert linked(desk) == [tickets]
    assert send(desk, TICKETS).counts == {Status.UNCHANGED: 1}
    assert send(desk, "SRC-1").counts == {Status.UNCHANGED: 1}
    assert send(desk, tickets).counts == {Status.UNCHANGED: 1}


def test_several_are_parted_by_semicolons(desk: Desk, tickets: str) -> None:
    scale = plant_source(desk, 2, "Calibration of the scale")
    other = plant_source(desk, 3, "Delivery notes", "SRC-3")
    assert send(desk, f"{TICKETS}; Calibration of the scale; SRC-3").is_in_order
    assert set(linked(desk)) == {tickets, scale, other}


def test_a_name_and_the_id_of_one_source(desk: Desk, tickets: str) -> None:
    report = send(desk, f"{TICKETS}; {tickets}")
    assert complaint(report)[:2] == ("REF_TWICE", f"“{TICKETS}” and “{tickets}”, which are one")
    assert desk.writes() == []


def test_a_name_of_no_source_is_told_with_those_that_there_are(desk: Desk, tickets: str) -> None:
    assert complaint(send(desk, "Weighbridge ticket")) == (
        "REF_NOT_FOUND",
        "“Weighbridge ticket”, which is neither on the sheet Sources nor at the service",
        f"the External ID of a source, or one of “{TICKETS}”",
        f"Did you mean “{TICKETS}”?",
    )


def test_an_account_without_sources(desk: Desk) -> None:
    assert complaint(send(desk, "SRC-1"))[2:] == (
        "the External ID of a source",
        "Correct it, or add its row to the sheet Sources.",
    )


def test_a_name_that_two_share_needs_the_id(desk: Desk, tickets: str) -> None:
    other = plant_source(desk, 2, TICKETS.upper())
    assert complaint(send(desk, TICKETS))[:3] == (
        "REF_SEVERAL",
        f"“{TICKETS}”, which is the name of 2 sources",
        f"one of “{TICKETS} ({tickets})”, “{TICKETS.upper()} ({other})”",
    )
    assert send(desk, f"{TICKETS} ({other})").is_in_order
    assert linked(desk) == [other]


def test_an_external_id_comes_before_a_name(desk: Desk, tickets: str) -> None:
    plant_source(desk, 2, "SRC-1")
    assert send(desk, "SRC-1").is_in_order
    assert linked(desk) == [tickets]


def test_a_row_of_the_workbook_comes_before_a_name(desk: Desk) -> None:
    plant_source(desk, 1, "Tickets", "SRC-1")
    (desk.folder / "t.pdf").write_bytes(b"%PDF-1.4 tickets")
    row = "Tickets | Tickets of today | t.pdf | 2026-11-03"
    report = desk.import_(desk.book(build("tickets", row)))
    assert report.counts == {Status.CREATED: 2}
    assert linked(desk) == [desk.stored(SOURCE)["Tickets"]["id"]]


def test_a_row_that_stays_out_is_not_taken_for_a_name(desk: Desk) -> None:
    plant_source(desk, 1, "Tickets", "SRC-1")
    assert send(desk, "SRC-1").is_in_order
    before = desk.writes()
    report = desk.import_(desk.book(build("Tickets", "Tickets | Tickets | gone.pdf | 2026-11-03")))
    assert by_row(report)["Datapoints", 2].status is Status.BLOCKED
    assert desk.writes() == before


@pytest.mark.parametrize(
    ("sources", "cost"),
    [
        ("src_1NRBARK01SBX0001", {}),
        (f"{TICKETS} (src_1NRBARK01SBX0001)", {}),
        ("SRC-1", {"GET sources": 1}),
        (TICKETS, {"GET sources": 2}),
        (f"SRC-1; {TICKETS}; No such thing", {"GET sources": 2}),
        ("SRC-9", {"GET sources": 1 + 2}),
    ],
)
def test_the_list_is_read_once_and_only_for_what_is_no_id(
    desk: Desk, tickets: str, sources: str, cost: dict[str, int]
) -> None:
    for number in range(2, 52):
        plant_source(desk, number, f"Document {number}")
    before = len(desk.requests())
    desk.plan(desk.book(build(sources)))
    asked = Counter(each.partition("?")[0] for each in desk.requests(before))
    assert {name: count for name, count in asked.items() if "sources" in name} == cost


def test_a_made_template_lists_them_by_what_reads_back(desk: Desk, tickets: str) -> None:
    hard = [
        ("Delivery notes", "SRC-2"),
        ("delivery  notes", None),
        (REPORT, None),
        ("SRC-1", None),
        ("src_1NRBARK01SBX0001", None),
        ("  ", None),
        ("(clear)", None),
        ("=1+1", None),
        (" Two\nlines", None),
    ]
    ids = [plant_source(desk, number, *each) for number, each in enumerate(hard, 2)]
    page = load_workbook(made.make(desk, {}))["Datapoints"]
    names = offered(page, "Sources")
    assert names == [
        TICKETS,
        f"Delivery notes ({ids[0]})",
        f"delivery notes ({ids[1]})",
        ids[2],
        f"SRC-1 ({ids[3]})",
        f"src_1NRBARK01SBX0001 ({ids[4]})",
        ids[5],
        ids[6],
        ids[7],
        "Two lines",
    ]
    for name, own_id in zip(names, [tickets, *ids], strict=True):
        assert send(desk, f'"{name}"').is_in_order, name
        assert linked(desk) == [own_id], name


def test_the_list_says_when_it_was_read(desk: Desk, tickets: str) -> None:
    page = load_workbook(made.make(desk, {}))["Datapoints"]
    note = next(cell.comment.text for cell in page[1] if cell.value == "Sources")
    assert "The list is as the account was at 20" in note
    assert "the name of a source of your account, the External ID of a row on the sheet" in note


def test_an_account_without_sources_leaves_the_rows_of_the_sheet_to_pick_from(desk: Desk) -> None:
    page = load_workbook(made.make(desk, {}))["Datapoints"]
    formulas = [str(each.formula1) for each in page.data_validations.dataValidation]
    assert any("'Sources'!" in each for each in formulas)


@pytest.mark.parametrize(("book", "reads"), [("cula", False), ("isometric", True)])
def test_only_a_book_with_such_cells_reads_the_list(desk: Desk, book: str, reads: bool) -> None:
    services = desk.session.services
    tailor = Tailor(
        catalog=CATALOG,
        account=Account(CATALOG, services),
        asked={},
        at=desk.session.clock(),
        book=CATALOG.book(book),
    )
    before = len(desk.requests())
    tailor.tailor()
    assert any("sources" in each for each in desk.requests(before)) is reads


def build_made(desk: Desk, row: Cells) -> Path:
    cells: Cells = {
        "External ID*": "D-1",
        "Name*": "Mass",
        "Type*": "REPORTED",
        "Value*": 17,
        "Unit": "kg",
        "Description*": "Weighed",
        **row,
    }
    return fill(made.make(desk, {TEMPLATE: (BATCH,)}), {"Datapoints": [cells]})


def test_a_name_from_the_list_is_filled_in_and_read_back(desk: Desk, tickets: str) -> None:
    path = build_made(desk, {"Sources": TICKETS})
    assert desk.import_(path).counts == {Status.CREATED: 1}
    assert linked(desk) == [tickets]
    assert desk.import_(path).counts == {Status.UNCHANGED: 1}


def test_a_number_of_an_input_has_sources_from_the_list(desk: Desk, tickets: str) -> None:
    path = made.make(desk, {TEMPLATE: (BATCH,)})
    page = load_workbook(path)["Entries"]
    heading = "Biochar carbon stored, Biochar mass sources"
    assert offered(page, heading) == [TICKETS]
    fill(path, {"Entries": [{**build_row(page), heading: TICKETS}]})
    assert desk.report_check(path).all_problems == ()
    report = desk.import_(path)
    assert (report.all_problems, report.counts) == ((), {Status.CREATED: 1})
    assert linked(desk, OF_MASS) == [tickets]
    fill(path, {"Entries": [{heading: "Weighbridge ticket"}]})
    for report in (desk.plan(path), desk.report_check(path)):
        assert [each.code for each in report.all_problems] == ["REF_NOT_FOUND"]
        assert {each.place.header for each in report.all_problems} == {heading}


def test_a_check_knows_the_names_that_were_there(desk: Desk, tickets: str) -> None:
    path = build_made(desk, {"Sources": f"{TICKETS}; SRC-1"})
    asked = len(desk.requests())
    report = desk.report_check(path)
    assert (report.counts, report.all_problems) == ({Status.SKIPPED: 1}, ())
    assert not any(each.startswith("Not checked") for each in report.notes)
    assert len(desk.requests()) == asked, "a check asks nobody"


def test_a_check_names_a_name_that_was_not_there(desk: Desk, tickets: str) -> None:
    report = desk.report_check(build_made(desk, {"Sources": "Weighbridge ticket"}))
    code, _, _, remedy = complaint(report)
    assert (code, remedy) == ("REF_NOT_FOUND", f"Did you mean “{TICKETS}”?")


def test_a_check_leaves_an_id_that_was_not_there_to_the_account(desk: Desk, tickets: str) -> None:
    report = desk.report_check(build_made(desk, {"Sources": "SRC-2; src_1NRBARK01SBX9999"}))
    assert report.all_problems == ()
    assert any("2 references to records that are not" in each for each in report.notes)


def test_a_source_under_another_name_by_now(desk: Desk, tickets: str) -> None:
    path = build_made(desk, {"Sources": TICKETS})
    store = desk.twin.store
    store.change(SOURCE, tickets, {"display_name": "Tickets of the weighbridge"})
    assert problems(desk.plan(path)) == {("REF_NOT_FOUND", "Datapoints!H2")}
