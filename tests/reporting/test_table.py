"""The demo's table: sheets by status, with sums."""

from dataclasses import dataclass

from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.reporting.table import render_demo, render_sheets
from tests.reporting.makers import report, row, text


@dataclass(frozen=True)
class Act:
    title: str
    report: FileReport


DONE = report(
    "import",
    row(Status.CREATED, 2, sheet="Emission logs"),
    row(Status.CREATED, 3, sheet="Emission logs"),
    *(row(Status.UNCHANGED, number) for number in range(2, 12)),
    row(Status.INVALID, 12, message="Stays out."),
    results="my demo/month.results.xlsx",
)


def test_sheets_by_status() -> None:
    assert render_sheets(DONE).splitlines() == [
        "  Sheet          rows  created  unchanged  invalid",
        "  ─────────────  ────  ───────  ─────────  ───────",
        "  Emission logs     2        2          0        0",
        "  Datapoints       11        0         10        1",
        "  ─────────────  ────  ───────  ─────────  ───────",
        "  all              13        2         10        1",
    ]


def test_a_report_without_rows() -> None:
    assert render_sheets(report("import")).splitlines() == [
        "  Sheet  rows",
        "  ─────  ────",
        "  ─────  ────",
        "  all       0",
    ]


def test_the_demo_ends_with_where_to_look_and_what_to_type() -> None:
    told = render_demo([Act("A month", DONE), Act("The same file again", DONE)])
    assert told.startswith("1. A month\n\nmonth.xlsx: 12 of 13 rows are in order; 1 needs a fix.\n")
    assert "\n2. The same file again\n" in told
    assert told.endswith(
        text(
            """
            Results workbooks, with ids and marked cells:
              'my demo/month.results.xlsx'
            Next: open one, then begin your own month and try it on the sandbox:
              importer template -o month.xlsx
              importer import month.xlsx --target sandbox
            """
        )
    )
