"""Units: from what people write to what a service takes. The only module that knows pint.

What may be converted is a list, although pint knows more: a ton has three meanings, and `mWh` is
a milliwatt hour to pint. A wrong guess would be off by a thousand.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from tokenize import TokenError
from typing import Any

from importer.checking.numbers import shortest
from importer.checking.texts import trim

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "watt_hour": ("Wh",),
    "kilowatt_hour": ("kWh",),
    "megawatt_hour": ("MWh",),
    "gigawatt_hour": ("GWh",),
    "terawatt_hour": ("TWh",),
    "joule": ("J",),
    "kilojoule": ("kJ",),
    "megajoule": ("MJ",),
    "gigajoule": ("GJ",),
    "terajoule": ("TJ",),
    "milligram": ("mg", "milligram", "milligrams"),
    "gram": ("g", "gram", "grams"),
    "kilogram": ("kg", "kilogram", "kilograms"),
    "megagram": ("Mg",),
    "metric_ton": ("t", "tonne", "tonnes", "metric ton", "metric tons"),
    "pound": ("lb", "lbs", "pound", "pounds"),
    "short_ton": ("shortton", "short ton", "short tons", "US ton", "US tons"),
    "long_ton": ("long ton", "long tons"),
    "milliliter": ("ml", "millilitre", "millilitres", "milliliter", "milliliters"),
    "centiliter": ("cl", "centilitre", "centilitres", "centiliter", "centiliters"),
    "deciliter": ("dl", "decilitre", "decilitres", "deciliter", "deciliters"),
    "liter": ("l", "litre", "litres", "liter", "liters", "dm3", "dm^3"),
    "hectoliter": ("hl", "hectolitre", "hectolitres", "hectoliter", "hectoliters"),
    "meter ** 3": ("m3", "m^3", "cbm", "cubic metre", "cubic metres", "cubic meters"),
    "centimeter ** 3": ("cm3", "cm^3", "ccm"),
    "foot ** 3": ("foot^3", "ft3", "ft^3", "cubic foot", "cubic feet"),
    "yard ** 3": ("yard^3", "yd3", "yd^3", "cubic yard", "cubic yards"),
    "gallon": ("US gallon", "US gallons", "US gal"),
    "imperial_gallon": ("imperial gallon", "imperial gallons", "UK gallon", "UK gallons"),
    "degree_Celsius": ("celsius", "°C", "C", "degC", "degrees celsius"),
    "degree_Fahrenheit": ("fahrenheit", "°F", "F", "degF", "degrees fahrenheit"),
    "kelvin": ("K", "kelvin"),
}
"""What pint calls a unit, and how people and services spell it."""


_UNIT = re.compile(r"[A-Za-z0-9_%°µ²³ .*/^()-]{1,100}")
_UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SyntaxError,
    TokenError,
    TypeError,
    ValueError,
)
"""What pint and the parser below it raise for a text that is no unit."""
_CO2E = re.compile(r"[_ ]?CO2-?eq?\b", re.IGNORECASE)


def convert_to_nearest(
    number: int | float, unit: str, units: Sequence[str]
) -> tuple[int | float, str] | None:
    """The amount in that of the units which changes the number least; None where none fits.

    One that only moves the decimal sign is nearer than any other: grams become kilograms.
    """
    found = [(each, convert(1, unit, each)) for each in units]
    sizes = {each: size for each, size in found if size is not None}
    if not sizes:
        return None
    nearest = min(sizes, key=lambda each: _distance(sizes[each]))
    converted = convert(number, unit, nearest)
    return None if converted is None else (converted, nearest)


def _distance(size: int | float) -> tuple[bool, float]:
    places = math.log10(abs(size) or 1)
    return not places.is_integer(), abs(places)


def convert(number: int | float, unit: str, other: str) -> int | float | None:
    """The number in another unit, in the 15 digits that spreadsheets keep; None where it has none.

    Digits are counted in decimals, so that 84.23 MWh are 84230 kWh and nothing else.
    """
    pair = _find_pair(unit, other)
    if pair is None:
        return None
    source, target = pair
    quantity = _registry().Quantity(Decimal(str(number)), source)
    converted = float(f"{quantity.to(target).magnitude:.15g}")
    return shortest(converted) if math.isfinite(converted) else None


@lru_cache(maxsize=1024)
def _find_pair(unit: str, other: str) -> tuple[Any, Any] | None:
    """Both units as pint has them; None where one does not convert to the other."""
    source, target = find_unit_name(unit), find_unit_name(other)
    if source is None or target is None:
        return None
    units = _registry().Unit(source), _registry().Unit(target)
    return units if units[0].is_compatible_with(units[1]) else None


def fits(unit: str, like: str) -> bool | None:
    """Whether a unit, simple or put together, converts to another; None where that is not known.

    A share is no plain number: integrators saw one refused for the other. So one is never taken
    for the other here, although they would convert.
    """
    source, target = _read_unit(unit), _read_unit(like)
    if source is None or target is None:
        return None
    if _is_plain(unit) or _is_plain(like):
        return bool(source == target)
    return bool(source.is_compatible_with(target))


def _is_plain(unit: str) -> bool:
    """Whether a unit is that of a plain number."""
    return trim(unit)[0] in ("", "1", "dimensionless")


@lru_cache(maxsize=1024)
def _read_unit(text: str) -> Any:
    """A unit as pint has it. Emissions are taken as the mass that they are written with."""
    plain = find_unit_name(text) or _CO2E.sub("", text) or "dimensionless"
    if not _UNIT.fullmatch(plain):
        return None
    try:
        return _registry().parse_units(plain)
    except _UNREADABLE:
        return None


@lru_cache(maxsize=1024)
def find_unit_name(text: str) -> str | None:
    """What pint calls the unit that is meant; None where that is not certain.

    Case is forgiven where nothing hangs on it: `MWH` is MWh, but `mwh` may be two units.
    """
    plain = unicodedata.normalize("NFKC", " ".join(trim(text)[0].split()))
    exact = [name for name, spelled in _SPELLINGS.items() if plain in spelled]
    if exact:
        return exact[0]
    alike = dict(_spelled_alike(plain))
    names = set(alike.values())
    is_certain = len(names) == 1 and any(_starts_alike(plain, each) for each in alike)
    return names.pop() if is_certain else None


def suggest_unit(text: str) -> str:
    """The unit that a text may mean although its case says another; empty where there is none."""
    return next((spelling for spelling, _ in _spelled_alike(text.strip())), "")


def _spelled_alike(text: str) -> Iterable[tuple[str, str]]:
    for name, spelled in _SPELLINGS.items():
        for spelling in spelled:
            if spelling.casefold() == text.casefold():
                yield spelling, name


def _starts_alike(text: str, spelling: str) -> bool:
    """Whether case cannot matter at the start: it tells milli from mega."""
    return text[0] == spelling[0] or text[0].casefold() != "m"


@cache
def _registry() -> Any:
    """Pint's own units, read when the first amount has to be converted: it takes a while."""
    import pint  # noqa: PLC0415 - most workbooks never need it

    return pint.UnitRegistry(non_int_type=Decimal, cache_folder=None)
