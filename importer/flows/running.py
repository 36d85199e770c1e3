"""One file as a run of the ledger: under the lock, with a report and a results workbook."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from importer.flows.applying import Applied
from importer.flows.check import CheckedFile, is_of_file
from importer.flows.digests import hash_file
from importer.flows.households import fold_into_owners
from importer.flows.outcomes import build_outcomes
from importer.flows.plan import Planned
from importer.flows.session import Session
from importer.flows.settled import Settled
from importer.flows.writing import one_writer
from importer.model import problem_kinds as kinds
from importer.model.failure import ImporterError, Interrupted, WriterReplaced
from importer.model.outcome import Status
from importer.model.place import Place
from importer.model.plan import Conflict, Unchanged, Update
from importer.model.ports import RunState
from importer.model.problem import Problem
from importer.model.record import Record
from importer.model.report import FileReport
from importer.sheets.formats.conversion import as_xlsx
from importer.sheets.results.delivery import try_place
from importer.sheets.results.writing import results_path, write_results

Work = Callable[[Session, CheckedFile, int], tuple[Planned, Applied]]
"""What is done with a file in a run of that number: what was planned, and what became of it."""

Afterwards = Callable[[Session, Planned, Applied], None]
"""What is done when the lock is let go; it may add to what became of the records."""


def nothing_more(session: Session, planned: Planned, applied: Applied) -> None:
    """Nothing is left to do afterwards."""
    del session, planned, applied


def run_file(
    session: Session,
    file: CheckedFile,
    work: Work,
    *,
    results: Path | None,
    verb: str,
    recorded: tuple[str, str] = ("", ""),
    afterwards: Afterwards = nothing_more,
) -> FileReport:
    """Do the work under the lock, as a run of the ledger, and write the results workbook.

    recorded: how the history calls the run and its file, where that is not `verb` and the path.
    afterwards: what takes its time and writes nothing, so that nobody else has to wait for it.
    """
    try:
        if file.is_workbook:
            try_place(results_path(file.path, results))
        run = session.ledger.open_run(
            verb=recorded[0] or verb,
            target=session.facts.name,
            file=recorded[1] or str(file.path),
            digest=file.digest,
        )
    except ImporterError as failure:
        return build_stopped(session, file, verb, failure)
    try:
        with one_writer(session):
            planned, applied = work(session, file, run)
    except ImporterError as failure:
        report = replace(build_stopped(session, file, verb, failure), run=run)
        return _close(session, report, state=RunState.STOPPED)
    afterwards(session, planned, applied)
    report = build_report(session, file, verb, planned, applied, run=run)
    # Of a run that was taken over, the one that took over knows the results.
    if not isinstance(applied.stopped, WriterReplaced):
        report = _write_results(session, file, report, results)
    return _close(session, report, state=RunState.STOPPED if applied.stopped else RunState.FINISHED)


def build_report(
    session: Session, file: CheckedFile, verb: str, planned: Planned, applied: Applied, *, run: int
) -> FileReport:
    """What became of every row, in the order of the rows."""
    found = [*planned.problems, *_answers_warn(session, applied, planned)]
    ends = fold_into_owners(planned.changes, applied.settled)
    outcomes = build_outcomes(
        session.catalog, file.checked, found, settled=lambda record: ends.get(record.name)
    )
    stopped = (str(applied.stopped), applied.stopped.remedy) if applied.stopped else ()
    problems = (*file.checked.problems, *planned.problems)
    of_file = [each for each in problems if is_of_file(each)]
    if planned.is_at_gate and not session.options.accept_updates:
        of_file.append(_gate_problem(planned))
    return FileReport(
        file=str(file.path),
        verb=verb,
        outcomes=outcomes,
        problems=tuple(of_file),
        notes=file.notes,
        run=run,
        stopped=stopped,
        interrupted=isinstance(applied.stopped, Interrupted),
    )


def build_stopped(
    session: Session, file: CheckedFile, verb: str, failure: ImporterError
) -> FileReport:
    """Nothing was sent, because the run ended before; rows with problems keep them."""
    skipped = Settled(status=Status.SKIPPED, message="Not sent: the run ended before this row.")

    def skip(record: Record) -> Settled | None:
        del record
        return skipped

    return FileReport(
        file=str(file.path),
        verb=verb,
        outcomes=build_outcomes(session.catalog, file.checked, (), settled=skip),
        problems=tuple(each for each in file.checked.problems if is_of_file(each)),
        stopped=(str(failure), failure.remedy),
    )


def _close(session: Session, report: FileReport, *, state: RunState) -> FileReport:
    """Note how the run ended. What was sent stays sent when that fails, and is still told."""
    counts = {status.value: number for status, number in report.counts.items()}
    digest = hash_file(Path(report.results)) if report.results else None
    try:
        session.ledger.close_run(report.run, state=state, counts=counts, results=digest or "")
    except ImporterError as failure:
        return _also_stopped(report, failure)
    return report


def _also_stopped(report: FileReport, failure: ImporterError) -> FileReport:
    words = (str(failure), failure.remedy)
    told = words[0] in report.stopped
    return report if told else replace(report, stopped=(*report.stopped, *words))


def _gate_problem(planned: Planned) -> Problem:
    existing = [each for each in planned.changes if isinstance(each, Update | Unchanged | Conflict)]
    updates = sum(1 for each in existing if isinstance(each, Update))
    found = f"changes to {updates} of {len(existing)} existing records"
    return kinds.FILE_MANY_UPDATES.at(Place(), found=found)


def _answers_warn(session: Session, applied: Applied, planned: Planned) -> list[Problem]:
    """What the services' answers give reason to say."""
    found = []
    for change in planned.changes:
        record, end = change.record, applied.settled.get(change.record.name)
        resource = session.catalog.resource(record.resource)
        if end is None or end.body is None or resource.warnings is None:
            continue
        for misfit in resource.warnings(end.body):
            place = record.line.place(misfit.header)
            found.append(misfit.kind.at(place, found=misfit.found, expected=misfit.expected))
    return found


def _write_results(
    session: Session, file: CheckedFile, report: FileReport, folder: Path | None
) -> FileReport:
    """A results workbook that cannot be written is said; what was sent stays sent."""
    if not file.is_workbook:
        return report
    destination = results_path(file.path, folder)
    try:
        with as_xlsx(file.path, file.limits) as source:
            written = write_results(
                source,
                destination,
                catalog=session.catalog,
                report=report,
                head=_head(session, report),
            )
    except ImporterError as failure:
        return _also_stopped(report, failure)
    return replace(report, results=str(written))


def _head(session: Session, report: FileReport) -> Sequence[tuple[str, str]]:
    """The first lines of the summary sheet."""
    facts = session.facts
    return (
        ("File", Path(report.file).name),
        ("Run", str(report.run)),
        ("When", f"{session.clock():%Y-%m-%d %H:%M} UTC"),
        ("Target", facts.name),
        *((f"{service} host", host) for service, host in facts.hosts),
        *((f"{service} organisation", name) for service, name in facts.organisations),
    )
