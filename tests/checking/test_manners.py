"""Values with two readings: what the rest of the column shows, and what settles them."""

from datetime import UTC, date, datetime

import pytest

from importer.checking.definitions import DefinedReader
from importer.declare.column import Kind
from importer.model.manner import Conventions, DateOrder, DecimalSign, Manner
from importer.model.problem import Problem
from importer.model.record import Amount, Value
from tests.checking.bench import check, problem_of, value_of
from tests.checking.diesel_log import BOOK, DIESEL, LOG

DMY = Conventions(dates=DateOrder.DAY_FIRST)
MDY = Conventions(dates=DateOrder.MONTH_FIRST)
POINT = Conventions(decimal=DecimalSign.POINT)
COMMA = Conventions(decimal=DecimalSign.COMMA)

LOGS = """
Emission logs
External ID | Config | Site | Period start | Period end
"""
DATAPOINTS = """
Datapoints
External ID | Name | Type | Value | Description
"""


def ambiguous(text: str) -> list[Problem]:
    return [each for each in check(text).problems if each.code == "CELL_AMBIGUOUS"]


def test_what_the_other_dates_of_the_column_show() -> None:
    rows = [
        "L-1 | Diesel | X | 03/04/2026 | 04/05/2026",
        "L-2 | Diesel | X | 13/04/2026 | 2026-05-14",
        "L-3 | Diesel | X | 28.04.2026 | 05/05/2026",
        "L-4 | Diesel | X | 04/28/2026 | 2026-05-14",
    ]
    start, end = ambiguous(LOGS + "\n".join(rows))
    assert start.found == (
        "“03/04/2026”, which may be 2026-04-03 or 2026-03-04 "
        "(2 other cells of this column read only with the day first, 1 only with the month first)"
    )
    assert end.found == "“04/05/2026”, which may be 2026-05-04 or 2026-04-05"


def test_what_the_other_numbers_of_the_column_show() -> None:
    values = ["1.234", "12,5", "1.234.567", "1.234,5", "7", "-3,25"]
    rows = (f"D-{n} | x | REPORTED | {value} | y" for n, value in enumerate(values))
    (problem,) = ambiguous(DATAPOINTS + "\n".join(rows).replace("1.234 |", '"1.234" |'))
    assert problem.found == (
        "“1.234”, which may be 1.234 or 1234 "
        "(4 other cells of this column read only with a decimal comma)"
    )


def test_one_other_cell() -> None:
    rows = ["D-1 | x | REPORTED | 1,234 | y", "D-2 | x | REPORTED | 1,234.5 | y"]
    (problem,) = ambiguous(DATAPOINTS + "\n".join(rows))
    assert "(1 other cell of this column reads only with a decimal point)" in problem.found


def test_a_column_settles_nothing_by_itself() -> None:
    rows = ["L-1 | Diesel | X | 03/04/2026 | 2026-05-04"]
    rows += [f"L-{n} | Diesel | X | {n}/04/2026 | 2026-05-04" for n in range(13, 29)]
    problems = check(LOGS + "\n".join(rows)).problems
    codes = [each.code for each in problems if each.place.header == "Period start"]
    assert sorted(codes) == ["CELL_AMBIGUOUS", *["CELL_NOT_A_DATE"] * 16]


STATED: list[tuple[Kind, str, Conventions, Value]] = [
    (Kind.DATE, "03/04/2025", DMY, date(2025, 4, 3)),
    (Kind.DATE, "03/04/2025", MDY, date(2025, 3, 4)),
    (Kind.DATE, "31/10/2025", DMY, date(2025, 10, 31)),
    (Kind.DATE, "31/10/2025", MDY, date(2025, 10, 31)),
    (Kind.DATE, "10/31/2025", DMY, date(2025, 10, 31)),
    (Kind.DATE, "2025-03-04", DMY, date(2025, 3, 4)),
    (Kind.MOMENT, "3.4.2025 7:30", DMY, datetime(2025, 4, 3, 7, 30, tzinfo=UTC)),
    (Kind.MOMENT, "3.4.2025", MDY, datetime(2025, 3, 4, tzinfo=UTC)),
    (Kind.NUMBER, "1.234", POINT, 1.234),
    (Kind.NUMBER, "1.234", COMMA, 1234),
    (Kind.NUMBER, "1,234", POINT, 1234),
    (Kind.NUMBER, "1,234", COMMA, 1.234),
    (Kind.NUMBER, "12,5", POINT, 12.5),
    (Kind.NUMBER, "1.234,5", POINT, 1234.5),
    (Kind.PERCENTAGE, "1,234 %", COMMA, 0.01234),
]


@pytest.mark.parametrize(("kind", "text", "conventions", "value"), STATED)
def test_what_is_stated_settles_what_has_two_readings_and_nothing_else(
    kind: Kind, text: str, conventions: Conventions, value: Value
) -> None:
    assert value_of(kind, text, manner=Manner(conventions=conventions)) == value


@pytest.mark.parametrize("conventions", [POINT, COMMA, Conventions()])
def test_dates_are_not_settled_by_a_decimal_sign(conventions: Conventions) -> None:
    problem = problem_of(Kind.DATE, "03/04/2025", manner=Manner(conventions=conventions))
    assert problem.code == "CELL_AMBIGUOUS"


def test_a_day_with_a_time_is_no_day_whatever_is_stated() -> None:
    problem = problem_of(Kind.DATE, "31/10/2025 14:30", manner=Manner(conventions=DMY))
    assert problem.code == "CELL_NOT_A_DATE"


VOLUMES = f"""{BOOK.strip()}
DIESEL-10 | Volume | "1.234" | l
DIESEL-10 | Tank   | 12,5    |"""


@pytest.mark.parametrize(("conventions", "number"), [(POINT, 1.234), (COMMA, 1234)])
def test_values_that_the_account_defines_are_settled_too(
    conventions: Conventions, number: float
) -> None:
    (record,) = check(VOLUMES, conventions=conventions).records
    filled, _ = DefinedReader(LOG, DIESEL, "UTC").read(record)
    assert filled.defined["dpc_1"] == Amount(number=number, unit="l")


def test_values_that_the_account_defines_show_their_column() -> None:
    (record,) = check(VOLUMES).records
    _, problems = DefinedReader(LOG, DIESEL, "UTC").read(record)
    (problem,) = (each for each in problems if each.code == "CELL_AMBIGUOUS")
    assert "1 other cell of this column reads only with a decimal comma" in problem.found


def test_the_notes_say_what_was_stated() -> None:
    assert Conventions().notes == ()
    first, second = Conventions(dates=DateOrder.DAY_FIRST, decimal=DecimalSign.COMMA).notes
    assert "day first" in first
    assert "03/04/2025 is 2025-04-03" in first
    assert "decimal comma" in second
    assert "“1.234” is 1234" in second


def test_what_is_stated_closer_counts() -> None:
    assert DMY.over(MDY) == DMY
    assert DMY.over(COMMA) == Conventions(dates=DateOrder.DAY_FIRST, decimal=DecimalSign.COMMA)
    assert Conventions().over(MDY) == MDY
