"""The net of an entry and how sure it is, out of the datapoints of its components.

Source: docs.isometric.com/user-guides/certify/key-certify-concepts: datapoints count as
independent, one that is used twice inside an entry counts as the same, and one without a standard
deviation stays out of the propagation of variance. How far the net moves when a datapoint moves by
its deviation to either side is ours. Totals are calculated when they are read, so they follow
every change, as they are said to. An input that is missing counts as zero and the total is wrong,
as was observed of the real service.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from importer.sandbox.documents import Document
from importer.sandbox.isometric.attributions import list_of_entry
from importer.sandbox.isometric.formulas import FORMULAS
from importer.sandbox.isometric.inputs import read_datapoint_ids
from importer.sandbox.isometric.kinds import BLUEPRINT, COMPONENT, DATAPOINT
from importer.sandbox.isometric.units import convert
from importer.sandbox.store import Store

_DECIMALS = 6

Quantity = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Net kilograms of CO2e that are removed, before any discount, and their deviation."""

    net: float
    deviation: float | None
    """None where no datapoint has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A component of an entry."""

    blueprint: Document
    bound: Mapping[str, tuple[str, ...]]
    """Input key to the datapoints bound to it."""
    factor: float
    """The share that counts; below zero for what is emitted."""

    def calculate(self, quantities: Mapping[str, Quantity]) -> float:
        units = {
            item["input_key"]: item["compatible_unit"] for item in self.blueprint.body["inputs"]
        }
        values = {
            key: [_measure(quantities[each], units[key]) for each in ids]
            for key, ids in self.bound.items()
        }
        return self.factor * FORMULAS[self.blueprint.id](values)


def calculate(store: Store, entry_id: str) -> Result:
    """What an entry removes: what is stored less what is emitted."""
    parts = [_read_part(store, attribution) for attribution in list_of_entry(store, entry_id)]
    used = {each for part in parts for ids in part.bound.values() for each in ids}
    quantities = {each: store.read(DATAPOINT, each).body["quantity"] for each in sorted(used)}
    effects = [
        _move(parts, quantities, datapoint_id)
        for datapoint_id, quantity in quantities.items()
        if quantity.get("standard_deviation") is not None
    ]
    return Result(
        net=round(_sum(parts, quantities), _DECIMALS),
        deviation=round(math.hypot(*effects), _DECIMALS) if effects else None,
    )


def _read_part(store: Store, attribution: Document) -> _Part:
    component = store.read(COMPONENT, attribution.body["component_id"])
    blueprint = store.read(BLUEPRINT, component.body["blueprint_key"])
    sign = 1 if blueprint.body["type"] == "SEQUESTRATION" else -1
    return _Part(
        blueprint=blueprint,
        bound={
            bound["input_key"]: tuple(read_datapoint_ids(bound))
            for bound in component.body["inputs"]
        },
        factor=sign * attribution.body["attribution_factor"],
    )


def _move(parts: list[_Part], quantities: Mapping[str, Quantity], datapoint_id: str) -> float:
    """How far the net moves with one datapoint, wherever it is used."""
    old = quantities[datapoint_id]
    low, high = (
        _sum(parts, {**quantities, datapoint_id: {**old, "magnitude": old["magnitude"] + step}})
        for step in (-old["standard_deviation"], old["standard_deviation"])
    )
    return (high - low) / 2


def _sum(parts: list[_Part], quantities: Mapping[str, Quantity]) -> float:
    return sum((part.calculate(quantities) for part in parts), 0.0)


def _measure(quantity: Quantity, unit: str) -> float:
    return convert(quantity["magnitude"], quantity["unit"], unit)
