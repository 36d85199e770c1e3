"""What `plan` and `import` have in common: check all files, then work through them one by one."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from importer.cli.asked import Asked
from importer.cli.checking import CheckedFiles, check_files, find_zone
from importer.cli.consent import find_consent
from importer.cli.ending import (
    COULD_NOT_RUN,
    IN_ORDER,
    INTERRUPTED,
    NOT_IN_ORDER,
    end,
    say_notes,
    say_report,
)
from importer.cli.mailing import find_mail, post_message, send_messages, tell_of_failure
from importer.cli.progress import Watcher, watch
from importer.cli.speech import find_width, say, spell
from importer.flows.addressees import Mail
from importer.flows.check import CheckedFile
from importer.flows.connection import open_session
from importer.flows.handover import Consent
from importer.flows.importing import import_file, plan_file, refuse_unset_services
from importer.flows.session import Session
from importer.flows.submitting import submit_file
from importer.model.event import Event
from importer.model.failure import ImporterError, SettingsMissing
from importer.model.report import FileReport
from importer.reporting.next_step import write_command
from importer.reporting.text import render_target
from importer.resources.catalog import CATALOG
from importer.settings.choice import SANDBOX, choose_target, find_target
from importer.settings.state import find_state
from importer.settings.target import SandboxChosen, Target
from importer.sheets.results.writing import results_path

__all__ = [
    "COULD_NOT_RUN",
    "INTERRUPTED",
    "IN_ORDER",
    "NOT_IN_ORDER",
    "run_import",
    "run_plan",
    "run_submit",
]

Work = Callable[[Session, CheckedFile], FileReport]

_INTERRUPTED = (
    "The command was asked to stop (Ctrl-C).",
    "What was sent is in the ledger; the same command goes on, and nothing is sent twice.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended: its exit code, and what became of each file."""

    code: int
    reports: tuple[FileReport, ...] = ()


def run_plan(asked: Asked) -> Ended:
    """Say what an import would do."""
    return _run(asked, plan_file)


def run_import(asked: Asked) -> Ended:
    """Import files; their results workbooks go to the folder that was named, or beside them."""

    def work(session: Session, file: CheckedFile) -> FileReport:
        waiting = replace(session, wait=asked.wait)
        return import_file(waiting, file, results=asked.results)

    return _run(asked, work)


def run_submit(asked: Asked) -> Ended:
    """Close the periods of files; each step is agreed to on the terminal, or was before."""
    with watch() as watcher:
        consent = Consent(ask=find_consent(asked, watcher), draft_only=asked.draft_only)

        def work(session: Session, file: CheckedFile) -> FileReport:
            return submit_file(session, file, results=asked.results, consent=consent)

        return _run_watched(asked, work, watcher)


def _run(asked: Asked, work: Work) -> Ended:
    """Check all files before the target is contacted; no file, no contact."""
    with watch() as watcher:
        return _run_watched(asked, work, watcher)


def _run_watched(asked: Asked, work: Work, watcher: Watcher) -> Ended:
    chosen = pick_target(asked)
    mail = find_mail(asked, chosen)
    checked = check_files(asked, find_zone(chosen), watcher)
    if asked.verb != "plan":
        _refuse_shared_results(checked, asked.results)
    if checked.files:
        return _work_at(asked, chosen, checked, work, watcher, mail=mail)
    watcher.clear()
    if not asked.as_json:
        say_notes(checked.notes)
    return Ended(code=end(asked, (), notes=checked.notes))


def pick_target(asked: Asked) -> Target | SandboxChosen:
    """The target; where nothing names one, the failure notes the command that does."""
    environ, folder = os.environ, Path.cwd()
    found = find_target(asked.target, config=asked.config, environ=environ, folder=folder)
    try:
        return choose_target(asked.target, config=asked.config, environ=environ, folder=folder)
    except SettingsMissing as failure:
        if found is None:
            failure.add_note(spell(write_command(replace(asked, target=SANDBOX).typed)))
        raise


def _refuse_shared_results(checked: CheckedFiles, results: Path | None) -> None:
    """Two files with one results workbook: the second would be written over the first."""
    sharing: dict[Path, list[str]] = defaultdict(list)
    for file in checked.files:
        sharing[results_path(file.path, results)].append(str(file.path))
    for place, files in sharing.items():
        if len(files) > 1:
            raise click.UsageError(
                f"{' and '.join(files)} would have one results workbook, {place}. "
                "Import them one after the other, or rename one."
            )


def _work_at(
    asked: Asked,
    chosen: Target | SandboxChosen,
    checked: CheckedFiles,
    work: Work,
    watcher: Watcher,
    *,
    mail: Mail | None,
) -> Ended:
    """Work through the files at the target; a target that is not to be had is told by mail, too."""
    try:
        return _work_in_session(asked, chosen, checked, work, watcher, mail=mail)
    except ImporterError as failure:
        tell_of_failure(asked, chosen.name, mail, checked.names, failure)
        raise


def _work_in_session(
    asked: Asked,
    chosen: Target | SandboxChosen,
    checked: CheckedFiles,
    work: Work,
    watcher: Watcher,
    *,
    mail: Mail | None,
) -> Ended:
    """Work through the files at the target, and say of each at once what became of it."""
    watcher.show(Event(stage="start"))
    with open_session(
        chosen,
        catalog=CATALOG,
        state=find_state(os.environ),
        options=asked.options,
        listener=watcher.show,
    ) as session:
        refuse_unset_services(session, checked.files)
        _say_head(asked, session, checked, watcher)
        ends = tuple(_work_through(asked, session, checked, work, watcher, mail=mail))
        reports = send_messages(asked, session, mail, ends)
    code = end(asked, reports, facts=session.facts, notes=checked.notes)
    return Ended(code=code, reports=reports)


def _say_head(asked: Asked, session: Session, checked: CheckedFiles, watcher: Watcher) -> None:
    watcher.clear()
    if not asked.as_json:
        say(f"{render_target(session.facts, width=find_width())}\n")
        say_notes(checked.notes)


def _work_through(
    asked: Asked,
    session: Session,
    checked: CheckedFiles,
    work: Work,
    watcher: Watcher,
    *,
    mail: Mail | None,
) -> Iterator[FileReport]:
    """One file after the other, until the user stops it."""
    names = checked.names
    for file in checked.files:
        watcher.turn_to(names[str(file.path)])
        report = _work_on(asked, session, file, work)
        watcher.clear()
        if not asked.as_json:
            say_report(report, names[report.file])
        yield post_message(asked, session, mail, report)
        if report.interrupted:
            return


def _work_on(asked: Asked, session: Session, file: CheckedFile, work: Work) -> FileReport:
    """One file; a failure that it meets is told in its place and stops no other."""
    unworked = FileReport(file=str(file.path), verb=asked.verb)
    try:
        return work(session, file)
    except ImporterError as failure:
        return replace(unworked, stopped=(str(failure), failure.remedy))
    except KeyboardInterrupt:
        return replace(unworked, stopped=_INTERRUPTED, interrupted=True)
