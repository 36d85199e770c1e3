"""The six laws, which hold for every workbook.

Each example is imported over real HTTP into a sandbox that is emptied before it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.sandbox.faults import Fault
from importer.sandbox.server import Running
from support.desk import Desk, by_row, open_desk
from support.holdings import spell_holdings
from support.strategies import Filled, filled_workbooks
from tests.flows.breaking import BreakingLedger, DiskFull, Killed

BY_DEFAULT, SLOW, MANY = 3, 20, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where a run is cut off: a part of the way through its requests, or its ledger's writes."""

    way: str
    part: float

    def place(self, number: int) -> int:
        """The number, from 0, of the one out of `number` at which it happens."""
        return min(int(self.part * number), number - 1)


CUTS = st.builds(
    Cut,
    way=st.sampled_from(["reset", "answer-lost", "killed before", "killed after", "disk full"]),
    part=st.floats(0, 1, exclude_max=True),
)
Law = Callable[[Desk, Filled, Cut], None]


@contextmanager
def fresh_desk(twin: Running) -> Iterator[Desk]:
    with TemporaryDirectory() as folder, open_desk(Path(folder), twin.reset()) as desk:
        yield desk


def holds(law: Law, twin: Running, examples: int) -> None:
    @settings(
        max_examples=examples,
        derandomize=examples < MANY,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(filled_workbooks(), CUTS)
    def example(filled: Filled, cut: Cut) -> None:
        with fresh_desk(twin) as desk:
            law(desk, filled, cut)

    example()


def conservation(desk: Desk, filled: Filled, cut: Cut) -> None:
    """Every row comes out with exactly one outcome; the counts add up to the rows read."""
    report = desk.import_(filled.write(desk.folder / "book.xlsx"))
    rows = [(each.sheet, each.row) for each in report.outcomes]
    assert len(rows) == len(set(rows)) == filled.row_count
    assert sum(report.counts.values()) == filled.row_count
    assert all(each.problems or each.message for each in report.outcomes if _is_out(each.status))


def stillness(desk: Desk, filled: Filled, cut: Cut) -> None:
    """The second import writes nothing, and says unchanged of what went in."""
    path = filled.write(desk.folder / "book.xlsx")
    first = desk.import_(path)
    written = desk.writes()
    second = desk.import_(path)
    assert _still(first) == _statuses(second)
    assert desk.writes() == written or _only_refused_again(first, desk.writes()[len(written) :])


def read_back(desk: Desk, filled: Filled, cut: Cut) -> None:
    """What was created reads back without a difference."""
    path = filled.write(desk.folder / "book.xlsx")
    created = [each for each in desk.import_(path).outcomes if each.status is Status.CREATED]
    planned = by_row(desk.plan(path))
    assert all(planned[each.sheet, each.row].status is Status.UNCHANGED for each in created)


def interruption(desk: Desk, filled: Filled, cut: Cut) -> None:
    """Cut off anywhere and run again: the end is that of a run that nothing disturbed."""
    path = filled.write(desk.folder / "book.xlsx")
    ledger = BreakingLedger(ledger=desk.session.ledger, at=10**9, done=False, failure=Killed)
    before = len(desk.twin.store.requests())
    desk.session = replace(desk.session, ledger=ledger)
    whole = desk.import_(path)
    requests, writes = len(desk.twin.store.requests()) - before, len(ledger.writes)
    held = spell_holdings(desk.twin)
    with fresh_desk(desk.twin) as other:
        _import_cut_off(other, filled.write(other.folder / "book.xlsx"), cut, requests, writes)
        again = other.import_(other.folder / "book.xlsx")
        assert _still(again) == _still(whole)
        assert spell_holdings(other.twin) == held
        for scope in other.session.scopes.values():
            assert not other.session.ledger.unsettled(scope)


def _import_cut_off(desk: Desk, path: Path, cut: Cut, requests: int, writes: int) -> None:
    if cut.way in ("reset", "answer-lost"):
        fault = Fault(method="*", path="/", kind=cut.way, after=cut.place(requests), times=None)
        desk.twin.store.faults.add(fault)
        desk.import_(path)
        desk.twin.store.faults.clear()
        return
    whole = desk.session
    ledger = BreakingLedger(
        ledger=whole.ledger,
        at=cut.place(writes),
        done=cut.way == "killed after",
        failure=DiskFull if cut.way == "disk full" else Killed,
    )
    desk.session = replace(whole, ledger=ledger)
    with suppress(Killed):
        desk.import_(path)
    desk.session = whole


def order_freedom(desk: Desk, filled: Filled, cut: Cut) -> None:
    """Rows, columns and sheets in another order end the same."""
    path = filled.write(desk.folder / "book.xlsx")
    turned = Filled(tuple((title, rows[::-1]) for title, rows in filled.sheets[::-1]))
    other = turned.write(desk.folder / "turned.xlsx", columns_reversed=True)
    one = desk.plan(path)
    assert _tally(one) == _tally(desk.plan(other))


def re_upload(desk: Desk, filled: Filled, cut: Cut) -> None:
    """A results workbook is a valid input and means the same as its original."""
    first = desk.import_(filled.write(desk.folder / "book.xlsx"))
    original, result = desk.check(desk.folder / "book.xlsx"), desk.check(Path(first.results))
    assert result.checked.rows == original.checked.rows
    assert result.checked.problems == original.checked.problems
    again = desk.import_(Path(first.results))
    assert again.results == first.results
    assert _still(first) == _statuses(again)


def _is_out(status: Status) -> bool:
    return not status.is_in_order


def _still(report: FileReport) -> dict[tuple[str, int], Status]:
    """The statuses that a repetition has to show."""
    return {
        place: Status.UNCHANGED if status.is_in_order else status
        for place, status in _statuses(report).items()
    }


def _statuses(report: FileReport) -> dict[tuple[str, int], Status]:
    return {(each.sheet, each.row): each.status for each in report.outcomes}


def _only_refused_again(first: FileReport, writes: list[str]) -> bool:
    """What the service itself refused is tried again: it may have changed its mind."""
    refused = {(e.sheet, e.key) for e in first.outcomes if e.status is Status.FAILED}
    return 0 < len(writes) <= len(refused)


def _tally(report: FileReport) -> Counter[tuple[str, str, Status]]:
    return Counter((each.sheet, each.key, each.status) for each in report.outcomes)


LAWS = [conservation, stillness, read_back, interruption, order_freedom, re_upload]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law(law: Law, shared_twin: Running) -> None:
    holds(law, shared_twin, BY_DEFAULT)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law_slow(law: Law, shared_twin: Running) -> None:
    holds(law, shared_twin, SLOW)


@pytest.mark.many
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law_many(law: Law, shared_twin: Running) -> None:
    holds(law, shared_twin, MANY)
