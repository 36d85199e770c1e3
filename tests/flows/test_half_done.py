"""A source whose document is still to come: whatever is done to it, the document has to arrive."""

from pathlib import Path

import pytest

from importer.model.outcome import Status
from importer.model.record import Json
from importer.sandbox.faults import Fault
from support.desk import Desk, statuses

BOOK = """
    Sources
    External ID | Name    | File                 | Published on
    S-1         | Tickets | evidence/tickets.pdf | 2025-11-01

    Datapoints
    External ID | Name | Type     | Value | Unit | Sources | Description
    D-1         | Mass | REPORTED | 12.5  | kg   | S-1     | weighed
"""


@pytest.fixture
def half_done(desk: Desk) -> Path:
    """A workbook after an import in which the storage took no document."""
    (desk.folder / "evidence").mkdir()
    (desk.folder / "evidence" / "tickets.pdf").write_bytes(b"%PDF tickets")
    desk.twin.store.faults.add(
        Fault(method="PUT", path="/_storage", kind="status", status=403, times=None)
    )
    path = desk.book(BOOK)
    assert statuses(desk.import_(path)) == {"Sources": ["failed"], "Datapoints": ["blocked"]}
    desk.twin.store.faults.clear()
    return path


def has_document(desk: Desk) -> bool:
    service = desk.session.services["isometric"]
    (source,) = service.fetch_page("/sources").nodes
    announced: dict[str, Json] = {"content_type": "application/pdf", "content_length": 12}
    return service.fetch_address(f"/sources/{source['id']}/signed_upload_url", announced) is None


def test_the_next_import_completes_it(desk: Desk, half_done: Path) -> None:
    assert not has_document(desk)
    report = desk.import_(half_done)
    assert statuses(report) == {"Sources": ["updated"], "Datapoints": ["created"]}
    assert has_document(desk)


def test_a_change_of_its_name_completes_it_too(desk: Desk, half_done: Path) -> None:
    del half_done
    renamed = desk.book(BOOK.replace("| Tickets |", "| Weighing |"))
    report = desk.import_(renamed, overwrite=True)
    assert statuses(report) == {"Sources": ["updated"], "Datapoints": ["created"]}
    assert has_document(desk)
    assert set(desk.import_(renamed).counts) == {Status.UNCHANGED}


def test_another_machine_completes_it(desk: Desk, half_done: Path) -> None:
    desk.forget()
    report = desk.import_(half_done)
    assert statuses(report) == {"Sources": ["updated"], "Datapoints": ["created"]}
    assert has_document(desk)
