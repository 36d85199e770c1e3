"""The campaign notices a broken product: each of these breaks one rule, and is found."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from importer.sandbox.faults import Fault
from reliability.campaign import CrashCase, Stage, open_stage, run_crash
from reliability.checker import Wrong
from reliability.points import Strike
from reliability.together import run_story
from reliability.warm import warm

pytestmark = [
    pytest.mark.reliability,
    pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed by signals"),
]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with open_stage(("creating",)) as opened:
        yield opened


def see(stage: Stage, sabotage: str, point: str) -> set[Wrong]:
    """What is found wrong where the product is broken so, and killed there."""
    case = CrashCase(
        number=0, scene="creating", strike=Strike(point=point, occurrence=2), again=False
    )
    assert not run_crash(stage, case).findings
    broken = run_crash(replace(stage, sabotages=[sabotage]), case)
    return {each.wrong for each in broken.findings}


def test_a_send_without_an_intent(stage: Stage) -> None:
    found = see(stage, "no intent", "intend datapoint: before")
    assert Wrong.LEFT_OVER in found


def test_open_operations_that_nobody_settles(stage: Stage) -> None:
    found = see(stage, "no settling", "POST datapoints: unnoted")
    assert Wrong.LEFT_OVER in found


def test_a_confirmation_before_the_answer(stage: Stage) -> None:
    found = see(stage, "early confirmation", "POST datapoints: unsent")
    assert Wrong.VERDICT in found


def test_a_file_that_is_sent_again_without_a_look(stage: Stage) -> None:
    found = see(stage, "no look", "POST files: unnoted")
    assert Wrong.DUPLICATE in found


def test_two_writers_at_once(stage: Stage) -> None:
    # Whether they meet is a matter of chance: on a busy machine one may be done before the other.
    with warm() as second:
        broken = replace(stage, sabotages=["no lock"])
        verdicts = (run_story(broken, second, "the same file") for _ in range(6))
        found = (each.wrong for verdict in verdicts for each in verdict.findings)
        assert Wrong.DUPLICATE in found


def test_a_create_that_is_repeated_after_a_lost_answer(stage: Stage) -> None:
    lost = Fault(method="POST", path="/mrv/v0/datapoints", kind="answer-lost", after=3)
    case = CrashCase(number=0, scene="creating", strike=Strike(point="nowhere"), again=False)
    found = {}
    for sabotages in ((), ("repeat post",)):
        broken = replace(stage, sabotages=sabotages, faults=[lost])
        found[sabotages] = {each.wrong for each in run_crash(broken, case).findings}
    assert found[()] == set()
    assert Wrong.DUPLICATE in found["repeat post",]
