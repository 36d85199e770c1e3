"""The demo's outcomes as a readable table."""

from collections.abc import Sequence
from typing import Protocol

from importer.model.outcome import Outcome, Status
from importer.model.report import FileReport
from importer.reporting.text import render_report


class Act(Protocol):
    """One import of the demo."""

    @property
    def title(self) -> str:
        """What it shows."""

    @property
    def report(self) -> FileReport:
        """How it ended."""


def render_demo(acts: Sequence[Act]) -> str:
    """Each act with a table of its sheets, the problems, and where the results workbook is."""
    parts = []
    for number, act in enumerate(acts, start=1):
        parts.append(f"{number}. {act.title}\n\n{render_sheets(act.report)}\n")
        parts.append(render_report(act.report) + "\n")
    last = acts[-1].report
    parts.append(
        f"Open {last.results} to see the marked cells.\n"
        "Next: importer template -o month.xlsx, and try it: "
        "importer import month.xlsx --target sandbox"
    )
    return "\n".join(parts)


def render_sheets(report: FileReport) -> str:
    """Rows by sheet and status, with totals that add up."""
    statuses = [status for status in Status if status in report.counts]
    sheets = list(dict.fromkeys(outcome.sheet for outcome in report.outcomes))
    rows = [["Sheet", "rows", *(status.value for status in statuses)]]
    for sheet in sheets:
        of_sheet = [each for each in report.outcomes if each.sheet == sheet]
        rows.append([sheet, *_counts(of_sheet, statuses)])
    rows.append(["all", *_counts(report.outcomes, statuses)])
    return _align(rows)


def _counts(outcomes: Sequence[Outcome], statuses: Sequence[Status]) -> list[str]:
    each = [sum(1 for outcome in outcomes if outcome.status is status) for status in statuses]
    return [str(len(outcomes)), *(str(number) for number in each)]


def _align(rows: Sequence[Sequence[str]]) -> str:
    """Text to the left, numbers to the right, a rule below the header and above the total."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  "
        + "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    rule = "  " + "  ".join("─" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])
