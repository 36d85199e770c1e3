"""The service is gone while a row is in doubt: said so, and settled by the next import."""

import pytest

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.faults import FaultKind
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, problems, statuses
from tests.flows import books

CHANGED = books.DATAPOINTS.replace("840", "850")


def lose_sight(desk: Desk, kind: FaultKind, call: str, after: int = 1) -> None:
    """A write in doubt, and a service that does not answer any look-up behind it."""
    desk.goes_wrong(kind, call, "isometric")
    desk.goes_wrong("reset", "GET /datapoints", "isometric", after=after, times=None)


def open_operations(desk: Desk) -> int:
    scopes = desk.session.scopes.values()
    return sum(len(desk.session.ledger.unsettled(scope)) for scope in scopes)


def test_a_create_that_nobody_can_look_up_is_uncertain(desk: Desk) -> None:
    lose_sight(desk, "answer-lost", "POST /datapoints")
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["uncertain", "skipped", "skipped"]}
    assert problems(report) == {("API_UNCERTAIN", "Datapoints!A2")}
    assert report.stopped
    assert report.results
    assert open_operations(desk) == 1


def test_the_next_import_finds_that_it_was_taken(desk: Desk) -> None:
    lose_sight(desk, "answer-lost", "POST /datapoints")
    desk.import_(desk.book(books.DATAPOINTS))
    desk.twin.store.faults.clear()
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["unchanged", "created", "created"]}
    assert desk.writes().count("POST /mrv/v0/datapoints") == 3
    assert open_operations(desk) == 0


def test_the_next_import_finds_that_it_was_not_taken(desk: Desk) -> None:
    lose_sight(desk, "reset", "POST /datapoints")
    desk.import_(desk.book(books.DATAPOINTS))
    desk.twin.store.faults.clear()
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["created", "created", "created"]}
    assert desk.writes().count("POST /mrv/v0/datapoints") == 4
    assert open_operations(desk) == 0


def test_the_workbook_may_be_corrected_in_between(desk: Desk) -> None:
    lose_sight(desk, "answer-lost", "POST /datapoints")
    desk.import_(desk.book(books.DATAPOINTS))
    desk.twin.store.faults.clear()
    report = desk.import_(desk.book(CHANGED))
    assert statuses(report) == {"Datapoints": ["updated", "created", "created"]}
    assert desk.stored(DATAPOINT)["D-1"]["quantity"]["magnitude"] == 850


@pytest.mark.parametrize("kind", ["answer-lost", "reset"])
@pytest.mark.parametrize("text", [books.DATAPOINTS, CHANGED], ids=["as it was", "corrected"])
def test_a_plan_shows_what_the_next_import_will_do(desk: Desk, kind: FaultKind, text: str) -> None:
    lose_sight(desk, kind, "POST /datapoints")
    desk.import_(desk.book(books.DATAPOINTS))
    desk.twin.store.faults.clear()
    planned = statuses(desk.plan(desk.book(text)))
    assert open_operations(desk) == 1
    assert statuses(desk.import_(desk.book(text))) == planned


def test_the_row_may_be_taken_out_in_between(desk: Desk) -> None:
    lose_sight(desk, "answer-lost", "POST /datapoints")
    desk.import_(desk.book(books.DATAPOINTS))
    desk.twin.store.faults.clear()
    fewer = "\n".join(line for line in books.DATAPOINTS.splitlines() if "D-1" not in line)
    assert set(desk.import_(desk.book(fewer)).counts) == {Status.CREATED}
    assert open_operations(desk) == 0
    report = desk.import_(desk.book(CHANGED))
    assert statuses(report) == {"Datapoints": ["updated", "unchanged", "unchanged"]}


def test_somebody_changed_it_in_between(desk: Desk) -> None:
    lose_sight(desk, "answer-lost", "POST /datapoints")
    desk.import_(desk.book(books.DATAPOINTS))
    desk.twin.store.faults.clear()
    body = desk.stored(DATAPOINT)["D-1"]
    desk.twin.store.change(DATAPOINT, body["id"], {"description": "Counted"})
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["conflict", "created", "created"]}
    assert open_operations(desk) == 0


def test_a_change_that_nobody_can_look_up_is_settled_by_the_next_import(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    lose_sight(desk, "answer-lost", "PATCH /datapoints")
    report = desk.import_(desk.book(CHANGED))
    assert statuses(report) == {"Datapoints": ["uncertain", "unchanged", "unchanged"]}
    desk.twin.store.faults.clear()
    before = desk.writes()
    assert set(desk.import_(desk.book(CHANGED)).counts) == {Status.UNCHANGED}
    assert desk.writes() == before
    assert open_operations(desk) == 0


def test_a_change_that_was_made_after_all_does_not_let_the_old_file_through(desk: Desk) -> None:
    old = desk.book(books.DATAPOINTS, "old.xlsx")
    desk.import_(old)
    lose_sight(desk, "answer-lost", "PATCH /datapoints")
    desk.import_(desk.book(CHANGED))
    desk.twin.store.faults.clear()
    report = desk.import_(old)
    assert statuses(report) == {"Datapoints": ["conflict", "unchanged", "unchanged"]}
    assert desk.stored(DATAPOINT)["D-1"]["quantity"]["magnitude"] == 850


def test_a_second_send_that_is_not_possible_leaves_the_first_in_doubt(desk: Desk) -> None:
    desk.goes_wrong("reset", "POST /datapoints", "isometric")
    desk.goes_wrong("status", "POST /datapoints", "isometric", status=401)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["uncertain", "skipped", "skipped"]}
    assert set(desk.import_(desk.book(books.DATAPOINTS)).counts) == {Status.CREATED}
    assert open_operations(desk) == 0


NOTHING = {
    "nodes": [],
    "page_info": {"has_next_page": False, "end_cursor": None},
    "total_count": 0,
}


def test_a_create_that_shows_only_later_is_settled_then(desk: Desk) -> None:
    desk.goes_wrong("answer-lost", "POST /datapoints", "isometric")
    desk.goes_wrong("status", "POST /datapoints", "isometric", times=2)
    unseen = {"status": 200, "body": NOTHING}
    desk.goes_wrong("status", "GET /datapoints", "isometric", times=1 + 9, **unseen)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["uncertain", "created", "created"]}
    again = desk.import_(desk.book(CHANGED))
    assert statuses(again) == {"Datapoints": ["updated", "unchanged", "unchanged"]}
    assert open_operations(desk) == 0


def test_a_refusal_after_a_lost_answer_is_settled_by_the_next_import(desk: Desk) -> None:
    desk.goes_wrong("answer-lost", "POST /datapoints", "isometric")
    unseen = {"status": 200, "body": NOTHING}
    desk.goes_wrong("status", "GET /datapoints", "isometric", times=1 + 6, **unseen)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["uncertain", "created", "created"]}
    again = desk.import_(desk.book(CHANGED))
    assert statuses(again) == {"Datapoints": ["updated", "unchanged", "unchanged"]}
    assert open_operations(desk) == 0


def test_a_service_that_is_gone_from_the_start_costs_nothing(desk: Desk) -> None:
    desk.goes_wrong("reset", "/", "isometric", times=None)
    report = desk.import_(desk.book(books.BOTH))
    assert set(report.counts) == {Status.SKIPPED}
    assert report.stopped
    assert not desk.writes()
    desk.twin.store.faults.clear()
    assert set(desk.import_(desk.book(books.BOTH)).counts) == {Status.CREATED}
    assert desk.stored(LOG).keys() == {"L-OCT"}
