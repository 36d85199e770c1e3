"""`importer submit`: each step is agreed to, and what was done is told with the next command."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from openpyxl import load_workbook

from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import Shell, is_sound, writes
from tests.flows.closing_books import OCTOBER, add_statements
from tests.flows.months import build_batch, fill_book

pytestmark = pytest.mark.slow

ON_SANDBOX = ("--target", "sandbox")
Types = Callable[[str], list[str]]


@pytest.fixture
def month(folder: Path) -> Path:
    """A batch, whose month is to be closed."""
    path = folder / "month.xlsx"
    fill_book(path, build_batch())
    add_statements(path, OCTOBER)
    return path


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Types:
    """Somebody at the terminal who answers like that; the questions are kept."""

    def answer(word: str) -> list[str]:
        asked: list[str] = []

        def confirm(question: str, **_: object) -> bool:
            asked.append(question)
            if word == "^C":
                raise click.Abort
            return word == "y"

        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr(click, "confirm", confirm)
        return asked

    return answer


def test_from_import_to_submission(here: Running, month: Path, shell: Shell, types: Types) -> None:
    imported = shell("import", "month.xlsx", *ON_SANDBOX)
    assert imported.code == 0
    assert "rows are in order; 1 row is left for the command submit.\n" in imported.out
    assert imported.out.endswith(
        "Next: when the period is complete, make its draft and submit it:\n"
        "  importer submit month.xlsx --target sandbox\n"
    )
    asked = types("y")
    said = shell("submit", "month.xlsx", *ON_SANDBOX)
    assert said.code == 0
    assert asked == [
        "Make its draft?",
        "Hand it to the verifier? That cannot be taken back.",
    ]
    assert "GHG statement, new, 2026-10-01 to 2026-10-31. In it: NB-2026-10-B1." in said.err
    assert "- Statements row 2 2026-10-31: Made and submitted." in said.out
    assert said.out.endswith(
        "Next: nothing is left to submit. See what was sent:\n  importer runs\n"
    )
    made, submitted = (each for each in writes(here) if "ghg_statements" in each)
    assert made == "POST /mrv/v0/ghg_statements"
    assert submitted.endswith("/submit")
    assert "submit to sandbox" in shell("runs").out


def test_a_plan_of_what_is_there_names_the_submission(
    here: Running, month: Path, shell: Shell
) -> None:
    assert "importer import month.xlsx" in shell("plan", "month.xlsx", *ON_SANDBOX).out
    shell("import", "month.xlsx", *ON_SANDBOX)
    said = shell("plan", "month.xlsx", *ON_SANDBOX)
    assert said.code == 0
    assert said.out.endswith("  importer submit month.xlsx --target sandbox\n")


def test_a_no_leaves_the_row_open(here: Running, month: Path, shell: Shell, types: Types) -> None:
    shell("import", "month.xlsx", *ON_SANDBOX)
    types("n")
    said = shell("submit", "month.xlsx", *ON_SANDBOX)
    assert said.code == 1
    assert "Not made: you did not agree." in said.out
    assert said.out.endswith(
        "Next: do what the rows above say, then:\n  importer submit month.xlsx --target sandbox\n"
    )
    assert not [each for each in writes(here) if "ghg_statements" in each]


def test_ctrl_c_at_a_question(here: Running, month: Path, shell: Shell, types: Types) -> None:
    shell("import", "month.xlsx", *ON_SANDBOX)
    types("^C")
    said = shell("submit", "month.xlsx", *ON_SANDBOX)
    assert said.code == 130
    assert is_sound(said)
    assert not [each for each in writes(here) if "ghg_statements" in each]


def test_a_job_says_yes_beforehand_and_may_stop_at_the_draft(
    here: Running, month: Path, shell: Shell
) -> None:
    shell("import", "month.xlsx", *ON_SANDBOX)
    said = shell("submit", "month.xlsx", *ON_SANDBOX, "--yes", "--draft-only", "--json")
    assert said.code == 0
    (file,) = said.document["files"]
    row = next(each for each in file["rows"] if each["sheet"] == "Statements")
    assert (said.document["command"], row["status"]) == ("submit", "created")
    assert row["results"] == {"Statement status": "DRAFT"}
    told = shell("submit", "month.xlsx", *ON_SANDBOX, "--yes", "--draft-only")
    assert told.out.endswith(
        "Next: look at the draft on the service's page; when it is right, submit it:\n"
        "  importer submit month.xlsx --target sandbox\n"
    )


def test_nobody_at_the_terminal_is_wrong_usage(here: Running, month: Path, shell: Shell) -> None:
    said = shell("submit", "month.xlsx", *ON_SANDBOX)
    assert (said.code, said.out) == (2, "")
    assert "pass --yes" in said.err
    assert not writes(here)


def test_what_is_not_imported_yet_comes_first(here: Running, month: Path, shell: Shell) -> None:
    said = shell("submit", "month.xlsx", *ON_SANDBOX, "--yes")
    assert said.code == 1
    assert "Import first: importer import month.xlsx" in said.out.replace("\n", " ")
    assert not writes(here)


def test_a_blank_report_is_marked_in_the_results_workbook(
    here: Running, folder: Path, month: Path, shell: Shell
) -> None:
    workbook = load_workbook(month)
    workbook["Statements"]["B2"] = None
    workbook.save(month)
    shell("import", "month.xlsx", *ON_SANDBOX)
    said = shell("submit", "month.xlsx", *ON_SANDBOX, "--yes")
    assert said.code == 1
    assert "ROW_NOT_SUBMITTABLE" in said.out
    assert said.out.endswith(
        "Next: mend the marked cells in month.results.xlsx, save, then:\n"
        "  importer submit month.results.xlsx --target sandbox\n"
    )
    assert (folder / "month.results.xlsx").exists()


def test_a_workbook_without_rows_to_close(here: Running, folder: Path, shell: Shell) -> None:
    books.write(folder / "one.xlsx", books.ONE)
    shell("import", "one.xlsx", *ON_SANDBOX)
    said = shell("submit", "one.xlsx", *ON_SANDBOX, "--yes")
    assert said.code == 1
    assert "FILE_NOTHING_TO_SUBMIT" in said.out
