"""Records as flat states: what the workbook states, and what an answer shows."""

from datetime import UTC, datetime

import pytest

from importer.declare.resource import Items, Resource
from importer.model.record import Json
from importer.planning.states import desired_state, observed_state, read_remote
from importer.resources.catalog import CATALOG
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from importer.resources.isometric.entry import ENTRY
from planning.account import (
    BATCH,
    BATCH_ROW,
    ELECTRICITY,
    STORED_CHAR,
    batch_entry,
    electricity_log,
)
from planning.makers import amount, datapoint, datapoints, ids, nowhere, read_record
from planning.shipments import SHIPMENT


def test_only_what_is_stated_is_in_the_state() -> None:
    record = read_record(
        DATAPOINT,
        """
        External ID | Name | Type     | Value | Unit    | Description
        D-1         | Mass | REPORTED | 0     | (clear) | weighed
        """,
    )
    assert desired_state(DATAPOINT, record, {}, nowhere) == {
        "supplier_reference_id": "D-1",
        "display_name": "Mass",
        "type": "REPORTED",
        "quantity.magnitude": 0,
        "quantity.unit": None,
        "description": "weighed",
    }


def test_definitions_are_named_by_the_ids_that_they_were_resolved_to() -> None:
    record = read_record(
        EMISSION_LOG,
        ELECTRICITY.row,
        defined={
            "dpc_kwh": amount(84230, "kWh"),
            "dpc_read": datetime(2025, 11, 1, 7, 15, tzinfo=UTC),
        },
    )
    assert desired_state(EMISSION_LOG, record, ELECTRICITY.items, nowhere) == {
        "external_id": "E-10",
        "config_id": "elc_1",
        "site.id": "ste_plant",
        "period_start": "2025-10-01",
        "period_end": "2025-10-31",
        "data_points[dpc_kwh]": {"value": 84230, "unit": "kWh"},
        "data_points[dpc_read]": "2025-11-01T07:15:00Z",
    }


def test_a_row_that_a_definition_explains_states_what_the_definition_says_and_nothing_else() -> (
    None
):
    rows = "Emission log | Data point | Value | Unit\nE-10 | Electricity | 84230 | kWh"
    record = read_record(
        EMISSION_LOG,
        ELECTRICITY.row,
        details={"Emission log values": rows},
        defined={"dpc_kwh": amount(84230, "kWh")},
    )
    state = desired_state(EMISSION_LOG, record, ELECTRICITY.items, nowhere)
    assert [field for field in state if "[" in field] == ["data_points[dpc_kwh]"]


def test_a_stored_log_shows_what_was_put_in_and_days_without_their_midnight() -> None:
    assert observed_state(EMISSION_LOG, electricity_log(), ELECTRICITY.items) == {
        "external_id": "E-10",
        "config_id": "elc_1",
        "site.id": "ste_plant",
        "period_start": "2025-10-01",
        "period_end": "2025-10-31",
        "display_key": "E-10",
        "file_ids": ["fil_1", "fil_2"],
        "data_points[dpc_kwh]": {"value": 84230, "unit": "kWh"},
        "data_points[dpc_share]": 0,
        "data_points[dpc_meter]": "735999100012",
        "data_points[dpc_tags]": ["wind", "solar"],
    }


@pytest.mark.parametrize("period_end", ["2025-10-31", "2025-10-31T00:00:00.000Z"])
def test_a_period_is_its_first_ten_characters(period_end: str) -> None:
    state = observed_state(EMISSION_LOG, electricity_log(period_end=period_end), ELECTRICITY.items)
    assert state["period_end"] == "2025-10-31"


def test_an_entry_shows_its_inputs_through_its_components() -> None:
    assert observed_state(ENTRY, batch_entry(), BATCH) == {
        "supplier_reference_id": "B-1",
        "ghg_entry_template_id": "rvt_1",
        "started_on": "2025-10-01",
        "completed_on": "2025-10-15",
        "feedstock_type_id": "ftt_1",
        "ghg_entry_template_components[rtc_char/mass]": "dtp_mass",
        "ghg_entry_template_components[rtc_char/carbon]": ["dtp_c1", "dtp_c2"],
        "ghg_entry_template_components[rtc_truck/mass]": ["dtp_load"],
        "ghg_entry_template_components[rtc_truck/distance]": "dtp_km",
    }


def test_an_entry_shows_nothing_of_its_template_without_its_components() -> None:
    """The answer to a POST holds neither; silence must not read as another template."""
    body = batch_entry()
    del body["components"]
    assert "ghg_entry_template_id" not in observed_state(ENTRY, body, BATCH)


def test_what_was_stated_and_what_is_stored_have_the_same_fields() -> None:
    record = read_record(
        ENTRY,
        BATCH_ROW,
        defined={
            "rtc_char/mass": datapoints("D-mass")[0],
            "rtc_char/carbon": datapoints("D-c2", "D-c1"),
            "rtc_truck/mass": datapoints("D-load"),
            "rtc_truck/distance": datapoints("D-km")[0],
        },
    )
    known = ids(D_mass="dtp_mass", D_c1="dtp_c1", D_c2="dtp_c2", D_load="dtp_load", D_km="dtp_km")
    assert desired_state(ENTRY, record, BATCH, known) == observed_state(ENTRY, batch_entry(), BATCH)


def test_a_remote_record_has_its_id_and_its_key() -> None:
    remote = read_remote(DATAPOINT, datapoint(), {})
    assert (remote.id, remote.key) == ("dtp_1NRBARK01SBX0042", "D-1")


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_remote_record_without_id_or_key_has_none(nothing: Json) -> None:
    remote = read_remote(DATAPOINT, datapoint(id=nothing, supplier_reference_id=nothing), {})
    assert (remote.id, remote.key) == ("", "")


HOSTILE: list[Json] = [None, True, 0, 10**400, "x", [], {}, [[]], [None], [{}], {"x": {}}]
ITEMS: dict[str, Items] = {
    "emission-log": ELECTRICITY.items,
    "ghg-entry": BATCH,
}


@pytest.mark.parametrize("resource", [*CATALOG.resources, SHIPMENT], ids=lambda each: each.name)
@pytest.mark.parametrize("nonsense", HOSTILE, ids=lambda each: str(each)[:12])
def test_an_answer_of_any_shape_is_read_without_a_crash(resource: Resource, nonsense: Json) -> None:
    members = {column.field.split(".")[0] for column in resource.sheet.columns if column.field}
    members |= {detail.field for detail in resource.details} | {"id", "components"}
    read_remote(resource, dict.fromkeys(members, nonsense), ITEMS.get(resource.name, {}))


@pytest.mark.parametrize("nonsense", HOSTILE, ids=lambda each: str(each)[:12])
@pytest.mark.parametrize("member", ["id", "ghg_entry_template_component_id", "inputs"])
def test_a_component_of_any_shape_is_read_without_a_crash(member: str, nonsense: Json) -> None:
    broken: Json = {**STORED_CHAR, member: nonsense}
    read_remote(ENTRY, batch_entry(broken), BATCH)


@pytest.mark.parametrize("nonsense", HOSTILE, ids=lambda each: str(each)[:12])
@pytest.mark.parametrize("member", ["input_key", "datapoint_id", "datapoint_ids"])
def test_a_component_input_of_any_shape_is_read_without_a_crash(
    member: str, nonsense: Json
) -> None:
    broken: Json = {**STORED_CHAR, "inputs": [{"input_key": "mass", member: nonsense}, nonsense]}
    read_remote(ENTRY, batch_entry(broken), BATCH)
