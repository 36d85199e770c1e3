"""The verb *submit*: closes periods and hands them over, each step agreed to.

All other rows are compared and not sent: a period is closed over what the service holds, so it
has to hold what the workbook says.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from importer.declare.resource import Resource
from importer.flows.applying import Applied
from importer.flows.belonging import hold_foreign
from importer.flows.check import CheckedFile
from importer.flows.closed_periods import list_submissions
from importer.flows.closing_recovery import settle_open_closings
from importer.flows.closing_write import ClosingWrite
from importer.flows.closings import read_closings
from importer.flows.handover import Consent, Handover
from importer.flows.importing import compare_file, end_as_planned
from importer.flows.plan import Planned
from importer.flows.running import run_file
from importer.flows.session import Session
from importer.flows.settled import Settled
from importer.flows.stopping import interrupted
from importer.model import problem_kinds as kinds
from importer.model.failure import ImporterError
from importer.model.outcome import Status
from importer.model.place import Place
from importer.model.plan import Create, Unchanged, Update
from importer.model.report import FileReport
from importer.planning.periods import Closing

Name = tuple[str, str]


def submit_file(
    session: Session, file: CheckedFile, *, results: Path | None, consent: Consent
) -> FileReport:
    """Make or adopt what the rows close, and submit it, as far as `consent` goes."""
    work = partial(_carry_out, consent=consent)
    asked = _look_for_rows(session, hold_foreign(session, file))
    return run_file(session, asked, work, results=results, verb="submit")


def _look_for_rows(session: Session, file: CheckedFile) -> CheckedFile:
    """The file, with a problem where it closes nothing: that is not what its user means."""
    sheets = {each.sheet.name for each, _ in list_submissions(session.catalog)}
    if any(row.sheet in sheets for row in file.checked.rows):
        return file
    problem = kinds.FILE_NOTHING_TO_SUBMIT.at(
        Place(), found=f"no row on the sheet {' or '.join(sorted(sheets))}"
    )
    problems = (*file.checked.problems, problem)
    return replace(file, checked=replace(file.checked, problems=problems))


def _carry_out(
    session: Session, file: CheckedFile, run: int, *, consent: Consent
) -> tuple[Planned, Applied]:
    """Compare, then one closing after the other: periods follow each other."""
    planned = compare_file(session, file)
    applied = Applied(settled=_leave_others(planned, file))
    for resource, submission in list_submissions(session.catalog):
        if not any(each.resource == resource.name for each in file.checked.records):
            continue
        open_keys = settle_open_closings(session, resource, submission)
        unsent = _say_unsent(session, file, planned, resource)
        for closing in read_closings(session, file.checked, planned):
            if closing.record.resource != resource.name:
                continue
            write = ClosingWrite(
                session=session,
                resource=resource,
                submission=submission,
                run=run,
                closing=closing,
            )
            handover = Handover(write=write, consent=consent, open_keys=open_keys, unsent=unsent)
            _note(applied, closing, _settle(applied, handover))
    return planned, applied


def _settle(applied: Applied, handover: Handover) -> Settled:
    """A new period waits for the one before; nothing is begun when the world gave out."""
    closing = handover.closing
    if applied.stopped is not None:
        return _cut_short(handover)
    open_end = _find_open_end(applied, closing)
    if open_end and closing.remote is None:
        return Settled(status=Status.BLOCKED, message=f"Waits for the period to {open_end}.")
    try:
        return handover.settle()
    except ImporterError as failure:
        return replace(_cut_short(handover), stopped=failure)
    except KeyboardInterrupt:
        return replace(_cut_short(handover), stopped=interrupted())


def _cut_short(handover: Handover) -> Settled:
    """The run ended at this row: in doubt only where a send is under way."""
    write = handover.write
    scope = write.session.scope_of(write.resource)
    open_keys = {each.key for each in write.session.ledger.unsettled(scope)}
    if write.keys & open_keys:
        return write.uncertain("no clear answer, and the run ended before it could be asked for")
    return Settled(status=Status.SKIPPED, message="Not sent: the run ended before this row.")


def _find_open_end(applied: Applied, closing: Closing) -> str:
    """The end of an earlier period that did not come to be; empty where there is none."""
    resource = closing.record.resource
    ends = ((name, end.status) for name, end in applied.settled.items())
    open_ones = (key for (of, key), status in ends if of == resource and not status.is_in_order)
    return next(open_ones, "")


def _note(applied: Applied, closing: Closing, end: Settled) -> None:
    applied.settled[closing.record.name] = end
    if end.stopped is not None:
        applied.stopped = end.stopped


def _leave_others(planned: Planned, file: CheckedFile) -> dict[Name, Settled]:
    """The ends of the rows that this command does not send."""
    words = f"Not sent: this command only submits. Import first: importer import {file.path.name}"
    ends: dict[Name, Settled] = {}
    for change in planned.changes:
        end = end_as_planned(change)
        if isinstance(change, Create | Update):
            end = Settled(status=Status.SKIPPED, id=end.id, message=words)
        ends[change.record.name] = end
    return ends


def _say_unsent(session: Session, file: CheckedFile, planned: Planned, resource: Resource) -> str:
    """Why the other rows do not allow a submission; empty where the service holds them all."""
    ends = [
        (line.name, isinstance(change, Unchanged))
        for change in planned.changes
        for line in change.record.lines
    ]
    moving = {row for row, is_settled in ends if not is_settled}
    settled = {row for row, is_settled in ends if is_settled} - moving
    sheets = set(_list_sheets(session, resource))
    open_rows = [
        row
        for row in file.checked.rows
        if row.sheet in sheets and (row.title, row.row) not in settled
    ]
    if not open_rows:
        return ""
    first = f"{open_rows[0].title} row {open_rows[0].row}"
    more = f" and {len(open_rows) - 1} more" if len(open_rows) > 1 else ""
    return (
        f"Waits until the service holds what the workbook says: {first}{more} is still open. "
        f"Import first: importer import {file.path.name}"
    )


def _list_sheets(session: Session, resource: Resource) -> Iterable[str]:
    """The sheets of the same service that an import sends."""
    for each in session.catalog.resources:
        if each.service == resource.service and each.submission is None:
            yield from (sheet.name for sheet in each.sheets)
