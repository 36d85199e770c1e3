"""The verbs *import* and *plan* over files: check all, then plan, apply and report one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from importer.declare.catalog import Catalog
from importer.flows.account import Account
from importer.flows.applying import Applied, apply_plan
from importer.flows.check import CheckedFile, is_of_file
from importer.flows.closings import is_closing, leave_closings, read_closings
from importer.flows.digests import hash_file
from importer.flows.existing import Existing
from importer.flows.figures import read_figures
from importer.flows.outcomes import build_outcomes
from importer.flows.plan import Planned, make_plan
from importer.flows.recovery import settle_open_operations
from importer.flows.rehearsal import Rehearsal
from importer.flows.session import Session
from importer.flows.settled import Settled, settle_unchanged
from importer.flows.writing import one_writer
from importer.model import problem_kinds as kinds
from importer.model.failure import ImporterError, Interrupted, SettingsMissing, WriterReplaced
from importer.model.outcome import Status, planned_status
from importer.model.place import Place
from importer.model.plan import Blocked, Change, Conflict, Unchanged, Update
from importer.model.ports import RunState
from importer.model.problem import Problem, Severity
from importer.model.record import Record
from importer.model.report import FileReport
from importer.sheets.delivery import try_place
from importer.sheets.results import results_path, write_results

Work = Callable[[Session, CheckedFile, int], tuple[Planned, Applied]]
"""What is done with a file in a run of that number: what was planned, and what became of it."""


def refuse_unset_services(session: Session, files: Sequence[CheckedFile]) -> None:
    """Rows whose service has no settings end the run before anything is sent."""
    for file in files:
        for row in file.checked.rows:
            for resource in session.catalog.resources:
                is_of = row.sheet in {sheet.name for sheet in resource.sheets}
                if is_of and resource.service not in session.services:
                    raise SettingsMissing(
                        f"{file.path} has rows on the sheet {row.sheet}, but the target "
                        f"{session.facts.name} has no settings for {resource.service}.",
                        remedy=f"Add the settings of {resource.service} to the target, "
                        "or take those rows out of the workbook.",
                    )


def plan_file(session: Session, file: CheckedFile) -> FileReport:
    """What an import of the file would do. Writes nothing, anywhere."""
    rehearsal = Rehearsal(ledger=session.ledger, clock=session.clock)
    rehearsing = replace(session, ledger=rehearsal)
    try:
        planned = compare_file(rehearsing, file)
        left = _leave_closings(rehearsing, file, planned)
    except ImporterError as failure:
        return _stopped(session, file, "plan", failure)
    ends = {change.record.name: end_as_planned(change) for change in planned.changes}
    return _report(session, file, "plan", planned, Applied(settled={**ends, **left}), run=0)


def end_as_planned(change: Change) -> Settled:
    """The end that a change would have, with its differences in words."""
    status = planned_status(change)
    match change:
        case Update():
            message = "; ".join(str(each) for each in change.differences)
            return Settled(status=status, id=change.remote.id, message=message)
        case Unchanged():
            return settle_unchanged(change)
        case Conflict():
            return Settled(status=status, id=change.remote.id, problems=change.problems)
        case Blocked():
            return Settled(status=status, message=f"Waits for the {change.by}, which stays out.")
        case _:
            return Settled(status=status)


def import_file(
    session: Session,
    file: CheckedFile,
    *,
    results: Path | None,
    verb: str = "import",
    name: str = "",
) -> FileReport:
    """Plan the file, send what is to be sent, and write the results workbook.

    `results` is the folder for it; None puts it beside the file. Nothing that gives out on the
    way is raised: a report says what became of every row.
    verb, name: how the history calls the run and its file; else an import of the path.
    """
    return run_file(
        session, file, _carry_out, results=results, verb="import", recorded=(verb, name)
    )


def run_file(
    session: Session,
    file: CheckedFile,
    work: Work,
    *,
    results: Path | None,
    verb: str,
    recorded: tuple[str, str] = ("", ""),
) -> FileReport:
    """Do the work under the lock, as a run of the ledger, and write the results workbook.

    recorded: how the history calls the run and its file, where that is not `verb` and the path.
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
        return _stopped(session, file, verb, failure)
    try:
        with one_writer(session):
            planned, applied = work(session, file, run)
            report = _report(session, file, verb, planned, applied, run=run)
            # Of a run that was taken over, the one that took over knows the results.
            if not isinstance(applied.stopped, WriterReplaced):
                report = _write_results(session, file, report, results)
    except ImporterError as failure:
        report = replace(_stopped(session, file, verb, failure), run=run)
        return _close(session, report, state=RunState.STOPPED)
    return _close(session, report, state=RunState.STOPPED if applied.stopped else RunState.FINISHED)


def _carry_out(session: Session, file: CheckedFile, run: int) -> tuple[Planned, Applied]:
    """Plan and apply, under the lock: what a plan found must still be so when it is applied."""
    planned = compare_file(session, file)
    left = _leave_closings(session, file, planned)
    held = _hold_back(session, file, planned)
    if held is not None:
        held.settled |= left
        return planned, held
    applied = apply_plan(session, planned, run, file.path)
    applied.settled |= left
    read_figures(session, planned, applied)
    return planned, applied


def _leave_closings(
    session: Session, file: CheckedFile, planned: Planned
) -> Mapping[tuple[str, str], Settled]:
    """What the rows would close that an import never writes (design: decision 11)."""
    closings = read_closings(session, file.checked, planned)
    return leave_closings(session, closings, file.path.name)


def compare_file(session: Session, file: CheckedFile) -> Planned:
    """What is left open comes first: a plan has to know what took effect."""
    account = session.account or Account(session.catalog, session.services)
    settle_open_operations(session, account)
    return make_plan(session, file.checked, account, Existing(session.services))


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


def _hold_back(session: Session, file: CheckedFile, planned: Planned) -> Applied | None:
    """Why nothing at all is sent, if so: the gate, or all-or-nothing with a row not fine."""
    options = session.options
    if planned.is_at_gate and not options.accept_updates:
        return _nothing_sent(planned, "Not sent: too many existing records would change.")
    if options.all_or_nothing and not _is_all_fine(session.catalog, file, planned):
        return _nothing_sent(planned, "Not sent: not every row is fine (--all-or-nothing).")
    return None


def _is_all_fine(catalog: Catalog, file: CheckedFile, planned: Planned) -> bool:
    """Whether every row goes in; a sheet that could not be read may hide some that do not."""
    unread = any(each.severity is Severity.ERROR for each in file.checked.problems)
    stays_out = any(isinstance(change, Blocked | Conflict) for change in planned.changes)
    sent_rows = sum(len(change.record.lines) for change in planned.changes)
    left_rows = sum(1 for each in file.checked.records if is_closing(catalog, each))
    all_rows = sent_rows + left_rows == len(file.checked.rows)
    return not unread and not stays_out and all_rows


def _nothing_sent(planned: Planned, message: str) -> Applied:
    ends = {}
    for change in planned.changes:
        end = end_as_planned(change)
        is_write = end.status in (Status.CREATED, Status.UPDATED)
        ends[change.record.name] = (
            Settled(status=Status.SKIPPED, id=end.id, message=message) if is_write else end
        )
    return Applied(settled=ends)


def _report(
    session: Session, file: CheckedFile, verb: str, planned: Planned, applied: Applied, *, run: int
) -> FileReport:
    found = [*planned.problems, *_answers_warn(session, applied, planned)]
    outcomes = build_outcomes(
        session.catalog,
        file.checked,
        found,
        settled=lambda record: applied.settled.get(record.name),
    )
    stopped = (str(applied.stopped), applied.stopped.remedy) if applied.stopped else ()
    of_file = [each for each in file.checked.problems if is_of_file(each)]
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
        written = write_results(
            file.path,
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


def _stopped(session: Session, file: CheckedFile, verb: str, failure: ImporterError) -> FileReport:
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
        notes=file.notes,
        stopped=(str(failure), failure.remedy),
    )
