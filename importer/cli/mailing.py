"""Telling people of an import by e-mail, from the command line."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from importer.cli.asked import Asked
from importer.cli.speech import find_width, say, spell
from importer.flows.addressees import Mail, choose_mail
from importer.flows.mailing import Office, open_office, post_report
from importer.flows.outgoing import read_notes, send_due
from importer.flows.session import Session
from importer.model.failure import ImporterError
from importer.model.report import FileReport, TargetFacts
from importer.reporting.folding import fold
from importer.reporting.mail_notes import render_mail_notes
from importer.reporting.next_step import Typed
from importer.settings.state import find_state
from importer.settings.target import SandboxChosen, Target


def find_mail(asked: Asked, chosen: Target | SandboxChosen) -> Mail | None:
    """Who is told of this import. Raises, before anything is sent, where it cannot be done."""
    if asked.verb != "import":
        return None
    return choose_mail(
        asked.email, chosen, config=asked.config, environ=os.environ, folder=Path.cwd()
    )


def post_message(
    asked: Asked, session: Session, mail: Mail | None, report: FileReport
) -> FileReport:
    """The report, once the message about it lies in the outbox."""
    if mail is None or session.outbox is None:
        return report
    office = Office(outbox=session.outbox, facts=session.facts, clock=session.clock, spell=spell)
    results = Path(report.results) if report.results else None
    note = post_report(office, mail, report, _type_again(asked, report), results=results)
    return replace(report, mail=note)


def tell_of_failure(
    asked: Asked, name: str, mail: Mail | None, files: Iterable[str], failure: ImporterError
) -> None:
    """Tell of files that were not begun, because the run could not start at the target `name`.

    Whoever watches folders is not told: the files wait, and are tried again.
    """
    if mail is None or asked.watch:
        return
    try:
        facts, state = TargetFacts(name=name), find_state(os.environ)
        with open_office(state, facts, spell=spell) as office:
            for file in files:
                stopped = (str(failure), failure.remedy)
                report = FileReport(file=file, verb=asked.verb, stopped=stopped)
                post_report(office, mail, report, _type_again(asked, report), results=None)
            send_due(office.outbox, mail.settings.server, clock=office.clock)
    except ImporterError:
        # The failure itself is told on the terminal; the ledger may be what failed.
        return


def _type_again(asked: Asked, report: FileReport) -> Typed:
    """Who reads the message goes on with this one file, and does not stay to watch a folder."""
    return replace(replace(asked, watch=False).typed, paths=(report.file,))


def send_messages(
    asked: Asked, session: Session, mail: Mail | None, reports: Sequence[FileReport]
) -> tuple[FileReport, ...]:
    """Send what waits, say what became of the messages of this run, and note it in the reports."""
    if mail is None or session.outbox is None:
        return tuple(reports)
    hindrance = ""
    # Who has pressed Ctrl-C waits for no mail server; the next import sends what is left.
    if not any(each.interrupted for each in reports):
        hindrance = send_due(session.outbox, mail.settings.server, clock=session.clock)
    told = tuple(read_notes(session.outbox, reports))
    if not asked.as_json:
        _say([*render_mail_notes(told), *([hindrance] if hindrance else [])])
    return told


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        say(fold(line, width=find_width()))
    if lines:
        say("")
