"""Which spellings of a unit are one unit."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.model.record import Json
from importer.resources.isometric.unit import same_unit
from importer.sandbox.isometric import units as sandbox

SAME = """
kg                    = kilogram = kilograms
g                     = gram
t                     = tonne = metric_ton
kWh                   = kilowatt_hour
l                     = L = liter = litre
m^3                   = m3 = meter ** 3 = cubic_meter = m**3
%                     = percent
degC                  = degree_Celsius
tonne * km            = km * tonne = kilometer * metric_ton = t*km
kg / m^3              = kilogram / meter ** 3 = kg/m3 = kg * m ** -3
mg / kg               = milligram / kilogram
tonne / hour          = metric_ton / hour = t / h
kgCO2e / kWh          = kilogram_CO2e / kilowatt_hour
kgCO2e / (tonne * km) = kilogram_CO2e / kilometer / metric_ton = kgCO2e / t / km
kg / (t / (km * h))   = kg * km * hour / tonne
"""
GROUPS = [[each.strip() for each in line.split("=")] for line in SAME.strip().splitlines()]


@pytest.mark.parametrize("spellings", GROUPS, ids=lambda group: group[0])
def test_spellings_of_one_line_are_one_unit(spellings: list[str]) -> None:
    assert all(same_unit(one, other) for one, other in combinations(spellings, 2))


def test_spellings_of_two_lines_are_two_units() -> None:
    for one, other in combinations(GROUPS, 2):
        assert not any(same_unit(first, second) for first in one for second in other)


@pytest.mark.parametrize("plain", [None, "", "1", "dimensionless"])
def test_a_plain_number_has_no_unit(plain: Json) -> None:
    assert same_unit(plain, "dimensionless")
    assert not same_unit(plain, "percent")
    assert not same_unit(plain, "kg / kg")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kg", "KG"),
        ("kWh", "MWh"),
        ("m^2", "m^3"),
        ("kg / m^3", "kg * m^3"),
        ("kg / (m * s)", "kg / m * s"),
        ("Nm3", "m3"),
        ("Nm3", "normal_meter ** 3"),
        ("kg", None),
    ],
)
def test_what_is_not_known_to_be_the_same_is_not(one: Json, other: Json) -> None:
    assert not same_unit(one, other)


def test_the_sandbox_never_means_two_units_by_what_is_one_here() -> None:
    spelled = [
        (canonical, spelling)
        for rows in sandbox._TABLE.values()
        for canonical, _, others in rows
        for spelling in (canonical, *others)
    ]
    for (one, first), (other, second) in combinations(spelled, 2):
        assert one == other or not same_unit(first, second)


odd = st.text(alphabet="kgm31 */^()-%", max_size=12)


@given(odd)
def test_any_text_is_the_same_unit_as_itself(spelling: str) -> None:
    assert same_unit(spelling, spelling)


@given(odd, odd, odd)
def test_sameness_is_an_equivalence(one: str, other: str, third: str) -> None:
    assert same_unit(one, other) == same_unit(other, one)
    if same_unit(one, other) and same_unit(other, third):
        assert same_unit(one, third)


@pytest.mark.parametrize("nonsense", [5, True, [], {}, ["kg"], {"kg": 1}], ids=str)
def test_what_is_no_text_is_compared_without_a_crash(nonsense: Json) -> None:
    assert same_unit(nonsense, nonsense)
    assert not same_unit(nonsense, "kg")
