"""Requests for each row keep to their bounds, at a third of the size that the command measures."""

import pytest

from importer.apis import isometric
from reliability.request_figures import (
    measure_datapoints,
    measure_entries,
    measure_logs,
    open_counter,
)

pytestmark = [pytest.mark.reliability, pytest.mark.timeout(600)]


def test_datapoints() -> None:
    with open_counter() as (bench, twin):
        first, still, change, plain, _ = measure_datapoints(bench, twin, rows=400, others=400)
    assert first.holds
    assert first.writes == 400
    assert still.holds
    assert still.writes == 0
    assert change.holds
    assert change.writes == 1
    assert first.each < 0.6 * plain.each


def test_logs() -> None:
    with open_counter() as (bench, twin):
        first, still, change = measure_logs(bench, twin, logs=400)
    assert first.holds
    assert still.holds
    assert still.writes == 0
    assert change.holds
    assert change.writes == 1


def test_entries_cost_a_read_more_each() -> None:
    with open_counter() as (bench, twin):
        few, many, more = measure_entries(bench, twin)
    assert more.holds
    assert few.writes == many.writes == 0
    assert set(many.statuses) == {"unchanged"}


def test_a_look_up_for_each_row_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isometric, "PAGE_SIZE", 5)
    with open_counter() as (bench, twin):
        _, still, *_ = measure_datapoints(bench, twin, rows=100, others=100)
    assert not still.holds
