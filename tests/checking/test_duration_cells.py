"""Durations: what a spreadsheet program stores, what people type, and what is asked about."""

from datetime import date, datetime, time, timedelta

import pytest

from importer.checking.wording import write_duration
from importer.declare.column import Kind
from importer.model.record import Reference
from importer.model.table import RawValue
from importer.planning.wire import compared
from tests.checking.bench import problem_of, value_of

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
CELLS = {
    "a time (h:mm)": (time(1, 30), 90 * MINUTE),
    "midnight is nothing": (time(), timedelta()),
    "a time with seconds": (time(0, 0, 15), 15 * SECOND),
    "more than a day ([h]:mm)": (timedelta(hours=36), 36 * HOUR),
    "a fraction of a day, not quite": (timedelta(hours=1, microseconds=3), HOUR),
    "hours and minutes": ("1:30", 90 * MINUTE),
    "none": ("0:00", timedelta()),
    "many hours": ("744:05", 744 * HOUR + 5 * MINUTE),
    "with seconds": ("1:30:15", 90 * MINUTE + 15 * SECOND),
    "with a part of one": ("0:00:00.250", timedelta(milliseconds=250)),
    "ISO": ("PT1H30M", 90 * MINUTE),
    "ISO in small letters": ("pt90m", 90 * MINUTE),
    "ISO days": ("P1DT12H", 36 * HOUR),
    "ISO weeks": ("P2W", timedelta(weeks=2)),
    "ISO with a decimal": ("PT1.5H", 90 * MINUTE),
    "ISO with a decimal comma": ("PT0,5S", timedelta(milliseconds=500)),
}


@pytest.mark.parametrize(("cell", "duration"), CELLS.values(), ids=CELLS.keys())
def test_a_duration_has_one_reading(cell: RawValue, duration: timedelta) -> None:
    assert value_of(Kind.DURATION, cell) == duration


def nothing(_: Reference) -> None:
    return None


def test_it_is_sent_in_milliseconds() -> None:
    assert compared(value_of(Kind.DURATION, "1:30"), nothing) == 5_400_000
    assert compared(value_of(Kind.DURATION, timedelta(days=1)), nothing) == 86_400_000


@pytest.mark.parametrize(
    "cell",
    ["", "90", "1.5", "1:60", "1:5", "30 min", "P", "PT", "P1Y", "P1M", "-1:30", "1:30 pm",
     "P999999999999W", timedelta(hours=-1), date(2025, 10, 31), datetime(1900, 1, 1, 12), True,
     timedelta(days=40_000)],
    ids=str,
)  # fmt: skip
def test_what_is_no_duration_shows_one(cell: RawValue) -> None:
    problem = problem_of(Kind.DURATION, cell)
    assert problem.code == "CELL_NOT_A_DURATION"
    assert problem.expected == "a duration such as 1:30 (hours:minutes), 36:00 or PT1H30M"


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (90, "Type 90:00 if hours are meant, 1:30 if minutes are."),
        (1.5, "Type 1:30 if hours are meant, 0:01:30 if minutes are."),
        (0, "Type it as hours:minutes."),
        (5_400_000, "Type it as hours:minutes."),
    ],
)
def test_a_bare_number_has_no_unit(number: float, remedy: str) -> None:
    problem = problem_of(Kind.DURATION, number)
    assert problem.found == f"the number {number}"
    assert problem.remedy == remedy


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(), "0:00"),
        (90 * MINUTE, "1:30"),
        (36 * HOUR + SECOND, "36:00:01"),
        (timedelta(milliseconds=250), "0:00:00.250"),
        (-90 * MINUTE, "-1:30"),
    ],
)
def test_a_duration_is_shown_as_people_write_it(duration: timedelta, text: str) -> None:
    assert write_duration(duration) == text
