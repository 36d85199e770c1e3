"""The workbooks that close a period: a batch at the service, and rows on the sheet Statements."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from importer.flows.handover import Consent
from importer.flows.submitting import submit_file
from importer.model.report import FileReport
from support.desk import Desk
from support.tables import read_value
from tests.flows.months import build_batch, save

OCTOBER = "2026-10-31 | https://drive.example/october.pdf"


@dataclass(slots=True)
class Person:
    """Somebody who is asked: says yes as often as told, and then no."""

    yes: int = 99
    asked: list[str] = field(default_factory=list)

    def answer(self, question: str) -> bool:
        self.asked.append(question)
        return len(self.asked) <= self.yes


def book(desk: Desk, *rows: str) -> Path:
    """The workbook of a batch with these rows of end, report and summary."""
    return add_statements(save(desk, build_batch()), *rows)


def add_statements(path: Path, *rows: str) -> Path:
    """A workbook with the sheet Statements put into it."""
    workbook = load_workbook(path)
    sheet = workbook.create_sheet("Statements")
    sheet.append(["End on", "Report URL", "Summary of changes"])
    for row in rows:
        sheet.append(
            [read_value(cell.strip()) if cell.strip() else None for cell in row.split("|")]
        )
    workbook.save(path)
    return path


def submit(
    desk: Desk,
    path: Path,
    person: Person | None = None,
    *,
    draft_only: bool = False,
    minutes: int = 0,
) -> FileReport:
    """Submit the workbook so many minutes from now; without a person, yes is said to all."""
    consent = Consent(ask=(person or Person()).answer, draft_only=draft_only)
    clock, passed = desk.session.clock, timedelta(minutes=minutes)
    session = replace(desk.session, clock=lambda: clock() + passed)
    return submit_file(session, desk.check(path), results=None, consent=consent)


def import_and_submit(desk: Desk, *rows: str) -> FileReport:
    """Import the batch, and submit its rows."""
    path = book(desk, *rows)
    desk.import_(path)
    return submit(desk, path)


def ends(report: FileReport) -> list[str]:
    """The statuses of the rows on the sheet Statements."""
    return [each.status.value for each in report.outcomes if each.sheet == "Statements"]


def sent(desk: Desk) -> list[str]:
    """The writes that are about statements, without the ids in their paths."""
    return [
        "submit" if each.endswith("/submit") else "draft"
        for each in desk.writes()
        if "ghg_statements" in each
    ]
