"""Telling people of an import by e-mail, from the command line."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from importer.cli.asked import Asked
from importer.cli.speech import find_width, say, spell
from importer.flows.addressees import Mail, choose_mail
from importer.flows.mailing import post_report
from importer.flows.outgoing import read_notes, send_due
from importer.flows.session import Session
from importer.model.report import FileReport
from importer.reporting.folding import fold
from importer.reporting.mail_notes import render_mail_notes
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
    if mail is None:
        return report
    # Who reads the message goes on with this one file, and does not stay to watch a folder.
    of_file = replace(replace(asked, watch=False).typed, paths=(report.file,))
    return replace(report, mail=post_report(session, mail, report, of_file, spell=spell))


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
