"""Requests are what is scarce: how many of them a month costs."""

from collections import Counter

import pytest

from support.desk import Desk
from support.plant import build_month
from tests.flows import books
from tests.flows.books import build_datapoints
from tests.flows.months import build_batch, save, save_whole
from tests.flows.planting import plant_datapoints


def cost(desk: Desk, text: str) -> Counter[str]:
    """The requests of one import, counted."""
    before = len(desk.requests())
    desk.import_(desk.book(text))
    return Counter(desk.requests(before))


@pytest.mark.parametrize("count", [1, 30])
def test_new_datapoints_cost_a_write_each_and_the_pages(desk: Desk, count: int) -> None:
    assert cost(desk, build_datapoints(count)) == {"GET datapoints": 1, "POST datapoints": count}


def test_unchanged_datapoints_cost_their_pages(desk: Desk) -> None:
    plant_datapoints(desk, 120)
    assert cost(desk, build_datapoints(120)) == {"GET datapoints": 3}


def test_changed_datapoints_cost_one_write_each(desk: Desk) -> None:
    cost(desk, build_datapoints(20))
    changed = build_datapoints(20).replace("Reading 7 ", "Reading seven ")
    requests = cost(desk, changed)
    assert requests.pop("GET datapoints") == 1
    assert list(requests.values()) == [1]


def test_a_few_among_many_are_not_worth_all_pages(desk: Desk) -> None:
    plant_datapoints(desk, 400)
    assert cost(desk, build_datapoints(3, first=300)) == {"GET datapoints": 1 + 3}


def test_one_is_looked_up_alone(desk: Desk) -> None:
    plant_datapoints(desk, 120)
    assert cost(desk, build_datapoints(1, first=100)) == {"GET datapoints": 1}


def test_an_unchanged_log_costs_one_look(desk: Desk) -> None:
    cost(desk, books.LOG)
    requests = cost(desk, books.LOG)
    assert requests["GET periodic-emission-logs/ext-L-OCT"] == 1
    assert "GET periodic-emission-logs" not in requests


def test_a_new_log_costs_one_walk_of_the_logs(desk: Desk) -> None:
    requests = cost(desk, books.LOG)
    assert requests["GET periodic-emission-logs"] == 1
    assert requests["POST periodic-emission-logs"] == 1


def test_definitions_are_read_once(desk: Desk) -> None:
    before = len(desk.requests())
    desk.import_(save_whole(desk, build_month()))
    requests = Counter(desk.requests(before))
    lists = ("sites", "periodic-emission-log-configs", "feedstock_types")
    read = [each for each in requests if each.startswith("GET") and _is_definition(each)]
    assert {each for each in read if each.removeprefix("GET ") in lists}
    assert {requests[each] for each in read} == {1}


def _is_definition(request: str) -> bool:
    names = ("sites", "configs", "templates", "blueprints", "feedstock_types")
    return any(name in request for name in names)


def test_an_unchanged_month_costs_no_more_than_its_lists(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    before = len(desk.requests())
    desk.import_(save(desk, build_batch()))
    requests = [each for each in desk.requests(before) if not _is_definition(each)]
    assert Counter(requests) == {
        "GET periodic-emission-logs/ext-NB-ELEC-2026-10": 1,
        "GET datapoints": 1,
        "GET ghg_entries": 1,
        "GET components": 1,
    }


def test_what_was_left_open_is_looked_up_once(desk: Desk) -> None:
    desk.goes_wrong("answer-lost", "POST /datapoints", "isometric", times=None)
    desk.goes_wrong("reset", "GET /datapoints", "isometric", after=1, times=None)
    desk.import_(desk.book(books.DATAPOINTS))
    desk.twin.store.faults.clear()
    assert cost(desk, books.DATAPOINTS) == {"GET datapoints": 2, "POST datapoints": 2}
