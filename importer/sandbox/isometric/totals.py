"""The figures of an entry and of a statement: discount, risk of reversal, allocation of credits.

Source: the published document (docs.isometric.com). It calls the standard deviation of the net
"therefore the uncertainty discount", and the share of credits for the buffer pool follows from the
risk of reversal. How much the discount really is, and the shares of the risks, are not published:
both are ours, and so is that nothing is allocated where nothing is removed.
"""

from collections.abc import Iterable
from typing import Any

from importer.sandbox.context import Context
from importer.sandbox.documents import Document
from importer.sandbox.isometric.calculation import Result, calculate
from importer.sandbox.isometric.kinds import ENTRY, PROJECT

_PERCENTAGES = {
    "no_observable_risk": 0.0,
    "very_low_v2": 1.0,
    "very_low": 2.0,
    "low": 5.0,
    "medium": 10.0,
    "high": 20.0,
}
"""Risk of reversal to percent; one that an assessment decides has none here."""


def render_totals(here: Context, entry: Document) -> dict[str, Any]:
    """The figures of an entry, as it answers them."""
    result = calculate(here.store, entry.id)
    net = _discount(here, result)
    percentage = _find_percentage(here, entry)
    return {
        "co2e_net_removed_kg": net,
        "co2e_net_removed_without_discount_kg": result.net,
        "co2e_net_removed_standard_deviation_kg": result.deviation,
        "risk_of_reversal_percentage": percentage,
        "credit_allocation": _allocate(net, percentage),
    }


def calculate_total(here: Context, entry_ids: Iterable[str]) -> float:
    """Net kilograms of CO2e of several entries."""
    results = (calculate(here.store, each) for each in entry_ids)
    return _round(sum(_discount(here, result) for result in results))


def allocate_total(here: Context, entry_ids: Iterable[str]) -> dict[str, float] | None:
    """The credits of several entries of a project; None when one has no percentage."""
    ids = tuple(entry_ids)
    percentages = {_find_percentage(here, here.store.read(ENTRY, each)) for each in ids}
    [percentage] = percentages if len(percentages) == 1 else [None]
    return _allocate(calculate_total(here, ids), percentage)


def _discount(here: Context, result: Result) -> float:
    if here.switches.uncertainty_discount == "none":
        return result.net
    return _round(result.net - (result.deviation or 0))


def _find_percentage(here: Context, entry: Document) -> float | None:
    if entry.body["credit_type"] != "REMOVAL":
        return None
    project = here.store.read(PROJECT, entry.body["_project_id"])
    return _PERCENTAGES.get(project.body["risk_of_reversal"])


def _allocate(net: float, percentage: float | None) -> dict[str, float] | None:
    if percentage is None or net <= 0:
        return None
    pooled = _round(net * percentage / 100)
    return {
        "buffer_pool_contribution_kg": pooled,
        "supplier_allocation_kg": _round(net - pooled),
    }


def _round(kilograms: float) -> float:
    return round(kilograms, 6)
