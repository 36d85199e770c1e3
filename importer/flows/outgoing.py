"""Sending what waits in the outbox. The mail being down is told, and fails nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from importer.mail.schedule import find_next_attempt
from importer.mail.smtp import send
from importer.model.failure import ImporterError, MailRefused, MailUnavailable
from importer.model.mail import Delivery, MailServer
from importer.model.outbox import MessageEntry, Outbox
from importer.model.report import FileReport

_LEASE = timedelta(minutes=10)
"""How long a message belongs to who sends it: more than a delivery may take."""

_REFUSED = "Not delivered to "
"""The beginning of a line about a recipient whom the server refused for good."""


def send_due(outbox: Outbox, server: MailServer, *, clock: Callable[[], datetime]) -> str:
    """Send the messages that are due, each once, until none is or the server is not to be had.

    Answers with what hindered it, if anything did; nothing is raised. What became of each
    message stands in the outbox.
    """
    try:
        while claimed := outbox.claim_due(clock(), _LEASE):
            for entry in claimed:
                _deliver(outbox, server, entry, clock)
    except MailUnavailable:
        # It stands with the message. The others wait: they would only meet the same.
        return ""
    except ImporterError as failure:
        return f"Messages could not be sent: {failure} {failure.remedy}"
    return ""


def read_notes(outbox: Outbox, reports: Iterable[FileReport]) -> Iterator[FileReport]:
    """The reports with what has become of their messages by now, as far as that can be read."""
    for report in reports:
        try:
            entry = outbox.find_message(report.mail.message_id) if report.mail else None
        except ImporterError:
            entry = None
        if report.mail is None or entry is None:
            yield report
        else:
            yield replace(report, mail=replace(report.mail, state=entry.state, words=entry.words))


def _deliver(
    outbox: Outbox, server: MailServer, entry: MessageEntry, clock: Callable[[], datetime]
) -> None:
    """Send one message and write down what became of it. Raises MailUnavailable behind that."""
    try:
        delivery = send(server, entry.content, sender=entry.sender, recipients=entry.open)
    except MailRefused as failure:
        outbox.mark_given_up(entry.id, _join(_refusals(entry), [f"{failure} {failure.remedy}"]))
    except MailUnavailable as failure:
        _put_off(outbox, entry, [f"{failure} {failure.remedy}"], clock())
        raise
    else:
        _settle(outbox, entry, delivery, clock())


def _settle(outbox: Outbox, entry: MessageEntry, delivery: Delivery, now: datetime) -> None:
    """Most servers take a message for all; some recipients may be refused, or have to wait."""
    new = [f"{_REFUSED}{each}: {words}." for each, words in delivery.refused]
    refusals = [*_refusals(entry), *new]
    if delivery.deferred:
        waiting = [f"{each} has to wait: {words}." for each, words in delivery.deferred]
        people = [each for each, _ in delivery.deferred]
        _put_off(outbox, entry, waiting, now, refusals=refusals, recipients=people)
    elif len(refusals) == len(entry.recipients):
        outbox.mark_given_up(entry.id, _join(refusals))
    else:
        outbox.mark_sent(entry.id, _join(refusals))


def _put_off(
    outbox: Outbox,
    entry: MessageEntry,
    reasons: Sequence[str],
    now: datetime,
    *,
    refusals: Sequence[str] | None = None,
    recipients: Sequence[str] | None = None,
) -> None:
    """Try again later, unless it was tried for long enough."""
    words = _join(_refusals(entry) if refusals is None else refusals, reasons)
    due_at = find_next_attempt(attempts=entry.attempts, written_at=entry.written_at, now=now)
    if due_at is None:
        outbox.mark_given_up(entry.id, words)
    else:
        outbox.mark_retry(entry.id, words, due_at, recipients)


def _refusals(entry: MessageEntry) -> list[str]:
    """What earlier attempts have found out for good."""
    return [line for line in entry.words.splitlines() if line.startswith(_REFUSED)]


def _join(*parts: Sequence[str]) -> str:
    return "\n".join(line for part in parts for line in part)
