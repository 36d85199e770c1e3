"""The outbox on the ledger's database: a message is durable before anyone tries to send it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from importer.ledger.dialect import serialise
from importer.ledger.tables import messages
from importer.model.outbox import MessageEntry, MessageState

Opened = Callable[[], AbstractContextManager[Connection]]
"""Begins a transaction of the ledger, and tells in plain words what the database cannot do."""


class SqlOutbox:
    """The port `Outbox`, for any number of processes. Each method is one transaction."""

    def __init__(self, *, writing: Opened, reading: Opened, clock: Callable[[], datetime]) -> None:
        self._writing = writing
        self._reading = reading
        self._clock = clock

    def post(
        self,
        *,
        message_id: str,
        run: int | None,
        sender: str,
        recipients: Sequence[str],
        content: bytes,
    ) -> int:
        """Put a message in; what is there under that `message_id` stays as it is."""
        with self._writing() as connection:
            serialise(connection, f"message {message_id}")
            present = select(messages.c.id).where(messages.c.message_id == message_id)
            found = connection.scalar(present)
            if found is None:
                moment = self._clock()
                new = insert(messages).values(
                    message_id=message_id,
                    run=run,
                    sender=sender,
                    recipients={"all": list(recipients), "open": list(recipients)},
                    content=content,
                    state=MessageState.WAITING.value,
                    attempts=0,
                    due_at=moment,
                    words="",
                    written_at=moment,
                )
                connection.execute(new)
                found = connection.scalar(present)
            return int(found or 0)

    def claim_due(self, now: datetime, lease: timedelta, limit: int = 1) -> Sequence[MessageEntry]:
        """Take waiting messages that are due, and put them off for all others by the lease."""
        due = select(messages).where(
            messages.c.state == MessageState.WAITING.value, messages.c.due_at <= now
        )
        due = due.order_by(messages.c.due_at, messages.c.id).limit(limit)
        with self._writing() as connection:
            # SQLite has one writer at a time; PostgreSQL passes over what another one has taken.
            taken = connection.execute(due.with_for_update(skip_locked=True)).all()
            chosen = update(messages).where(messages.c.id.in_([row.id for row in taken]))
            connection.execute(chosen.values(attempts=messages.c.attempts + 1, due_at=now + lease))
        return tuple(_read(row, attempts=row.attempts + 1) for row in taken)

    def mark_sent(self, message: int, words: str = "") -> None:
        """Write down that the server took it. Its content is let go: attachments are large."""
        state, moment = MessageState.SENT.value, self._clock()
        with self._writing() as connection:
            self._mark(connection, message, state=state, words=words, content=b"", sent_at=moment)

    def mark_retry(
        self, message: int, words: str, due_at: datetime, recipients: Sequence[str] | None = None
    ) -> None:
        """Write down that it is to be tried again, and for whom."""
        with self._writing() as connection:
            known = select(messages.c.recipients).where(messages.c.id == message)
            people = connection.scalar(known.with_for_update())
            if recipients is not None and people is not None:
                people = people | {"open": list(recipients)}
            self._mark(connection, message, words=words, due_at=due_at, recipients=people)

    def mark_given_up(self, message: int, words: str) -> None:
        """Write down that it will not be sent, and why; its content is let go."""
        state = MessageState.GIVEN_UP.value
        with self._writing() as connection:
            self._mark(connection, message, state=state, words=words, content=b"")

    def find_message(self, message_id: str) -> MessageEntry | None:
        """The message of that Message-ID; None where there is none."""
        found = self._select(select(messages).where(messages.c.message_id == message_id))
        return next(iter(found), None)

    def messages_of(self, run: int) -> Sequence[MessageEntry]:
        """The messages that tell of a run, oldest first."""
        return self._select(select(messages).where(messages.c.run == run).order_by(messages.c.id))

    def _select(self, query: Select[Any]) -> Sequence[MessageEntry]:
        with self._reading() as connection:
            return tuple(_read(row) for row in connection.execute(query))

    def _mark(self, connection: Connection, message: int, **columns: object) -> None:
        """Only what waits changes: of two that sent one message, the first has told."""
        waiting = update(messages).where(
            messages.c.id == message, messages.c.state == MessageState.WAITING.value
        )
        connection.execute(waiting.values(columns))


def _read(row: Row[Any], *, attempts: int | None = None) -> MessageEntry:
    """A row of the table `messages`."""
    return MessageEntry(
        id=row.id,
        message_id=row.message_id,
        run=row.run,
        sender=row.sender,
        recipients=tuple(row.recipients["all"]),
        open=tuple(row.recipients["open"]),
        content=row.content,
        state=MessageState(row.state),
        attempts=row.attempts if attempts is None else attempts,
        due_at=row.due_at,
        words=row.words,
        written_at=row.written_at,
        sent_at=row.sent_at,
    )
