"""Many threads and processes on one ledger: nothing is lost, nothing is doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest

from importer.ledger.store import SqlLedger, open_ledger
from importer.model.ports import OperationState, Scope

Reopen = Callable[[], AbstractContextManager[SqlLedger]]

PROCESSES, THREADS, COUNT, ROUNDS = 4, 4, 15, 20


def start(url: str, name: str, *rest: str) -> subprocess.Popen[bytes]:
    """A writer that finds the same modules as this process does."""
    command = [sys.executable, "-W", "error", str(Path(__file__).with_name("writer.py"))]
    modules = {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([*command, url, name, *rest], env=os.environ | modules)


def test_concurrent_writes_are_all_there(url: str, reopen: Reopen, scope: Scope) -> None:
    writers = [start(url, f"p{each}", str(COUNT), str(THREADS)) for each in range(PROCESSES)]
    assert [each.wait(60) for each in writers] == [0] * PROCESSES

    with reopen() as ledger:
        entries = [
            each for run in ledger.past.runs(100) for each in ledger.past.operations(run.number)
        ]
        keys = [each.key for each in entries]
        found = ledger.confirmations(scope, "log", [*keys, "shared"])

    assert len(set(keys)) == len(keys) == PROCESSES * THREADS * COUNT
    assert len({each.id for each in entries}) == len(entries)
    assert {each.state for each in entries} == {OperationState.DONE}
    assert sorted(found) == sorted([*keys, "shared"])
    assert {len(each) for each in found.values()} == {1}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_an_intent_outlives_the_process(url: str, reopen: Reopen, scope: Scope) -> None:
    assert start(url, "p", "1", "1", "crash").wait(60) == -signal.SIGKILL

    with reopen() as ledger:
        (operation,) = ledger.unsettled(scope)
        (run,) = ledger.past.runs(10)
        ledger.confirm(
            scope,
            resource="log",
            key=operation.key,
            remote_id="log_1",
            sent=operation.desired,
            observed=operation.desired,
            operation=operation.id,
        )

        assert operation.desired == {"v": 0}
        assert (run.state, run.finished_at) == ("running", None)
        assert ledger.unsettled(scope) == ()


def test_a_new_ledger_is_opened_by_many_at_the_same_moment(tmp_path: Path) -> None:
    """SQLite refuses this at once, where everyone switches the new file to its journal."""
    together = Barrier(THREADS)

    def open_each() -> None:
        for number in range(ROUNDS):
            url = f"sqlite:///{tmp_path}/{number}/ledger.sqlite"
            together.wait(10)
            with open_ledger(url, clock=lambda: datetime.now(UTC)) as ledger:
                ledger.open_run(verb="import", target="t", file="f", digest="d")

    with ThreadPoolExecutor(THREADS) as pool:
        for each in [pool.submit(open_each) for _thread in range(THREADS)]:
            each.result()
    for number in range(ROUNDS):
        url = f"sqlite:///{tmp_path}/{number}/ledger.sqlite"
        with open_ledger(url, clock=lambda: datetime.now(UTC)) as ledger:
            assert len(ledger.past.runs(100)) == THREADS


def test_many_programs_open_a_new_ledger_at_once(url: str, reopen: Reopen) -> None:
    writers = [start(url, f"p{each}", "0", "1") for each in range(6)]
    assert [each.wait(60) for each in writers] == [0] * 6

    with reopen() as ledger:
        assert len(ledger.past.runs(100)) == 6
