"""A run as one JSON document (`--json`). Members are only added, never renamed or removed.

Every command that was understood ends with one document on stdout. Where it could not run, `error`
says why in `message` and `remedy`, and `files` is empty (`reporting.failed`); what cut one file
short stands with that file, in `stopped`. Only wrong usage (exit code 2) has no document, because
nobody knows then what was asked for.
"""

from collections.abc import Mapping, Sequence

from importer.model.cause import Cause, group_by_cause
from importer.model.outbox import MailNote
from importer.model.outcome import Outcome
from importer.model.problem import Problem
from importer.model.record import Json
from importer.model.report import FileReport, TargetFacts


def build_document(
    verb: str,
    version: str,
    facts: TargetFacts | None,
    reports: Sequence[FileReport],
    *,
    exit_code: int,
    notes: Sequence[str] = (),
) -> Mapping[str, Json]:
    """The document of one run over any number of files."""
    return {
        "importer": version,
        "command": verb,
        "target": _target(facts) if facts else None,
        "exit_code": exit_code,
        "error": None,
        "notes": list(notes),
        "files": [_file(report) for report in reports],
    }


def _target(facts: TargetFacts) -> Json:
    return {
        "name": facts.name,
        "hosts": dict(facts.hosts),
        "organisations": dict(facts.organisations),
        "origin": facts.origin,
    }


def _file(report: FileReport) -> Json:
    return {
        "file": report.file,
        "run": report.run or None,
        "in_order": report.is_in_order,
        "counts": {status.value: number for status, number in report.counts.items()},
        "results": report.results or None,
        "notes": list(report.notes),
        "stopped": list(report.stopped),
        "mail": _mail(report.mail) if report.mail else None,
        "problems": [_problem(each) for each in report.problems],
        "causes": [_cause(each) for each in group_by_cause(report.all_problems)],
        "rows": [_row(each) for each in report.outcomes],
    }


def _mail(note: MailNote) -> Json:
    return {
        "recipients": list(note.recipients),
        "message_id": note.message_id or None,
        "state": note.state.value,
        "words": note.words,
    }


def _row(outcome: Outcome) -> Json:
    return {
        "sheet": outcome.sheet,
        "row": outcome.row,
        "external_id": outcome.key,
        "status": outcome.status.value,
        "id": outcome.id or None,
        "message": outcome.message,
        "results": dict(outcome.results),
        "problems": [_problem(each) for each in outcome.problems],
    }


def _cause(cause: Cause) -> Json:
    return {
        "code": cause.first.code,
        "severity": cause.first.severity.value,
        "number": len(cause.problems),
        "places": cause.places,
        "found": cause.found,
        "expected": cause.expected,
        "remedy": cause.remedy,
    }


def _problem(problem: Problem) -> Json:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "sheet": problem.place.sheet or None,
        "row": problem.place.row or None,
        "cell": problem.place.cell or None,
        "column": problem.place.header or None,
        "found": problem.found,
        "expected": problem.expected,
        "remedy": problem.remedy,
    }
