"""Answers that leave a draft or a submission in doubt: looked for, and never sent a second time."""

from typing import Any

import pytest

from importer.sandbox.documents import Filter
from importer.sandbox.faults import FaultKind
from importer.sandbox.isometric.kinds import STATEMENT
from support.desk import Desk, by_row, problems
from tests.flows.closing_books import OCTOBER, Person, book, ends, import_and_submit, sent, submit

pytestmark = pytest.mark.slow

SUBMIT = "POST /ghg_statements/ggs_"

TAKEN: list[tuple[FaultKind, dict[str, Any]]] = [
    ("answer-lost", {}),
    ("half", {}),
    ("malformed", {"body": "{}"}),
    ("malformed", {"body": {"id": "ggs_1NRBARK01SBX0001", "project_id": "prj_other"}}),
    ("status", {"status": 500, "commit": True}),
]
NOT_TAKEN: list[tuple[FaultKind, dict[str, Any]]] = [
    ("reset", {}),
    ("status", {"status": 500}),
    ("status", {"status": 503}),
]


@pytest.mark.parametrize(("kind", "details"), TAKEN)
def test_a_draft_that_was_made_all_the_same_is_adopted(
    desk: Desk, kind: FaultKind, details: dict[str, Any]
) -> None:
    desk.goes_wrong(kind, "POST /ghg_statements", "isometric", **details)
    report = import_and_submit(desk, OCTOBER)
    assert ends(report) == ["created"]
    assert sent(desk) == ["draft", "submit"]
    assert by_row(report)["Statements", 2].id == desk.twin.store.select(STATEMENT)[0].id


@pytest.mark.parametrize(("kind", "details"), NOT_TAKEN)
def test_a_draft_that_is_not_shown_is_not_made_again(
    desk: Desk, kind: FaultKind, details: dict[str, Any]
) -> None:
    desk.goes_wrong(kind, "POST /ghg_statements", "isometric", **details)
    report = import_and_submit(desk, OCTOBER)
    assert ends(report) == ["uncertain"]
    assert problems(report) == {("API_UNCERTAIN", "Statements!A2")}
    assert sent(desk) == ["draft"]


def test_it_may_be_made_only_when_it_had_time_to_show(desk: Desk) -> None:
    desk.goes_wrong("reset", "POST /ghg_statements", "isometric")
    import_and_submit(desk, OCTOBER)
    path = book(desk, OCTOBER)
    assert ends(submit(desk, path)) == ["uncertain"]
    assert sent(desk) == ["draft"]
    person = Person()
    assert ends(submit(desk, path, person, minutes=3)) == ["created"]
    assert len(person.asked) == 2
    assert sent(desk) == ["draft", "draft", "submit"]


def test_a_draft_that_shows_late_is_adopted_by_the_next_run(desk: Desk) -> None:
    desk.goes_wrong("answer-lost", "POST /ghg_statements", "isometric")
    desk.goes_wrong("status", "GET /ghg_statements", "isometric", status=404, after=3, times=4)
    path = book(desk, OCTOBER)
    desk.import_(path)
    assert ends(submit(desk, path)) == ["uncertain"]
    desk.twin.store.faults.clear()
    assert ends(submit(desk, path)) == ["updated"]
    assert sent(desk) == ["draft", "submit"]


def test_two_drafts_after_a_doubtful_answer_are_for_a_person(desk: Desk) -> None:
    path = book(desk, OCTOBER)
    desk.import_(path)
    submit(desk, path, draft_only=True)
    (own,) = desk.twin.store.select(STATEMENT, Filter())
    desk.twin.store.insert(STATEMENT, {**own.body, "id": "ggs_1NRBARK01SBX0009"})
    report = submit(desk, path)
    assert ends(report) == ["conflict"]
    assert sent(desk) == ["draft"]


@pytest.mark.parametrize(("kind", "details"), TAKEN)
def test_a_submission_that_went_through_is_read_back(
    desk: Desk, kind: FaultKind, details: dict[str, Any]
) -> None:
    desk.goes_wrong(kind, SUBMIT, "isometric", **details)
    assert ends(import_and_submit(desk, OCTOBER)) == ["created"]
    assert sent(desk) == ["draft", "submit"]


@pytest.mark.parametrize(("kind", "details"), NOT_TAKEN)
def test_a_submission_in_doubt_is_not_repeated(
    desk: Desk, kind: FaultKind, details: dict[str, Any]
) -> None:
    desk.goes_wrong(kind, SUBMIT, "isometric", **details)
    assert ends(import_and_submit(desk, OCTOBER)) == ["uncertain"]
    path = book(desk, OCTOBER)
    assert ends(submit(desk, path)) == ["uncertain"]
    assert sent(desk) == ["draft", "submit"]
    assert ends(submit(desk, path, minutes=3)) == ["updated"]
    assert sent(desk) == ["draft", "submit", "submit"]


def test_an_import_does_not_settle_what_a_submission_left_open(desk: Desk) -> None:
    desk.goes_wrong("reset", "POST /ghg_statements", "isometric")
    import_and_submit(desk, OCTOBER)
    desk.import_(book(desk, OCTOBER))
    assert len(desk.session.ledger.unsettled(desk.session.scopes["isometric"])) == 1


def test_ctrl_c_at_the_question_ends_the_run_and_sends_nothing(desk: Desk) -> None:
    class Leaving(Person):
        def answer(self, question: str) -> bool:
            raise KeyboardInterrupt(question)

    path = book(desk, OCTOBER)
    desk.import_(path)
    report = submit(desk, path, Leaving())
    assert (ends(report), report.interrupted) == (["skipped"], True)
    assert sent(desk) == []


def test_a_service_that_goes_away_after_the_draft_leaves_doubt_and_no_second_one(
    desk: Desk,
) -> None:
    desk.goes_wrong("answer-lost", "POST /ghg_statements", "isometric")
    desk.goes_wrong("status", "GET /ghg_statements", "isometric", status=401, after=3, times=99)
    path = book(desk, OCTOBER)
    desk.import_(path)
    report = submit(desk, path)
    assert ends(report) == ["uncertain"]
    assert report.stopped
    desk.twin.store.faults.clear()
    assert ends(submit(desk, path)) == ["updated"]
    assert sent(desk) == ["draft", "submit"]
