"""Answers that leave it open whether a record was created: looked up, never blindly repeated."""

from typing import Any, NamedTuple

import pytest

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.faults import FaultKind
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, by_row, problems, statuses
from tests.flows import books
from tests.flows.months import build_batch, save

ALL_CREATED = {"Datapoints": ["created"] * 3}


class Doubt(NamedTuple):
    """A fault that a create meets, and how many sends that is worth."""

    name: str
    kind: FaultKind
    details: dict[str, Any]

    def __str__(self) -> str:
        return self.name


TAKEN = [
    Doubt("answer lost", "answer-lost", {}),
    Doubt("half an answer", "half", {}),
    Doubt("broken JSON", "malformed", {}),
    Doubt("no JSON", "malformed", {"body": "<html>Welcome</html>"}),
    Doubt("a list", "malformed", {"body": []}),
    Doubt("an empty object", "malformed", {"body": "{}"}),
    Doubt("empty answer", "status", {"status": 201, "body": "", "commit": True}),
    Doubt("no content", "status", {"status": 204, "body": "", "commit": True}),
    Doubt("500 after all", "status", {"status": 500, "commit": True}),
    Doubt("504 after all", "status", {"status": 504, "commit": True}),
    Doubt("redirect", "status", {"status": 302, "commit": True}),
    Doubt(
        "another record",
        "malformed",
        {"body": {"id": "dtp_1NRBARK01SBX0001", "supplier_reference_id": "X-9"}},
    ),
    Doubt("no id", "malformed", {"body": {"supplier_reference_id": "D-1"}}),
]
NOT_TAKEN = [
    Doubt("reset", "reset", {}),
    Doubt("500", "status", {"status": 500}),
    Doubt("503", "status", {"status": 503}),
    Doubt("broken JSON", "malformed", {"commit": False}),
    Doubt(
        "another record",
        "malformed",
        {
            "commit": False,
            "body": {"id": "dtp_1NRBARK01SBX0001", "supplier_reference_id": "X-9"},
        },
    ),
]


def assert_all_there_once(desk: Desk) -> None:
    held = {key: body for key, body in desk.stored(DATAPOINT).items() if key.startswith("D-")}
    assert {key: body["quantity"]["magnitude"] for key, body in held.items()} == {
        "D-1": 840,
        "D-2": 104,
        "D-3": 83,
    }


@pytest.mark.parametrize("doubt", TAKEN, ids=str)
def test_what_was_taken_all_the_same_is_found_and_adopted(desk: Desk, doubt: Doubt) -> None:
    desk.goes_wrong(doubt.kind, "POST /datapoints", "isometric", **doubt.details)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == ALL_CREATED
    assert desk.writes().count("POST /mrv/v0/datapoints") == 3
    assert_all_there_once(desk)
    assert by_row(report)["Datapoints", 2].id == desk.stored(DATAPOINT)["D-1"]["id"]
    assert set(desk.import_(desk.book(books.DATAPOINTS)).counts) == {Status.UNCHANGED}


@pytest.mark.parametrize("doubt", NOT_TAKEN, ids=str)
def test_what_was_not_taken_is_sent_again_once(desk: Desk, doubt: Doubt) -> None:
    desk.goes_wrong(doubt.kind, "POST /datapoints", "isometric", after=1, **doubt.details)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == ALL_CREATED
    assert desk.writes().count("POST /mrv/v0/datapoints") == 4
    assert_all_there_once(desk)


def test_it_is_given_time_to_show_before_it_is_sent_again(desk: Desk) -> None:
    desk.goes_wrong("reset", "POST /datapoints", "isometric")
    desk.import_(desk.book(books.DATAPOINTS))
    looks = [each for each in desk.requests() if each == "GET datapoints"]
    assert len(looks) == 1 + 3
    assert desk.time.pauses == [1, 2, 4]


@pytest.mark.parametrize("doubt", [TAKEN[0], TAKEN[1], TAKEN[2], TAKEN[8]], ids=str)
def test_a_log_that_was_taken_all_the_same_is_found(desk: Desk, doubt: Doubt) -> None:
    desk.goes_wrong(doubt.kind, "POST /periodic-emission-logs", "cula", **doubt.details)
    report = desk.import_(desk.book(books.LOG))
    assert set(report.counts) == {Status.CREATED}
    assert len(desk.writes()) == 1
    assert by_row(report)["Emission logs", 2].id == desk.stored(LOG)["L-OCT"]["id"]


def test_it_is_tried_three_times_and_then_said_to_be_uncertain(desk: Desk) -> None:
    desk.goes_wrong("reset", "POST /datapoints", "isometric", times=3)
    path = desk.book(books.DATAPOINTS)
    report = desk.import_(path)
    assert statuses(report) == {"Datapoints": ["uncertain", "created", "created"]}
    assert problems(report) == {("API_UNCERTAIN", "Datapoints!A2")}
    assert not report.stopped
    again = desk.import_(path)
    assert statuses(again) == {"Datapoints": ["created", "unchanged", "unchanged"]}
    assert_all_there_once(desk)


def test_what_waits_for_an_uncertain_record_is_blocked(desk: Desk) -> None:
    desk.goes_wrong("reset", "POST /datapoints", "isometric", times=3)
    report = desk.import_(save(desk, build_batch()))
    assert statuses(report)["Datapoints"][0] == "uncertain"
    assert set(statuses(report)["Entries"]) == {"blocked"}
    assert set(statuses(report)["Entry inputs"]) == {"blocked"}


def test_too_many_requests_is_waited_for_and_sent_once(desk: Desk) -> None:
    desk.goes_wrong(
        "status", "POST /datapoints", "isometric", status=429, headers={"Retry-After": "37"}
    )
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == ALL_CREATED
    assert 37 <= sum(desk.time.pauses) < 39
    assert desk.writes().count("POST /mrv/v0/datapoints") == 4
    assert_all_there_once(desk)


def test_too_many_requests_for_ever_ends_the_run_with_nothing_in_doubt(desk: Desk) -> None:
    desk.goes_wrong("status", "POST /datapoints", "isometric", status=429, after=1, times=99)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["created", "skipped", "skipped"]}
    assert report.stopped
    assert not desk.session.ledger.unsettled(desk.session.scopes["isometric"])
