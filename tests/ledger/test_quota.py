"""A quota over several programs: no minute has more requests than are allowed, and few fewer."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from importer.ledger.quota import SqlQuota
from importer.ledger.store import open_ledger

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
Programs = Callable[[int], list[SqlQuota]]


class Wall:
    """A clock on the wall, which someone may set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def programs(url: str, wall: Wall) -> Iterator[Programs]:
    """So many programs at one ledger, with 30 requests a minute among them."""
    with ExitStack() as stack:
        yield lambda number: [
            stack.enter_context(open_ledger(url, clock=wall)).quota("q", 30) for _ in range(number)
        ]


def most_in_a_minute(moments: list[datetime]) -> int:
    minute = timedelta(seconds=60)
    return max(sum(1 for other in moments if one <= other < one + minute) for one in moments)


def test_three_programs_share_it_and_leave_nothing(programs: Programs, wall: Wall) -> None:
    three, moments = programs(3), []
    while wall.now < NOON + timedelta(minutes=5):
        pauses = [each.take(1.0) for each in three]
        moments += [wall.now] * pauses.count(0.0)
        if all(pauses):
            wall.now += timedelta(seconds=min(pauses))
    assert most_in_a_minute(moments) == 30
    assert len(moments) >= 5 * 30


def test_less_of_it_for_a_while(programs: Programs) -> None:
    (one,) = programs(1)
    taken = sum(one.take(0.5) == 0.0 for _ in range(30))
    assert taken == 15


def test_a_clock_that_is_put_back_does_not_stop_the_work(programs: Programs, wall: Wall) -> None:
    (one,) = programs(1)
    for _ in range(30):
        one.take(1.0)
    wall.now -= timedelta(hours=1)
    assert one.take(1.0) == 0.0


def test_quotas_of_other_names_do_not_count(url: str, wall: Wall) -> None:
    with open_ledger(url, clock=wall) as ledger:
        one, other = ledger.quota("one", 1), ledger.quota("other", 1)
        assert (one.take(1.0), other.take(1.0)) == (0.0, 0.0)
        assert one.take(1.0) == 60.0
