"""Odd values of a service in a template: exactly what is there, or listed and left alone."""

from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sheets.own import NOT_FILLED
from support.desk import Desk
from support.prefilled import CONFIG, fetch, read_listing, read_rows
from tests.flows import books
from tests.flows.planting import plant_datapoints
from tests.flows.test_three_way import change_there

pytestmark = pytest.mark.slow

DIESEL = """
Emission logs
External ID | Config | Site    | Period start | Period end
L-1         | Diesel | NB-YARD | 2025-10-01   | 2025-10-31

Emission log values
Emission log | Data point        | Value                      | Unit
L-1          | Diesel volume     | 2140                       | l
L-1          | Machine hours     | 178.5                      |
L-1          | Biodiesel share   | 7 %                        |
L-1          | Remarks           | Wheel loader               |
L-1          | Refuelled on site | no                         |
L-1          | Machines          | Wheel loader; Chipper      |
L-1          | Idle time         | 36:30:15                   |
L-1          | Fuel grade        | Hydrotreated vegetable oil |
L-1          | Lubricant         | mat_01                     |
"""


def stays_unchanged(desk: Desk, asked: dict[str, str] | None = None) -> bool:
    """Whether a template goes in untouched, without a write."""
    before = desk.writes()
    path, _ = fetch(desk, asked)
    return set(desk.import_(path).counts) == {Status.UNCHANGED} and desk.writes() == before


@pytest.mark.parametrize("asked", [{}, {CONFIG: "Diesel"}], ids=["rows", "columns"])
def test_every_kind_of_data_point(desk: Desk, asked: dict[str, str]) -> None:
    assert set(desk.import_(desk.book(DIESEL)).counts) == {Status.CREATED}
    points = desk.stored(LOG)["L-1"]["data_points"]
    changed = [
        {**each, "input_value": "=1+1"} if each["name"] == "Remarks" else each for each in points
    ]
    change_there(desk, LOG, "L-1", data_points=changed)
    desk.forget()
    assert stays_unchanged(desk, asked)
    path, _ = fetch(desk, asked)
    if asked:
        (log,) = read_rows(path, "Emission logs")
        found = {name: log[name] for name in ("Remarks", "Refuelled on site", "Biodiesel share")}
    else:
        rows = read_rows(path, "Emission log values")
        found = {str(each["Data point"]): each["Value"] for each in rows}
        assert len(found) == 9
    assert found["Remarks"] == "=1+1"
    assert found["Refuelled on site"] == "no"
    assert found["Biodiesel share"] == 0.07


NUMBERS = (-0.0, 1e-7, 0.1 + 0.2, 1 / 3, 123456789012345678, 2**53 + 1, 1e300, 5e-324, 84230)


def plant(desk: Desk, changes: Sequence[dict[str, Any]]) -> list[str]:
    """A datapoint with each of these changes; answers with their keys."""
    plant_datapoints(desk, len(changes))
    keys = [f"D-{number:04}" for number in range(1, len(changes) + 1)]
    for key, each in zip(keys, changes, strict=True):
        change_there(desk, DATAPOINT, key, **each)
    return keys


def filled(desk: Desk) -> dict[object, dict[str, object]]:
    """The rows of Datapoints in a template, by key."""
    return {each["External ID"]: each for each in read_rows(fetch(desk)[0], "Datapoints")}


def test_a_number_loses_no_digit(desk: Desk) -> None:
    keys = plant(desk, [{"quantity": {"magnitude": each}} for each in NUMBERS])
    assert stays_unchanged(desk)
    rows = filled(desk)
    for key, number in zip(keys, NUMBERS, strict=True):
        assert type(number)(str(rows[key]["Value"])) == number


TEXTS = (
    "=1+1",
    "+1",
    "@SUM(A1)",
    "#N/A",
    "001",
    "1.234",
    "2025-10-01",
    "Düne 砂 🏜",
    "a\nb",
    "x" * 500,
)


def test_a_text_stays_what_it_is(desk: Desk) -> None:
    keys = plant(desk, [{"description": each} for each in TEXTS])
    assert stays_unchanged(desk)
    rows = filled(desk)
    assert [rows[key]["Description"] for key in keys] == list(TEXTS)
    pages = load_workbook(desk.folder / "there.xlsx")
    assert not any(cell.data_type == "f" for page in pages for row in page for cell in row)


ODD = (
    " two words ",
    "(clear)",
    "bell \x07",
    "x" * 40_000,
    "one\r\ntwo",
)


def test_a_cell_that_cannot_hold_it_is_blank_and_listed(desk: Desk) -> None:
    header = "Uncertainty justification"
    keys = plant(desk, [{"uncertainty_justification": each} for each in ODD])
    path, told = fetch(desk)
    assert told.cells == len(ODD)
    rows = {each["External ID"]: each for each in read_rows(path, "Datapoints")}
    assert not [key for key in keys if header in rows[key]]
    listed = [each for each in read_listing(path, NOT_FILLED) if each["External ID"] in keys]
    assert sorted(str(each["External ID"]) for each in listed) == keys
    assert {each["Column"] for each in listed} == {header}
    assert stays_unchanged(desk)


UNFIT: tuple[dict[str, Any], ...] = (
    {"display_name": "x" * 101},
    {"display_name": " padded"},
    {"description": None},
    {"type": "GUESS"},
    {"quantity": {"magnitude": None}},
)


def test_a_record_that_no_row_can_state_is_listed(desk: Desk) -> None:
    keys = plant(desk, [*UNFIT, {}])
    path, _ = fetch(desk)
    assert {each["External ID"] for each in read_rows(path, "Datapoints")} & set(keys) == {keys[-1]}
    listed = {each["External ID"]: each for each in read_listing(path, NOT_FILLED)}
    assert all(listed[key]["Why"] for key in keys[:-1])
    assert stays_unchanged(desk)


FINE: tuple[dict[str, Any], ...] = (
    {"measured_at": "2025-10-14T09:30:00.250Z"},
    {"measured_at": "2025-10-14T09:30:00.123456Z"},
    {"measured_at": "1850-01-01T00:00:00Z"},
    {"source_ids": []},
    {"quantity": {"unit": None}},
    {"quantity": {"unit": "kilometer * metric_ton"}},
    {"uncertainty_justification": ""},
)


def test_moments_units_and_empty_lists(desk: Desk) -> None:
    keys = plant(desk, FINE)
    _, told = fetch(desk)
    assert told.cells == 0
    assert set(keys) <= set(filled(desk))
    assert stays_unchanged(desk)


@pytest.mark.parametrize("value", [None, 1e-7, {"value": 1, "unit": "MWh"}, "many", [1]])
def test_odd_values_of_a_log(desk: Desk, value: Any) -> None:
    desk.import_(desk.book(books.LOG))
    points = desk.stored(LOG)["L-OCT"]["data_points"]
    points[0]["input_value"] = value
    change_there(desk, LOG, "L-OCT", data_points=points)
    desk.forget()
    assert stays_unchanged(desk) or not fetch(desk)[1].filled.get("Emission logs")
