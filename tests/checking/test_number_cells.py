"""Cells of numbers, percentages and amounts: one reading, or none is taken."""

import math

import pytest

from importer.checking.lines import read_lines
from importer.checking.numbers import to_float
from importer.declare.column import Column, Kind
from importer.declare.sheet import Sheet
from importer.model.record import Amount
from importer.model.table import RawValue
from tests.checking.bench import make_cell, problem_of, read, read_tables, value_of

ONE_READING = """
    12.5            12.5
    12,5            12.5
    12.50           12.5
    1 234,5         1234.5
    1 234.5         1234.5
    1,234.5         1234.5
    1.234,5         1234.5
    1 234 567       1234567
    1,234,567       1234567
    1.234.567       1234567
    1.234.567,8     1234567.8
    1'234'567.8     1234567.8
    1’234           1234
    12 500          12500
    0,123           0.123
    0.123           0.123
    1234.567        1234.567
    1,2345          1.2345
    -3              -3
    +3              3
    −3              -3
    -1 234,5        -1234.5
    1e5             100000
    1.5E-3          0.0015
    0e5             0
    0E5             0
    007             7
    0               0
    -0              0
    9007199254740993    9007199254740992
    1e300           1e300
"""

TWO_READINGS = """
    1.234       1.234 or 1234
    1,234       1.234 or 1234
    -1.234      -1.234 or -1234
    +1,234      1.234 or 1234
    999,999     999.999 or 999999
    1.000       1 or 1000
"""

NO_READING = """
    abc
    12 kg
    82,1 %
    1,2,3
    1.2.3
    1,23,456
    1.234.5
    1,234,5
    12.5 300
    1,5 000
    0.123,456
    1 234'567
    1234 567
    12 34
    '500
    - 500
    12.
    .5
    1,234e5
    1e400
    1e-400
    0x10
    1_000
    inf
    nan
    1/2
    ½
    −
    +-3
    =1
"""

OR_STATE = "or state the decimal sign of all such cells: on Start here, or with --decimal."


def cases(table: str) -> list[tuple[str, str]]:
    rows = [line.strip() for line in table.strip("\n").splitlines()]
    return [(left.strip(), right.strip()) for left, _, right in (r.partition("  ") for r in rows)]


@pytest.mark.parametrize(("text", "number"), cases(ONE_READING))
def test_a_text_with_one_reading_is_that_number(text: str, number: str) -> None:
    assert value_of(Kind.NUMBER, text) == float(number)


@pytest.mark.parametrize("space", [" ", "\u2009", "\u202f", "\u00a0", "\u2007", "'"])
def test_thousands_may_be_parted_by_any_space(space: str) -> None:
    value, _ = read(Kind.NUMBER, f"1{space}234{space}567,5")
    assert value == 1234567.5


@pytest.mark.parametrize(("text", "both"), cases(TWO_READINGS))
def test_a_text_with_two_readings_shows_both(text: str, both: str) -> None:
    problem = problem_of(Kind.NUMBER, text)
    assert problem.code == "CELL_AMBIGUOUS"
    assert problem.found == f"“{text}”, which may be {both}"
    assert problem.remedy == f"Type {both} as a number, {OR_STATE}"


@pytest.mark.parametrize(("text", "_"), cases(NO_READING))
def test_a_text_without_a_reading_is_no_number(text: str, _: str) -> None:
    problem = problem_of(Kind.NUMBER, text)
    assert problem.code == "CELL_NOT_A_NUMBER"
    assert problem.found == f"“{text}”"


@pytest.mark.parametrize("number", [0, 12.5, -3, 1e-9, 84230, 2**53 - 1, 0.1 + 0.2, 1e300])
def test_a_number_is_taken_as_it_is_stored(number: float) -> None:
    assert value_of(Kind.NUMBER, number) == number


@pytest.mark.parametrize(
    ("number", "is_whole"),
    [(12.0, True), (84230.0, True), (2.0**53 - 1, True), (2.0**53, False), (12.5, False)],
)
def test_a_whole_number_loses_its_needless_fraction_while_it_has_all_digits(
    number: float, is_whole: bool
) -> None:
    assert isinstance(value_of(Kind.NUMBER, number), int) is is_whole


@pytest.mark.parametrize(("number", "double"), [(10**400, math.inf), (-(10**400), -math.inf)])
def test_a_number_beyond_all_doubles_is_infinite_on_its_side(number: int, double: float) -> None:
    assert to_float(number) == double


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan"), 10**400, -(10**400)])
@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.PERCENTAGE, Kind.AMOUNT])
@pytest.mark.parametrize("percent", [True, False])
def test_a_number_beyond_all_numbers_is_none(kind: Kind, number: float, percent: bool) -> None:
    problem = problem_of(kind, make_cell(number, percent=percent), units=("kg",))
    assert problem.code == "CELL_NOT_A_NUMBER"
    assert problem.found == "a number that is too large"


@pytest.mark.parametrize(
    ("stored", "seen"), [(0.62, "62"), (0.07, "7"), (0.567, "56.7"), (1, "100"), (-0.005, "-0.5")]
)
@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.AMOUNT])
def test_a_percent_format_hides_the_number(kind: Kind, stored: float, seen: str) -> None:
    problem = problem_of(kind, make_cell(stored, percent=True), unit="kg", units=("kg",))
    assert problem.code == "CELL_AMBIGUOUS"
    assert problem.found == f"{seen} % in a cell formatted as percent, which is stored as {stored}"
    assert problem.expected == f"a plain number: either {seen} or {stored}"


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.TEXT, Kind.KEY, Kind.DATE])
def test_a_percentage_beyond_all_numbers_is_too_large(kind: Kind) -> None:
    problem = problem_of(kind, make_cell(1.7e308, percent=True))
    assert problem.found.startswith("a number that is too large")


SHARES: list[tuple[RawValue, bool, float]] = [
    (0.62, True, 0.62),
    (0.62, False, 0.62),
    (62, False, 62),
    ("0,62", False, 0.62),
    ("62%", False, 0.62),
    ("62 %", False, 0.62),
    ("56,7 %", False, 0.567),
    ("0.07 %", False, 0.0007),
    ("1 234,5 %", False, 12.345),
]


@pytest.mark.parametrize(("value", "percent", "share"), SHARES)
def test_a_percentage_is_a_share(value: RawValue, percent: bool, share: float) -> None:
    assert value_of(Kind.PERCENTAGE, make_cell(value, percent=percent)) == share


def test_a_percentage_with_two_readings_tells_the_shares_to_type() -> None:
    problem = problem_of(Kind.PERCENTAGE, "12,345 %")
    assert problem.found == "“12,345 %”, which may be 12.345 % or 12345 %"
    assert problem.remedy == f"Type 0.12345 or 123.45 as a number, {OR_STATE}"


def test_a_percentage_that_is_none_is_shown_as_it_was_typed() -> None:
    assert problem_of(Kind.PERCENTAGE, "much %").found == "“much %”"


ENERGY = ("kWh", "MWh")
UNITS = """
    kWh         kWh
    KWH         kWh
    mwh         MWh
     kWh        kWh
"""


@pytest.mark.parametrize(("unit", "meant"), cases(UNITS))
def test_a_unit_is_taken_in_the_spelling_of_the_service(unit: str, meant: str) -> None:
    assert value_of(Kind.AMOUNT, 5, unit=unit, units=ENERGY) == Amount(number=5, unit=meant)


def test_the_only_unit_is_meant_where_none_is_given() -> None:
    assert value_of(Kind.AMOUNT, 5, units=("celsius",)) == Amount(number=5, unit="celsius")


def test_an_amount_on_a_sheet_without_units_takes_its_only_one() -> None:
    load = Column(header="Load", kind=Kind.AMOUNT, units=("t",))
    sheet = Sheet(name="Loads", about="", columns=(load,))
    (table,) = read_tables("Loads\nLoad\n12.5", [sheet])
    (line,) = read_lines(table, sheet, zone="UTC").lines
    assert line.values == {"Load": Amount(number=12.5, unit="t")}


def test_a_raised_figure_in_a_unit_is_that_figure() -> None:
    assert value_of(Kind.AMOUNT, 5, unit="m³", units=("l", "m3")) == Amount(number=5, unit="m3")


def test_units_that_differ_by_case_only_are_told_apart() -> None:
    assert value_of(Kind.AMOUNT, 5, unit="mW", units=("mW", "MW")) == Amount(number=5, unit="mW")
    assert problem_of(Kind.AMOUNT, 5, unit="mw", units=("mW", "MW")).code == "CELL_UNIT"


@pytest.mark.parametrize(
    ("unit", "units", "found", "expected"),
    [
        ("therm", ENERGY, "the unit “therm”", "one of the units kWh, MWh"),
        ("", ENERGY, "a number without a unit", "one of the units kWh, MWh"),
        ("kg", (), "the unit “kg”", "a unit that fits"),
    ],
)
def test_a_unit_that_does_not_fit(
    unit: str, units: tuple[str, ...], found: str, expected: str
) -> None:
    problem = problem_of(Kind.AMOUNT, 5, unit=unit, units=units)
    assert problem.code == "CELL_UNIT"
    assert (problem.found, problem.expected) == (found, expected)


def test_a_bad_number_does_not_hide_its_bad_unit() -> None:
    _, problems = read(Kind.AMOUNT, "much", unit="therm", units=ENERGY)
    assert [each.code for each in problems] == ["CELL_NOT_A_NUMBER", "CELL_UNIT"]
