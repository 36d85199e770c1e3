"""A run as one JSON document (`--json`). Members are only added, never renamed or removed.

Every command that was understood ends with one document on stdout, also where it could not run:
then `error` says why, with `message` and `remedy`, and `files` holds what was done before. Only
wrong usage (exit code 2) has none, because nobody knows then what was asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from importer.model.outcome import Outcome
from importer.model.problem import Problem
from importer.model.record import Json
from importer.model.report import FileReport, TargetFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """Why a command could not run, and what to do about it."""

    message: str
    remedy: str


def build_document(
    verb: str,
    version: str,
    facts: TargetFacts | None,
    reports: Sequence[FileReport],
    *,
    exit_code: int,
    notes: Sequence[str] = (),
    error: Error | None = None,
) -> Mapping[str, Json]:
    """The document of one run over any number of files."""
    return {
        "importer": version,
        "command": verb,
        "target": _target(facts) if facts else None,
        "exit_code": exit_code,
        "error": {"message": error.message, "remedy": error.remedy} if error else None,
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
        "problems": [_problem(each) for each in report.problems],
        "rows": [_row(each) for each in report.outcomes],
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
