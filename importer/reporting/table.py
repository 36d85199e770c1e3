"""The demo's outcomes as readable tables."""

import shlex
from collections.abc import Iterator, Sequence
from typing import Protocol

from importer.model.outcome import Outcome, Status
from importer.model.report import FileReport
from importer.reporting.folding import WIDTH, fold
from importer.reporting.next_step import Spell
from importer.reporting.text import render_report


class Act(Protocol):
    """One import of the demo."""

    @property
    def title(self) -> str:
        """What it shows."""

    @property
    def report(self) -> FileReport:
        """How it ended."""


def render_demo(acts: Sequence[Act], *, width: int = WIDTH, spell: Spell = shlex.join) -> str:
    """Each act with its problems and a table of its sheets; then where the workbooks are."""
    parts = []
    for number, act in enumerate(acts, start=1):
        report = render_report(act.report, width=width)
        parts.append(f"{number}. {act.title}\n\n{report}\n\n{render_sheets(act.report)}\n")
    return "\n".join([*parts, *_end(acts, spell=spell, width=width)])


def _end(acts: Sequence[Act], *, spell: Spell, width: int) -> Iterator[str]:
    """Where to look, and what to type next."""
    results = list(dict.fromkeys(act.report.results for act in acts if act.report.results))
    if results:
        yield "Results workbooks, with ids and marked cells:"
        yield from (f"  {spell([each])}" for each in results)
    yield fold("Next: open one, then begin your own month and try it on the sandbox:", width=width)
    yield "  importer template -o month.xlsx"
    yield "  importer import month.xlsx --target sandbox"


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
