"""The breaker: when everyone waits, when it goes on, and when it is over."""

import pytest

from importer.apis.breaker import Breaker, Endurance
from tests.apis.fakes import FakeTime


@pytest.fixture
def breaker(time: FakeTime) -> Breaker:
    return Breaker(clock=time.clock, endurance=Endurance(in_a_row=3, repeats=2, share=0.1))


def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        breaker.note_failure()


def test_a_failure_now_and_then_holds_nobody(breaker: Breaker) -> None:
    for _ in range(10):
        fail(breaker, 2)
        assert breaker.pause() == 0.0
        breaker.note_answer()


def test_several_in_a_row_hold_everyone_longer_and_longer(breaker: Breaker) -> None:
    fail(breaker, 3)
    pauses = [breaker.pause()]
    for _ in range(6):
        fail(breaker)
        pauses.append(breaker.pause())
    assert pauses == [5, 10, 20, 40, 60, 60, 60]


def test_one_answer_closes_it(breaker: Breaker) -> None:
    fail(breaker, 9)
    breaker.note_answer()
    assert breaker.pause() == 0.0


def test_an_outage_is_endured_only_of_a_service_that_was_there(
    breaker: Breaker, time: FakeTime
) -> None:
    fail(breaker)
    assert not breaker.is_endured()
    breaker.note_answer()
    fail(breaker)
    time.sleep(179)
    fail(breaker)
    assert breaker.is_endured()
    time.sleep(2)
    assert not breaker.is_endured()


def test_repeats_are_a_share_of_the_requests(breaker: Breaker) -> None:
    assert [breaker.take_repeat() for _ in range(3)] == [True, True, False]
    for _ in range(10):
        breaker.note_answer()
    assert [breaker.take_repeat() for _ in range(2)] == [True, False]
