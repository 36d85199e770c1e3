"""The totals of an entry: a small table of formulas instead of Isometric's own calculation.

Totals are calculated when they are read, so they follow every change of a datapoint or a
component, as docs.isometric.com says they do. There is no uncertainty discount here. An input
that is missing counts as zero and the total is wrong, as was observed of the real service.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from importer.sandbox.documents import Document, Filter
from importer.sandbox.isometric.inputs import read_datapoint_ids
from importer.sandbox.isometric.kinds import ATTRIBUTION, BLUEPRINT, COMPONENT, DATAPOINT
from importer.sandbox.isometric.units import convert
from importer.sandbox.store import Store

_CO2_PER_CARBON = 44 / 12
_PERMANENCE_LOST_PER_HYDROGEN = 0.59
_KILOGRAMS_PER_MILLIGRAM = 1e-6

Values = Mapping[str, Sequence[float]]
"""Input key to the magnitudes bound to it, in the unit of the blueprint."""


def calculate_net(store: Store, entry_id: str) -> float:
    """Net kilograms of CO2e that an entry removes: what is stored less what is emitted."""
    net = 0.0
    for attribution in store.select(ATTRIBUTION, Filter(parent=entry_id)):
        component = store.read(COMPONENT, attribution.body["component_id"])
        net += attribution.body["attribution_factor"] * _calculate_component(store, component)
    return round(net, 6)


def _calculate_component(store: Store, component: Document) -> float:
    blueprint = store.read(BLUEPRINT, component.body["blueprint_key"])
    units = {item["input_key"]: item["compatible_unit"] for item in blueprint.body["inputs"]}
    values = {
        bound["input_key"]: [
            _measure(store, datapoint_id, units[bound["input_key"]])
            for datapoint_id in read_datapoint_ids(bound)
        ]
        for bound in component.body["inputs"]
    }
    kilograms = _FORMULAS[blueprint.id](values)
    return kilograms if blueprint.body["type"] == "SEQUESTRATION" else -kilograms


def _measure(store: Store, datapoint_id: str, unit: str) -> float:
    quantity: Mapping[str, Any] = store.read(DATAPOINT, datapoint_id).body["quantity"]
    return convert(quantity["magnitude"], quantity["unit"], unit)


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


_FORMULAS: Mapping[str, Callable[[Values], float]] = {
    "biochar-sequestration": _store_carbon,
    "road-freight": _drive,
    "electricity-use": _multiply("electricity", "grid_factor"),
    "natural-gas-use": _multiply("gas_volume", "gas_factor"),
    "diesel-use": _multiply("diesel_volume", "diesel_factor"),
    "stack-emission": _emit_methane,
}
