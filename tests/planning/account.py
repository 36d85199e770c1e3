"""What the accounts of these tests define, and records of them as the sandbox answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from importer.declare.resource import Items
from importer.model.record import Json

SITE: dict[str, Json] = {
    "id": "ste_plant",
    "external_id": "NB-PLANT",
    "name": "Norrbark plant",
    "timezone": "Europe/Stockholm",
}


def point(own_id: str, name: str, kind: str, **more: Json) -> dict[str, Json]:
    """A data point config as a version lists it."""
    return {
        "id": own_id,
        "name": name,
        "type": kind,
        "is_mandatory": False,
        "accepts_input": True,
        **more,
    }


def config(*points: Json, **more: Json) -> dict[str, Json]:
    """A config with its active version in it."""
    return {
        "id": "elc_1",
        "active_version_id": "ecv_1",
        "site": {"id": "ste_plant", "external_id": "NB-PLANT"},
        "active_version": {
            "id": "ecv_1",
            "name": "Grid electricity",
            "data_point_configs": list(points),
        },
        **more,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A row and the definitions that it names."""

    row: str
    items: Items


ELECTRICITY = Setting(
    row="""
External ID | Config           | Site     | Period start | Period end
E-10        | Grid electricity | NB-PLANT | 2025-10-01   | 2025-10-31
""",
    items={
        "Config": config(
            point("dpc_kwh", "Electricity", "amount", amount_base="watt_hours", is_mandatory=True),
            point("dpc_share", "Renewable share", "percentage", default_input_value=0),
            point("dpc_meter", "Meter number", "short_text"),
            point("dpc_read", "Meter read at", "timestamp"),
            point("dpc_guess", "Estimated reading", "boolean"),
            point("dpc_tags", "Tags", "multi_text"),
            point("dpc_factor", "Grid factor", "number", accepts_input=False),
        ),
        "Site": SITE,
    },
)


def stored_point(own_id: str, value: Json) -> Json:
    return {
        "config_id": own_id,
        "config_version_id": own_id.replace("dpc_", "dpv_"),
        "name": own_id,
        "input_value": value,
        "result_value": value,
    }


def electricity_log(*, kwh: float = 84230, **members: Json) -> dict[str, Json]:
    """A stored log with more in it than the workbook states: a file, a default, a computed one."""
    return {
        "id": "eml_1",
        "external_id": "E-10",
        "config_id": "elc_1",
        "display_key": "E-10",
        "site": {"id": "ste_plant", "external_id": "NB-PLANT"},
        "period_start": "2025-10-01T00:00:00.000Z",
        "period_end": "2025-10-31T00:00:00.000Z",
        "status": "completed",
        "emissions_in_kg_co2e": 3453.4,
        "data_points": [
            stored_point("dpc_kwh", {"value": kwh, "unit": "kWh"}),
            stored_point("dpc_share", 0),
            stored_point("dpc_meter", "735999100012"),
            stored_point("dpc_tags", ["wind", "solar"]),
            stored_point("dpc_factor", None),
        ],
        "file_ids": ["fil_2", "fil_1"],
        "created_at": "2025-11-03T09:00:00.000Z",
        "updated_at": "2025-11-03T09:00:02.000Z",
        **members,
    }


def blueprint(**shapes: str) -> dict[str, Json]:
    """A blueprint whose inputs have these shapes."""
    return {
        "key": "b",
        "inputs": [
            {"input_key": key, "data_shape": shape, "compatible_unit": "kg"}
            for key, shape in shapes.items()
        ],
    }


def template_input(key: str, *, fixed: str | None = None) -> dict[str, Json]:
    return {
        "input_key": key,
        "type": "fixed" if fixed else "monitored",
        "display_name": key.replace("_", " ").capitalize(),
        "quantity_kind": "mass",
        "datapoint_id": fixed,
    }


def template_component(
    own_id: str, name: str, blueprint_key: str, *inputs: Json
) -> dict[str, Json]:
    return {
        "id": own_id,
        "display_name": name,
        "blueprint_key": blueprint_key,
        "inputs": list(inputs),
    }


def template(
    groups: Mapping[str, list[dict[str, Json]]], blueprints: Mapping[str, Json]
) -> dict[str, Any]:
    """A template with its blueprints in it; groups by key."""
    return {
        "id": "rvt_1",
        "display_name": "Batch",
        "groups": [
            {"id": f"rtg_{key}", "key": key, "components": [*components]}
            for key, components in groups.items()
        ],
        **{f"blueprint {key}": each for key, each in blueprints.items()},
    }


CHAR = template_component(
    "rtc_char",
    "Biochar",
    "storage",
    template_input("mass"),
    template_input("carbon"),
    template_input("durability", fixed="dtp_durability"),
)
TRUCK = template_component(
    "rtc_truck", "Transport", "freight", template_input("mass"), template_input("distance")
)

BATCH: Items = {
    "Template": template(
        {"storage": [CHAR], "delivery": [TRUCK]},
        {
            "storage": blueprint(mass="SCALAR", carbon="LIST", durability="SCALAR"),
            "freight": blueprint(mass="LIST", distance="SCALAR"),
        },
    ),
    "Feedstock type": {"id": "ftt_1", "name": "Spruce"},
}

BATCH_ROW = """
External ID | Template | Started on | Completed on | Feedstock type
B-1         | Batch    | 2025-10-01 | 2025-10-15   | Spruce
"""


def scalar(key: str, datapoint_id: str | None) -> dict[str, Json]:
    return {
        "__typename": "ComponentScalarInput",
        "input_key": key,
        "datapoint_id": datapoint_id,
    }


def several(key: str, *datapoint_ids: str) -> dict[str, Json]:
    return {
        "__typename": "ComponentListInput",
        "input_key": key,
        "datapoint_ids": list(datapoint_ids),
    }


def component(own_id: str, made_from: str | None, *inputs: Json) -> dict[str, Json]:
    """A component of an entry."""
    return {
        "id": own_id,
        "ghg_entry_template_component_id": made_from,
        "display_name": own_id,
        "inputs": list(inputs),
    }


STORED_CHAR = component(
    "cmp_char",
    "rtc_char",
    scalar("durability", "dtp_durability"),
    scalar("mass", "dtp_mass"),
    several("carbon", "dtp_c2", "dtp_c1"),
)
STORED_TRUCK = component(
    "cmp_truck", "rtc_truck", several("mass", "dtp_load"), scalar("distance", "dtp_km")
)


def batch_entry(*components: Json, **members: Json) -> dict[str, Json]:
    """A stored entry with its components put into it, as they are when none is given."""
    return {
        "id": "rmv_1",
        "supplier_reference_id": "B-1",
        "credit_type": "REMOVAL",
        "started_on": "2025-10-01",
        "completed_on": "2025-10-15",
        "feedstock_type_id": "ftt_1",
        "ghg_statement_id": None,
        "co2e_net_removed_kg": 41000.0,
        "components": list(components) or [STORED_CHAR, STORED_TRUCK],
        **members,
    }
