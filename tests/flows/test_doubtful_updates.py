"""Answers that leave it open whether a change was made: looked at before anything is believed."""

from datetime import date
from typing import Any

import pytest

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.isometric.kinds import COMPONENT, DATAPOINT, ENTRY
from support.desk import Desk, problems, statuses
from support.plant import Month
from tests.flows import books
from tests.flows.months import build_batch, change, save
from tests.flows.test_doubt import NOT_TAKEN, TAKEN, Doubt

pytestmark = pytest.mark.slow

CHANGED = books.DATAPOINTS.replace("840", "850")
ENTRY_KEY = "NB-2026-10-B1"


def magnitude(desk: Desk) -> float:
    return float(desk.stored(DATAPOINT)["D-1"]["quantity"]["magnitude"])


def other_record(desk: Desk, *, key: str) -> dict[str, Any]:
    """The answer to somebody else's request, with that key in it."""
    body = desk.stored(DATAPOINT)["D-2"]
    return {**body, "supplier_reference_id": key}


@pytest.mark.parametrize("doubt", [TAKEN[n] for n in (0, 1, 2, 6, 8, 11)], ids=str)
def test_a_change_that_was_made_all_the_same_is_sent_once(desk: Desk, doubt: Doubt) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    desk.goes_wrong(doubt.kind, "PATCH /datapoints", "isometric", **doubt.details)
    report = desk.import_(desk.book(CHANGED))
    assert statuses(report) == {"Datapoints": ["updated", "unchanged", "unchanged"]}
    assert len([each for each in desk.writes() if each.startswith("PATCH")]) == 1
    assert magnitude(desk) == 850
    assert set(desk.import_(desk.book(CHANGED)).counts) == {Status.UNCHANGED}


@pytest.mark.parametrize("doubt", NOT_TAKEN, ids=str)
def test_a_change_that_was_not_made_is_sent_again(desk: Desk, doubt: Doubt) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    desk.goes_wrong(doubt.kind, "PATCH /datapoints", "isometric", **doubt.details)
    report = desk.import_(desk.book(CHANGED))
    assert statuses(report) == {"Datapoints": ["updated", "unchanged", "unchanged"]}
    assert magnitude(desk) == 850
    assert set(desk.import_(desk.book(CHANGED)).counts) == {Status.UNCHANGED}


@pytest.mark.parametrize("key", ["D-2", "D-1"])
def test_an_answer_about_another_record_changes_nothing_here(desk: Desk, key: str) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    answer = other_record(desk, key=key)
    desk.goes_wrong("malformed", "PATCH /datapoints", "isometric", commit=False, body=answer)
    report = desk.import_(desk.book(CHANGED))
    assert statuses(report) == {"Datapoints": ["updated", "unchanged", "unchanged"]}
    assert magnitude(desk) == 850


def test_what_is_never_made_is_not_confirmed(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    answer = other_record(desk, key="D-2")
    desk.goes_wrong(
        "malformed", "PATCH /datapoints", "isometric", commit=False, body=answer, times=3
    )
    report = desk.import_(desk.book(CHANGED))
    assert statuses(report) == {"Datapoints": ["uncertain", "unchanged", "unchanged"]}
    assert problems(report) == {("API_UNCERTAIN", "Datapoints!A2")}
    again = desk.import_(desk.book(CHANGED))
    assert statuses(again) == {"Datapoints": ["updated", "unchanged", "unchanged"]}
    assert magnitude(desk) == 850


def test_a_log_whose_replacement_was_lost_on_the_way_back(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    desk.goes_wrong("answer-lost", "PUT /periodic-emission-logs", "cula")
    changed = desk.book(books.LOG.replace("84230", "84231"))
    assert set(desk.import_(changed).counts) == {Status.UPDATED}
    assert len([each for each in desk.writes() if each.startswith("PUT")]) == 1
    assert desk.stored(LOG)["L-OCT"]["data_points"][0]["input_value"]["value"] == 84231


def moved_and_rebound() -> Month:
    """The batch with another first day and another distance: two calls."""
    moved = change(build_batch(), "Entries", ENTRY_KEY, "Started on", date(2026, 10, 2))
    inputs = f"{ENTRY_KEY}/Feedstock transport/distance"
    return change(moved, "Entry inputs", inputs, "Datapoints", f"{ENTRY_KEY}-CHAR-KM")


def assert_moved_and_rebound(desk: Desk) -> None:
    assert desk.stored(ENTRY)[ENTRY_KEY]["started_on"] == "2026-10-02"
    wanted = desk.stored(DATAPOINT)[f"{ENTRY_KEY}-CHAR-KM"]["id"]
    (inputs,) = [
        each.body["inputs"]
        for each in desk.twin.store.select(COMPONENT)
        if each.body["display_name"] == "Feedstock transport"
    ]
    assert {each.get("datapoint_id") for each in inputs if each["input_key"] == "distance"} == {
        wanted
    }
    assert {each["input_key"] for each in inputs} == {
        "distance",
        "freight_mass",
        "freight_factor",
    }


@pytest.mark.parametrize("doubt", [TAKEN[0], NOT_TAKEN[1]], ids=str)
@pytest.mark.parametrize("place", ["/ghg_entries", "/components"])
def test_an_update_of_two_calls_survives_a_lost_one(desk: Desk, doubt: Doubt, place: str) -> None:
    desk.import_(save(desk, build_batch()))
    desk.goes_wrong(doubt.kind, f"PATCH {place}", "isometric", **doubt.details)
    report = desk.import_(save(desk, moved_and_rebound()))
    assert set(statuses(report)["Entries"]) == {"updated"}
    assert_moved_and_rebound(desk)
    assert set(desk.import_(save(desk, moved_and_rebound())).counts) == {Status.UNCHANGED}


def test_an_update_that_was_cut_between_its_two_calls_is_completed(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    desk.goes_wrong("status", "PATCH /components", "isometric", status=429, times=99)
    report = desk.import_(save(desk, moved_and_rebound()))
    assert report.stopped
    assert set(statuses(report)["Entries"]) == {"uncertain"}
    assert desk.stored(ENTRY)[ENTRY_KEY]["started_on"] == "2026-10-02"

    desk.twin.store.faults.clear()
    before = len(desk.writes())
    again = desk.import_(save(desk, moved_and_rebound()))
    assert set(statuses(again)["Entries"]) == {"updated"}
    (write,) = desk.writes()[before:]
    assert write.startswith("PATCH /mrv/v0/components/")
    assert_moved_and_rebound(desk)


def test_the_second_call_of_an_update_may_be_refused(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    desk.goes_wrong(
        "status", "PATCH /components", "isometric", status=400, body={"detail": "No, thanks"}
    )
    report = desk.import_(save(desk, moved_and_rebound()))
    assert set(statuses(report)["Entries"]) == {"failed"}
    assert "No, thanks" in next(each.found for each in report.all_problems)
    again = desk.import_(save(desk, moved_and_rebound()))
    assert set(statuses(again)["Entries"]) == {"updated"}
    assert_moved_and_rebound(desk)
