"""The message about an import: written, and durable in the outbox before anyone sends it."""

import os
from pathlib import Path

from importer.flows.addressees import Mail
from importer.flows.session import Session
from importer.mail.envelope import pack
from importer.mail.identity import name_message, name_thread
from importer.model.failure import ImporterError
from importer.model.mail import Attachment, Letter
from importer.model.outbox import MailNote, MessageState
from importer.model.report import FileReport
from importer.reporting.message import LARGEST_MB, Workbook, build_message
from importer.reporting.message_html import render_html
from importer.reporting.message_text import render_text
from importer.reporting.next_step import Spell, Typed
from importer.reporting.taming import tame_attachment

_LARGEST = LARGEST_MB * 1_000_000

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.12"


def post_report(
    session: Session, mail: Mail, report: FileReport, typed: Typed, *, spell: Spell
) -> MailNote | None:
    """Put the message about one file into the outbox; None where nobody is to be told.

    typed: the command that ran, for this file alone.
    """
    recipients = mail.recipients_of(report)
    if not recipients or session.outbox is None:
        return None
    letter = _write(session, mail, report, typed, recipients=recipients, spell=spell)
    try:
        content = pack(letter)
        session.outbox.post(
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
    session: Session,
    mail: Mail,
    report: FileReport,
    typed: Typed,
    *,
    recipients: tuple[str, ...],
    spell: Spell,
) -> Letter:
    moment, sender, target = session.clock(), mail.settings.sender, session.facts.name
    workbook, attachments = _attach(report)
    message = build_message(
        report,
        session.facts,
        typed,
        moment=moment,
        workbook=workbook,
        place=_find_place(report.results),
        spell=spell,
    )
    whole = _find_place(report.file)
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


def _attach(report: FileReport) -> tuple[Workbook, tuple[Attachment, ...]]:
    """The annotated workbook, unless it is too large for a message."""
    if not report.results:
        return Workbook.NONE, ()
    path = Path(report.results)
    try:
        if path.stat().st_size > _LARGEST:
            return Workbook.TOO_LARGE, ()
        content = path.read_bytes()
    except OSError:
        return Workbook.UNREADABLE, ()
    kind = _MACRO_WORKBOOK if path.suffix.lower() == ".xlsm" else _WORKBOOK
    attachment = Attachment(name=tame_attachment(path.name), content_type=kind, content=content)
    return Workbook.ATTACHED, (attachment,)
