"""The lock on an organisation of a target, with owner, lease and fence."""

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from importer.ledger.dialect import serialise
from importer.ledger.processes import is_gone, name_host, read_clock
from importer.ledger.scoping import is_in
from importer.ledger.tables import writers
from importer.model.failure import WriterReplaced
from importer.model.ports import Scope
from importer.model.writers import Holder

Opened = Callable[[], AbstractContextManager[Connection]]


class Fences:
    """The claims of this program, by scope: their numbers, and until when each holds.

    The time is this machine's own, which does not jump, and goes on while the machine sleeps.
    """

    def __init__(self, clock: Callable[[], float] = read_clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[Scope, tuple[int, float]] = {}

    def note(self, scope: Scope, number: int, seconds: float, *, asked_at: float) -> None:
        """This claim holds so long from when it was asked for."""
        with self._lock:
            self._held[scope] = number, asked_at + seconds

    def drop(self, scope: Scope) -> int | None:
        """Forget a claim; its number."""
        with self._lock:
            held = self._held.pop(scope, None)
        return held[0] if held else None

    def number(self, scope: Scope) -> int | None:
        """The number of the claim; None where nothing was claimed."""
        with self._lock:
            return self._held[scope][0] if scope in self._held else None

    def find_over(self) -> Scope | None:
        """A claim that showed no sign of life for longer than its lease."""
        with self._lock:
            now = self._clock()
            return next((each for each, (_, end) in self._held.items() if now > end), None)

    def now(self) -> float:
        """The clock's time."""
        return self._clock()


class SqlWriters:
    """The port `Writers`. Each method is one transaction."""

    def __init__(
        self, *, writing: Opened, fences: Fences, clock: Callable[[], datetime], author: str
    ) -> None:
        self._writing = writing
        self._fences = fences
        self._clock = clock
        self._author = author

    def claim(self, scopes: Iterable[Scope], lease: timedelta) -> Holder | None:
        """Take all of them, or none: answers with who holds one of them."""
        wanted, asked_at = sorted(scopes, key=repr), self._fences.now()
        with self._writing() as connection:
            serialise(connection, "writers")
            numbers = {}
            for scope in wanted:
                row = _find(connection, scope)
                if row is not None and self._is_held(row):
                    return _read(row, scope)
                numbers[scope] = row.fence + 1 if row is not None else 1
            for scope, number in numbers.items():
                self._put(connection, scope, number, lease)
        for scope, number in numbers.items():
            self._fences.note(scope, number, lease.total_seconds(), asked_at=asked_at)
        return None

    def renew(self, scopes: Iterable[Scope], lease: timedelta) -> None:
        """Show a sign of life. Raises WriterReplaced where another one has taken over."""
        for scope in scopes:
            number, asked_at = self._fences.number(scope), self._fences.now()
            if number is None:
                continue
            with self._writing() as connection:
                mine = update(writers).where(is_in(writers, scope), writers.c.fence == number)
                if connection.execute(mine.values(until=self._clock() + lease)).rowcount != 1:
                    raise replaced(scope)
            self._fences.note(scope, number, lease.total_seconds(), asked_at=asked_at)

    def release(self, scopes: Iterable[Scope]) -> None:
        """Let others have it, as far as it is still ours."""
        for scope in scopes:
            number = self._fences.drop(scope)
            with self._writing() as connection:
                mine = update(writers).where(is_in(writers, scope), writers.c.fence == number)
                connection.execute(mine.values(until=self._clock(), process=0))

    def require(self) -> None:
        """Raise WriterReplaced where the last sign of life is older than the lease."""
        over = self._fences.find_over()
        if over is not None:
            raise replaced(over)

    def _is_held(self, row: Row[Any]) -> bool:
        return bool(row.until > self._clock()) and not is_gone(row.host, row.process)

    def _put(self, connection: Connection, scope: Scope, number: int, lease: timedelta) -> None:
        now = self._clock()
        connection.execute(delete(writers).where(is_in(writers, scope)))
        connection.execute(
            insert(writers).values(
                target=scope.target,
                service=scope.service,
                organisation=scope.organisation,
                fence=number,
                author=self._author,
                host=name_host(),
                process=os.getpid(),
                since=now,
                until=now + lease,
            )
        )


def check_fence(connection: Connection, scope: Scope, number: int | None) -> None:
    """Raise WriterReplaced where that claim is not the last one any more."""
    if number is None:
        return
    # Locked until the intent is written: who takes over after that sees it.
    row = _find(connection, scope)
    last = None if row is None else row.fence
    if last != number:
        raise replaced(scope)


def replaced(scope: Scope) -> WriterReplaced:
    """What to say when another writer has taken over."""
    return WriterReplaced(
        f"Another import took over {scope.service} of the target {scope.target}, because this "
        "one had stood still for too long.",
        remedy="Wait until that one has ended, then import the same file again: what was sent is "
        "known, and nothing is sent twice.",
    )


def _find(connection: Connection, scope: Scope) -> Row[Any] | None:
    return connection.execute(
        select(writers).where(is_in(writers, scope)).with_for_update()
    ).one_or_none()


def _read(row: Row[Any], scope: Scope) -> Holder:
    return Holder(
        scope=scope, author=row.author, host=row.host, process=row.process, since=row.since
    )
