"""Units of datapoints: a small table instead of the service's own, which is not published.

Observed: spellings such as `kg`, `l`, `kWh`, `tonne * km`, `dimensionless`, `%`, `degC`, `bar`,
`mg / kg`, `kg / m^3` and `tonne / hour` are in use, and `kg` comes back as `kilogram`. The other
canonical spellings, and which unit means which kind of quantity, are ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit: what it measures, how it comes back, its size beside others of its kind."""

    kind: str
    canonical: str
    size: float


DIMENSIONLESS = "dimensionless"

# kind of quantity: (canonical spelling, size, other spellings)
_TABLE: Mapping[str, tuple[tuple[str, float, tuple[str, ...]], ...]] = {
    "dimensionless": ((DIMENSIONLESS, 1, ()),),
    "dimensionless_ratio": (("percent", 0.01, ("%",)),),
    "mass": (
        ("kilogram", 1, ("kg",)),
        ("gram", 1e-3, ("g",)),
        ("milligram", 1e-6, ("mg",)),
        ("metric_ton", 1000, ("t", "tonne", "tonnes")),
        ("pound", 0.45359237, ("lb", "lbs")),
    ),
    "energy": (
        ("kilowatt_hour", 1, ("kWh",)),
        ("megawatt_hour", 1000, ("MWh",)),
        ("gigawatt_hour", 1e6, ("GWh",)),
        ("megajoule", 1 / 3.6, ("MJ",)),
        ("gigajoule", 1000 / 3.6, ("GJ",)),
    ),
    "volume": (
        ("meter ** 3", 1, ("m^3", "m3", "m**3")),
        ("liter", 1e-3, ("l", "L", "litre", "litres", "liters")),
        ("milliliter", 1e-6, ("ml", "mL")),
    ),
    "distance": (
        ("kilometer", 1, ("km", "kilometre")),
        ("meter", 1e-3, ("m", "metre")),
        ("mile", 1.609344, ("mi", "miles")),
    ),
    "time": (
        ("hour", 1, ("h", "hours")),
        ("day", 24, ("d", "days")),
        ("minute", 1 / 60, ("min", "minutes")),
        ("second", 1 / 3600, ("s", "seconds")),
    ),
    "temperature": (("degree_Celsius", 1, ("degC", "celsius")),),
    "pressure": (
        ("bar", 1, ()),
        ("pascal", 1e-5, ("Pa",)),
        ("kilopascal", 1e-2, ("kPa",)),
    ),
    "power": (("kilowatt", 1, ("kW",)), ("megawatt", 1000, ("MW",))),
    "mass_distance": (
        ("kilometer * metric_ton", 1, ("tonne * km", "t * km", "tkm")),
        ("kilogram * kilometer", 1e-3, ("kg * km",)),
    ),
    "mass_concentration": (
        ("milligram / meter ** 3", 1e-6, ("mg / m^3", "mg / m3")),
        ("gram / meter ** 3", 1e-3, ("g / m^3", "g / m3")),
        ("milligram / liter", 1e-3, ("mg / l", "mg / L")),
    ),
    "mass_density": (("kilogram / meter ** 3", 1, ("kg / m^3", "kg / m3")),),
    "mass_ratio": (
        ("kilogram / kilogram", 1, ("kg / kg",)),
        ("gram / kilogram", 1e-3, ("g / kg",)),
        ("milligram / kilogram", 1e-6, ("mg / kg",)),
    ),
    "mass_flow_rate": (
        ("metric_ton / hour", 1000, ("tonne / hour", "t / h")),
        ("kilogram / hour", 1, ("kg / hour", "kg / h")),
    ),
    "volume_flow_rate": (("meter ** 3 / hour", 1, ("m^3 / hour", "m^3 / h", "m3 / h")),),
    "energy_carbon_emission_factor": (("kilogram_CO2e / kilowatt_hour", 1, ("kgCO2e / kWh",)),),
    "volume_carbon_emission_factor": (
        ("kilogram_CO2e / meter ** 3", 1, ("kgCO2e / m^3",)),
        ("kilogram_CO2e / liter", 1000, ("kgCO2e / L", "kgCO2e / l")),
    ),
    "mass_distance_carbon_emission_factor": (
        ("kilogram_CO2e / kilometer / metric_ton", 1, ("kgCO2e / (tonne * km)",)),
    ),
}


def _spell_out() -> Iterator[tuple[str, Unit]]:
    for kind, rows in _TABLE.items():
        for canonical, size, spellings in rows:
            unit = Unit(kind=kind, canonical=canonical, size=size)
            for spelling in (canonical, *spellings):
                yield spelling.replace(" ", ""), unit


_BY_SPELLING: Mapping[str, Unit] = dict(_spell_out())


def find_unit(spelling: str | None) -> Unit:
    """The unit with this spelling; blanks do not count, and None is dimensionless.

    Raises:
        LookupError: The unit is not in the table.
    """
    unit = _BY_SPELLING.get((spelling or DIMENSIONLESS).replace(" ", ""))
    if unit is None:
        raise LookupError(f"the unit {spelling!r} is not known")
    return unit


def convert(magnitude: float, spelling: str | None, to: str) -> float:
    """A magnitude in another unit of the same kind.

    Raises:
        LookupError: One of the units is not in the table.
    """
    return magnitude * find_unit(spelling).size / find_unit(to).size
