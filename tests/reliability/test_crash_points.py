"""A sixth of the crash points."""

import os
from collections.abc import Iterator

import pytest

from reliability.campaign import Stage, build_crash_cases, find_unpassed, open_stage, run_crash
from reliability.points import CATALOGUE

SHARE = 6
RUNS, POINTS = 500, 60
"""At least so many in the whole run."""

pytestmark = [
    pytest.mark.reliability,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed by signals"),
]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with open_stage(("creating", "correcting")) as opened:
        yield opened


def test_the_catalogue_names_what_an_import_passes(stage: Stage) -> None:
    assert find_unpassed(stage) == ()
    assert sum(len(points) for points in CATALOGUE.values()) >= POINTS
    assert len(build_crash_cases(stage)) >= RUNS


def test_nothing_is_sent_twice_or_lost_at_every_sixth_point(stage: Stage) -> None:
    verdicts = [run_crash(stage, case) for case in build_crash_cases(stage)[::SHARE]]
    assert [each for each in verdicts if each.findings] == []
    assert [each.case for each in verdicts if each.missed] == []
