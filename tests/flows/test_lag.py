"""Writes that take effect late, and lists that show them late: waited for, never sent twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, problems, statuses
from tests.flows.breaking import BreakingLedger, Killed
from tests.flows.test_taken import NOTHING

ONE = """
    Datapoints
    External ID | Name | Type     | Value | Unit | Description
    D-1         | Mass | REPORTED | 12.5  | kg   | weighed
"""
FILE = """
    Emission logs
    External ID | Config           | Site     | Period start | Period end | Files
    L-1         | Grid electricity | NB-PLANT | 2026-10-01   | 2026-10-31 | F-1

    Emission log values
    Emission log | Data point   | Value | Unit
    L-1          | Electricity  | 12    | kWh
    L-1          | Meter number | "77"  |

    Files
    External ID | File        | Site
    F-1         | invoice.pdf | NB-PLANT
"""


def posts(desk: Desk) -> int:
    return len([each for each in desk.writes() if each.startswith("POST")])


@pytest.mark.parametrize("requests", [0, 1, 2])
def test_a_commit_after_the_first_looks_is_found(desk: Desk, requests: int) -> None:
    desk.goes_wrong("late", "POST /datapoints", "isometric", requests=requests)
    report = desk.import_(desk.book(ONE))
    assert statuses(report) == {"Datapoints": ["created"]}
    assert posts(desk) == 1
    assert desk.stored(DATAPOINT)["D-1"]


def test_a_commit_after_all_looks_meets_the_second_one(desk: Desk) -> None:
    """The key of the second request shuts the first one out, or the other way round."""
    desk.goes_wrong("late", "POST /datapoints", "isometric", requests=3)
    report = desk.import_(desk.book(ONE))
    assert statuses(report) == {"Datapoints": ["created"]}
    assert posts(desk) == 2
    assert len([key for key in desk.stored(DATAPOINT) if key == "D-1"]) == 1


def test_a_list_that_lags_behind_is_asked_again(desk: Desk) -> None:
    desk.goes_wrong("answer-lost", "POST /datapoints", "isometric")
    desk.goes_wrong(
        "status", "GET /datapoints", "isometric", after=1, times=2, status=200, body=NOTHING
    )
    report = desk.import_(desk.book(ONE))
    assert statuses(report) == {"Datapoints": ["created"]}
    assert posts(desk) == 1
    assert desk.time.pauses == [1, 2, 4]


def test_what_is_called_taken_and_is_not_shown_is_uncertain_and_not_sent_again(
    desk: Desk,
) -> None:
    desk.goes_wrong("answer-lost", "POST /datapoints", "isometric")
    desk.goes_wrong(
        "status", "GET /datapoints", "isometric", after=1, times=99, status=200, body=NOTHING
    )
    path = desk.book(ONE)
    report = desk.import_(path)
    assert statuses(report) == {"Datapoints": ["uncertain"]}
    assert problems(report) == {("API_UNCERTAIN", "Datapoints!A2")}
    (problem,) = report.all_problems
    assert "calls taken" in problem.found
    assert posts(desk) == 2
    desk.twin.store.faults.clear()
    assert statuses(desk.import_(path)) == {"Datapoints": ["unchanged"]}
    assert posts(desk) == 2


def kill_before_confirm(desk: Desk, path: Path) -> None:
    """The process dies when the service has answered, and nothing of it is written down."""
    whole = desk.session
    ledger = BreakingLedger(ledger=whole.ledger, at=2, done=False, failure=Killed)
    desk.session = replace(whole, ledger=ledger)
    with pytest.raises(Killed):
        desk.import_(path)
    desk.session = whole


def test_after_a_kill_a_list_that_lags_behind_is_asked_again(desk: Desk) -> None:
    path = desk.book(ONE)
    kill_before_confirm(desk, path)
    assert posts(desk) == 1
    desk.goes_wrong("status", "GET /datapoints", "isometric", times=2, status=200, body=NOTHING)
    assert statuses(desk.import_(path)) == {"Datapoints": ["unchanged"]}
    assert posts(desk) == 1
    assert desk.time.pauses == [1, 2]


def test_after_a_kill_a_file_that_is_not_listed_yet_is_not_sent_again(desk: Desk) -> None:
    """No key protects a file: only patience does."""
    (desk.folder / "invoice.pdf").write_bytes(b"%PDF one")
    path = desk.book(FILE)
    kill_before_confirm(desk, path)
    empty = {"data": [], "pagination": {"has_more": False, "next_cursor": None}}
    desk.goes_wrong("status", "GET /files", "cula", times=2, status=200, body=empty)
    report = desk.import_(path)
    assert statuses(report)["Files"] == ["unchanged"]
    assert set(report.counts) == {Status.UNCHANGED, Status.CREATED}
    assert len([each for each in desk.writes() if each.endswith("/files")]) == 1
