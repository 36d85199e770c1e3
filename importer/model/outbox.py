"""The port to the outbox: messages that are to be sent, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class MessageState(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEntry:
    """One message of the outbox.

    run: the run that it tells of; None where that has no number.
    recipients: all of them. open: those who still are to get it.
    content: the whole message as it travels; empty once it waits no more.
    due_at: when it may be sent (again). words: why it was not, the last time.
    """

    id: int
    message_id: str
    run: int | None
    sender: str
    recipients: tuple[str, ...]
    open: tuple[str, ...]
    content: bytes = field(repr=False)
    state: MessageState
    attempts: int
    due_at: datetime
    words: str
    written_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNote:
    """What became of the message about one file. `message_id` is empty where none was posted."""

    recipients: tuple[str, ...]
    state: MessageState
    words: str = ""
    message_id: str = ""


class Outbox(Protocol):
    """The durable outbox. Every method raises LedgerUnavailable where it cannot be used."""

    def post(
        self,
        *,
        message_id: str,
        run: int | None,
        sender: str,
        recipients: Sequence[str],
        content: bytes,
    ) -> int:
        """Put a message in, durably; the same `message_id` once. Answers with its number."""

    def claim_due(self, now: datetime, lease: timedelta, limit: int = 1) -> Sequence[MessageEntry]:
        """Take waiting messages that are due, the oldest first; each counts as an attempt.

        No other process gets them before the lease is over, so no message is sent by two at once.
        """

    def mark_sent(self, message: int, words: str = "") -> None:
        """Write down that the server took it; `words` tell of recipients whom it refused."""

    def mark_retry(
        self, message: int, words: str, due_at: datetime, recipients: Sequence[str] | None = None
    ) -> None:
        """Write down that it is to be tried again; `recipients` are those who still lack it."""

    def mark_given_up(self, message: int, words: str) -> None:
        """Write down that it will not be sent, and why."""

    def find_message(self, message_id: str) -> MessageEntry | None:
        """The message of that Message-ID; None where there is none."""

    def messages_of(self, run: int) -> Sequence[MessageEntry]:
        """The messages that tell of a run, oldest first."""
