"""The pace: nearly all of what is configured is used in an hour, and never more of it."""

import pytest

from importer.apis import pace
from reliability.pace_figures import LEAST_SHARE, WAYS, Way, count_fullest, measure, measure_plain

pytestmark = [pytest.mark.reliability, pytest.mark.timeout(600)]
WITH_MARGIN = [each for each in WAYS if each.documented > each.configured]


@pytest.mark.parametrize("way", WITH_MARGIN, ids=lambda way: way.name)
def test_an_hour_is_used_and_nothing_is_refused(way: Way) -> None:
    ours = measure(way)
    assert ours.used >= LEAST_SHARE
    assert ours.refused == 0
    assert ours.fullest <= way.configured


def test_without_a_margin_there_are_few_refusals_and_the_plain_way_has_many() -> None:
    (way,) = (each for each in WAYS if each not in WITH_MARGIN)
    ours, plain = measure(way), measure_plain(way)
    assert ours.used > plain.used
    assert ours.refused * 10 < plain.refused


def test_a_pace_that_lets_too_many_through_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "WINDOW_SECONDS", 50.0)
    assert measure(WAYS[0]).fullest > WAYS[0].configured


def test_the_fullest_minute_is_half_open() -> None:
    assert count_fullest([0.0, 30.0, 60.0]) == 2
    assert count_fullest([0.0, 30.0, 59.9, 60.0]) == 3
