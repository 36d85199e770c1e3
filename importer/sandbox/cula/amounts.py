"""Amounts: a value with a unit, in the unit that results are given in.

Source of the bases and their units: docs.cula.tech/concepts/amounts-and-units. Which unit of a
base results are given in is inferred for weight (pounds become kilograms) and ours for volume.
"""

from collections.abc import Mapping
from dataclasses import dataclass

AMOUNT_UNITS: Mapping[str, Mapping[str, float]] = {
    "weight": {"kg": 1.0, "t": 1000.0, "lbs": 0.45359237, "shortton": 907.18474},
    "volume": {"m3": 1.0, "l": 0.001, "foot^3": 0.028316846592, "yard^3": 0.764554857984},
    "temperature": {"celsius": 1.0},
    "watt_hours": {"kWh": 1.0},
}
"""Base of an amount to its units, each with its size in the first unit of the base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number in a unit of a base."""

    value: float
    unit: str


def normalise(amount: Amount, base: str) -> Amount:
    """The amount in the first unit of its base.

    Raises:
        LookupError: The unit is not one of the base.
    """
    units = AMOUNT_UNITS[base]
    if amount.unit not in units:
        raise LookupError(f"the unit {amount.unit!r} is not one of {', '.join(units)}")
    return Amount(value=amount.value * units[amount.unit], unit=next(iter(units)))
