"""The emissions of a log: a small table of factors instead of Cula's own calculation.

Source of the states: docs.cula.tech/upcoming-api-reference/periodic-emission-logs/
create-a-periodic-emission-log. How long it takes is not documented.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from importer.sandbox.moments import read_moment


def calculate_emissions(
    factors: Iterable[Mapping[str, Any]], data_points: Iterable[Mapping[str, Any]]
) -> float:
    """Kilograms of CO2e: each factor's data point times the factor, less its free share."""
    results = {point["config_id"]: point["result_value"] for point in data_points}
    total = 0.0
    for factor in factors:
        result = results.get(factor["data_point"])
        if result is None:
            continue
        quantity = result["value"] if isinstance(result, dict) else result
        free_share = results.get(factor["free_share"]) or 0.0
        total += quantity * factor["kg_co2e"] * (1 - free_share)
    return round(total, 2)


def find_state(body: Mapping[str, Any], now: datetime) -> tuple[str, float | None]:
    """Status and total of a log as of now; there is no total before it is `completed`."""
    if now < read_moment(body["_ready_at"]):
        return "calculating", None
    if body["_failed"]:
        return "failed", None
    return "completed", body["_total"]
