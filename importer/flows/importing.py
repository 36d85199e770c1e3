"""The verbs *import* and *plan* over files: check all, then plan, apply and report one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from importer.declare.catalog import Catalog
from importer.flows.account import Account
from importer.flows.applying import Applied, apply_plan
from importer.flows.belonging import hold_foreign
from importer.flows.check import CheckedFile
from importer.flows.closings import is_closing, leave_closings, read_closings
from importer.flows.existing import Existing
from importer.flows.figures import read_figures
from importer.flows.moved import find_moved
from importer.flows.plan import Planned, make_plan
from importer.flows.recovery import settle_open_operations
from importer.flows.rehearsal import Rehearsal
from importer.flows.running import build_report, build_stopped, run_file
from importer.flows.session import Session
from importer.flows.settled import Settled, settle_unchanged
from importer.model.failure import ImporterError, SettingsMissing
from importer.model.outcome import Status, planned_status
from importer.model.plan import Blocked, Change, Conflict, Create, Unchanged, Update
from importer.model.problem import Severity
from importer.model.report import FileReport


def refuse_unset_services(session: Session, files: Sequence[CheckedFile]) -> None:
    """Rows whose service has no settings end the run before anything is sent."""
    for file in files:
        for row in file.checked.rows:
            for resource in session.catalog.resources:
                is_of = row.sheet in {sheet.name for sheet in resource.sheets}
                if is_of and resource.service not in session.services:
                    raise SettingsMissing(
                        f"{file.path} has rows on the sheet {row.title}, but the target "
                        f"{session.facts.name} has no settings for {resource.service}.",
                        remedy=f"Add the settings of {resource.service} to the target, "
                        "or take those rows out of the workbook.",
                    )


def plan_file(session: Session, file: CheckedFile) -> FileReport:
    """What an import of the file would do. Writes nothing, anywhere."""
    file = hold_foreign(session, file)
    rehearsal = Rehearsal(ledger=session.ledger, clock=session.clock)
    rehearsing = replace(session, ledger=rehearsal)
    try:
        planned = compare_file(rehearsing, file)
        left = _leave_closings(rehearsing, file, planned)
    except ImporterError as failure:
        return build_stopped(session, file, "plan", failure)
    ends = {change.record.name: end_as_planned(change) for change in planned.changes}
    return build_report(session, file, "plan", planned, Applied(settled={**ends, **left}), run=0)


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
        session,
        hold_foreign(session, file),
        _carry_out,
        results=results,
        verb="import",
        recorded=(verb, name),
        afterwards=read_figures,
    )


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
    _forget_definitions(session, planned)
    return planned, applied


def _forget_definitions(session: Session, planned: Planned) -> None:
    """Files that follow share what was read of the account, and rows may have added to it."""
    if session.account is None:
        return
    written = (each.record for each in planned.changes if isinstance(each, Create | Update))
    for name in {each.resource for each in written}:
        session.account.forget(name)


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
    planned = make_plan(session, file.checked, account, Existing(session.services))
    moved = find_moved(session.catalog, account, file)
    return replace(planned, problems=(*moved, *planned.problems))


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
    own = [each.record for each in planned.changes if each.record.origin is None]
    sent_rows = sum(len(record.lines) for record in own)
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
    return Applied(settled=ends, is_held=True)
