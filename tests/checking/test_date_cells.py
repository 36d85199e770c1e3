"""Cells of days and moments: real dates or ISO text, and nothing that can be read in two ways."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from importer.declare.column import Kind
from importer.model.table import RawValue
from tests.checking.bench import problem_of, value_of

OCTOBER_31 = date(2025, 10, 31)
STOCKHOLM = "Europe/Stockholm"

DAYS: list[RawValue] = [
    OCTOBER_31,
    datetime(2025, 10, 31),
    datetime(2025, 10, 31, 0, 0, 0, 400),
    datetime(2025, 10, 30, 23, 59, 59, 999_991),
    "2025-10-31",
]

OR_STATE = "or state what comes first in all such cells: on Start here, or with --dates."


@pytest.mark.parametrize("value", DAYS)
def test_a_day(value: RawValue) -> None:
    assert value_of(Kind.DATE, value) == OCTOBER_31


def test_a_day_with_a_time_of_day_says_which_day_is_meant() -> None:
    problem = problem_of(Kind.DATE, datetime(2025, 10, 31, 14, 30))
    assert problem.code == "CELL_NOT_A_DATE"
    assert problem.found == "2025-10-31 14:30, which has a time of day"
    assert problem.expected == "a day without a time, such as 2025-10-31"
    to_the_second = problem_of(Kind.DATE, datetime(2025, 10, 31, 14, 30, 5))
    assert to_the_second.found == "2025-10-31 14:30:05, which has a time of day"


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.MOMENT])
@pytest.mark.parametrize("text", ["03/04/2025", "3.4.2025", "03-04-2025"])
def test_a_date_with_two_readings_shows_both(kind: Kind, text: str) -> None:
    problem = problem_of(kind, text)
    assert problem.code == "CELL_AMBIGUOUS"
    assert problem.found == f"“{text}”, which may be 2025-04-03 or 2025-03-04"
    assert problem.remedy == f"Type 2025-04-03 or 2025-03-04, {OR_STATE}"


def test_a_moment_with_two_readings_keeps_its_time_of_day() -> None:
    problem = problem_of(Kind.MOMENT, "03/04/2025 7:30")
    assert problem.code == "CELL_AMBIGUOUS"
    assert problem.remedy == f"Type 2025-04-03 7:30 or 2025-03-04 7:30, {OR_STATE}"


@pytest.mark.parametrize("text", ["31.10.2025", "10/31/2025", "31-10-2025", "31.10.2025 14:30"])
def test_a_date_with_one_reading_is_asked_about(text: str) -> None:
    problem = problem_of(Kind.DATE, text)
    assert problem.code == "CELL_NOT_A_DATE"
    assert problem.remedy == "If 2025-10-31 is meant, type that."


def test_the_same_day_and_month_leave_one_reading() -> None:
    assert problem_of(Kind.DATE, "10/10/2025").remedy == "If 2025-10-10 is meant, type that."


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.MOMENT])
def test_a_bare_serial_number_is_asked_about(kind: Kind) -> None:
    problem = problem_of(kind, 45961)
    assert problem.found == "the number 45961"
    assert problem.remedy == "If 2025-10-31 is meant, type that."


def test_the_fraction_of_a_serial_number_is_a_time_of_day() -> None:
    assert problem_of(Kind.MOMENT, 45961.604166666664).remedy == (
        "If 2025-10-31 14:30 is meant, type that."
    )
    assert problem_of(Kind.DATE, 45961.604166666664).remedy == (
        "If 2025-10-31 is meant, type that."
    )


@pytest.mark.parametrize(("number", "day"), [(36526, "2000-01-01"), (73050, "2099-12-31")])
def test_the_first_and_the_last_day_of_our_times_are_asked_about(number: int, day: str) -> None:
    assert problem_of(Kind.DATE, number).remedy == f"If {day} is meant, type that."


@pytest.mark.parametrize(
    "number", [36525, 73051, 2025, 20251031, -45961, 1e300, float("nan"), float("inf")]
)
def test_a_number_that_is_no_day_of_our_times_is_not_guessed_at(number: float) -> None:
    assert problem_of(Kind.DATE, number).remedy == "Type the date as year-month-day."


NO_DAYS = ["soon", "2025-13-01", "2025-02-29", "99/99/2025", "2025/10/31", "31.10.25", "45961"]


@pytest.mark.parametrize("text", NO_DAYS)
def test_a_text_that_is_no_day(text: str) -> None:
    problem = problem_of(Kind.DATE, text)
    assert problem.code == "CELL_NOT_A_DATE"
    assert problem.found == f"“{text}”"


NOON = datetime(2025, 10, 31, 12, tzinfo=UTC)
MOMENTS: list[RawValue] = [
    datetime(2025, 10, 31, 13),
    datetime(2025, 10, 31, 12, 59, 59, 999_997),
    datetime(2025, 10, 31, 13, 0, 0, 3),
    "2025-10-31 13:00",
    "2025-10-31T13:00:00",
    "2025-10-31 13:00:00.000",
    "2025-10-31 12:00Z",
    "2025-10-31T12:00:00.000Z",
    "2025-10-31 14:00+02:00",
    "2025-10-31 14:00 +0200",
    "2025-10-31 14:00:00.000 +02:00",
    "2025-10-31 12:00:00.000 Z",
    "2025-10-31 07:00-05:00",
]


@pytest.mark.parametrize("value", MOMENTS)
def test_a_moment_is_an_instant_in_utc(value: RawValue) -> None:
    instant = value_of(Kind.MOMENT, value, zone=STOCKHOLM)
    assert isinstance(instant, datetime)
    assert instant == NOON
    assert instant.tzinfo is UTC


@pytest.mark.parametrize("text", ["2025-10-31 9:05", "2025-10-31T9:05"])
def test_an_hour_of_one_digit_is_an_hour(text: str) -> None:
    assert value_of(Kind.MOMENT, text) == datetime(2025, 10, 31, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["2025-10-31 13:00:00.123", datetime(2025, 10, 31, 13, 0, 0, 123_400)]
)
def test_a_moment_is_kept_to_the_millisecond(value: RawValue) -> None:
    assert value_of(Kind.MOMENT, value) == datetime(2025, 10, 31, 13, 0, 0, 123_000, tzinfo=UTC)


@pytest.mark.parametrize("value", [OCTOBER_31, "2025-10-31", datetime(2025, 10, 31)])
def test_a_day_is_its_first_moment(value: RawValue) -> None:
    assert value_of(Kind.MOMENT, value) == datetime(2025, 10, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "target", "hour"),
    [("", "UTC", 13), ("", STOCKHOLM, 12), ("Asia/Tokyo", STOCKHOLM, 4)],
)
def test_the_zone_of_the_column_comes_before_that_of_the_target(
    column: str, target: str, hour: int
) -> None:
    instant = value_of(Kind.MOMENT, "2025-10-31 13:00", zone=column, target_zone=target)
    assert instant == datetime(2025, 10, 31, hour, tzinfo=UTC)


def test_a_moment_that_occurs_twice_shows_both_with_their_offsets() -> None:
    problem = problem_of(Kind.MOMENT, datetime(2025, 10, 26, 2, 30), zone=STOCKHOLM)
    assert problem.code == "CELL_AMBIGUOUS"
    assert problem.found == (
        "2025-10-26 02:30, which occurs twice in the time zone Europe/Stockholm (the clocks change)"
    )
    assert problem.remedy == (
        "Type it with its offset from UTC: 2025-10-26 02:30+02:00 or 2025-10-26 02:30+01:00."
    )


def test_a_moment_that_the_clocks_leave_out() -> None:
    problem = problem_of(Kind.MOMENT, datetime(2025, 3, 30, 2, 30), zone=STOCKHOLM)
    assert problem.code == "CELL_AMBIGUOUS"
    assert "does not occur" in problem.found
    assert problem.remedy == "Type it with its offset from UTC: 2025-03-30 02:30+01:00."


@pytest.mark.parametrize("offset", ["+01:00", "+02:00"])
def test_what_the_remedy_says_to_type_has_one_reading(offset: str) -> None:
    instant = value_of(Kind.MOMENT, f"2025-10-26 02:30{offset}", zone=STOCKHOLM)
    assert instant == datetime.fromisoformat(f"2025-10-26T02:30{offset}")


@pytest.mark.parametrize("minute", [datetime(2025, 10, 26, 1, 59), datetime(2025, 10, 26, 3, 0)])
def test_the_minutes_around_the_repeated_hour_have_one_reading(minute: datetime) -> None:
    offset = timedelta(hours=2 if minute.hour == 1 else 1)
    expected = (minute - offset).replace(tzinfo=UTC)
    assert value_of(Kind.MOMENT, minute, zone=STOCKHOLM) == expected


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Europe", "/etc/localtime"])
def test_a_zone_that_nobody_knows_asks_for_an_offset(zone: str) -> None:
    problem = problem_of(Kind.MOMENT, "2025-10-31 14:30", zone=zone)
    assert problem.code == "CELL_NOT_A_MOMENT"
    assert problem.found == f"2025-10-31 14:30 in the time zone “{zone}”, which is not known"
    assert problem.expected == "a date and time with its offset from UTC"
    assert problem.remedy == "Type it with its offset, such as 2025-10-31 14:30+01:00."


NO_MOMENTS = [
    "2025-10-31 25:00",
    "2025-10-31 14h30",
    "2025-10-31 14:30+25:00",
    "0001-01-01 00:00+05:00",
    "9999-12-31 23:59-05:00",
    "9999-12-31 23:59:59.9999",
    "14:30",
]


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_a_text_that_is_no_moment(text: str) -> None:
    problem = problem_of(Kind.MOMENT, text)
    assert problem.code == "CELL_NOT_A_MOMENT"
    assert problem.found == f"“{text}”"


@pytest.mark.parametrize("value", [datetime.min, datetime.max, date.min, date.max])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_ends_of_the_calendar_are_no_moments(value: date, zone: str) -> None:
    assert problem_of(Kind.MOMENT, value, zone=zone).code == "CELL_NOT_A_MOMENT"


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.MOMENT])
def test_a_time_without_a_day_is_shown_as_one(kind: Kind) -> None:
    assert problem_of(kind, time(14, 30)).found == "the time 14:30:00"
