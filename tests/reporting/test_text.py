"""What a run says in words, letter for letter."""

from typing import Any

import pytest

from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.reporting.text import render_report
from tests.reporting.makers import of_file, problem, report, row, text


def test_check_with_everything_in_it() -> None:
    checked = report(
        "check",
        row(Status.SKIPPED, 2),
        row(Status.INVALID, 3, problem(row=3)),
        row(Status.INVALID, 4, problem(row=4)),
        row(Status.INVALID, 5, problem(kinds.CELL_CHOICE, row=5, column=3, header="Type*")),
        row(Status.SKIPPED, 6, problem(kinds.CELL_TRIMMED, row=6, column=1, header="External ID*")),
        row(Status.INVALID, 2, sheet="Entry inputs", message="Stays out because of Entries row 2."),
        row(Status.INVALID, 3, sheet="Entry inputs", message="Stays out because of Entries row 2."),
        problems=(
            of_file(kinds.SHEET_NAME_NEAR, "the sheet “Datapoint”"),
            problem(kinds.HEADER_TWICE, row=1, column=5, header="Unit", found="“Unit” twice"),
        ),
        notes=("Not checked, because only the account can tell: 2 names of sites.",),
    )
    assert render_report(checked, width=88) == text(
        """
        month.xlsx: 2 of 7 rows are in order; 5 need a fix.
          fine 2 · invalid 5
          ✗ 2 × Datapoints!D3:D4 (Value): found nothing; expected a value.
              Fill in the cell. [CELL_REQUIRED]
          ✗ the workbook: found the sheet “Datapoint”; expected the name of the template.
              Rename the sheet, or delete it if it is not part of the import. [SHEET_NAME_NEAR]
          ✗ Datapoints!E1 (Unit): found “Unit” twice; expected each header once.
              Delete or rename one of the two columns. [HEADER_TWICE]
          ✗ Datapoints!C5 (Type): found nothing; expected one of the choices.
              Pick a value from the list. [CELL_CHOICE]
          ! Datapoints!A6 (External ID): found nothing; expected text without outer or invisible
              spaces.
              Nothing needs to be done; retype the cell to be rid of this note. [CELL_TRIMMED]
          – Entry inputs rows 2–3: Stays out because of Entries row 2.
          Note: Not checked, because only the account can tell: 2 names of sites.
        """
    )


def test_check_in_order() -> None:
    assert render_report(report("check", row(Status.SKIPPED))) == text(
        """
        month.xlsx: its one row is in order.
          fine 1
        """
    )


def test_plan_shows_before_and_after_once_for_a_record() -> None:
    change = "Value: 4.4 → 4.5; Measured at: 2026-10-30 09:00 → (nothing)"
    planned = report(
        "plan",
        row(Status.CREATED, 2),
        row(Status.UPDATED, 3, id="dpt_3", message=change),
        row(Status.UPDATED, 4, id="dpt_4", message=change),
        row(Status.UPDATED, 2, id="dpt_4", message=change, sheet="Details"),
        row(Status.UNCHANGED, 5),
    )
    assert render_report(planned, width=70) == text(
        """
        month.xlsx: all 5 rows are in order.
          to create 1 · to update 3 · unchanged 1
          ~ Datapoints row 3 D-3: Value: 4.4 → 4.5; Measured at: 2026-10-30
              09:00 → (nothing)
          ~ Datapoints row 4 D-4: Value: 4.4 → 4.5; Measured at: 2026-10-30
              09:00 → (nothing)
        """
    )


def test_import_with_every_status() -> None:
    done = report(
        "import",
        row(Status.CREATED, 2),
        row(Status.UPDATED, 3, message="Value: 1 → 2"),
        row(Status.UNCHANGED, 4),
        row(Status.CONFLICT, 5, problem(kinds.API_CONFLICT, row=5, found="840 → 812")),
        row(Status.INVALID, 6, problem(row=6)),
        row(Status.BLOCKED, 7, message="Waits for the datapoint in row 6, which stays out."),
        row(Status.FAILED, 8, problem(kinds.API_REFUSED, row=8, found="“too heavy”")),
        row(Status.UNCERTAIN, 9, problem(kinds.API_UNCERTAIN, row=9, column=0, found="no answer")),
        results="month.results.xlsx",
        run=7,
    )
    assert render_report(done, width=80) == text(
        """
        month.xlsx: 3 of 8 rows are in order; 5 need a fix.
          created 1 · updated 1 · unchanged 1 · conflict 1 · invalid 1 · blocked 1 ·
            failed 1 · uncertain 1
          ✗ Datapoints!D5 (Value): found 840 → 812; expected no change of the record
              behind the workbook's back.
              Compare the two; to send the workbook's values, pass --overwrite.
              [API_CONFLICT]
          ✗ Datapoints!D6 (Value): found nothing; expected a value.
              Fill in the cell. [CELL_REQUIRED]
          ✗ Datapoints!D8 (Value): found “too heavy”; expected a record that the service
              accepts.
              Correct the cell that the service names, and import again. [API_REFUSED]
          ✗ Datapoints row 9: found no answer; expected a clear answer from the service.
              Import the same file again: the importer looks the record up before it
              sends anything. [API_UNCERTAIN]
          – Datapoints row 7: Waits for the datapoint in row 6, which stays out.
          Results: month.results.xlsx
        """
    )


def test_a_run_that_was_cut_short() -> None:
    stopped = report(
        "import",
        row(Status.CREATED, 2),
        row(Status.SKIPPED, 3, message="Not sent: the run ended before this row."),
        stopped=(
            "Isometric (127.0.0.1:9), POST /mrv/v0/datapoints, tried 6 times: "
            "there was no connection",
            "Check that this machine is online, then run the same command again in a few minutes.",
        ),
        results="month.results.xlsx",
    )
    assert render_report(stopped, width=80) == text(
        """
        month.xlsx: the run was cut short; 1 of 2 rows is in order.
          created 1 · skipped 1
          Stopped: Isometric (127.0.0.1:9), POST /mrv/v0/datapoints, tried 6 times:
            there was no connection
            Check that this machine is online, then run the same command again in a few
            minutes.
          Results: month.results.xlsx
        """
    )


@pytest.mark.parametrize(
    ("made", "headline"),
    [
        (report("import", row(Status.CREATED)), "its one row is in order."),
        (report("import", row(Status.INVALID)), "its one row needs a fix."),
        (report("import", row(Status.SKIPPED)), "nothing was sent; its one row is not in order."),
        (report("check"), "it was not worked on."),
        (report("import", stopped=("a", "b")), "it was not worked on."),
        (
            report("check", problems=(of_file(kinds.FILE_NOT_FOUND, "no file"),)),
            "no rows were read.",
        ),
        (
            report(
                "import",
                row(Status.SKIPPED, 2),
                row(Status.UNCHANGED, 3),
                problems=(of_file(kinds.FILE_MANY_UPDATES, "changes to 1 of 2"),),
            ),
            "nothing was sent; 1 of 2 rows is in order.",
        ),
        (
            report(
                "import",
                row(Status.CREATED, 2),
                row(Status.CREATED, 3),
                problems=(problem(kinds.SHEET_TWICE, row=0, column=0, found="two"),),
            ),
            "all 2 rows are in order, but the workbook is not.",
        ),
        (
            report("import", row(Status.CREATED, 2), stopped=("No results.", "Make room.")),
            "its one row is in order.",
        ),
    ],
    ids=[
        "one row",
        "one wrong row",
        "one row held back",
        "nothing",
        "stopped before",
        "unreadable",
        "gate",
        "sheet",
        "no results",
    ],
)
def test_headlines(made: FileReport, headline: str) -> None:
    assert render_report(made).splitlines()[0] == f"month.xlsx: {headline}"


def many_kinds(**members: Any) -> FileReport:
    """Twelve kinds of problems, the last two of them warnings."""
    errors = [kind for kind in kinds.CATALOGUE if kind.severity.value == "error"][-10:]
    warnings = [kind for kind in kinds.CATALOGUE if kind.severity.value == "warning"][-2:]
    return report(
        "import" if members else "check",
        *(
            row(Status.INVALID, number, problem(kind, row=number))
            for number, kind in enumerate([*errors, *warnings], start=2)
        ),
        **members,
    )


def test_without_a_results_workbook_every_kind_of_problem_is_told() -> None:
    told = render_report(many_kinds())
    assert told.count("✗") + told.count("\n  ! ") == 12
    assert "more kinds" not in told


def test_with_a_results_workbook_ten_kinds_are_enough() -> None:
    told = render_report(many_kinds(results="month.results.xlsx"))
    assert told.count("✗") + told.count("\n  ! ") == 10
    assert (
        "  … and 2 more kinds of problems (2 of them warnings), all in the results workbook.\n"
        in told
    )


def scattered(**members: Any) -> FileReport:
    rows = range(2, 402, 2)
    return report(
        "import" if members else "check",
        *(row(Status.INVALID, number, problem(row=number)) for number in rows),
        **members,
    )


def test_many_places_are_cut_only_where_a_results_workbook_has_them() -> None:
    assert "D2, D4, D6" in render_report(scattered())
    assert "D400 (Value): found nothing" in " ".join(render_report(scattered()).split())
    cut = " ".join(render_report(scattered(results="month.results.xlsx")).split())
    assert "✗ 200 × Datapoints!D2, D4, D6" in cut
    assert ", … (Value): found nothing" in cut
    assert "D400" not in cut


def test_reasons_beyond_those_that_are_read_are_counted() -> None:
    waiting = report(
        "check",
        *(row(Status.BLOCKED, number, message=f"Waits for {number}.") for number in range(2, 15)),
    )
    told = render_report(waiting).splitlines()
    assert told[2] == "  – Datapoints row 2: Waits for 2."
    assert told[-1] == "  – and 3 more rows for the sake of others."
    assert len(told) == 13


def test_a_path_is_never_broken() -> None:
    path = "/a/very/long/way/to/the/folder/of/results/of/last/month/month.results.xlsx"
    told = render_report(report("import", row(Status.CREATED), results=path), width=60)
    assert f"  Results: {path}" in told.splitlines()
