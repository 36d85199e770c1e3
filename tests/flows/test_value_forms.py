"""Every form of value that a config may ask for, from the cell to the service and back."""

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.switches import Switches
from support.desk import Desk, by_row, problems, statuses
from tests.flows.conftest import DeskAt

DIESEL = """
Emission logs
External ID | Config | Site    | Period start | Period end
L-OCT       | Diesel | NB-YARD | 2025-10-01   | 2025-10-31

Emission log values
Emission log | Data point    | Value                      | Unit
L-OCT        | Diesel volume | 2.14                       | m3
L-OCT        | Machine hours | 178.5                      |
L-OCT        | Machines      | Wheel loader; Chipper      |
L-OCT        | Idle time     | 36:30                      |
L-OCT        | Fuel grade    | hydrotreated VEGETABLE oil |
L-OCT        | Chips moved   | 12000000                   | g
L-OCT        | Lubricant     | mat_01nrbark01             |
"""
SENT = {
    "Diesel volume": {"value": 2.14, "unit": "m3"},
    "Machine hours": 178.5,
    "Machines": ["Wheel loader", "Chipper"],
    "Idle time": 131_400_000,
    "Fuel grade": "HVO100",
    "Chips moved": {"value": 12_000, "unit": "kg"},
    "Lubricant": {"id": "mat_01nrbark01"},
}


def row(text: str, point: str, value: str, unit: str = "") -> str:
    """The workbook with another value for a data point."""
    lines = [
        f"L-OCT | {point} | {value} | {unit}" if f"| {point} " in line else line
        for line in text.splitlines()
    ]
    return "\n".join(lines)


def sent(desk: Desk) -> dict[str, Any]:
    """What the service holds, by the names of the data points, without its defaults."""
    points = desk.stored(LOG)["L-OCT"]["data_points"]
    return {each["name"]: each["input_value"] for each in points if each["name"] in SENT}


def message_of(desk: Desk, row: int, sheet: str = "Emission log values") -> str:
    """What the results workbook says of a row."""
    page = load_workbook(desk.folder / "book.results.xlsx")[sheet]
    headers = [cell.value for cell in page[1]]
    return str(page.cell(row, headers.index("Import message") + 1).value or "")


def test_every_form_goes_out_as_the_service_wants_it(desk: Desk) -> None:
    report = desk.import_(desk.book(DIESEL))
    assert report.is_in_order
    assert sent(desk) == SENT


def test_a_conversion_is_told_in_the_message_of_its_row(desk: Desk) -> None:
    report = desk.import_(desk.book(DIESEL))
    assert problems(report) == {("CELL_CONVERTED", "Emission log values!D7")}
    assert "12000000 g sent as 12000 kg" in message_of(desk, 7)
    assert message_of(desk, 2) == ""


def test_the_second_import_is_still(desk: Desk) -> None:
    desk.import_(desk.book(DIESEL))
    before = desk.writes()
    for name in ("book.xlsx", "book.results.xlsx"):
        report = desk.import_(desk.folder / name)
        assert set(report.counts) == {Status.UNCHANGED}
    assert desk.writes() == before


@pytest.mark.parametrize(
    ("point", "value", "unit"),
    [
        ("Diesel volume", "2140", "l"),
        ("Chips moved", "12", "t"),
        ("Idle time", "PT37H", ""),
        ("Machines", "Chipper", ""),
        ("Fuel grade", "b7", ""),
    ],
)
def test_a_changed_value_is_an_update(desk: Desk, point: str, value: str, unit: str) -> None:
    desk.import_(desk.book(DIESEL))
    report = desk.import_(desk.book(row(DIESEL, point, value, unit)))
    assert set(report.counts) == {Status.UPDATED}


@pytest.mark.parametrize(
    ("point", "value", "unit"),
    [
        ("Chips moved", "12", "Mg"),
        ("Chips moved", "12000", "kg"),
        ("Idle time", "P1DT12H30M", ""),
        ("Machines", "Chipper; Wheel loader", ""),
        ("Fuel grade", "HVO100", ""),
    ],
)
def test_the_same_value_in_another_form(desk: Desk, point: str, value: str, unit: str) -> None:
    """Tonnes for kilograms are a change, as the service keeps the unit; the rest is none."""
    desk.import_(desk.book(DIESEL))
    report = desk.import_(desk.book(row(DIESEL, point, value, unit)))
    expected = Status.UPDATED if unit == "Mg" else Status.UNCHANGED
    assert set(report.counts) == {expected}


@pytest.mark.parametrize("cell", [time(1, 30), timedelta(hours=36, minutes=30)])
def test_a_time_of_the_spreadsheet_program_is_a_duration(
    desk: Desk, cell: time | timedelta
) -> None:
    path = desk.book(DIESEL)
    fill_in(path, "Emission log values", "C5", cell)
    assert desk.import_(path).is_in_order
    hours = cell / timedelta(hours=1) if isinstance(cell, timedelta) else 1.5
    assert sent(desk)["Idle time"] == hours * 3_600_000


def fill_in(path: Path, sheet: str, cell: str, value: time | timedelta) -> None:
    book = load_workbook(path)
    book[sheet][cell] = value
    book[sheet][cell].number_format = "[h]:mm" if isinstance(value, timedelta) else "h:mm"
    book.save(path)


WRONG: dict[str, tuple[tuple[str, str, str], tuple[str, str], str, str]] = {
    "a number for a duration": (
        ("Idle time", "36.5", ""),
        ("CELL_NOT_A_DURATION", "Emission log values!C5"),
        "the number 36.5",
        "Type 36:30 if hours are meant, 0:36:30 if minutes are.",
    ),
    "a duration of more than the month": (
        ("Idle time", "745:00", ""),
        ("CELL_RANGE", "Emission log values!C5"),
        "“745:00”",
        "Check the value and its unit.",
    ),
    "a share in percent": (
        ("Biodiesel share", "15.7", ""),
        ("CELL_RANGE", "Emission log values!C2"),
        "“15.7”",
        "If 15.7 % is meant, type 0.157, or type 15.7 % into a cell formatted as percent.",
    ),
    "a unit of something else": (
        ("Chips moved", "5", "MWh"),
        ("CELL_UNIT", "Emission log values!D7"),
        "the unit “MWh”",
        "Write a unit that fits, and convert the value to it.",
    ),
    "too little, in another unit": (
        ("Chips moved", "99999", "g"),
        ("CELL_RANGE", "Emission log values!C7"),
        "“99.999 kg”",
        "Check the value and its unit.",
    ),
    "no such option": (
        ("Fuel grade", "petrol", ""),
        ("CELL_CHOICE", "Emission log values!C6"),
        "“petrol”",
        "Pick a value from the list.",
    ),
    "a material by its name": (
        ("Lubricant", "Chain oil", ""),
        ("CELL_PATTERN", "Emission log values!C8"),
        "“Chain oil”",
        "Write it in the expected form.",
    ),
}


@pytest.mark.parametrize(("change", "where", "found", "remedy"), WRONG.values(), ids=list(WRONG))
def test_what_does_not_fit_is_named_at_its_cell_and_not_sent(
    desk: Desk, change: tuple[str, str, str], where: tuple[str, str], found: str, remedy: str
) -> None:
    text = row(DIESEL, *change) if f"| {change[0]} " in DIESEL else put_first(change)
    report = desk.import_(desk.book(text))
    wrong = [each for each in report.all_problems if each.severity == "error"]
    assert [(each.code, f"{each.place.sheet}!{each.place.cell}") for each in wrong] == [where]
    assert (wrong[0].found, wrong[0].remedy) == (found, remedy)
    assert not desk.writes()


def put_first(change: tuple[str, str, str]) -> str:
    """The workbook with one more value, in row 2."""
    header = "Emission log | Data point    | Value                      | Unit\n"
    return DIESEL.replace(header, f"{header}L-OCT | {' | '.join(change)}\n")


def test_a_share_in_a_cell_formatted_as_percent_is_that_share(desk: Desk) -> None:
    report = desk.import_(desk.book(put_first(("Biodiesel share", "15.7 %", ""))))
    assert statuses(report)["Emission logs"] == ["created"]
    points = {e["name"]: e["input_value"] for e in desk.stored(LOG)["L-OCT"]["data_points"]}
    assert points["Biodiesel share"] == pytest.approx(0.157)


def test_a_service_that_sorts_texts_has_not_changed_them(desk_at: DeskAt) -> None:
    desk = desk_at(Switches(multi_text_order="sorted", calculation_seconds=0))
    desk.import_(desk.book(DIESEL))
    assert sent(desk)["Machines"] == ["Chipper", "Wheel loader"]
    report = desk.import_(desk.folder / "book.xlsx")
    assert set(report.counts) == {Status.UNCHANGED}


def test_a_material_that_was_given_at_the_service_stays_with_an_update(desk: Desk) -> None:
    stated = "\n".join(line for line in DIESEL.splitlines() if "Lubricant" not in line)
    desk.import_(desk.book(stated))
    body = desk.stored(LOG)["L-OCT"]
    lubricant = {
        "config_id": "dpc_01nrbark000000000000000310",
        "config_version_id": "dpv_01nrbark000000000000000310",
        "name": "Lubricant",
        "input_value": {"id": "mat_01", "external_id": None},
        "result_value": {"id": "mat_01"},
    }
    points = {"data_points": [*body["data_points"], lubricant]}
    desk.twin.store.change(LOG, body["id"], points)
    changed = row(stated, "Machine hours", "180")
    report = desk.import_(desk.book(changed), overwrite=True)
    assert set(report.counts) == {Status.UPDATED}
    after = {e["name"]: e["input_value"] for e in desk.stored(LOG)["L-OCT"]["data_points"]}
    assert after["Lubricant"] == {"id": "mat_01"}
    assert by_row(report)["Emission logs", 2].id == body["id"]
