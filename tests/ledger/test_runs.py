"""The history of runs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest

from importer.ledger.store import SqlLedger
from importer.model.failure import LedgerUnavailable
from importer.model.ports import RunState

Reopen = Callable[[], AbstractContextManager[SqlLedger]]


def test_a_run_is_remembered_with_its_end(ledger: SqlLedger, run: int, reopen: Reopen) -> None:
    ledger.close_run(run, state=RunState.FINISHED, counts={"created": 2, "invalid": 1})

    with reopen() as later:
        entry = later.past.find_run(run)

    assert entry is not None
    assert (entry.verb, entry.target, entry.file, entry.digest) == (
        "import",
        "plant",
        "may.xlsx",
        "d1",
    )
    assert entry.author == "anna@laptop"
    assert entry.state is RunState.FINISHED
    assert entry.counts == {"created": 2, "invalid": 1}
    assert entry.started_at == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert entry.finished_at == datetime(2026, 11, 24, 12, 0, 1, tzinfo=UTC)
    assert entry.started_at.tzinfo is UTC


def test_a_run_that_was_cut_short_says_so(ledger: SqlLedger, run: int) -> None:
    (entry,) = ledger.past.runs(10)

    assert (entry.number, entry.state, entry.finished_at) == (run, RunState.RUNNING, None)


def test_the_newest_runs_come_first(ledger: SqlLedger) -> None:
    numbers = [
        ledger.open_run(verb="import", target="plant", file=f"{each}.xlsx", digest="d")
        for each in range(5)
    ]

    assert [each.number for each in ledger.past.runs(3)] == numbers[:1:-1]


def test_a_run_that_is_not_there_cannot_be_closed(ledger: SqlLedger) -> None:
    with pytest.raises(LedgerUnavailable, match="does not hold run 7"):
        ledger.close_run(7, state=RunState.FINISHED, counts={})


def test_a_run_that_is_not_there_is_not_found(ledger: SqlLedger) -> None:
    assert ledger.past.find_run(7) is None
    assert ledger.past.operations(7) == ()
