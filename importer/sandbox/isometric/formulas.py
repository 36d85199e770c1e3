"""What each blueprint calculates: a small table instead of Isometric's own formulas.

They are ours, and made for the fictional plant: what Isometric calculates is not published.
"""

from collections.abc import Callable, Mapping, Sequence

_CO2_PER_CARBON = 44 / 12
_PERMANENCE_LOST_PER_HYDROGEN = 0.59
_KILOGRAMS_PER_MILLIGRAM = 1e-6

Values = Mapping[str, Sequence[float]]
"""Input key to the magnitudes bound to it, in the unit of the blueprint."""


def _total(values: Values, key: str) -> float:
    return sum(values.get(key, ()))


def _mean(values: Values, key: str) -> float:
    found = values.get(key, ())
    return sum(found) / len(found) if found else 0.0


def _store_carbon(values: Values) -> float:
    dry = _total(values, "biochar_mass") * (1 - _mean(values, "moisture_content") / 100)
    carbon = dry * _mean(values, "carbon_content") / 100
    hydrogen = _total(values, "hydrogen_to_carbon_ratio")
    durable = _total(values, "permanence_factor") - _PERMANENCE_LOST_PER_HYDROGEN * hydrogen
    return carbon * durable * _CO2_PER_CARBON


def _drive(values: Values) -> float:
    work = _total(values, "distance") * _total(values, "freight_mass")
    return work * _total(values, "freight_factor")


def _emit_methane(values: Values) -> float:
    methane = _total(values, "flue_gas_volume") * _mean(values, "methane_concentration")
    return methane * _KILOGRAMS_PER_MILLIGRAM * _total(values, "gwp")


def _multiply(quantity: str, factor: str) -> Callable[[Values], float]:
    return lambda values: _total(values, quantity) * _total(values, factor)


FORMULAS: Mapping[str, Callable[[Values], float]] = {
    "biochar-sequestration": _store_carbon,
    "road-freight": _drive,
    "electricity-use": _multiply("electricity", "grid_factor"),
    "natural-gas-use": _multiply("gas_volume", "gas_factor"),
    "diesel-use": _multiply("diesel_volume", "diesel_factor"),
    "stack-emission": _emit_methane,
}
"""Blueprint key to the kilograms of CO2e that are stored or emitted."""
