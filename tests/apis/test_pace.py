"""Pace: in simulated time, no minute has more requests than are allowed."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.apis.pace import Pace, Window
from tests.apis.fakes import FakeTime


def paced(limit: int | None, time: FakeTime) -> Pace:
    quota = None if limit is None else Window(limit, clock=time.clock)
    return Pace(quota, clock=time.clock, sleep=time.sleep)


def most_in_a_minute(starts: list[float]) -> int:
    return max(sum(1 for other in starts if start <= other < start + 60) for start in starts)


@given(
    limit=st.integers(1, 20),
    gaps=st.lists(st.floats(0, 90, allow_subnormal=False), min_size=1, max_size=80),
)
def test_no_minute_has_more_than_the_limit(limit, gaps):
    time = FakeTime()
    pace = paced(limit, time)
    starts = []
    for gap in gaps:
        time.sleep(gap)
        pace.wait()
        starts.append(time.clock())
    assert most_in_a_minute(starts) <= limit


def test_nor_over_all_threads():
    time, mine = FakeTime(), threading.local()
    permitted: list[float] = []

    def clock() -> float:
        """The time, and for each thread the last one that the pace went by."""
        mine.seen = time.clock()
        return mine.seen

    def work() -> None:
        for _ in range(40):
            pace.wait()
            permitted.append(mine.seen)

    pace = Pace(Window(50, clock=clock), clock=time.clock, sleep=time.sleep)
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(permitted) == 320
    assert most_in_a_minute(permitted) <= 50


def test_unpaced_never_waits(time):
    pace = paced(None, time)
    for _ in range(10_000):
        pace.wait()
    assert time.pauses == []


@pytest.mark.parametrize("limit", [None, 1_000])
def test_a_hold_holds_everyone(time, limit):
    pace = paced(limit, time)
    pace.wait()
    pace.hold(30)
    pace.hold(10)
    pace.wait()
    assert time.pauses == [30]


def test_what_does_not_count_does_not_wait_either(time):
    pace = paced(1, time)
    pace.wait()
    pace.hold(30)
    free = pace.without_limit()
    for _ in range(100):
        free.wait()
    assert time.pauses == []
    free.hold(10)
    free.wait()
    assert time.pauses == [10]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_pace_of_nothing_is_a_mistake(limit):
    with pytest.raises(ValueError, match="at least one"):
        Window(limit)


def test_a_refusal_by_rate_slows_down_and_time_speeds_up_again(time):
    pace = paced(10, time)
    pace.slow_down()
    pace.hold(1)
    pace.slow_down()
    begin, starts = time.clock(), []
    while time.clock() < begin + 6 * 60:
        pace.wait()
        starts.append((time.clock() - begin) // 60)
    assert [starts.count(minute) for minute in range(6)] == [8, 9, 10, 10, 10, 10]
