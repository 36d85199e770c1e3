"""A year at once: what 5,000 rows cost in time, and that twice the rows cost about twice."""

from time import process_time

import pytest

from importer.flows.importing import plan_file
from importer.model.outcome import Status
from support.desk import Desk
from tests.flows.books import build_datapoints
from tests.flows.planting import plant_datapoints

pytestmark = pytest.mark.slow

YEAR = 5_000


def test_a_year_of_datapoints_is_planned_with_one_look(desk: Desk) -> None:
    file = desk.check(desk.book(build_datapoints(YEAR)))
    before, started = len(desk.requests()), process_time()
    report = plan_file(desk.session, file)
    assert report.counts == {Status.CREATED: YEAR}
    assert desk.requests(before) == ["GET datapoints"]
    assert process_time() - started < 5


def test_a_year_that_looks_like_what_is_there_is_planned_in_one_pass(desk: Desk) -> None:
    count = 2_000
    plant_datapoints(desk, count, key=_old, name=lambda _: "Reading", value=lambda _: 5.0)
    text = "\n".join(_same(line) for line in build_datapoints(count).splitlines())
    file = desk.check(desk.book(text))
    started = process_time()
    report = plan_file(desk.session, file)
    assert report.counts == {Status.CREATED: count}
    assert len(report.all_problems) == count
    assert process_time() - started < 5


def _old(number: int) -> str:
    return f"OLD-{number}"


def _same(line: str) -> str:
    key, *rest = line.split(" | ")
    return " | ".join([key, "Reading", "REPORTED", "5", *rest[3:]]) if "REPORTED" in line else line
