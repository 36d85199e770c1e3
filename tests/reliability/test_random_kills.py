"""A tenth of the random kills: 100 and a few, over imports of 200 rows."""

import os

import pytest

from reliability.campaign import SEEDS, open_stage, run_random

SHARE, KILLS = 10, 100


@pytest.mark.reliability
@pytest.mark.timeout(1200)
@pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed by signals")
def test_nothing_is_sent_twice_or_lost_whenever_it_is_killed() -> None:
    with open_stage(("many",)) as stage:
        verdicts = [run_random(stage, seed) for seed in SEEDS[::SHARE]]
    assert [each for each in verdicts if each.findings] == []
    assert sum(each.kills for each in verdicts) >= KILLS
