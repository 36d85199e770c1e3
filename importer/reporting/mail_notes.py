"""What became of the messages of a run, in a line each."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from importer.model.outbox import MailNote, MessageEntry, MessageState
from importer.model.report import FileReport

_MOMENT = "%Y-%m-%d %H:%M"


def render_mail_notes(reports: Iterable[FileReport]) -> Iterator[str]:
    """One line for each file about which somebody was to be told."""
    for report in reports:
        if report.mail is not None:
            yield _render(PurePath(report.file).name, report.mail)


def _render(name: str, note: MailNote) -> str:
    people, words = ", ".join(note.recipients), _one_line(note.words)
    match note.state:
        case MessageState.SENT:
            return f"E-mail about {name} sent to {people}.{words}"
        case MessageState.WAITING:
            return (
                f"The e-mail about {name} to {people} is not sent yet.{words} It waits in the "
                "outbox and is tried again with the next import."
            )
        case MessageState.GIVEN_UP:
            return f"The e-mail about {name} to {people} will not be sent.{words}"


def render_message(entry: MessageEntry) -> str:
    """A message in the history of its run: to whom, and sent when, or why not."""
    people, words = ", ".join(entry.recipients), _one_line(entry.words)
    tries = "1 attempt" if entry.attempts == 1 else f"{entry.attempts} attempts"
    match entry.state:
        case MessageState.SENT if entry.sent_at is not None:
            return f"sent {entry.sent_at:{_MOMENT}} UTC to {people}.{words}"
        case MessageState.WAITING:
            return f"waiting after {tries}, to {people}; due {entry.due_at:{_MOMENT}} UTC.{words}"
        case _:
            return f"{entry.state.value} after {tries}, to {people}.{words}"


def _one_line(words: str) -> str:
    """The words behind a sentence, as one more."""
    return f" {' '.join(words.split())}" if words else ""
