"""A quota that all programs at one ledger share: its tables hold the starts of the last minute."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select

from importer.ledger.dialect import serialise
from importer.ledger.tables import starts

Opened = Callable[[], AbstractContextManager[Connection]]
_WINDOW = timedelta(seconds=60)


class SqlQuota:
    """The port `Quota`, for any number of processes. Each question is one transaction."""

    def __init__(
        self,
        name: str,
        requests_per_minute: int,
        *,
        writing: Opened,
        clock: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._limit = requests_per_minute
        self._writing = writing
        self._clock = clock

    def take(self, share: float) -> float:
        """Take a place in the minute; else the seconds until there may be one."""
        allowed = max(1, int(self._limit * share))
        with self._writing() as connection:
            serialise(connection, f"quota {self._name}")
            now = self._clock()
            self._forget(connection, now)
            mine = select(starts.c.at).where(starts.c.quota == self._name)
            newest = mine.order_by(starts.c.at.desc()).offset(allowed - 1).limit(1)
            blocking = connection.scalar(newest)
            if blocking is not None:
                return max(float((blocking + _WINDOW - now).total_seconds()), 0.001)
            connection.execute(insert(starts).values(quota=self._name, at=now))
            return 0.0

    def _forget(self, connection: Connection, now: datetime) -> None:
        """What is older than a minute; and what lies ahead, since a clock was put back."""
        over = or_(starts.c.at <= now - _WINDOW, starts.c.at > now)
        connection.execute(delete(starts).where(starts.c.quota == self._name, over))
