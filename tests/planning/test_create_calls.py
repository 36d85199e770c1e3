"""The POST of a new record, member by member, as the services' documents show it."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from importer.declare.resource import Items, Resource
from importer.model.ports import Call
from importer.model.record import Json, Record, Reference, Value
from importer.planning.calls import build_create
from importer.planning.states import desired_state
from importer.planning.wire import Resolve
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from importer.resources.isometric.entry import ENTRY
from planning.account import BATCH, BATCH_ROW, ELECTRICITY
from planning.makers import amount, datapoints, ids, nowhere, read_record

SETTINGS = {"project_id": "prj_1NRBARK01SBX0001"}


def create(resource: Resource, record: Record, items: Items, resolve: Resolve = nowhere) -> Call:
    return build_create(resource, desired_state(resource, record, items, resolve), items, SETTINGS)


def electricity(**defined: Value) -> Call:
    values = {f"dpc_{name}": value for name, value in defined.items()}
    record = read_record(EMISSION_LOG, ELECTRICITY.row, defined=values)
    return create(EMISSION_LOG, record, ELECTRICITY.items)


def datapoint(text: str) -> Mapping[str, Json]:
    return create(DATAPOINT, read_record(DATAPOINT, text), {}).body


def test_an_emission_log() -> None:
    """The members of the documented create sample; days in its long form."""
    call = electricity(
        kwh=amount(84230, "kWh"),
        share=0.62,
        meter="735999100012",
        read=datetime(2025, 11, 1, 7, 15, tzinfo=UTC),
        guess=False,
    )
    assert (call.method, call.path) == ("POST", "/periodic-emission-logs")
    assert call.body == {
        "external_id": "E-10",
        "config_id": "elc_1",
        "site": {"id": "ste_plant"},
        "period_start": "2025-10-01T00:00:00.000Z",
        "period_end": "2025-10-31T00:00:00.000Z",
        "file_ids": [],
        "data_points": [
            {"config_id": "dpc_kwh", "input_value": {"value": 84230, "unit": "kWh"}},
            {"config_id": "dpc_share", "input_value": 0.62},
            {"config_id": "dpc_meter", "input_value": "735999100012"},
            {"config_id": "dpc_read", "input_value": "2025-11-01T07:15:00Z"},
            {"config_id": "dpc_guess", "input_value": False},
        ],
    }


def test_a_data_point_that_is_left_out_is_no_half_entry() -> None:
    """Leaving the whole entry out is what makes the service take its default."""
    assert electricity(kwh=amount(1, "kWh")).body["data_points"] == [
        {"config_id": "dpc_kwh", "input_value": {"value": 1, "unit": "kWh"}}
    ]
    assert electricity().body["data_points"] == []


def test_data_points_go_out_in_the_order_of_the_config() -> None:
    sent = electricity(meter="7", kwh=amount(1, "kWh")).body["data_points"]
    assert [each["config_id"] for each in _objects(sent)] == [
        "dpc_kwh",
        "dpc_meter",
    ]


@pytest.mark.parametrize("value", ["dpc_factor", "dpc_of_another_version"])
def test_a_value_that_the_active_version_does_not_take_stays_here(value: str) -> None:
    record = read_record(EMISSION_LOG, ELECTRICITY.row, defined={value: 5})
    assert create(EMISSION_LOG, record, ELECTRICITY.items).body["data_points"] == []


def test_zero_and_no_are_values() -> None:
    sent = electricity(kwh=amount(0, "kWh"), share=0, guess=False).body["data_points"]
    assert [each["input_value"] for each in _objects(sent)] == [
        {"value": 0, "unit": "kWh"},
        0,
        False,
    ]


def test_a_display_key_goes_out_when_it_is_stated() -> None:
    text = ELECTRICITY.row.replace("Period end\n", "Period end | Display key\n")
    record = read_record(EMISSION_LOG, text.rstrip() + " | October\n")
    assert create(EMISSION_LOG, record, ELECTRICITY.items).body["display_key"] == "October"


def test_a_datapoint_with_all_its_cells() -> None:
    head = (
        "External ID | Name | Type | Value | Unit | Standard deviation | Measured at | "
        "Description | Uncertainty justification"
    )
    cells = "D-1 | Mass | REPORTED | 18240 | kg | 20 | 2025-10-14 09:30 | weighed | class III"
    record = read_record(DATAPOINT, f"{head}\n{cells}")
    call = create(DATAPOINT, record, {})
    assert (call.method, call.path) == ("POST", "/datapoints")
    assert call.body == {
        "project_id": "prj_1NRBARK01SBX0001",
        "supplier_reference_id": "D-1",
        "display_name": "Mass",
        "type": "REPORTED",
        "quantity": {"magnitude": 18240, "unit": "kg", "standard_deviation": 20},
        "measured_at": "2025-10-14T09:30:00Z",
        "source_ids": [],
        "description": "weighed",
        "uncertainty_justification": "class III",
    }


def test_a_datapoint_with_only_what_is_required() -> None:
    """`unit` and `source_ids` have to be there; what is blank otherwise is left out."""
    assert datapoint(
        """
        External ID | Name  | Type     | Value | Description
        D-2         | Ratio | CONSTANT | 0.33  | literature
        """
    ) == {
        "project_id": "prj_1NRBARK01SBX0001",
        "supplier_reference_id": "D-2",
        "display_name": "Ratio",
        "type": "CONSTANT",
        "quantity": {"magnitude": 0.33, "unit": None},
        "source_ids": [],
        "description": "literature",
    }


def test_clear_on_a_new_record_is_as_good_as_blank() -> None:
    body = datapoint(
        """
        External ID | Name | Type     | Value | Unit    | Standard deviation | Description
        D-1         | Mass | REPORTED | 1     | (clear) | (clear)            | weighed
        """
    )
    assert body["quantity"] == {"magnitude": 1, "unit": None}


BOUND: dict[str, Value] = {
    "rtc_char/mass": Reference(to="datapoint", key="D-mass"),
    "rtc_char/carbon": datapoints("D-c2", "D-c1"),
    "rtc_truck/mass": datapoints("D-load"),
    "rtc_truck/distance": Reference(to="datapoint", key="D-km"),
}
KNOWN = ids(D_mass="dtp_mass", D_c1="dtp_c1", D_c2="dtp_c2", D_load="dtp_load", D_km="dtp_km")


def test_an_entry_binds_monitored_inputs_and_leaves_fixed_ones_to_the_template() -> None:
    record = read_record(ENTRY, BATCH_ROW, defined=BOUND)
    call = create(ENTRY, record, BATCH, KNOWN)
    assert (call.method, call.path) == ("POST", "/ghg_entries")
    assert call.body == {
        "project_id": "prj_1NRBARK01SBX0001",
        "ghg_entry_template_id": "rvt_1",
        "supplier_reference_id": "B-1",
        "started_on": "2025-10-01",
        "completed_on": "2025-10-15",
        "feedstock_type_id": "ftt_1",
        "ghg_entry_template_components": [
            {
                "ghg_entry_template_component_id": "rtc_char",
                "inputs": [
                    {
                        "__typename": "CreateComponentScalarInput",
                        "input_key": "mass",
                        "datapoint_id": "dtp_mass",
                    },
                    {
                        "__typename": "CreateComponentListInput",
                        "input_key": "carbon",
                        "datapoint_ids": ["dtp_c1", "dtp_c2"],
                    },
                ],
            },
            {
                "ghg_entry_template_component_id": "rtc_truck",
                "inputs": [
                    {
                        "__typename": "CreateComponentListInput",
                        "input_key": "mass",
                        "datapoint_ids": ["dtp_load"],
                    },
                    {
                        "__typename": "CreateComponentScalarInput",
                        "input_key": "distance",
                        "datapoint_id": "dtp_km",
                    },
                ],
            },
        ],
    }


def test_an_entry_without_a_feedstock_type_says_nothing_of_it() -> None:
    text = BATCH_ROW.replace("Spruce", "")
    items = {"Template": BATCH["Template"]}
    body = create(ENTRY, read_record(ENTRY, text, defined=BOUND), items, KNOWN).body
    assert "feedstock_type_id" not in body


def test_a_component_whose_id_starts_like_another_gets_only_its_own_inputs() -> None:
    """`rtc_1` and `rtc_10`."""
    components: list[Json] = [{"id": "rtc_1"}, {"id": "rtc_10"}]
    groups: list[Json] = [{"key": "g", "components": components}]
    items: Items = {"Template": {"id": "rvt_1", "groups": groups}}
    record = read_record(
        ENTRY,
        BATCH_ROW.replace("Spruce", ""),
        defined={"rtc_1/a": datapoints("D-1")[0], "rtc_10/a": datapoints("D-10")[0]},
    )
    body = create(ENTRY, record, items, ids(D_1="dtp_1", D_10="dtp_10")).body
    assert [_bound(each) for each in _objects(body["ghg_entry_template_components"])] == [
        ("rtc_1", ["dtp_1"]),
        ("rtc_10", ["dtp_10"]),
    ]


def _objects(value: Json) -> list[dict[str, Json]]:
    assert isinstance(value, list)
    return [each for each in value if isinstance(each, dict)]


def _bound(component: dict[str, Json]) -> tuple[Json, list[Json]]:
    made_from = component["ghg_entry_template_component_id"]
    return made_from, [each["datapoint_id"] for each in _objects(component["inputs"])]
