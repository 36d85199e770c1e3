"""The verb *runs*: what was sent, when, and with what answer, from the ledger alone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from importer.flows.connection import now
from importer.ledger.store import SqlLedger, open_ledger
from importer.model.failure import RunNotFound
from importer.model.history import OperationEntry, RunEntry
from importer.model.outbox import MessageEntry
from importer.settings.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One run with everything that it meant to send, and the messages that tell of it."""

    run: RunEntry
    operations: Sequence[OperationEntry]
    messages: Sequence[MessageEntry] = ()


def read_runs(state: State, limit: int) -> Sequence[RunEntry]:
    """The last runs, newest first."""
    with _opened(state) as ledger:
        return ledger.past.runs(limit)


def read_run(state: State, number: int) -> PastRun:
    """One run. Raises RunNotFound where the ledger has none of that number."""
    with _opened(state) as ledger:
        run = ledger.past.find_run(number)
        if run is None:
            raise RunNotFound(
                f"The ledger has no run {number}.", remedy="importer runs lists those that it has."
            )
        return PastRun(
            run=run,
            operations=ledger.past.operations(number),
            messages=ledger.outbox.messages_of(number),
        )


@contextmanager
def _opened(state: State) -> Iterator[SqlLedger]:
    with open_ledger(state.database_url, clock=now) as ledger:
        yield ledger
