"""Columns beside a number: its standard deviation, when it was measured, its sources."""

from datetime import datetime

import pytest

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT, SOURCE
from support.desk import Desk, by_row, problems
from support.plant import CellValue, Month
from tests.flows.months import save
from tests.flows.number_books import (
    MASS,
    OF_MASS,
    build_datapoint,
    build_numbers,
    entry_of,
    place_of,
)

pytestmark = pytest.mark.slow

DEVIATION = f"{MASS} standard deviation"
MEASURED = f"{MASS} measured at"
SOURCES = f"{MASS} sources"


def build_sourced(cells: dict[str, CellValue], *keys: str) -> Month:
    """The entry with these cells, and sources of these ids; their documents lie on the desk."""
    sources = [
        {
            "External ID": key,
            "Name": f"Tickets {key}",
            "File": f"{key}.pdf",
            "Published on": datetime(2026, 10, 31),
        }
        for key in keys
    ]
    return {"Sources": sources, **build_numbers(cells)} if keys else build_numbers(cells)


def keep_documents(desk: Desk, *keys: str) -> None:
    for key in keys:
        (desk.folder / f"{key}.pdf").write_bytes(f"%PDF {key}".encode())


def test_what_stands_beside_a_number_goes_with_it(desk: Desk) -> None:
    keep_documents(desk, "S-1", "S-2")
    cells: dict[str, CellValue] = {
        DEVIATION: 45,
        MEASURED: datetime(2026, 10, 14, 9, 30),
        SOURCES: "S-1; S-2",
    }
    path = save(desk, build_sourced(cells, "S-1", "S-2"))
    report = desk.import_(path)
    assert report.counts == {Status.CREATED: 3}
    assert problems(report) == set(), "a source that only a number names is used, too"
    found = desk.stored(DATAPOINT)[OF_MASS]
    assert found["quantity"] == {"magnitude": 18240, "unit": "kg", "standard_deviation": 45}
    assert found["measured_at"] == "2026-10-14T09:30:00.000Z"
    ids = {each["id"] for each in desk.stored(SOURCE).values()}
    assert set(found["source_ids"]) == ids
    before = desk.writes()
    assert desk.import_(path).counts == {Status.UNCHANGED: 3}
    assert desk.writes() == before


def test_a_cell_beside_a_number_that_changed(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers({DEVIATION: 45})))
    before = desk.writes()
    outcome = entry_of(desk.import_(save(desk, build_numbers({DEVIATION: 40}))))
    assert outcome.status is Status.UPDATED
    assert outcome.message == f"{DEVIATION}: 45 → 40"
    assert len(desk.writes()) == len(before) + 1
    found = desk.stored(DATAPOINT)[OF_MASS]["quantity"]
    assert found == {"magnitude": 18240, "unit": "kg", "standard_deviation": 40}


def test_what_the_service_never_lets_be_changed(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers({MEASURED: datetime(2026, 10, 14, 9, 30)})))
    before = desk.writes()
    month = build_numbers({MEASURED: datetime(2026, 10, 15, 9, 30), MASS: 18300})
    report = desk.import_(save(desk, month))
    assert problems(report) == {("API_FIXED", place_of(month, MEASURED))}
    assert report.counts == {Status.CONFLICT: 1}
    assert desk.writes() == before


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        (DEVIATION, "a lot", "CELL_NOT_A_NUMBER"),
        (DEVIATION, -1, "CELL_RANGE"),
        (DEVIATION, "1.234", "CELL_AMBIGUOUS"),
        (MEASURED, "yesterday", "CELL_NOT_A_MOMENT"),
        (MEASURED, datetime(2036, 10, 14, 9, 30), "ROW_FUTURE"),
        (SOURCES, "S-9", "REF_NOT_FOUND"),
        (SOURCES, "S-9; S-9", "REF_TWICE"),
    ],
)
def test_what_is_wrong_beside_a_number_stands_there(
    desk: Desk, heading: str, value: CellValue, code: str
) -> None:
    month = build_numbers({heading: value})
    report = desk.import_(save(desk, month))
    assert problems(report) == {(code, place_of(month, heading))}
    assert report.counts == {Status.INVALID: 1}
    assert desk.writes() == []


@pytest.mark.parametrize("heading", [DEVIATION, MEASURED, SOURCES])
@pytest.mark.parametrize("given", [None, "BY-HAND"])
def test_a_cell_beside_no_number(desk: Desk, heading: str, given: CellValue) -> None:
    desk.import_(save(desk, build_numbers()))  # so that a blank cell keeps what is there
    value = {DEVIATION: 45, MEASURED: datetime(2026, 10, 14, 9, 30), SOURCES: "S-1"}[heading]
    month = build_numbers({MASS: given, heading: value})
    month["Datapoints"] = [build_datapoint("BY-HAND")]
    report = desk.import_(save(desk, month))
    assert problems(report) == {("CELL_WITHOUT_NUMBER", place_of(month, heading))}
    assert entry_of(report).status is Status.INVALID


def test_a_source_that_stays_out_blocks_the_row(desk: Desk) -> None:
    keep_documents(desk, "S-1")
    month = build_sourced({SOURCES: "S-1"}, "S-1")
    month["Sources"][0]["Published on"] = "soon"
    path = save(desk, month)
    for report in (desk.plan(path), desk.import_(path)):
        assert by_row(report)["Sources", 2].status is Status.INVALID
        outcome = entry_of(report)
        assert outcome.status is Status.BLOCKED
        assert outcome.message == "Waits for the source in Sources row 2, which stays out."
    assert desk.writes() == [], "nor do the other numbers of the row make anything"


def test_a_source_that_nothing_names_is_still_said(desk: Desk) -> None:
    keep_documents(desk, "S-1", "S-2")
    report = desk.import_(save(desk, build_sourced({SOURCES: "S-1"}, "S-1", "S-2")))
    assert problems(report) == {("ROW_UNUSED", "Sources!A3")}
