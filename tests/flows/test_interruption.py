"""Law 4: stop after any request or any commit, run again, and it is as if nothing had happened."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest

from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.faults import Fault, FaultKind
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sandbox.server import Running
from support.desk import Desk, open_desk
from tests.flows import books
from tests.flows.breaking import BreakingLedger, Killed, disk_full

ROWS = 3 + 4
OURS = ("D-1", "D-2", "D-3", "L-OCT")


@pytest.fixture
def fresh(tmp_path: Path, shared_twin: Running) -> Iterator[Callable[[], Desk]]:
    """Opens desk after desk, each at an empty sandbox with an empty ledger."""
    with ExitStack() as stack:

        def open_next() -> Desk:
            stack.pop_all().close()
            place = Path(mkdtemp(dir=tmp_path))
            return stack.enter_context(open_desk(place, shared_twin.reset()))

        yield open_next


def held(desk: Desk) -> dict[str, object]:
    """What the sandbox holds of ours: values of datapoints, and of the log."""
    found: dict[str, object] = {
        key: body["quantity"]["magnitude"]
        for key, body in desk.stored(DATAPOINT).items()
        if key in OURS
    }
    for key, body in desk.stored(LOG).items():
        found[key] = [each["input_value"] for each in body["data_points"][:1]]
    return found


WHOLE = {"D-1": 840, "D-2": 104, "D-3": 83, "L-OCT": [{"value": 84230, "unit": "kWh"}]}


def assert_honest(desk: Desk, report: FileReport) -> None:
    """Each row has one outcome; what is said to be created is there, what was skipped is not."""
    assert len({(each.sheet, each.row) for each in report.outcomes}) == ROWS
    assert len(report.outcomes) == ROWS
    there = held(desk)
    for each in report.outcomes:
        if each.status is Status.CREATED:
            assert each.key in there
        if each.status is Status.SKIPPED:
            assert each.key not in there
    assert set(report.counts) <= {Status.CREATED, Status.SKIPPED, Status.UNCERTAIN}


def assert_completed(desk: Desk, path: Path) -> None:
    """The next import completes everything; nothing is left open."""
    report = desk.import_(path)
    assert report.is_in_order
    assert len(report.outcomes) == ROWS
    assert held(desk) == WHOLE
    for scope in desk.session.scopes.values():
        assert not desk.session.ledger.unsettled(scope)
    written = desk.writes()
    assert set(desk.import_(path).counts) == {Status.UNCHANGED}
    assert desk.writes() == written


@pytest.mark.parametrize("kind", ["reset", "answer-lost"])
def test_the_services_go_at_any_request(fresh: Callable[[], Desk], kind: FaultKind) -> None:
    whole = fresh()
    before = len(whole.requests())
    whole.import_(whole.book(books.BOTH))
    for number in range(len(whole.requests()) - before):
        desk = fresh()
        path = desk.book(books.BOTH)
        fault = Fault(method="*", path="/", kind=kind, after=number, times=None)
        desk.twin.store.faults.add(fault)
        report = desk.import_(path)
        assert report.stopped
        assert_honest(desk, report)
        desk.twin.store.faults.clear()
        assert_completed(desk, path)


def count_ledger_writes(desk: Desk) -> int:
    ledger = BreakingLedger(ledger=desk.session.ledger, at=999, done=False)
    desk.session = replace(desk.session, ledger=ledger)
    desk.import_(desk.book(books.BOTH))
    assert set(ledger.writes) == {"open_run", "intend", "confirm", "close_run"}
    return len(ledger.writes)


@pytest.mark.parametrize("done", [False, True])
def test_the_ledger_gives_out_at_any_write(fresh: Callable[[], Desk], done: bool) -> None:
    for number in range(count_ledger_writes(fresh())):
        desk = fresh()
        path, ledger = desk.book(books.BOTH), desk.session.ledger
        broken = BreakingLedger(ledger=ledger, at=number, done=done, failure=disk_full)
        desk.session = replace(desk.session, ledger=broken)
        report = desk.import_(path)
        assert "The disk is full." in report.stopped
        assert_honest(desk, report)
        desk.session = replace(desk.session, ledger=ledger)
        assert_completed(desk, path)


@pytest.mark.parametrize("done", [False, True])
def test_the_process_is_killed_at_any_write(fresh: Callable[[], Desk], done: bool) -> None:
    for number in range(count_ledger_writes(fresh())):
        desk = fresh()
        path, ledger = desk.book(books.BOTH), desk.session.ledger
        broken = BreakingLedger(ledger=ledger, at=number, done=done, failure=Killed)
        desk.session = replace(desk.session, ledger=broken)
        with pytest.raises(Killed):
            desk.import_(path)
        desk.session = replace(desk.session, ledger=ledger)
        assert_completed(desk, path)
