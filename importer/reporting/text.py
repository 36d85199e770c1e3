"""A report in plain text, for a terminal or a log."""

from collections.abc import Iterable, Sequence

from importer.model.cause import Cause, group_by_cause
from importer.model.outcome import Status, count
from importer.model.problem import Severity
from importer.model.report import FileReport, TargetFacts

_MOST_CAUSES = 10


def render_target(facts: TargetFacts) -> str:
    """The first line of every run: target, hosts, organisations, and where that was said."""
    hosts = ", ".join(f"{service} at {host}" for service, host in facts.hosts)
    owners = ", ".join(dict.fromkeys(f"{name}" for _, name in facts.organisations))
    parts = [f"Target {facts.name}: {hosts}" if hosts else f"Target {facts.name}"]
    parts += [f"organisation {owners}"] if owners else []
    parts += [f"settings from {facts.origin}"] if facts.origin else []
    return "; ".join(parts) + "."


def render_report(report: FileReport) -> str:
    """One file: what became of its rows, what to mend, and where the results are."""
    lines = [f"{report.file}: {_headline(report)}"]
    if report.counts:
        lines.append("  " + _counts(report))
    lines += _changes(report) if report.verb == "plan" else []
    lines += _causes(group_by_cause(report.all_problems))
    lines += [f"  Note: {note}" for note in report.notes]
    lines += _stopped(report)
    if report.results:
        lines.append(f"  Results: {report.results}")
    return "\n".join(lines)


def _headline(report: FileReport) -> str:
    total = len(report.outcomes)
    if not total:
        return "no rows were read."
    rows = f"{total} row" if total == 1 else f"{total} rows"
    bad = sum(number for status, number in report.counts.items() if status in _NEEDS_A_FIX)
    if bad:
        return f"{bad} of {rows} {'needs' if bad == 1 else 'need'} a fix."
    if report.stopped:
        return f"{rows} read; the run was cut short."
    if any(each.severity is Severity.ERROR for each in report.problems):
        return f"{rows} read; nothing was sent."
    return f"all {rows} are in order." if total > 1 else "the row is in order."


_NEEDS_A_FIX = (
    Status.INVALID,
    Status.CONFLICT,
    Status.BLOCKED,
    Status.FAILED,
    Status.UNCERTAIN,
)


def _counts(report: FileReport) -> str:
    """Rows by what became of them, in the tense of the verb."""
    names = {status: status.value for status in Status}
    if report.verb == "check":
        names[Status.SKIPPED] = "fine"
    if report.verb == "plan":
        names |= {Status.CREATED: "to create", Status.UPDATED: "to update"}
    return " · ".join(f"{names[status]} {number}" for status, number in report.counts.items())


def _changes(report: FileReport) -> Iterable[str]:
    """What a plan would change, row by row; what stays as it is needs no line."""
    for outcome in report.outcomes:
        if outcome.status is Status.UPDATED and outcome.message:
            yield f"  ~ {outcome.sheet} row {outcome.row} {outcome.key}: {outcome.message}"


def _causes(causes: Sequence[Cause]) -> Iterable[str]:
    for cause in causes[:_MOST_CAUSES]:
        number = len(cause.problems)
        mark = "✗" if cause.is_error else "!"
        times = f"{number} × " if number > 1 else ""
        yield f"  {mark} {times}{cause.places}"
        expected = f"; expected {cause.first.expected}" if cause.first.expected else ""
        yield f"      found {cause.found}{expected}. {cause.first.remedy} [{cause.first.code}]"
    more = len(causes) - _MOST_CAUSES
    if more > 0:
        yield f"  … and {more} more kinds of problems, all in the results workbook."


def _stopped(report: FileReport) -> Iterable[str]:
    for number, text in enumerate(report.stopped):
        yield f"  {'Stopped: ' if number % 2 == 0 else '  '}{text}"


def render_next_step(reports: Sequence[FileReport], verb: str) -> str:
    """The command to type next."""
    files = " ".join(report.file for report in reports[:1])
    if not all(report.is_in_order for report in reports):
        marked = next((each.results for each in reports if each.results), "")
        if verb == "import" and marked:
            return f"Next: mend the marked cells in {marked}, then: importer import {marked}"
        return f"Next: mend the cells named above, then: importer {verb} {files}"
    if verb == "check":
        return f"Next: importer plan {files}"
    if verb == "plan":
        return f"Next: importer import {files}"
    return f"Next: importer import {files} sends nothing until a row changes."


def render_total(reports: Sequence[FileReport]) -> str:
    """One line over several files."""
    counts = count(outcome for report in reports for outcome in report.outcomes)
    rows = " · ".join(f"{status.value} {number}" for status, number in counts.items())
    return f"{len(reports)} files: {rows or 'no rows'}"
