"""The ledger on a database: what is about to be sent, what became of it, what is confirmed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, Update, insert, make_url, select, update
from sqlalchemy.exc import ArgumentError

from importer.ledger import confirming, dialect, documents, entries, schema
from importer.ledger.faults import plain_words
from importer.ledger.outbox import SqlOutbox
from importer.ledger.past import SqlPast
from importer.ledger.quota import SqlQuota
from importer.ledger.scoping import OPEN_STATES, is_in
from importer.ledger.tables import operations, runs
from importer.ledger.uploads import SqlUploads
from importer.ledger.writers import Fences, SqlWriters, check_fence
from importer.model.failure import LedgerUnavailable
from importer.model.ports import (
    Answer,
    Call,
    Confirmation,
    Operation,
    OperationState,
    RunState,
    Scope,
)
from importer.model.record import State


@contextmanager
def open_ledger(
    url: str,
    *,
    clock: Callable[[], datetime],
    author: str = "",
    patience: timedelta = timedelta(seconds=10),
) -> Iterator["SqlLedger"]:
    """The ledger at a SQLAlchemy address, made if it is not there, and closed in the end.

    clock: answers with aware moments.
    author: who runs this, for the history.
    patience: how long to wait for another program that is writing.
    Raises LedgerUnavailable, here and in every method, where the database cannot be used.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise LedgerUnavailable(
            "The address of the ledger's database cannot be read.",
            remedy=dialect.SET_THE_ADDRESS,
        ) from error
    engine = dialect.build_engine(address, patience=patience)
    ledger = SqlLedger(engine, place=dialect.name_place(address), clock=clock, author=author)
    try:
        ledger.prepare()
        yield ledger
    finally:
        engine.dispose()


class SqlLedger:
    """The port `Ledger`, for any number of threads. Each method is one transaction of its own."""

    def __init__(
        self, engine: Engine, *, place: str, clock: Callable[[], datetime], author: str
    ) -> None:
        self._readers = engine
        self._writers = engine.execution_options(**{dialect.WRITES: True})
        self._place = place
        self._clock = clock
        self._author = author
        self._fences = Fences()

    @property
    def outbox(self) -> SqlOutbox:
        """The messages that wait in the same database."""
        return SqlOutbox(writing=self._writing, reading=self._reading, clock=self._clock)

    @property
    def writers(self) -> SqlWriters:
        """The lock on organisations, in the same database; this ledger's intents go by it."""
        return SqlWriters(
            writing=self._writing, fences=self._fences, clock=self._clock, author=self._author
        )

    def quota(self, name: str, requests_per_minute: int) -> SqlQuota:
        """A quota that all programs at this ledger share under this name."""
        return SqlQuota(name, requests_per_minute, writing=self._writing, clock=self._clock)

    @property
    def past(self) -> SqlPast:
        """What was done before."""
        return SqlPast(self._reading)

    @property
    def uploads(self) -> SqlUploads:
        """The uploads of the page, in the same database."""
        return SqlUploads(writing=self._writing, reading=self._reading, clock=self._clock)

    def prepare(self) -> None:
        """Make the tables where there are none; refuse those of another version."""
        with self._writing() as connection:
            schema.prepare(connection, self._place)

    def open_run(self, *, verb: str, target: str, file: str, digest: str) -> int:
        """Note that a run starts; answers with its number."""
        with self._writing() as connection:
            return _add(
                connection,
                runs,
                verb=verb,
                target=target,
                file=file,
                digest=digest,
                author=self._author,
                started_at=self._clock(),
                state=RunState.RUNNING.value,
                counts={},
            )

    def close_run(
        self, run: int, *, state: RunState, counts: Mapping[str, int], results: str = ""
    ) -> None:
        """Note how a run ended; `results` is the SHA-256 of the results workbook."""
        ending = {"state": state.value, "counts": dict(counts), "results": results}
        change = update(runs).where(runs.c.number == run)
        with self._writing() as connection:
            self._change_one(
                connection, change.values(finished_at=self._clock(), **ending), f"run {run}"
            )

    def intend(
        self,
        run: int,
        scope: Scope,
        *,
        resource: str,
        key: str,
        calls: Sequence[Call],
        desired: State,
    ) -> int:
        """Write down what is about to be sent; on the disk when this returns its number.

        Raises WriterReplaced where this ledger had the lock on the scope, and lost it.
        """
        with self._writing() as connection:
            check_fence(connection, scope, self._fences.number(scope))
            return _add(
                connection,
                operations,
                run=run,
                target=scope.target,
                service=scope.service,
                organisation=scope.organisation,
                resource=resource,
                key=key,
                calls=documents.list_calls(calls),
                desired=dict(desired),
                digest=documents.digest(desired),
                state=OperationState.INTENDED.value,
                intended_at=self._clock(),
            )

    def settle(
        self,
        operation: int,
        state: OperationState,
        *,
        remote_id: str = "",
        answer: Answer | None = None,
    ) -> None:
        """Write down what became of an operation that was not confirmed.

        What is done stays done: of two processes that settle one operation, the one that saw
        the record at the service is right. An answer that came earlier is kept until another
        one comes.
        """
        if state is OperationState.INTENDED:
            raise ValueError("Nothing becomes intended again; write a new intent.")
        with self._writing() as connection:
            found = connection.scalar(
                select(operations.c.state).where(operations.c.id == operation).with_for_update()
            )
            if found != OperationState.DONE.value:
                change = update(operations).where(operations.c.id == operation)
                change = change.values(**self._outcome(state, remote_id, answer))
                self._change_one(connection, change, f"operation {operation}")

    def confirm(
        self,
        scope: Scope,
        *,
        resource: str,
        key: str,
        remote_id: str,
        sent: State,
        observed: State,
        operation: int | None = None,
        answer: Answer | None = None,
    ) -> None:
        """Write down in one step that the service holds `sent` and the operation is done.

        A payload that is the latest one already is not kept twice. An answer is remembered
        with the operation, so without one it is not.
        """
        payload = confirming.Payload(
            scope=scope,
            resource=resource,
            key=key,
            remote_id=remote_id,
            sent=sent,
            observed=observed,
        )
        with self._writing() as connection:
            if operation is not None:
                done = update(operations).where(
                    operations.c.id == operation,
                    is_in(operations, scope),
                    operations.c.resource == resource,
                    operations.c.key == key,
                )
                outcome = self._outcome(OperationState.DONE, remote_id, answer)
                self._change_one(connection, done.values(**outcome), f"operation {operation}")
            confirming.add(connection, payload, operation=operation, at=self._clock())

    def confirmations(
        self, scope: Scope, resource: str, keys: Iterable[str]
    ) -> Mapping[str, Sequence[Confirmation]]:
        """All confirmed payloads of these keys, oldest first; keys without any are left out."""
        with self._reading() as connection:
            return confirming.find(connection, scope, resource, keys)

    def keys_of(
        self, scope: Scope, resource: str, remote_ids: Iterable[str]
    ) -> Mapping[str, frozenset[str]]:
        """Under which keys records of the service were confirmed, by their ids there."""
        with self._reading() as connection:
            return confirming.find_keys(connection, scope, resource, remote_ids)

    def unsettled(self, scope: Scope) -> Sequence[Operation]:
        """Operations that were intended and whose outcome is not known, oldest first."""
        found = select(operations).where(
            is_in(operations, scope), operations.c.state.in_([each.value for each in OPEN_STATES])
        )
        with self._reading() as connection:
            rows = connection.execute(found.order_by(operations.c.id))
            return tuple(entries.read_operation(row) for row in rows)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with plain_words(self._place), self._writers.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with plain_words(self._place), self._readers.begin() as connection:
            yield connection

    def _outcome(
        self, state: OperationState, remote_id: str, answer: Answer | None
    ) -> dict[str, Any]:
        """The columns that an outcome changes; what is not known now leaves what was known."""
        columns: dict[str, Any] = {"state": state.value}
        if state not in OPEN_STATES:
            columns["settled_at"] = self._clock()
        if remote_id:
            columns["remote_id"] = remote_id
        if answer is not None:
            columns["status"] = answer.status
            columns["request_id"] = answer.request_id
            columns["answer"] = documents.excerpt(answer)
        return columns

    def _change_one(self, connection: Connection, change: Update, what: str) -> None:
        if connection.execute(change).rowcount != 1:
            raise LedgerUnavailable(
                f"The ledger {self._place} does not hold {what}, which this program wrote into it.",
                remedy="Another file may have been put in its place. Start the command again.",
            )


def _add(connection: Connection, table: Table, **columns: object) -> int:
    key = connection.execute(insert(table).values(columns)).inserted_primary_key
    if key is None:
        raise TypeError(f"The table {table.name} numbers its rows itself.")
    return int(key[0])
