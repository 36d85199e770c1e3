"""The Cula half of the fictional plant, as plain data.

The forms are those of docs.cula.tech/upcoming-api-reference; the plant, its numbers and its
factors are made up.
"""

from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]


def _id(prefix: str, number: int) -> str:
    return f"{prefix}_01nrbark{number:018d}"


def _site(number: int, external_id: str, name: str, *, lat: float, long: float) -> Record:
    return {
        "id": _id("ste", number),
        "external_id": external_id,
        "name": name,
        "timezone": "Europe/Stockholm",
        "coordinates": {"lat": lat, "long": long},
        "address": {
            "street": f"Barkvägen {number}",
            "city": "Norrbark",
            "postcode": "930 00",
            "country": "Sweden",
            "country_code": "SE",
        },
        "managed_by_site": None,
    }


SITES = (
    _site(1, "NB-PLANT", "Norrbark pyrolysis plant", lat=65.31, long=20.94),
    _site(2, "NB-YARD", "Norrbark wood yard", lat=65.32, long=20.91),
    _site(3, "NB-LAB", "Norrbark laboratory", lat=65.30, long=20.97),
)
_PLANT = {"id": _id("ste", 1), "external_id": "NB-PLANT"}
_YARD = {"id": _id("ste", 2), "external_id": "NB-YARD"}

_NO_MORE: Record = {}


def _point(
    number: int, name: str, kind: str, *, mandatory: bool = False, more: Record = _NO_MORE
) -> Record:
    return {
        "id": _id("dpc", number),
        "name": name,
        "type": kind,
        "is_mandatory": mandatory,
        "accepts_input": True,
        **more,
    }


_ELECTRICITY = _point(
    101,
    "Electricity",
    "amount",
    mandatory=True,
    more={"amount_base": "watt_hours", "validation": {"min": {"value": 0, "unit": "kWh"}}},
)
_ELECTRICITY_POINTS = (
    _ELECTRICITY,
    _point(
        102,
        "Renewable share",
        "percentage",
        more={"default_input_value": 0, "validation": {"min": 0, "max": 1}},
    ),
    _point(103, "Meter number", "short_text", mandatory=True),
    _point(104, "Meter read at", "timestamp"),
    _point(105, "Estimated reading", "boolean", more={"default_input_value": False}),
    _point(106, "Grid factor", "number", more={"accepts_input": False}),
)
_GAS_POINTS = (
    _point(201, "Gas volume", "amount", mandatory=True, more={"amount_base": "volume"}),
    _point(202, "Supplier", "short_text"),
    _point(203, "Invoice number", "short_text", mandatory=True),
    _point(204, "Share of biogas", "percentage", more={"validation": {"max": 0.5}}),
)
_DIESEL_POINTS = (
    _point(301, "Diesel volume", "amount", mandatory=True, more={"amount_base": "volume"}),
    _point(
        302,
        "Machine hours",
        "number",
        mandatory=True,
        more={"validation": {"min": 0, "max": 744}},
    ),
    _point(
        303,
        "Biodiesel share",
        "percentage",
        more={"default_input_value": 0.07, "validation": {"max": 0.3}},
    ),
    _point(304, "Remarks", "long_text"),
    _point(305, "Refuelled on site", "boolean"),
    _point(306, "Machines", "multi_text"),
    _point(307, "Idle time", "duration", more={"validation": {"min": 0, "max": 2_678_400_000}}),
    _point(
        308,
        "Fuel grade",
        "short_text",
        more={
            "select_config": {
                "options": [
                    {"label": "Diesel with up to 7 % biodiesel", "value": "B7"},
                    {"label": "Hydrotreated vegetable oil", "value": "HVO100"},
                ]
            }
        },
    ),
    _point(
        309,
        "Chips moved",
        "amount",
        more={
            "amount_base": "weight",
            "validation": {
                "min": {"value": 100, "unit": "kg"},
                "max": {"value": 900, "unit": "t"},
            },
        },
    ),
    _point(310, "Lubricant", "material"),
    _point(311, "Fuel tank", "container_type"),
)
"""Durations are in milliseconds; the idle time of a month is at most its 31 days."""


def _config(number: int, version: int, site: Record, factor: Record) -> Record:
    return {
        "id": _id("elc", number),
        "active_version_id": _id("ecv", version),
        "site": site,
        "created_at": "2026-01-15T08:00:00Z",
        "_factors": (factor,),
    }


def _factor(data_point: int, kg_co2e: float, *, free_share: int) -> Record:
    return {
        "data_point": _id("dpc", data_point),
        "kg_co2e": kg_co2e,
        "free_share": _id("dpc", free_share),
    }


CONFIGS = (
    _config(1, 12, _PLANT, _factor(101, 0.041, free_share=102)),
    _config(2, 21, _PLANT, _factor(201, 2.02, free_share=204)),
    _config(3, 31, _YARD, _factor(301, 2680.0, free_share=303)),
)
"""Factors are kilograms of CO2e per kWh or per m3; the free share of the quantity counts zero."""


def _version(
    number: int, config: int, name: str, points: tuple[Record, ...], *, more: Record = _NO_MORE
) -> Record:
    return {
        "id": _id("ecv", number),
        "config_id": _id("elc", config),
        "next_version_id": None,
        "name": name,
        "published_at": "2026-01-15T08:00:00Z",
        "data_point_configs": points,
        "linked_step_configs": [{"id": _id("stc", 1), "name": "Biochar pyrolysis"}],
        "_computed": {},
        **more,
    }


CONFIG_VERSIONS = (
    _version(11, 1, "Electricity", (_ELECTRICITY,), more={"next_version_id": _id("ecv", 12)}),
    _version(
        12, 1, "Grid electricity", _ELECTRICITY_POINTS, more={"_computed": {_id("dpc", 106): 0.041}}
    ),
    _version(21, 2, "Natural gas", _GAS_POINTS),
    _version(31, 3, "Diesel", _DIESEL_POINTS),
)
"""`_computed` holds the result values of data points that accept no input."""
