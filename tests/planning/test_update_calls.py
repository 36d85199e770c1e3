"""The calls of an update: what is replaced goes out complete, what is patched only in part."""

from dataclasses import replace

import pytest

from importer.declare.resource import Items, Resource
from importer.model.plan import Update
from importer.model.ports import Call
from importer.model.record import Json, Record, Reference, Value
from importer.planning.calls import build_update
from importer.planning.changes import Leave, decide
from importer.planning.states import desired_state, read_remote
from importer.planning.wire import Resolve
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from importer.resources.isometric.entry import ENTRY
from planning.account import (
    BATCH,
    BATCH_ROW,
    ELECTRICITY,
    STORED_CHAR,
    STORED_TRUCK,
    batch_entry,
    component,
    electricity_log,
    scalar,
    several,
)
from planning.makers import amount, datapoint, datapoints, ids, nowhere, read_record


def update(
    resource: Resource,
    record: Record,
    stored: dict[str, Json],
    items: Items,
    resolve: Resolve = nowhere,
) -> tuple[Call, ...]:
    """What is sent when the workbook is to win."""
    desired = desired_state(resource, record, items, resolve)
    remote = read_remote(resource, stored, items)
    change = decide(resource, record, remote, desired, [], leave=Leave(overwrite=True))
    assert isinstance(change, Update)
    return build_update(resource, change, desired, items)


def replace_log(stored: dict[str, Json], **defined: Value) -> Call:
    values = {f"dpc_{name}": value for name, value in defined.items()}
    record = read_record(EMISSION_LOG, ELECTRICITY.row, defined=values)
    (call,) = update(EMISSION_LOG, record, stored, ELECTRICITY.items)
    return call


def test_a_log_is_replaced_with_everything_that_is_to_stay() -> None:
    """Linked files, the label, and data points that the workbook does not state stay.

    Computed ones are the service's own, and left out.
    """
    call = replace_log(electricity_log(kwh=80000), kwh=amount(84230, "kWh"))
    assert (call.method, call.path) == ("PUT", "/periodic-emission-logs/eml_1")
    assert call.body == {
        "external_id": "E-10",
        "config_id": "elc_1",
        "site": {"id": "ste_plant"},
        "period_start": "2025-10-01T00:00:00.000Z",
        "period_end": "2025-10-31T00:00:00.000Z",
        "display_key": "E-10",
        "file_ids": ["fil_1", "fil_2"],
        "data_points": [
            {"config_id": "dpc_kwh", "input_value": {"value": 84230, "unit": "kWh"}},
            {"config_id": "dpc_share", "input_value": 0},
            {"config_id": "dpc_meter", "input_value": "735999100012"},
            {"config_id": "dpc_tags", "input_value": ["wind", "solar"]},
        ],
    }


def test_a_stored_value_that_the_active_version_no_longer_has_is_left_behind() -> None:
    stored = electricity_log()
    points = stored["data_points"]
    assert isinstance(points, list)
    points.append({"config_id": "dpc_gone", "input_value": 5})
    sent = replace_log(stored, kwh=amount(1, "kWh")).body["data_points"]
    assert isinstance(sent, list)
    assert "dpc_gone" not in {each["config_id"] for each in sent if isinstance(each, dict)}


def test_a_log_without_files_says_so() -> None:
    stored = electricity_log(file_ids=None)
    assert replace_log(stored, kwh=amount(1, "kWh")).body["file_ids"] == []


def test_an_id_is_no_path() -> None:
    call = replace_log(electricity_log(id="eml/../x?y"), kwh=amount(1, "kWh"))
    assert call.path == "/periodic-emission-logs/eml%2F..%2Fx%3Fy"


def patch_datapoint(cells: str, **stored: Json) -> Call:
    head = "External ID | Name | Type | Value | Unit | Standard deviation | Description"
    record = read_record(DATAPOINT, f"{head}\n{cells}")
    (call,) = update(DATAPOINT, record, datapoint(**stored), {})
    return call


def test_a_datapoint_is_patched_with_what_changes() -> None:
    call = patch_datapoint("D-1 | Biochar | REPORTED | 12.5 | kg | 0.5 | weighed")
    assert (call.method, call.path) == ("PATCH", "/datapoints/dtp_1NRBARK01SBX0042")
    assert call.body == {"display_name": "Biochar"}


@pytest.mark.parametrize(
    ("cells", "sent"),
    [
        ("D-1 | Mass | REPORTED | 14 | kg | 0.5 | weighed", (14, "kg", 0.5)),
        ("D-1 | Mass | REPORTED | 14 |    |     | weighed", (14, "kilogram", 0.5)),
        ("D-1 | Mass | REPORTED | 12.5 | t | | weighed", (12.5, "t", 0.5)),
        ("D-1 | Mass | REPORTED | 12.5 | | 0.7 | weighed", (12.5, "kilogram", 0.7)),
        ("D-1 | Mass | REPORTED | 12.5 | | (clear) | weighed", (12.5, "kilogram", None)),
        ("D-1 | Mass | REPORTED | 12.5 | (clear) | | weighed", (12.5, None, 0.5)),
    ],
    ids=["value", "value alone", "unit", "deviation", "no deviation", "no unit"],
)
def test_a_quantity_goes_out_whole(cells: str, sent: tuple[Json, ...]) -> None:
    magnitude, unit, deviation = sent
    assert patch_datapoint(cells).body == {
        "quantity": {"magnitude": magnitude, "unit": unit, "standard_deviation": deviation}
    }


def test_a_quantity_keeps_its_unit_member_even_if_the_service_has_none() -> None:
    """`unit` may be null but has to be there; a deviation of null may be left out."""
    stored: Json = {"magnitude": 12.5, "unit": None, "standard_deviation": None}
    call = patch_datapoint("D-1 | Mass | REPORTED | 14 | | | weighed", quantity=stored)
    assert call.body == {"quantity": {"magnitude": 14, "unit": None}}


def test_a_resource_that_makes_its_own_calls_knows_what_the_account_defines() -> None:
    own = replace(
        EMISSION_LOG,
        updates=lambda change, merged, items: (
            Call(method="PUT", path=f"/{items['Site']['id']}/{change.remote.id}", body=merged),
        ),
    )
    record = read_record(own, ELECTRICITY.row, defined={"dpc_kwh": amount(1, "kWh")})
    (call,) = update(own, record, electricity_log(), ELECTRICITY.items)
    assert call.path == "/ste_plant/eml_1"
    assert call.body["data_points[dpc_share]"] == 0


BOUND: dict[str, Value] = {
    "rtc_char/mass": Reference(to="datapoint", key="D-mass"),
    "rtc_char/carbon": datapoints("D-c2", "D-c1"),
    "rtc_truck/mass": datapoints("D-load"),
    "rtc_truck/distance": Reference(to="datapoint", key="D-km"),
}
KNOWN = ids(
    D_mass="dtp_mass",
    D_c1="dtp_c1",
    D_c2="dtp_c2",
    D_c3="dtp_c3",
    D_load="dtp_load",
    D_km="dtp_km",
    D_new="dtp_new",
)


def update_batch(
    row: str = BATCH_ROW, *, stored: dict[str, Json] | None = None, **defined: Value
) -> tuple[Call, ...]:
    renamed = {name.replace("__", "/"): value for name, value in defined.items()}
    record = read_record(ENTRY, row, defined={**BOUND, **renamed})
    return update(ENTRY, record, stored or batch_entry(), BATCH, KNOWN)


def test_an_entry_is_patched_with_its_dates() -> None:
    assert update_batch(BATCH_ROW.replace("10-15", "10-16")) == (
        Call(method="PATCH", path="/ghg_entries/rmv_1", body={"completed_on": "2025-10-16"}),
    )


def test_a_rebound_input_patches_its_component_with_all_inputs_fixed_ones_too() -> None:
    """The list is replaced as a whole, so what is left out would be unbound."""
    calls = update_batch(rtc_char__mass=Reference(to="datapoint", key="D-new"))
    assert calls == (
        Call(
            method="PATCH",
            path="/components/cmp_char",
            body={
                "inputs": [
                    {
                        "__typename": "CreateComponentScalarInput",
                        "input_key": "durability",
                        "datapoint_id": "dtp_durability",
                    },
                    {
                        "__typename": "CreateComponentScalarInput",
                        "input_key": "mass",
                        "datapoint_id": "dtp_new",
                    },
                    {
                        "__typename": "CreateComponentListInput",
                        "input_key": "carbon",
                        "datapoint_ids": ["dtp_c1", "dtp_c2"],
                    },
                ]
            },
        ),
    )


def test_dates_and_two_components_are_three_calls() -> None:
    calls = update_batch(
        BATCH_ROW.replace("10-15", "10-16"),
        rtc_char__carbon=datapoints("D-c1", "D-c2", "D-c3"),
        rtc_truck__distance=Reference(to="datapoint", key="D-new"),
    )
    assert [each.path for each in calls] == [
        "/ghg_entries/rmv_1",
        "/components/cmp_char",
        "/components/cmp_truck",
    ]


def inputs_of(call: Call) -> dict[str, Json]:
    inputs = call.body["inputs"]
    assert isinstance(inputs, list)
    return {
        str(each["input_key"]): each.get("datapoint_ids", each.get("datapoint_id"))
        for each in inputs
        if isinstance(each, dict)
    }


def test_an_input_that_was_missing_is_added_to_its_component() -> None:
    incomplete = component("cmp_char", "rtc_char", scalar("mass", "dtp_mass"))
    (call,) = update_batch(stored=batch_entry(incomplete, STORED_TRUCK))
    assert inputs_of(call) == {"mass": "dtp_mass", "carbon": ["dtp_c1", "dtp_c2"]}


def test_an_input_with_nothing_bound_is_not_sent_as_nothing() -> None:
    """Neither null nor an empty list is what the service takes for an input."""
    hollow = component(
        "cmp_char",
        "rtc_char",
        scalar("durability", None),
        several("carbon"),
        scalar("mass", "dtp_other"),
    )
    (call,) = update_batch(stored=batch_entry(hollow, STORED_TRUCK))
    assert inputs_of(call) == {"mass": "dtp_mass", "carbon": ["dtp_c1", "dtp_c2"]}


def test_the_order_within_a_list_is_no_change_and_is_not_sent() -> None:
    calls = update_batch(
        BATCH_ROW.replace("10-15", "10-16"), rtc_char__carbon=datapoints("D-c1", "D-c2")
    )
    assert [each.path for each in calls] == ["/ghg_entries/rmv_1"]


def test_components_that_are_not_of_the_template_are_left_alone() -> None:
    free = component("cmp_free", None, scalar("mass", "dtp_x"))
    (call,) = update_batch(
        stored=batch_entry(free, STORED_CHAR, STORED_TRUCK),
        rtc_char__mass=Reference(to="datapoint", key="D-new"),
    )
    assert call.path == "/components/cmp_char"
