"""Law 4: stop after any request or any commit, run again, and it is as if nothing had happened."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

import pytest

from importer.flows.check import CheckedFile, check_file
from importer.flows.connection import now
from importer.flows.importing import import_file, plan_file
from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.faults import Fault, FaultKind
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sandbox.server import Running
from support.desk import Desk, open_desk
from support.tables import write_book
from tests.flows import books
from tests.flows.breaking import BreakingLedger, DiskFull, Killed

pytestmark = pytest.mark.reliability

ROWS = 3 + 4
OURS = ("D-1", "D-2", "D-3", "L-OCT")


@dataclass(frozen=True, slots=True)
class Trial:
    """A desk at an empty sandbox with an empty ledger, and the workbook, checked once for all."""

    desk: Desk
    file: CheckedFile

    def run(self) -> FileReport:
        return import_file(self.desk.session, self.file, results=None)


@pytest.fixture
def fresh(tmp_path: Path, shared_twin: Running) -> Iterator[Callable[[], Trial]]:
    """Begins trial after trial."""
    with ExitStack() as stack:
        path = write_book(tmp_path / "book.xlsx", books.BOTH)
        file = check_file(path, CATALOG, zone="UTC", now=now())

        def begin() -> Trial:
            stack.pop_all().close()
            place = Path(mkdtemp(dir=tmp_path))
            return Trial(stack.enter_context(open_desk(place, shared_twin.reset())), file)

        yield begin


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


def assert_completed(trial: Trial) -> None:
    """The next import completes everything; nothing is left open, and nothing is left to do."""
    desk, report = trial.desk, trial.run()
    assert report.is_in_order
    assert len(report.outcomes) == ROWS
    assert held(desk) == WHOLE
    for scope in desk.session.scopes.values():
        assert not desk.session.ledger.unsettled(scope)
    assert set(plan_file(desk.session, trial.file).counts) == {Status.UNCHANGED}


@pytest.mark.parametrize("kind", ["reset", "answer-lost"])
def test_the_services_go_at_any_request(fresh: Callable[[], Trial], kind: FaultKind) -> None:
    whole = fresh()
    before = len(whole.desk.requests())
    whole.run()
    for number in range(len(whole.desk.requests()) - before):
        trial = fresh()
        faults = trial.desk.twin.store.faults
        faults.add(Fault(method="*", path="/", kind=kind, after=number, times=None))
        report = trial.run()
        assert report.stopped
        assert_honest(trial.desk, report)
        faults.clear()
        assert_completed(trial)


def break_ledger(desk: Desk, at: int, done: bool, failure: type[BaseException]) -> BreakingLedger:
    ledger = BreakingLedger(ledger=desk.session.ledger, at=at, done=done, failure=failure)
    desk.session = replace(desk.session, ledger=ledger)
    return ledger


def mend_ledger(desk: Desk, broken: BreakingLedger) -> None:
    desk.session = replace(desk.session, ledger=broken.ledger)


def count_ledger_writes(trial: Trial) -> int:
    ledger = break_ledger(trial.desk, at=999, done=False, failure=DiskFull)
    trial.run()
    assert set(ledger.writes) == {"open_run", "intend", "confirm", "close_run"}
    return len(ledger.writes)


@pytest.mark.parametrize("done", [False, True])
def test_the_ledger_gives_out_at_any_write(fresh: Callable[[], Trial], done: bool) -> None:
    for number in range(count_ledger_writes(fresh())):
        trial = fresh()
        broken = break_ledger(trial.desk, number, done, DiskFull)
        report = trial.run()
        assert "The disk is full." in report.stopped
        assert_honest(trial.desk, report)
        mend_ledger(trial.desk, broken)
        assert_completed(trial)


@pytest.mark.parametrize("done", [False, True])
def test_the_process_is_killed_at_any_write(fresh: Callable[[], Trial], done: bool) -> None:
    for number in range(count_ledger_writes(fresh())):
        trial = fresh()
        broken = break_ledger(trial.desk, number, done, Killed)
        with pytest.raises(Killed):
            trial.run()
        mend_ledger(trial.desk, broken)
        assert_completed(trial)
