"""Evidence on its way: each document arrives once, whatever gets lost."""

from pathlib import Path

import pytest

from importer.model.outcome import Status
from importer.sandbox.faults import Fault
from importer.sandbox.switches import Switches
from support.desk import Desk, problems, statuses
from support.tables import write_book
from tests.flows.conftest import DeskAt

BOOK = """
    Emission logs
    External ID | Config           | Site     | Period start | Period end | Files
    L-1         | Grid electricity | NB-PLANT | 2026-10-01   | 2026-10-31 | F-1

    Emission log values
    Emission log | Data point   | Value | Unit
    L-1          | Electricity  | 12    | kWh
    L-1          | Meter number | "77"  |

    Files
    External ID | File                 | Site
    F-1         | evidence/invoice.pdf | NB-PLANT

    Sources
    External ID | Name    | File                 | Published on
    S-1         | Tickets | evidence/tickets.pdf | 2026-11-01

    Datapoints
    External ID | Name | Type     | Value | Unit | Sources | Description
    D-1         | Mass | REPORTED | 12.5  | kg   | S-1     | weighed
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    folder.mkdir()
    for name in ("invoice.pdf", "tickets.pdf"):
        (folder / name).write_bytes(f"%PDF {name}".encode())
    return write_book(tmp_path / "book.xlsx", BOOK)


def uploads(desk: Desk) -> list[str]:
    return [each for each in desk.writes() if "files" in each or "_storage" in each]


def stored_files(desk: Desk) -> list[str]:
    return [
        str(each["file_name"]) for each in desk.session.services["cula"].fetch_page("/files").nodes
    ]


def stored_sources(desk: Desk) -> list[str]:
    page = desk.session.services["isometric"].fetch_page("/sources")
    return [str(each["supplier_reference_id"]) for each in page.nodes]


def test_documents_arrive_and_are_linked(desk: Desk, book: Path) -> None:
    report = desk.import_(book)
    assert set(report.counts) == {Status.CREATED}
    (log,) = desk.session.services["cula"].fetch_page("/periodic-emission-logs").nodes
    (file,) = desk.session.services["cula"].fetch_page("/files").nodes
    (source,) = desk.session.services["isometric"].fetch_page("/sources").nodes
    (datapoint,) = desk.session.services["isometric"].fetch_page("/datapoints").nodes[-1:]
    assert log["file_ids"] == [file["id"]]
    assert datapoint["source_ids"] == [source["id"]]
    assert source["original_filename"] == "tickets.pdf"


def test_a_second_import_sends_nothing(desk: Desk, book: Path) -> None:
    desk.import_(book)
    before = desk.writes()
    assert set(desk.import_(book).counts) == {Status.UNCHANGED}
    assert desk.writes() == before


def test_a_source_whose_document_did_not_arrive_is_completed_by_the_next_run(
    desk: Desk, book: Path
) -> None:
    desk.twin.store.faults.add(
        Fault(method="PUT", path="/_storage", kind="status", status=403, times=None)
    )
    first = desk.import_(book)
    assert statuses(first)["Sources"] == ["failed"]
    assert statuses(first)["Datapoints"] == ["blocked"]
    assert ("API_DOCUMENT", "Sources!C2") in problems(first)
    desk.twin.store.faults.clear()
    second = desk.import_(book)
    assert statuses(second)["Sources"] == ["updated"]
    assert statuses(second)["Datapoints"] == ["created"]
    assert stored_sources(desk) == ["S-1"]
    assert set(desk.import_(book).counts) == {Status.UNCHANGED}


def test_a_source_whose_create_lost_its_answer_is_adopted(desk: Desk, book: Path) -> None:
    desk.twin.store.faults.add(Fault(method="POST", path="/mrv/v0/sources", kind="answer-lost"))
    report = desk.import_(book)
    assert statuses(report)["Sources"] == ["created"]
    assert stored_sources(desk) == ["S-1"]
    assert set(desk.import_(book).counts) == {Status.UNCHANGED}


def test_a_document_whose_put_lost_its_answer_is_not_missed(desk: Desk, book: Path) -> None:
    desk.twin.store.faults.add(Fault(method="PUT", path="/_storage", kind="answer-lost"))
    assert statuses(desk.import_(book))["Sources"] == ["created"]
    assert set(desk.import_(book).counts) == {Status.UNCHANGED}


@pytest.mark.parametrize("kind", ["answer-lost", "reset"])
def test_a_file_is_sent_once_whatever_gets_lost(desk: Desk, book: Path, kind: str) -> None:
    desk.twin.store.faults.add(Fault(method="POST", path="/tracking/v1/files", kind=kind))
    report = desk.import_(book)
    assert statuses(report)["Files"] == ["created"]
    assert stored_files(desk) == ["invoice.pdf"]
    assert set(desk.import_(book).counts) == {Status.UNCHANGED}
    assert stored_files(desk) == ["invoice.pdf"]


def test_a_file_that_is_there_already_is_adopted(desk: Desk, book: Path) -> None:
    desk.import_(book)
    before = uploads(desk)
    desk.forget()
    again = desk.import_(book)
    assert statuses(again)["Files"] == ["unchanged"]
    assert uploads(desk) == before


def test_a_file_that_only_looks_alike_is_not_taken_for_it(desk: Desk, book: Path) -> None:
    desk.import_(book)
    desk.forget()
    invoice = desk.folder / "evidence" / "invoice.pdf"
    invoice.write_bytes(invoice.read_bytes().replace(b"%PDF", b"%pdf"))
    report = desk.import_(book)
    assert statuses(report)["Files"] == ["created"]
    assert stored_files(desk) == ["invoice.pdf", "invoice.pdf"]


def test_where_no_bytes_are_handed_out_name_and_size_decide(desk_at: DeskAt, book: Path) -> None:
    desk = desk_at(Switches(file_download="missing"))
    desk.import_(book)
    desk.forget()
    assert statuses(desk.import_(book))["Files"] == ["unchanged"]
    assert stored_files(desk) == ["invoice.pdf"]


def test_the_same_file_under_two_ids_is_sent_once(desk: Desk, book: Path) -> None:
    del book
    text = BOOK.replace("| F-1\n\n    Emission log values", "| F-1; F-2\n\n    Emission log values")
    text = text.replace(
        "| NB-PLANT\n\n    Sources",
        "| NB-PLANT\n    F-2 | evidence/invoice.pdf | NB-PLANT\n\n    Sources",
    )
    report = desk.import_(desk.book(text))
    assert report.is_in_order
    assert stored_files(desk) == ["invoice.pdf"]
    assert desk.import_(desk.book(text)).counts == {Status.UNCHANGED: len(report.outcomes)}


def test_a_changed_document_asks_for_a_new_external_id(desk: Desk, book: Path) -> None:
    desk.import_(book)
    before = desk.writes()
    (desk.folder / "evidence" / "tickets.pdf").write_bytes(b"%PDF corrected")
    report = desk.import_(book, overwrite=True)
    assert ("API_FIXED", "Sources!C2") in problems(report)
    assert statuses(report)["Sources"] == ["conflict"]
    assert desk.writes() == before


def test_a_corrected_invoice_is_a_new_file_and_the_log_follows(desk: Desk, book: Path) -> None:
    desk.import_(book)
    (desk.folder / "evidence" / "invoice.pdf").write_bytes(b"%PDF corrected, longer")
    report = desk.import_(book)
    assert statuses(report)["Files"] == ["created"]
    assert statuses(report)["Emission logs"] == ["updated"]
    assert stored_files(desk) == ["invoice.pdf", "invoice.pdf"]


def test_a_corrected_invoice_of_the_same_name_and_length_is_a_new_file(
    desk: Desk, book: Path
) -> None:
    desk.import_(book)
    invoice = desk.folder / "evidence" / "invoice.pdf"
    invoice.write_bytes(invoice.read_bytes().replace(b"%PDF", b"%pdf"))
    report = desk.import_(book)
    assert statuses(report)["Files"] == ["created"]
    assert statuses(report)["Emission logs"] == ["updated"]
    assert stored_files(desk) == ["invoice.pdf", "invoice.pdf"]


def test_evidence_problems_stand_at_their_cells(desk: Desk, book: Path) -> None:
    del book
    (desk.folder / "evidence" / "empty.pdf").touch()
    report = desk.import_(
        desk.book("""
        Files
        External ID | File                 | Site
        F-1         | evidence/missing.pdf | NB-PLANT
        F-2         | evidence/invoice.pdf | NB-PLANT

        Sources
        External ID | Name    | File                   | Published on
        S-1         | Tickets | evidence/empty.pdf     | 2026-11-01
        S-2         | Table   | evidence/table.xlsx    | 2026-11-01
        S-3         | Outside | ../elsewhere.pdf       | 2026-11-01
        S-4         | Tickets | evidence/tickets.pdf   | 2026-11-01
    """)
    )
    assert problems(report) == {
        ("CELL_FILE_MISSING", "Files!B2"),
        ("ROW_UNUSED_FILE", "Files!A2"),
        ("ROW_UNUSED_FILE", "Files!A3"),
        ("CELL_FILE_EMPTY", "Sources!C2"),
        ("CELL_FILE_TYPE", "Sources!C3"),
        ("CELL_FILE_OUTSIDE", "Sources!C4"),
        *(("ROW_UNUSED", f"Sources!A{row}") for row in (2, 3, 4, 5)),
    }
    assert statuses(report) == {
        "Files": ["invalid", "invalid"],
        "Sources": ["invalid", "invalid", "invalid", "created"],
    }


def test_a_file_that_links_to_a_log_elsewhere_stays_when_the_cell_is_blank(
    desk: Desk, book: Path
) -> None:
    desk.import_(book)
    text = BOOK.replace("| F-1\n\n    Emission log values", "|\n\n    Emission log values")
    text = text.replace("| 12    | kWh", "| 13    | kWh")
    report = desk.import_(desk.book(text.split("    Files\n")[0]))
    assert statuses(report)["Emission logs"] == ["updated"]
    (log,) = desk.session.services["cula"].fetch_page("/periodic-emission-logs").nodes
    assert len(log["file_ids"]) == 1  # type: ignore[arg-type]  # a list, as the sheet says


def test_a_half_done_source_whose_file_changed_is_that_rows_failure_alone(
    desk: Desk, book: Path
) -> None:
    desk.twin.store.faults.add(
        Fault(method="PUT", path="/_storage", kind="status", status=403, times=None)
    )
    desk.import_(book)
    desk.twin.store.faults.clear()
    (desk.folder / "evidence" / "tickets.pdf").write_bytes(b"%PDF of another length")
    report = desk.import_(book)
    assert statuses(report)["Sources"] == ["failed"]
    assert statuses(report)["Emission logs"] == ["unchanged"]
    assert report.stopped == ()
