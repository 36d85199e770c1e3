"""Units as the service and people spell them.

The service answers in a spelling of its own: `kg` comes back as `kilogram`, `tonne * km` as
`kilometer * metric_ton`. Which spellings it knows is not published, so this only tells whether two
mean the same; a unit that is not in the table is known by its own spelling alone.
"""

import re
from collections import Counter
from collections.abc import Mapping

from importer.model.record import Json

_PART = re.compile(r"\*\*|[\^*/()]|[^\^*/()\s]+(?:\s+[^\^*/()\s]+)*")

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "kilogram": ("kg", "kilograms"),
    "gram": ("g", "grams"),
    "milligram": ("mg", "milligrams"),
    "metric_ton": ("t", "tonne", "tonnes"),
    "pound": ("lb", "lbs"),
    "kilogram_CO2e": ("kgCO2e",),
    "kilowatt_hour": ("kWh",),
    "megawatt_hour": ("MWh",),
    "gigawatt_hour": ("GWh",),
    "megajoule": ("MJ",),
    "gigajoule": ("GJ",),
    "liter": ("l", "L", "litre", "liters", "litres"),
    "meter": ("m", "metre", "meters", "metres"),
    "kilometer": ("km", "kilometre", "kilometers", "kilometres"),
    "hour": ("h", "hours"),
    "percent": ("%",),
    "degree_Celsius": ("degC", "celsius"),
}

_POWERS: Mapping[str, tuple[str, int]] = {
    "m3": ("meter", 3),
    "cubic_meter": ("meter", 3),
    "m2": ("meter", 2),
    "square_meter": ("meter", 2),
}

_NAMES: Mapping[str, str] = {
    spelling: name for name, spellings in _SPELLINGS.items() for spelling in (name, *spellings)
}

_PLAIN_NUMBER = ("", "1", "dimensionless")
_EXPONENT = re.compile(r"-?[0-9]")


def same_unit(one: Json, other: Json) -> bool:
    """Whether two spellings name one unit; none, `1` and `dimensionless` are the plain number."""
    first, second = str(one or ""), str(other or "")
    return first == second or _read_factors(first) == _read_factors(second)


def _read_factors(spelling: str) -> Mapping[str, int] | str:
    """A unit as the powers of its parts; the spelling itself where it cannot be read so."""
    factors: Counter[str] = Counter()
    brackets, sign, name, power = [1], 1, "", 0
    parts = iter(_PART.findall(spelling))
    for part in parts:
        match part:
            case "*" | "/":
                sign = 1 if part == "*" else -1
            case "(":
                brackets.append(brackets[-1] * sign)
                sign = 1
            case ")" if len(brackets) > 1:
                brackets.pop()
            case "^" | "**" if _EXPONENT.fullmatch(exponent := next(parts, "")):
                factors[name] += power * (int(exponent) - 1)
            case ")" | "^" | "**":
                return spelling
            case _:
                name, size = _POWERS.get(part, (_NAMES.get(part, part), 1))
                power = brackets[-1] * sign * size
                factors[name] += power
    return {each: count for each, count in factors.items() if each not in _PLAIN_NUMBER}
