"""Reports and sheets as JSON documents, and back: what a page shows is kept, not made again.

Unlike `reporting.document`, this is nobody's interface: only this program reads it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from importer.model.outcome import Outcome, Status
from importer.model.place import Place
from importer.model.problem import Problem, Severity
from importer.model.record import Json
from importer.model.report import FileReport, TargetFacts
from importer.model.view import RowView, SheetView


def store_report(report: FileReport) -> dict[str, Json]:
    """All that a report says."""
    return {
        "file": report.file,
        "verb": report.verb,
        "outcomes": [_store_outcome(each) for each in report.outcomes],
        "problems": [_store_problem(each) for each in report.problems],
        "notes": list(report.notes),
        "results": report.results,
        "run": report.run,
        "stopped": list(report.stopped),
        "interrupted": report.interrupted,
    }


def read_report(stored: Mapping[str, Any]) -> FileReport:
    """The report that was stored."""
    return FileReport(
        file=stored["file"],
        verb=stored["verb"],
        outcomes=tuple(_read_outcome(each) for each in stored["outcomes"]),
        problems=tuple(_read_problem(each) for each in stored["problems"]),
        notes=tuple(stored["notes"]),
        results=stored["results"],
        run=stored["run"],
        stopped=tuple(stored["stopped"]),
        interrupted=stored["interrupted"],
    )


def store_sheets(sheets: Sequence[SheetView]) -> Json:
    """Sheets with the texts of their cells."""
    return [
        {
            "sheet": each.sheet,
            "title": each.title,
            "columns": [[number, header] for number, header in each.columns],
            "header_row": each.header_row,
            "rows": [[row.number, *row.texts] for row in each.rows],
        }
        for each in sheets
    ]


def read_sheets(stored: Sequence[Mapping[str, Any]]) -> tuple[SheetView, ...]:
    """The sheets that were stored."""
    return tuple(
        SheetView(
            sheet=each["sheet"],
            title=each["title"],
            columns=tuple((number, header) for number, header in each["columns"]),
            rows=tuple(
                RowView(number=number, texts=tuple(texts)) for number, *texts in each["rows"]
            ),
            header_row=each.get("header_row", 1),
        )
        for each in stored
    )


def store_facts(facts: TargetFacts) -> dict[str, Json]:
    """Where a run goes."""
    return {
        "name": facts.name,
        "hosts": [list(each) for each in facts.hosts],
        "organisations": [list(each) for each in facts.organisations],
        "origin": facts.origin,
    }


def read_facts(stored: Mapping[str, Any]) -> TargetFacts:
    """The facts that were stored."""
    return TargetFacts(
        name=stored["name"],
        hosts=tuple((service, host) for service, host in stored["hosts"]),
        organisations=tuple((service, name) for service, name in stored["organisations"]),
        origin=stored["origin"],
    )


def _store_outcome(outcome: Outcome) -> Json:
    return {
        "sheet": outcome.sheet,
        "row": outcome.row,
        "key": outcome.key,
        "status": outcome.status.value,
        "id": outcome.id,
        "message": outcome.message,
        "problems": [_store_problem(each) for each in outcome.problems],
        "results": [[header, value] for header, value in outcome.results],
        "later": outcome.later,
    }


def _read_outcome(stored: Mapping[str, Any]) -> Outcome:
    return Outcome(
        sheet=stored["sheet"],
        row=stored["row"],
        key=stored["key"],
        status=Status(stored["status"]),
        id=stored["id"],
        message=stored["message"],
        problems=tuple(_read_problem(each) for each in stored["problems"]),
        results=tuple((header, value) for header, value in stored["results"]),
        later=stored.get("later", False),
    )


def _store_problem(problem: Problem) -> Json:
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "place": [place.sheet, place.row, place.column, place.header],
        "found": problem.found,
        "expected": problem.expected,
        "remedy": problem.remedy,
    }


def _read_problem(stored: Mapping[str, Any]) -> Problem:
    sheet, row, column, header = stored["place"]
    return Problem(
        code=stored["code"],
        severity=Severity(stored["severity"]),
        place=Place(sheet=sheet, row=row, column=column, header=header),
        found=stored["found"],
        expected=stored["expected"],
        remedy=stored["remedy"],
    )
