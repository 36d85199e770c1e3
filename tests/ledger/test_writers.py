"""The lock on an organisation of a target: one writer, and none that wakes up too late."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from importer.ledger import processes
from importer.ledger.store import SqlLedger
from importer.ledger.writers import Fences, SqlWriters
from importer.model.failure import WriterReplaced
from importer.model.ports import Scope

MINUTE = timedelta(minutes=1)
NEVER = timedelta(days=1)


@pytest.fixture
def other(reopen: Callable[[], AbstractContextManager[SqlLedger]]) -> Iterator[SqlLedger]:
    """Another program at the same ledger; its clock shows the same time."""
    with reopen() as opened:
        yield opened


def intend(ledger: SqlLedger, run: int, scope: Scope) -> int:
    return ledger.intend(run, scope, resource="r", key="k", calls=[], desired={})


def test_one_writes_and_the_other_is_told_who(
    ledger: SqlLedger, other: SqlLedger, scope: Scope
) -> None:
    assert ledger.writers.claim([scope], NEVER) is None
    holder = other.writers.claim([scope], NEVER)
    assert holder is not None
    assert str(holder) == f"anna@laptop, process {os.getpid()} on {processes.name_host()}"


def test_what_is_let_go_is_free(ledger: SqlLedger, other: SqlLedger, scope: Scope) -> None:
    ledger.writers.claim([scope], NEVER)
    ledger.writers.release([scope])
    assert other.writers.claim([scope], NEVER) is None


def test_all_or_none(ledger: SqlLedger, other: SqlLedger, scope: Scope) -> None:
    second = Scope(target="plant", service="isometric", organisation="org_2")
    ledger.writers.claim([second], NEVER)
    assert other.writers.claim([scope, second], NEVER) is not None
    assert ledger.writers.claim([scope], NEVER) is None


def test_other_organisations_are_other_locks(
    ledger: SqlLedger, other: SqlLedger, scope: Scope
) -> None:
    ledger.writers.claim([scope], NEVER)
    elsewhere = Scope(target="plant", service="cula", organisation="org_9")
    assert other.writers.claim([elsewhere], NEVER) is None


def test_who_takes_over_shuts_out_the_one_before(
    ledger: SqlLedger, other: SqlLedger, run: int, scope: Scope
) -> None:
    ledger.writers.claim([scope], timedelta(0))
    intend(ledger, run, scope)
    assert other.writers.claim([scope], NEVER) is None
    with pytest.raises(WriterReplaced, match="took over cula"):
        intend(ledger, run, scope)
    with pytest.raises(WriterReplaced):
        ledger.writers.renew([scope], NEVER)
    intend(other, run, scope)


def test_the_one_before_does_not_let_go_what_is_not_its_own(
    ledger: SqlLedger,
    other: SqlLedger,
    reopen: Callable[[], AbstractContextManager[SqlLedger]],
    scope: Scope,
) -> None:
    ledger.writers.claim([scope], timedelta(0))
    other.writers.claim([scope], NEVER)
    ledger.writers.release([scope])
    with reopen() as third:
        assert third.writers.claim([scope], NEVER) is not None


def test_a_sign_of_life_keeps_it(ledger: SqlLedger, other: SqlLedger, scope: Scope) -> None:
    ledger.writers.claim([scope], timedelta(0))
    ledger.writers.renew([scope], NEVER)
    assert other.writers.claim([scope], NEVER) is not None


def test_without_a_lock_anyone_may_intend(ledger: SqlLedger, run: int, scope: Scope) -> None:
    assert intend(ledger, run, scope)


@pytest.mark.skipif(os.name != "posix", reason="Windows does not tell")
def test_the_dead_hold_nothing(ledger: SqlLedger, scope: Scope) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert processes.is_gone(processes.name_host(), ended.pid)
    assert not processes.is_gone(processes.name_host(), os.getpid())
    assert not processes.is_gone("another-machine", ended.pid)
    assert not processes.is_gone("", ended.pid)


def test_a_lock_of_a_dead_process_is_free(
    ledger: SqlLedger, other: SqlLedger, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importer.ledger.writers.is_gone", lambda *_: True)
    ledger.writers.claim([scope], NEVER)
    assert other.writers.claim([scope], NEVER) is None


def test_who_was_paused_for_longer_than_the_lease_sends_nothing(
    ledger: SqlLedger, scope: Scope
) -> None:
    seconds = 100.0
    lock = SqlWriters(
        writing=ledger._writing,
        fences=Fences(lambda: seconds),
        clock=ledger._clock,
        author="anna",
    )
    lock.claim([scope], MINUTE)
    lock.require()
    seconds += 61
    with pytest.raises(WriterReplaced):
        lock.require()
    lock.renew([scope], MINUTE)
    lock.require()
