"""Documents: what a source announces, and what no service shows but was confirmed."""

from dataclasses import replace

import pytest

from importer.model.plan import Change, Conflict, Unchanged, Update
from importer.model.ports import Confirmation
from importer.model.record import Document, Json, Record
from importer.planning.calls import build_create, build_update
from importer.planning.changes import Leave, agrees, decide, ledger_key
from importer.planning.states import desired_state, read_remote
from importer.resources.cula.file import FILE
from importer.resources.isometric.source import SOURCE
from planning.account import SITE
from planning.makers import confirmation, nowhere, read_record

TICKETS = Document(
    named="evidence/tickets.pdf",
    name="tickets.pdf",
    size=120_034,
    digest="aa" * 32,
    content_type="application/pdf",
)
CORRECTED = replace(TICKETS, size=120_035, digest="bb" * 32)
RENAMED = replace(TICKETS, named="other/t.pdf", name="t.pdf")


def source(document: Document = TICKETS, name: str = "Weighbridge tickets") -> Record:
    record = read_record(
        SOURCE,
        f"External ID | Name | File | Published on | Public\nS-1 | {name} | x | 2025-11-03 | no",
    )
    return replace(
        record, line=replace(record.line, values={**record.line.values, "File": document})
    )


def stored(**members: Json) -> dict[str, Json]:
    """A source as the service answers it: nothing of the bytes is in it."""
    return {
        "id": "src_1",
        "supplier_reference_id": "S-1",
        "display_name": "Weighbridge tickets",
        "description": None,
        "original_filename": "tickets.pdf",
        "type": "DOCUMENT",
        "is_public": False,
        "published_at": "2025-11-03",
        "url_info": {"__typename": "SourcePrivateUrlInfo", "is_accessible": True},
        **members,
    }


def test_a_source_announces_its_document() -> None:
    desired = desired_state(SOURCE, source(), {}, nowhere)
    call = build_create(SOURCE, desired, {}, {"project_id": "prj_1"})
    assert (call.method, call.path, call.record) == ("POST", "/sources", "source")
    assert call.body == {
        "__typename": "CreateDocumentSourceRequest",
        "project_id": "prj_1",
        "supplier_reference_id": "S-1",
        "display_name": "Weighbridge tickets",
        "file_name": "tickets.pdf",
        "content_type": "application/pdf",
        "content_length": 120_034,
        "published_at": "2025-11-03",
        "is_public": False,
    }


def decided(record: Record, *history: Confirmation, **members: Json) -> Change:
    remote = read_remote(SOURCE, stored(**members), {})
    desired = desired_state(SOURCE, record, {}, nowhere)
    return decide(SOURCE, record, remote, desired, history, leave=Leave(overwrite=True))


CONFIRMED = confirmation(
    desired_state(SOURCE, source(), {}, nowhere), read_remote(SOURCE, stored(), {}).state
)


@pytest.mark.parametrize("history", [(), (CONFIRMED,)], ids=["never confirmed", "confirmed"])
def test_what_is_not_shown_is_no_difference(history: tuple[Confirmation, ...]) -> None:
    change = decided(source(), *history)
    assert isinstance(change, Unchanged)
    assert change.confirmed is bool(history)


def test_the_same_bytes_under_another_name_are_the_same_document() -> None:
    assert isinstance(decided(source(RENAMED), CONFIRMED), Unchanged)


def test_another_document_than_the_confirmed_one_is_a_conflict_at_its_cell() -> None:
    """The document of a source cannot be replaced: a corrected file is a new source."""
    change = decided(source(CORRECTED), CONFIRMED)
    assert isinstance(change, Conflict)
    (problem,) = change.problems
    assert (problem.code, problem.place.cell) == ("API_FIXED", "C2")
    assert "tickets.pdf (SHA-256 bbbbbbbbbbbb…)" in problem.found
    assert "tickets.pdf (SHA-256 aaaaaaaaaaaa…)" in problem.expected


def test_an_update_of_a_source_says_nothing_of_its_document() -> None:
    record = source(name="Tickets of October")
    change = decided(record, CONFIRMED)
    assert isinstance(change, Update)
    desired = desired_state(SOURCE, record, {}, nowhere)
    (call,) = build_update(SOURCE, change, desired, {})
    assert (call.method, call.path) == ("PATCH", "/sources/src_1")
    assert call.body == {"display_name": "Tickets of October"}


def file(document: Document) -> Record:
    record = read_record(FILE, "External ID | File | Site\nF-1 | x | NB-PLANT")
    return replace(
        record, line=replace(record.line, values={**record.line.values, "File": document})
    )


@pytest.mark.parametrize(
    ("other", "is_same"), [(TICKETS, True), (CORRECTED, False), (RENAMED, False)]
)
def test_the_ledger_knows_a_file_by_site_bytes_and_name(other: Document, is_same: bool) -> None:
    one, two = (
        desired_state(FILE, file(document), {"Site": SITE}, nowhere)
        for document in (TICKETS, other)
    )
    assert (ledger_key(FILE, "F-1", one) == ledger_key(FILE, "F-2", two)) is is_same
    assert ledger_key(SOURCE, "S-1", one) == "S-1"


@pytest.mark.parametrize(
    ("body", "is_alike"),
    [
        ({"file_name": "tickets.pdf", "file_size_bytes": 120_034}, True),
        ({"file_name": "tickets.pdf", "file_size_bytes": 120_035}, False),
        ({"file_name": "t.pdf", "file_size_bytes": 120_034}, False),
        ({}, False),
    ],
)
def test_a_stored_file_is_alike_by_name_size_and_site(
    body: dict[str, Json], is_alike: bool
) -> None:
    desired = desired_state(FILE, file(TICKETS), {"Site": SITE}, nowhere)
    here: dict[str, Json] = {"id": "fil_1", "site": {"id": "ste_plant"}, **body}
    elsewhere: dict[str, Json] = {**here, "site": {"id": "ste_yard"}}
    assert agrees(FILE, desired, read_remote(FILE, here, {}).state) is is_alike
    assert not agrees(FILE, desired, read_remote(FILE, elsewhere, {}).state)
