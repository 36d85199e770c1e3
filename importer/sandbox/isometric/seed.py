"""The Isometric half of the fictional plant, as plain data.

The forms are those of the published document (docs.isometric.com); the plant, its blueprints,
its template and its numbers are made up.
"""

from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]


def _id(prefix: str, number: int) -> str:
    return f"{prefix}_1NRBARK01SBX{number:04d}"


ORGANISATION_NAME = "Norrbark Biochar AB"
PROJECT_ID = _id("prj", 1)
TEMPLATE_ID = _id("rvt", 1)

PROJECT: Record = {
    "id": PROJECT_ID,
    "name": "Norrbark Biochar Carbon Removal",
    "country_code": "SWE",
    "short_description": "Biochar from forest residues in the north of Sweden.",
    "description": None,
    "risk_of_reversal": "very_low",
}

FEEDSTOCK_TYPES: tuple[Record, ...] = (
    {
        "id": _id("ftt", 1),
        "name": "Spruce forest residues",
        "supplier_reference_id": "NB-FS-SPRUCE",
    },
    {"id": _id("ftt", 2), "name": "Pine sawdust", "supplier_reference_id": None},
    {"id": _id("ftt", 3), "name": "Birch bark", "supplier_reference_id": None},
)


def _input(key: str, kind: str, unit: str, description: str, *, shape: str = "SCALAR") -> Record:
    return {
        "input_key": key,
        "quantity_kind": kind,
        "data_shape": shape,
        "compatible_unit": unit,
        "description": description,
    }


def _blueprint(key: str, name: str, inputs: tuple[Record, ...], *, kind: str) -> Record:
    return {
        "key": key,
        "display_name": name,
        "description": f"{name}, as the sandbox calculates it.",
        "type": kind,
        "inputs": inputs,
        "expressions": [],
    }


_RATIO, _DIMENSIONLESS = "dimensionless_ratio", "dimensionless"
_FACTOR_PER_VOLUME = "volume_carbon_emission_factor"

BLUEPRINTS = (
    _blueprint(
        "biochar-sequestration",
        "Biochar sequestration",
        (
            _input("biochar_mass", "mass", "kg", "Mass of biochar"),
            _input("carbon_content", _RATIO, "%", "Carbon, dry basis", shape="LIST"),
            _input("moisture_content", _RATIO, "%", "Moisture", shape="LIST"),
            _input("hydrogen_to_carbon_ratio", _DIMENSIONLESS, _DIMENSIONLESS, "H:C, molar"),
            _input("permanence_factor", _DIMENSIONLESS, _DIMENSIONLESS, "Durable share at H:C 0"),
        ),
        kind="SEQUESTRATION",
    ),
    _blueprint(
        "road-freight",
        "Road freight",
        (
            _input("distance", "distance", "km", "Distance, one way"),
            _input("freight_mass", "mass", "tonne", "Mass of the loads", shape="LIST"),
            _input(
                "freight_factor",
                "mass_distance_carbon_emission_factor",
                "kgCO2e / (tonne * km)",
                "Emissions of road freight",
            ),
        ),
        kind="ACTIVITY",
    ),
    _blueprint(
        "electricity-use",
        "Electricity use",
        (
            _input("electricity", "energy", "kWh", "Electricity used"),
            _input(
                "grid_factor", "energy_carbon_emission_factor", "kgCO2e / kWh", "Grid emissions"
            ),
        ),
        kind="ACTIVITY",
    ),
    _blueprint(
        "natural-gas-use",
        "Natural gas use",
        (
            _input("gas_volume", "volume", "m^3", "Gas burned"),
            _input("gas_factor", _FACTOR_PER_VOLUME, "kgCO2e / m^3", "Emissions of the gas"),
        ),
        kind="ACTIVITY",
    ),
    _blueprint(
        "diesel-use",
        "Diesel use",
        (
            _input("diesel_volume", "volume", "L", "Diesel burned"),
            _input("diesel_factor", _FACTOR_PER_VOLUME, "kgCO2e / L", "Emissions of the diesel"),
        ),
        kind="ACTIVITY",
    ),
    _blueprint(
        "stack-emission",
        "Stack emission",
        (
            _input("flue_gas_volume", "volume", "m^3", "Flue gas"),
            _input(
                "methane_concentration",
                "mass_concentration",
                "mg / m^3",
                "Methane in the flue gas",
                shape="LIST",
            ),
            _input("gwp", _DIMENSIONLESS, _DIMENSIONLESS, "Global warming potential of methane"),
        ),
        kind="ACTIVITY",
    ),
)


def _datapoint(
    number: int, name: str, magnitude: float, unit: str, *, reference: str | None = None
) -> Record:
    return {
        "id": _id("dtp", number),
        "project_id": PROJECT_ID,
        "supplier_reference_id": reference,
        "display_name": name,
        "description": "Bound in the template.",
        "type": "STANDARD_PUBLISHED_VALUE",
        "quantity": {"magnitude": magnitude, "unit": unit, "standard_deviation": None},
        "source_ids": [],
        "measured_at": None,
        "locked_status": "not_locked",
        "uncertainty_justification": None,
    }


DATAPOINTS = (
    _datapoint(1, "Permanence factor", 1.1, "dimensionless", reference="lca-2026/permanence"),
    _datapoint(2, "Road freight factor", 0.105, "kgCO2e / (tonne * km)"),
    _datapoint(3, "Grid factor, Sweden", 0.041, "kgCO2e / kWh", reference="lca-2026/grid"),
    _datapoint(4, "Natural gas factor", 2.02, "kgCO2e / m^3"),
    _datapoint(5, "Diesel factor", 2.68, "kgCO2e / L"),
    _datapoint(6, "Global warming potential of methane", 28.0, "dimensionless"),
)
"""Made in the web interface: their references are null or none of the importer's."""

_FIXED = {
    "permanence_factor": _id("dtp", 1),
    "freight_factor": _id("dtp", 2),
    "grid_factor": _id("dtp", 3),
    "gas_factor": _id("dtp", 4),
    "diesel_factor": _id("dtp", 5),
    "gwp": _id("dtp", 6),
}


def _template_input(blueprint_input: Record) -> Record:
    key = blueprint_input["input_key"]
    return {
        "input_key": key,
        "type": "fixed" if key in _FIXED else "monitored",
        "display_name": key.replace("_", " ").capitalize(),
        "quantity_kind": blueprint_input["quantity_kind"],
        "datapoint_id": _FIXED.get(key),
    }


def _component(number: int, group: int, name: str, blueprint_key: str) -> Record:
    blueprint = next(item for item in BLUEPRINTS if item["key"] == blueprint_key)
    return {
        "id": _id("rtc", number),
        "ghg_entry_template_id": TEMPLATE_ID,
        "ghg_entry_template_component_group_id": _id("rtg", group),
        "blueprint_key": blueprint_key,
        "display_name": name,
        "description": None,
        "inputs": tuple(_template_input(item) for item in blueprint["inputs"]),
    }


def _group(number: int, key: str, name: str, components: tuple[Record, ...]) -> Record:
    return {
        "id": _id("rtg", number),
        "key": key,
        "display_name": name,
        "description": f"{name} of one batch.",
        "components": components,
    }


TEMPLATE: Record = {
    "id": TEMPLATE_ID,
    "project_id": PROJECT_ID,
    "display_name": "Biochar production batch",
    "supplier_reference_id": None,
    "credit_type": "REMOVAL",
    "groups": (
        _group(
            1,
            "biochar-storage",
            "Biochar storage",
            (_component(1, 1, "Biochar carbon stored", "biochar-sequestration"),),
        ),
        _group(
            2,
            "feedstock-supply",
            "Feedstock supply",
            (_component(2, 2, "Feedstock transport", "road-freight"),),
        ),
        _group(
            3,
            "pyrolysis",
            "Pyrolysis",
            (
                _component(3, 3, "Grid electricity", "electricity-use"),
                _component(4, 3, "Natural gas for start-up", "natural-gas-use"),
                _component(5, 3, "Diesel on site", "diesel-use"),
                _component(6, 3, "Stack methane", "stack-emission"),
            ),
        ),
        _group(
            4,
            "biochar-delivery",
            "Biochar delivery",
            (_component(7, 4, "Biochar transport", "road-freight"),),
        ),
    ),
}
