"""What the ledger tells about the past; nothing here decides anything."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, or_, select

from importer.ledger import entries
from importer.ledger.tables import operations, runs
from importer.model.history import OperationEntry, RunEntry
from importer.model.ports import RunState

Opened = Callable[[], AbstractContextManager[Connection]]


class SqlPast:
    """Runs, and what each of them meant to send."""

    def __init__(self, reading: Opened) -> None:
        self._reading = reading

    def runs(self, limit: int) -> Sequence[RunEntry]:
        """The last `limit` runs, newest first."""
        newest = select(runs).order_by(runs.c.number.desc()).limit(limit)
        with self._reading() as connection:
            return tuple(entries.read_run(row) for row in connection.execute(newest))

    def find_run(self, run: int) -> RunEntry | None:
        """The run of that number; None where there is none."""
        with self._reading() as connection:
            row = connection.execute(select(runs).where(runs.c.number == run)).one_or_none()
            return entries.read_run(row) if row else None

    def operations(self, run: int) -> Sequence[OperationEntry]:
        """What a run meant to send, in that order; nothing for a run that is not there."""
        found = select(operations).where(operations.c.run == run).order_by(operations.c.id)
        with self._reading() as connection:
            return tuple(entries.read_entry(row) for row in connection.execute(found))

    def is_done(self, target: str, digest: str) -> bool:
        """Whether a file of this SHA-256 was imported to its end, or is the result of one."""
        found = select(runs.c.number).where(
            runs.c.target == target,
            runs.c.state == RunState.FINISHED.value,
            or_(runs.c.digest == digest, runs.c.results == digest),
        )
        with self._reading() as connection:
            return connection.execute(found.limit(1)).first() is not None
