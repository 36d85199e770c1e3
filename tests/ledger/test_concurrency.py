"""Many threads and processes on one ledger: nothing is lost, nothing is doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from importer.ledger.store import SqlLedger
from importer.model.ports import OperationState, Scope

Reopen = Callable[[], AbstractContextManager[SqlLedger]]

PROCESSES, THREADS, COUNT = 4, 3, 20


def start(url: str, name: str, *rest: str) -> subprocess.Popen[bytes]:
    """A writer that finds the same modules as this process does."""
    command = [sys.executable, "-W", "error", str(Path(__file__).with_name("writer.py"))]
    modules = {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([*command, url, name, *rest], env=os.environ | modules)  # noqa: S603 - our own script


def test_concurrent_writes_are_all_there(url: str, reopen: Reopen, scope: Scope) -> None:
    writers = [start(url, f"p{each}", str(COUNT), str(THREADS)) for each in range(PROCESSES)]
    assert [each.wait(60) for each in writers] == [0] * PROCESSES

    with reopen() as ledger:
        entries = [each for run in ledger.runs(100) for each in ledger.operations(run.number)]
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
        (run,) = ledger.runs(10)
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


def test_many_programs_open_a_new_ledger_at_once(url: str, reopen: Reopen) -> None:
    writers = [start(url, f"p{each}", "0", "1") for each in range(6)]
    assert [each.wait(60) for each in writers] == [0] * 6

    with reopen() as ledger:
        assert len(ledger.runs(100)) == 6
