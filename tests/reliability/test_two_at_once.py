"""Two processes at one organisation: together, one after the other's death, one after its pause."""

import os
from collections.abc import Iterator

import pytest

from reliability.campaign import Stage, open_stage
from reliability.together import STORIES, run_story
from reliability.warm import Warm, warm

pytestmark = [
    pytest.mark.reliability,
    pytest.mark.skipif(os.name != "posix", reason="processes are forked and stopped by signals"),
]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with open_stage(()) as opened:
        yield opened


@pytest.fixture(scope="module")
def second() -> Iterator[Warm]:
    with warm() as opened:
        yield opened


@pytest.mark.parametrize("name", STORIES)
def test_two_at_once(stage: Stage, second: Warm, name: str) -> None:
    assert run_story(stage, second, name).findings == ()
