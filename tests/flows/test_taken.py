"""The external id is in use already: a fact to act on, not a fault to repeat."""

from typing import Any

import pytest

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.isometric.kinds import DATAPOINT, ENTRY
from importer.sandbox.switches import Switches
from support.desk import Desk, by_row, problems, statuses
from tests.flows import books
from tests.flows.conftest import DeskAt

NOTHING = {
    "nodes": [],
    "page_info": {"has_next_page": False, "end_cursor": None},
    "total_count": 0,
}


def colleague_imports(desk: Desk, text: str) -> None:
    """Somebody else imports this from another machine."""
    mine = desk.session
    desk.forget()
    assert desk.import_(desk.book(text, "colleague.xlsx")).is_in_order
    desk.session = mine


def plan_sees_nothing(desk: Desk) -> None:
    """The service's answers to the plan are from before the colleague's import."""
    desk.goes_wrong("status", "GET /datapoints", "isometric", status=200, body=NOTHING)
    logs = {"status": 200, "body": {"data": []}}
    desk.goes_wrong("status", "GET /periodic-emission-logs", "cula", times=2, **logs)


def posts(desk: Desk) -> int:
    return len([each for each in desk.writes() if each.startswith("POST")])


def test_somebody_was_faster_with_the_same(desk: Desk) -> None:
    colleague_imports(desk, books.BOTH)
    plan_sees_nothing(desk)
    held = desk.stored(DATAPOINT), desk.stored(LOG)
    report = desk.import_(desk.book(books.BOTH))
    assert set(report.counts) == {Status.UNCHANGED}
    assert by_row(report)["Datapoints", 2].message == "Was there already."
    assert by_row(report)["Emission logs", 2].id == desk.stored(LOG)["L-OCT"]["id"]
    assert (desk.stored(DATAPOINT), desk.stored(LOG)) == held


def test_a_list_that_shows_what_a_look_up_did_not_is_no_other_spelling(desk: Desk) -> None:
    colleague_imports(desk, books.LOG)
    look_up = {"status": 404, "body": {"error": {}}}
    desk.goes_wrong("status", "GET /periodic-emission-logs/ext-L-OCT", "cula", **look_up)
    report = desk.import_(desk.book(books.LOG))
    assert not problems(report)
    assert set(report.counts) == {Status.UNCHANGED}


def test_somebody_was_faster_and_it_is_agreed_on_from_then_on(desk: Desk) -> None:
    colleague_imports(desk, books.BOTH)
    plan_sees_nothing(desk)
    desk.import_(desk.book(books.BOTH))
    changed = books.BOTH.replace("840", "850").replace("84230", "84231")
    report = desk.import_(desk.book(changed))
    assert not problems(report)
    assert report.counts[Status.UPDATED] == 1 + 4


def test_somebody_was_faster_with_something_else(desk: Desk) -> None:
    colleague_imports(desk, books.BOTH.replace("840", "850").replace("84230", "84231"))
    plan_sees_nothing(desk)
    held = desk.stored(DATAPOINT), desk.stored(LOG)
    report = desk.import_(desk.book(books.BOTH))
    assert problems(report) == {
        ("API_CONFLICT", "Datapoints!A2"),
        ("API_CONFLICT", "Emission logs!A2"),
    }
    assert statuses(report)["Datapoints"] == ["conflict", "unchanged", "unchanged"]
    assert set(statuses(report)["Emission log values"]) == {"conflict"}
    assert (desk.stored(DATAPOINT), desk.stored(LOG)) == held
    written = posts(desk)
    again = desk.import_(desk.book(books.BOTH))
    assert {place for _, place in problems(again)} == {
        "Datapoints!D2",
        "Emission log values!C2",
    }
    assert posts(desk) == written


@pytest.mark.parametrize("status", [400, 409, 422])
def test_whatever_status_the_service_says_it_with(desk_at: DeskAt, status: Any) -> None:
    desk = desk_at(Switches(reused_reference_status=status))
    colleague_imports(desk, books.DATAPOINTS)
    plan_sees_nothing(desk)
    assert set(desk.import_(desk.book(books.DATAPOINTS)).counts) == {Status.UNCHANGED}


@pytest.mark.parametrize("place", ["top", "missing"])
def test_wherever_cula_names_the_existing_log(desk_at: DeskAt, place: Any) -> None:
    desk = desk_at(Switches(existing_place=place, calculation_seconds=0))
    colleague_imports(desk, books.LOG)
    plan_sees_nothing(desk)
    assert set(desk.import_(desk.book(books.LOG)).counts) == {Status.UNCHANGED}


def delete_log(desk: Desk, *, lets_go: bool = False) -> str:
    """Somebody deletes the log; nobody sees it any more. Answers with its id."""
    body = desk.stored(LOG)["L-OCT"]
    deleted = {**body, "_deleted_at": "2025-11-20T08:00:00Z"}
    desk.twin.store.replace(LOG, deleted, reference=None if lets_go else "L-OCT")
    return str(body["id"])


def test_an_id_that_a_deleted_log_holds_is_refused_once_and_said(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    delete_log(desk)
    before = posts(desk)
    report = desk.import_(desk.book(books.LOG))
    assert set(report.counts) == {Status.FAILED}
    assert problems(report) == {("KEY_HELD", "Emission logs!A2")}
    (problem,) = report.all_problems
    assert problem.found.startswith("“L-OCT”, which the service calls taken")
    assert "eml_" in problem.found
    assert problem.found.endswith("shows no record of: a deleted one holds it, it seems")
    assert problem.expected == "an External ID that no record has, not even a deleted one"
    assert posts(desk) == before + 1
    assert not desk.time.pauses


def test_a_deleted_log_holds_its_id_wherever_the_service_names_it(desk_at: DeskAt) -> None:
    desk = desk_at(Switches(existing_place="missing", calculation_seconds=0))
    desk.import_(desk.book(books.LOG))
    delete_log(desk)
    assert problems(desk.import_(desk.book(books.LOG))) == {("KEY_HELD", "Emission logs!A2")}


def test_a_conflict_about_something_else_is_no_held_id(desk: Desk) -> None:
    """A POST into a finalised period may be answered with 409, too."""
    words = {"error": {"type": "conflict", "code": "period", "message": "The period is closed"}}
    desk.goes_wrong("status", "POST /periodic-emission-logs", "cula", status=409, body=words)
    report = desk.import_(desk.book(books.LOG))
    assert problems(report) == {("API_REFUSED", "Emission logs!2")}
    assert "The period is closed" in report.all_problems[0].found


def test_an_id_that_a_deleted_log_let_go_makes_a_new_one(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    deleted = delete_log(desk, lets_go=True)
    report = desk.import_(desk.book(books.LOG))
    assert set(report.counts) == {Status.CREATED}
    assert by_row(report)["Emission logs", 2].id != deleted


def test_an_id_that_another_kind_of_record_holds_is_refused_and_said(desk: Desk) -> None:
    entry = {"id": "rmv_1NRBARK01SBX9999", "supplier_reference_id": "D-1"}
    desk.twin.store.insert(ENTRY, entry, reference="D-1")
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["failed", "created", "created"]}
    assert problems(report) == {("API_REFUSED", "Datapoints!A2")}


def test_several_records_under_one_id_are_a_problem_and_none_is_added(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    one = desk.session.services["isometric"].fetch_page("/datapoints").nodes[-3]
    twice = {**NOTHING, "nodes": [dict(one), {**one, "id": "dtp_1NRBARK01SBX7777"}]}
    desk.goes_wrong("status", "GET /datapoints", "isometric", status=200, body=twice)
    before = posts(desk)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert ("KEY_TWICE", "Datapoints!A2") in problems(report)
    assert by_row(report)["Datapoints", 2].status is Status.INVALID
    assert posts(desk) == before + 2


def test_several_records_after_a_doubtful_create_are_not_made_more(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    one = desk.session.services["isometric"].fetch_page("/datapoints").nodes[-3]
    twice = {**NOTHING, "nodes": [dict(one), {**one, "id": "dtp_1NRBARK01SBX7777"}]}
    desk.goes_wrong("status", "GET /datapoints", "isometric", status=200, body=NOTHING)
    desk.goes_wrong("answer-lost", "POST /datapoints", "isometric")
    desk.goes_wrong("status", "GET /datapoints", "isometric", status=200, body=twice, times=3)
    before = posts(desk)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert by_row(report)["Datapoints", 2].id
    assert posts(desk) == before + 3
