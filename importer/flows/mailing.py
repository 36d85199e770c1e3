"""The message about an import: written, and durable in the outbox before anyone sends it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from importer.flows.addressees import Mail
from importer.flows.connection import now
from importer.ledger.store import open_ledger
from importer.mail.envelope import pack
from importer.mail.identity import name_message, name_thread
from importer.model.failure import ImporterError
from importer.model.mail import Attachment, Letter
from importer.model.outbox import MailNote, MessageState, Outbox
from importer.model.report import FileReport, TargetFacts
from importer.reporting.message import LARGEST_MB, Workbook, build_message
from importer.reporting.message_html import render_html
from importer.reporting.message_text import render_text
from importer.reporting.next_step import Spell, Typed
from importer.reporting.taming import tame_attachment
from importer.settings.state import State

_LARGEST = LARGEST_MB * 1_000_000

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where messages about runs at a target are put: the outbox, and what they say of the target.

    clock: answers with aware moments. spell: writes a command for the user's shell.
    """

    outbox: Outbox
    facts: TargetFacts
    clock: Callable[[], datetime]
    spell: Spell


@contextmanager
def open_office(state: State, facts: TargetFacts, *, spell: Spell) -> Iterator[Office]:
    """An office without a session, for a run that could not begin.

    Raises LedgerUnavailable where there is no outbox to put anything into.
    """
    with open_ledger(state.database_url, clock=now) as ledger:
        yield Office(outbox=ledger.outbox, facts=facts, clock=now, spell=spell)


def post_report(
    office: Office, mail: Mail, report: FileReport, typed: Typed | None, *, results: Path | None
) -> MailNote | None:
    """Put the message about one file into the outbox; None where nobody is to be told.

    typed: the command that ran, for this file alone; None for an upload, whose report names the
        files as their owner does.
    results: the annotated workbook, if there is one.
    """
    recipients = mail.recipients_of(report)
    if not recipients:
        return None
    letter = _write(office, mail, report, typed, recipients=recipients, results=results)
    try:
        content = pack(letter)
        office.outbox.post(
            message_id=letter.message_id,
            run=report.run or None,
            sender=letter.sender,
            recipients=recipients,
            content=content,
        )
    except ImporterError as failure:
        words = f"{failure} {failure.remedy}"
        return MailNote(recipients=recipients, state=MessageState.GIVEN_UP, words=words)
    return MailNote(recipients=recipients, state=MessageState.WAITING, message_id=letter.message_id)


def _write(
    office: Office,
    mail: Mail,
    report: FileReport,
    typed: Typed | None,
    *,
    recipients: tuple[str, ...],
    results: Path | None,
) -> Letter:
    moment, sender, target = office.clock(), mail.settings.sender, office.facts.name
    workbook, attachments = _attach(report, results)
    message = build_message(
        report,
        office.facts,
        typed,
        moment=moment,
        workbook=workbook,
        place=_find_place(report.results) if typed else "",
        spell=office.spell,
    )
    whole = _find_place(report.file) if typed else report.file
    return Letter(
        sender=sender,
        recipients=recipients,
        subject=message.subject,
        text=render_text(message),
        html=render_html(message),
        message_id=name_message(
            run=report.run, target=target, file=whole, moment=moment, sender=sender
        ),
        thread=name_thread(target=target, file=whole, sender=sender),
        date=moment.replace(microsecond=0),
        attachments=attachments,
    )


def _find_place(path: str) -> str:
    """The path from the root, whether or not there is a file."""
    return os.path.abspath(path)  # noqa: PTH100 - links stay as they are


def _attach(report: FileReport, path: Path | None) -> tuple[Workbook, tuple[Attachment, ...]]:
    """The annotated workbook, unless it is too large for a message."""
    if path is None:
        return Workbook.NONE, ()
    try:
        if path.stat().st_size > _LARGEST:
            return Workbook.TOO_LARGE, ()
        content = path.read_bytes()
    except OSError:
        return Workbook.UNREADABLE, ()
    kind = _MACRO_WORKBOOK if path.suffix.lower() == ".xlsm" else _WORKBOOK
    name = tame_attachment(Path(report.results).name)
    attachment = Attachment(name=name, content_type=kind, content=content)
    return Workbook.ATTACHED, (attachment,)
