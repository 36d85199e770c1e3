"""The page never says what to type: it has boxes and buttons."""

import pytest

from importer.model.outcome import Status
from importer.model.problem import ProblemKind
from importer.model.problem_kinds import CATALOGUE
from importer.reporting.page_words import count_rows, name_status, reword, reword_text
from tests.reporting.makers import problem, report, row


@pytest.mark.parametrize("kind", CATALOGUE, ids=lambda each: each.code)
def test_no_problem_names_an_option_or_a_command(kind: ProblemKind) -> None:
    said = reword(report("plan", row(Status.INVALID, 2, problem(kind)), problems=(problem(kind),)))
    for each in said.all_problems:
        assert "--" not in each.text
        assert "importer " not in each.text.replace("the importer ", "")


def test_what_a_run_says_of_itself() -> None:
    held = row(Status.SKIPPED, message="Not sent: not every row is fine (--all-or-nothing).")
    again = "Import the same file again: it goes on where it stopped, and nothing is sent twice."
    said = reword(report("import", held, stopped=("It was interrupted.", again)))
    assert said.outcomes[0].message == "Not sent: not every row is fine."
    assert said.stopped[1] == "Go on where it stopped: nothing is sent twice."


def test_a_failure_is_tried_again() -> None:
    said = "Make room, then type the same command again; what was under way is settled then."
    assert reword_text(said) == "Make room, then try again; what was under way is settled then."


def test_a_status_in_the_tense_of_the_verb() -> None:
    assert name_status(Status.CREATED, "plan") == "to create"
    assert name_status(Status.CREATED, "import") == "created"
    assert name_status(Status.SKIPPED, "plan") == "not planned"
    assert name_status(Status.SKIPPED, "import") == "not sent"
    assert name_status(Status.INVALID, "plan") == "invalid"


def test_rows_are_counted_in_words() -> None:
    assert [count_rows(each) for each in (0, 1, 2, 12345)] == [
        "0 rows",
        "1 row",
        "2 rows",
        "12,345 rows",
    ]
