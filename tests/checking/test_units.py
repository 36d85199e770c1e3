"""Amounts in units that a service does not have: converted, or refused, never guessed."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.checking.units import convert, convert_to_nearest, find_unit_name, fits
from importer.declare.column import Kind
from importer.model.record import Amount
from tests.checking.bench import PLACE, problem_of, read, value_of

BASES = {
    "energy": ("kWh",),
    "weight": ("kg", "t", "lbs", "shortton"),
    "volume": ("l", "m3", "foot^3", "yard^3"),
    "temperature": ("celsius",),
}
SENT = """
    typed                | base        | sent
    84.23 MWh            | energy      | 84230 kWh
    0.1 GWh              | energy      | 100000 kWh
    840 Wh               | energy      | 0.84 kWh
    1 GJ                 | energy      | 277.777777777778 kWh
    3.6 MJ               | energy      | 1 kWh
    500 g                | weight      | 0.5 kg
    1 long ton           | weight      | 1.0160469088 t
    250 ml               | volume      | 0.25 l
    12 hl                | volume      | 1.2 m3
    1000 US gallon       | volume      | 3785.411784 l
    1 imperial gallon    | volume      | 4.54609 l
    50 °F                | temperature | 10 celsius
    300 K                | temperature | 26.85 celsius
"""
RESPELLED = """
    typed                | base        | sent
    3 lb                 | weight      | 3 lbs
    3 Pounds             | weight      | 3 lbs
    2 tonnes             | weight      | 2 t
    12 Mg                | weight      | 12 t
    2 short tons         | weight      | 2 shortton
    7 Litres             | volume      | 7 l
    7 m³                 | volume      | 7 m3
    7 ft³                | volume      | 7 foot^3
    7 cubic yards        | volume      | 7 yard^3
    21 °C                | temperature | 21 celsius
    21 ℃                 | temperature | 21 celsius
    0 MWh                | energy      | 0 kWh
"""


def cases(table: str) -> list[tuple[float, str, tuple[str, ...], Amount]]:
    found = []
    for line in table.strip().splitlines()[1:]:
        typed, base, sent = (part.strip() for part in line.split("|"))
        number, unit = typed.split(" ", 1)
        amount, meant = sent.split(" ", 1)
        found.append((float(number), unit, BASES[base], Amount(number=float(amount), unit=meant)))
    return found


@pytest.mark.parametrize(("number", "unit", "units", "sent"), cases(SENT))
def test_a_unit_that_fits_is_converted_and_said(
    number: float, unit: str, units: tuple[str, ...], sent: Amount
) -> None:
    value, (problem,) = read(Kind.AMOUNT, number, unit=unit, units=units)
    assert value == sent
    assert (problem.code, problem.severity, problem.place) == ("CELL_CONVERTED", "warning", PLACE)
    assert problem.expected == f"one of the units {', '.join(units)}"
    assert problem.found == f"{number:.10g} {unit} sent as {sent.number:.15g} {sent.unit}"


@pytest.mark.parametrize(("number", "unit", "units", "sent"), cases(RESPELLED))
def test_another_spelling_of_the_same_unit_needs_no_word(
    number: float, unit: str, units: tuple[str, ...], sent: Amount
) -> None:
    assert value_of(Kind.AMOUNT, number, unit=unit, units=units) == sent


@pytest.mark.parametrize(
    ("unit", "base"),
    [("kg", "energy"), ("MWh", "weight"), ("ton", "weight"), ("gal", "volume"), ("Nm3", "volume"),
     ("kg/kWh", "energy"), ("kWh * 2", "energy"), ("__import__('os')", "energy")],
)  # fmt: skip
def test_what_cannot_be_converted_is_a_problem(unit: str, base: str) -> None:
    problem = problem_of(Kind.AMOUNT, 5, unit=unit, units=BASES[base])
    assert problem.code == "CELL_UNIT"
    assert problem.expected == f"one of the units {', '.join(BASES[base])}"


@pytest.mark.parametrize(("unit", "meant"), [("mwh", "MWh"), ("mWh", "MWh"), ("mj", "MJ")])
def test_a_milli_that_may_be_a_mega_is_not_guessed(unit: str, meant: str) -> None:
    problem = problem_of(Kind.AMOUNT, 5, unit=unit, units=BASES["energy"])
    assert problem.code == "CELL_UNIT"
    assert problem.remedy == f"If {meant} is meant, write it in these letters."


def test_what_the_service_itself_calls_so_is_not_asked_about() -> None:
    assert value_of(Kind.AMOUNT, 5, unit="mwh", units=("MWh",)) == Amount(number=5, unit="MWh")


def test_the_number_that_no_double_holds_is_refused() -> None:
    assert convert_to_nearest(1e308, "TWh", ("kWh",)) is None


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_there_and_back_is_the_same_to_the_digits_that_count(number: float) -> None:
    there = convert(number, "MWh", "kWh")
    assert there is not None
    back = convert(there, "kWh", "MWh")
    assert back == pytest.approx(number, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "name"),
    [("MWH", "megawatt_hour"), ("MG", None), ("Ml", None), ("ML", None), ("KG", "kilogram"),
     ("", None), ("  t ", "metric_ton")],
)  # fmt: skip
def test_case_is_forgiven_where_nothing_hangs_on_it(text: str, name: str | None) -> None:
    assert find_unit_name(text) == name


def test_pint_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, importer.checking.workbook; print('pint' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("unit", "like", "expected"),
    [
        ("t", "kg", True),
        ("kWh", "kg", False),
        ("kgCO2e / kWh", "kgCO2e / MWh", True),
        ("", "dimensionless", True),
        ("1", "dimensionless", True),
        ("mol / mol", "dimensionless", True),
        ("%", "dimensionless", False),
        ("", "%", False),
        ("", "mg / kg", False),
        ("percent", "%", True),
        ("g / kg", "kg / kg", True),
        ("sacks", "kg", None),
    ],
)
def test_a_unit_fits_where_it_converts_and_no_share_is_a_plain_number(
    unit: str, like: str, expected: bool | None
) -> None:
    assert fits(unit, like) is expected
