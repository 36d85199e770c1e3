"""The summary sheet: counts that add up, causes, each problem, and what to do next."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from importer.model.place import Place
from importer.model.problem_kinds import SHEET_HIDDEN_ROWS
from importer.model.report import FileReport
from tests.sheets.builder import write_workbook
from tests.sheets.runs import annotate, not_a_number, outcome, report, trimmed


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "month.xlsx", "Loads\nLoad* | Weight*\nL-1 | x\nL-2 | 1")


def lines(source: Path, run: FileReport) -> list[tuple[Any, ...]]:
    """The summary row by row, blank cells left out."""
    page = load_workbook(annotate(source, run))["Import summary"]
    rows = [tuple(cell.value for cell in row if cell.value is not None) for row in page.rows]
    return [row for row in rows if row]


def text(source: Path, run: FileReport) -> str:
    return "\n".join(" | ".join(map(str, line)) for line in lines(source, run))


MIXED = report(
    [
        outcome(2, Status.INVALID, not_a_number(2), trimmed(2)),
        outcome(3, Status.INVALID, not_a_number(3, found="“light”")),
        outcome(4),
        outcome(5, Status.UNCHANGED),
        outcome(6, Status.CONFLICT),
    ],
    [SHEET_HIDDEN_ROWS.at(Place(sheet="Loads", row=4), found="1 hidden row")],
    notes=("Checked without the account.",),
)


def test_it_starts_with_file_run_and_target(month: Path) -> None:
    found = lines(month, MIXED)
    assert found[0] == ("Import summary",)
    assert found[1:4] == [("File", "month.xlsx"), ("Target", "sandbox"), ("Run", "7")]


def test_counts_add_up(month: Path) -> None:
    found = {line[0]: line[1] for line in lines(month, MIXED) if len(line) > 1}
    counts = [found[status.value] for status in Status if status.value in found]
    assert found["invalid"] == 2
    assert found["all rows"] == sum(counts) == 5


def test_causes_are_grouped_with_their_cells(month: Path) -> None:
    cause = next(line for line in lines(month, MIXED) if line[0] == "2 errors")
    assert cause[1] == (
        "A number was expected and something else was found. Found “heavy” (and 1 more)."
    )
    assert cause[2] == "Loads!B2:B3"


def test_each_problem_has_place_found_expected_and_remedy(month: Path) -> None:
    found = [line for line in lines(month, MIXED) if str(line[-1]).startswith("CELL_NOT_A_NUMBER")]
    assert [line[:2] for line in found] == [
        ("Loads!B2 (Weight)", "“heavy”"),
        ("Loads!B3 (Weight)", "“light”"),
    ]
    assert found[0][2:4] == (
        "a number such as 12.5",
        "Type the plain number, without unit or other text.",
    )
    assert found[0][4] == "CELL_NOT_A_NUMBER (error)"


def test_problems_of_the_file_are_listed_too(month: Path) -> None:
    assert "Loads, row 4 | 1 hidden row" in text(month, MIXED)


def test_a_click_leads_to_the_cell(month: Path) -> None:
    page = load_workbook(annotate(month, MIXED))["Import summary"]
    links = {cell.hyperlink.location for row in page.rows for cell in row if cell.hyperlink}
    assert links == {"'Loads'!B2", "'Loads'!B3", "'Loads'!A2", "'Loads'!A4"}


def test_a_problem_told_twice_is_listed_once(month: Path) -> None:
    run = report(
        [outcome(2, Status.INVALID, not_a_number(2)), outcome(3, Status.INVALID, not_a_number(2))]
    )
    assert text(month, run).count("Loads!B2 (Weight)") == 1


def test_what_to_do_next_names_the_file_that_it_stands_in(month: Path) -> None:
    found = text(month, MIXED)
    assert "Mend the marked cells" in found
    assert 'importer import "month.results.xlsx"' in found
    assert "--overwrite" in found


def test_nothing_to_do_when_all_is_in_order(month: Path) -> None:
    found = text(month, report([outcome(2), outcome(3, Status.UNCHANGED)]))
    assert "Nothing: every row is in order." in found
    assert "Mend" not in found
    assert "Problems by cause" not in found


def test_notes_of_the_run_are_shown(month: Path) -> None:
    assert "Checked without the account." in text(month, MIXED)


def test_a_run_that_stopped_says_why(month: Path) -> None:
    why = ("The service does not answer.", "Import the same file again later.")
    found = lines(month, replace(report([outcome(2, Status.SKIPPED)]), stopped=why))
    assert [(each,) for each in why] == found[4:6]


def test_a_check_does_not_claim_that_anything_happened(month: Path) -> None:
    found = text(month, report([outcome(2)], verb="check"))
    assert "is now in the service" not in found
    assert "check only" in found


def test_every_status_is_explained(month: Path) -> None:
    run = report(outcome(row, status) for row, status in enumerate(Status, 2))
    explained = [line for line in lines(month, run) if line[0] in list(Status)]
    assert len(explained) == len(Status)
    assert all(len(str(line[2])) > 10 for line in explained)


def test_of_very_many_problems_the_rest_is_counted(month: Path) -> None:
    run = report(outcome(row, Status.INVALID, not_a_number(row)) for row in range(2, 1_502))
    found = lines(month, run)
    assert len(found) < 1_100
    assert any("500 more stand in the messages of their rows." in str(line) for line in found)


def test_a_file_without_rows_still_has_a_summary(month: Path) -> None:
    found = {line[0]: line[1] for line in lines(month, report()) if len(line) > 1}
    assert found["all rows"] == 0
