"""Which cell a service means, in whatever way it names a member."""

from collections.abc import Mapping

import pytest

from importer.declare.resource import Resource
from importer.model.outcome import Status
from importer.model.ports import Answer, Call, Refusal, Verdict
from importer.model.record import Json, Record
from importer.planning.blame import blame
from importer.planning.refusals import describe_refusal, describe_taken, describe_uncertain
from importer.planning.states import read_remote
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from importer.resources.isometric.entry import ENTRY
from planning.account import BATCH_ROW, ELECTRICITY
from planning.makers import amount, datapoint, datapoints, read_record

LOG = read_record(
    EMISSION_LOG,
    ELECTRICITY.row,
    defined={"dpc_kwh": amount(84230, "kWh"), "dpc_meter": "735999100012"},
)
LOG_CALL = Call(
    method="POST",
    path="/periodic-emission-logs",
    body={
        "external_id": "E-10",
        "site": {"id": "ste_plant"},
        "data_points": [
            {"config_id": "dpc_kwh", "input_value": {"value": 84230, "unit": "kWh"}},
            {"config_id": "dpc_meter", "input_value": "735999100012"},
        ],
    },
)
NUMBER = read_record(DATAPOINT, "External ID | Name | Type | Value\nD-1 | Mass | REPORTED | 5")
NUMBER_CALL = Call(
    method="POST", path="/datapoints", body={"quantity": {"magnitude": 5, "unit": None}}
)
BATCH = read_record(
    ENTRY,
    BATCH_ROW,
    defined={
        "rtc_char/mass": datapoints("D-1")[0],
        "rtc_char/carbon": datapoints("D-2"),
        "rtc_truck/mass": datapoints("D-3"),
    },
)


def bound(key: str, *ids: str) -> Json:
    return {"__typename": "CreateComponentListInput", "input_key": key, "datapoint_ids": list(ids)}


BATCH_CALL = Call(
    method="POST",
    path="/ghg_entries",
    body={
        "ghg_entry_template_components": [
            {
                "ghg_entry_template_component_id": "rtc_char",
                "inputs": [bound("mass", "dtp_1"), bound("carbon", "dtp_2")],
            },
            {
                "ghg_entry_template_component_id": "rtc_truck",
                "inputs": [bound("mass", "dtp_3")],
            },
        ]
    },
)
COMPONENT_CALL = Call(
    method="PATCH",
    path="/components/cmp_1",
    body={"inputs": [bound("durability", "dtp_9"), bound("carbon", "dtp_2"), bound("mass", "d")]},
)

# the member as the service names it, and the sheet and cell that it means
LOG_MEMBERS = {
    "external_id": "Emission logs!A2",
    "config_id": "Emission logs!B2",
    "site": "Emission logs!C2",
    "site.id": "Emission logs!C2",
    "site.external_id": "Emission logs!C2",
    "period_start": "Emission logs!D2",
    "period_end": "Emission logs!E2",
    "display_key": "Emission logs!F2",
    "file_ids": "Emission logs!G2",
    "file_ids[3]": "Emission logs!G2",
    "data_points[0].input_value": "Emission log values!C2",
    "data_points[0].input_value.value": "Emission log values!C2",
    "data_points[0].input_value.unit": "Emission log values!D2",
    "data_points[1].input_value": "Emission log values!C3",
    "data_points[1].config_id": "Emission log values!C3",
    "data_points[1]": "Emission log values!C3",
    "data_points.1.input_value": "Emission log values!C3",
    "data_points": "Emission logs, row 2",
    "data_points[7].input_value": "Emission logs, row 2",
    "data_points[-1]": "Emission logs, row 2",
    "data_points[²].input_value": "Emission logs, row 2",
    "Cula-Organisation-Id": "Emission logs, row 2",
    "period": "Emission logs, row 2",
    "": "Emission logs, row 2",
    "...[[": "Emission logs, row 2",
}
NUMBER_MEMBERS = {
    "supplier_reference_id": "Datapoints!A2",
    "display_name": "Datapoints!B2",
    "type": "Datapoints!C2",
    "quantity": "Datapoints!D2",
    "quantity.magnitude": "Datapoints!D2",
    "quantity.magnitude.float": "Datapoints!D2",
    "quantity.unit": "Datapoints!E2",
    "quantity.standard_deviation": "Datapoints!F2",
    "quantity.other": "Datapoints!D2",
    "measured_at": "Datapoints!G2",
    "source_ids[0]": "Datapoints!H2",
    "description": "Datapoints!I2",
    "uncertainty_justification": "Datapoints!J2",
    "project_id": "Datapoints, row 2",
    "query.supplier_reference_id": "Datapoints, row 2",
}
BATCH_MEMBERS = {
    "ghg_entry_template_id": "Entries!B2",
    "started_on": "Entries!C2",
    "completed_on": "Entries!D2",
    "feedstock_type_id": "Entries!E2",
    "ghg_entry_template_components[0].inputs[1].datapoint_ids": "Entry inputs!D3",
    "ghg_entry_template_components[0].inputs[1].ListInput.datapoint_ids[0]": "Entry inputs!D3",
    "ghg_entry_template_components[0].inputs[0]": "Entry inputs!D2",
    "ghg_entry_template_components[1].inputs[0].datapoint_id": "Entry inputs!D4",
    "ghg_entry_template_components[0]": "Entries, row 2",
    "ghg_entry_template_components": "Entries, row 2",
}
COMPONENT_MEMBERS = {
    "inputs[1].datapoint_ids": "Entry inputs!D3",
    "inputs[1].CreateComponentListInput.datapoint_ids[0]": "Entry inputs!D3",
    "inputs[0].datapoint_id": "Entries, row 2",
    "inputs[2].datapoint_id": "Entries, row 2",
    "inputs": "Entries, row 2",
}

CASES = [
    (resource, record, call, member, place)
    for resource, record, call, members in (
        (EMISSION_LOG, LOG, LOG_CALL, LOG_MEMBERS),
        (DATAPOINT, NUMBER, NUMBER_CALL, NUMBER_MEMBERS),
        (ENTRY, BATCH, BATCH_CALL, BATCH_MEMBERS),
        (ENTRY, BATCH, COMPONENT_CALL, COMPONENT_MEMBERS),
    )
    for member, place in members.items()
]


@pytest.mark.parametrize(
    ("resource", "record", "call", "member", "place"),
    CASES,
    ids=[f"{call.path} {member}" for _, _, call, member, _ in CASES],
)
def test_a_member_means_a_cell(
    resource: Resource, record: Record, call: Call, member: str, place: str
) -> None:
    found = blame(resource, record, {}, call, Refusal(member=member, words="no"))
    assert (f"{found.sheet}!{found.cell}" if found.cell else str(found)) == place


SAID = {
    "Could not find 'Source' with IDs 'src_2'": "Datapoints!H2",
    'There is no source "src_2"': "Datapoints!H2",
    "The supplier reference ID 'D-1' is in use": "Datapoints!A2",
    "Could not find 'Source' with IDs 'src_9'": "Datapoints, row 2",
    "The name 'Mass' and the source 'src_1' do not go together": "Datapoints, row 2",
    "Measured at date cannot be in the future": "Datapoints, row 2",
}
STATED: Mapping[str, Json] = {
    "supplier_reference_id": "D-1",
    "display_name": "Mass",
    "source_ids": ["src_1", "src_2"],
}


@pytest.mark.parametrize(("words", "place"), SAID.items(), ids=SAID)
def test_where_no_member_is_named_the_only_cell_that_is_quoted_is_meant(
    words: str, place: str
) -> None:
    found = blame(DATAPOINT, NUMBER, STATED, NUMBER_CALL, Refusal(member="", words=words))
    assert (f"{found.sheet}!{found.cell}" if found.cell else str(found)) == place


def test_a_member_that_is_named_counts_more_than_what_is_quoted() -> None:
    refusal = Refusal(member="quantity.unit", words="not for 'Mass'")
    found = blame(DATAPOINT, NUMBER, STATED, NUMBER_CALL, refusal)
    assert found.cell == "E2"


def refused(status: int, *refusals: tuple[str, str]) -> Answer:
    return Answer(
        verdict=Verdict.REFUSED,
        status=status,
        body={},
        refusals=tuple(Refusal(member=member, words=words) for member, words in refusals),
    )


def test_every_complaint_becomes_a_problem_at_its_cell_in_the_words_of_the_service() -> None:
    answer = refused(
        422, ("data_points[0].input_value", "the highest value is 5"), ("period_end", "too late")
    )
    status, problems = describe_refusal(EMISSION_LOG, LOG, {}, LOG_CALL, answer)
    assert status is Status.FAILED
    assert [(each.code, each.place.cell, each.found) for each in problems] == [
        ("API_REFUSED", "C2", "a refusal (status 422): “the highest value is 5”"),
        ("API_REFUSED", "E2", "a refusal (status 422): “too late”"),
    ]


def test_a_refusal_without_a_reason_is_a_problem_of_the_row() -> None:
    _, (problem,) = describe_refusal(DATAPOINT, NUMBER, {}, NUMBER_CALL, refused(400))
    assert problem.found == "a refusal (status 400): “no reason”"
    assert (problem.place.row, problem.place.cell) == (2, "")


@pytest.mark.parametrize(
    ("method", "status", "code", "end"),
    [
        ("PUT", 409, "API_LOCKED", Status.CONFLICT),
        ("PATCH", 409, "API_LOCKED", Status.CONFLICT),
        ("POST", 409, "API_REFUSED", Status.FAILED),
        ("PUT", 422, "API_REFUSED", Status.FAILED),
    ],
)
def test_only_a_409_to_a_change_means_locked(
    method: str, status: int, code: str, end: Status
) -> None:
    call = Call(method=method, path="/periodic-emission-logs/eml_1", body={})
    found, (problem,) = describe_refusal(EMISSION_LOG, LOG, {}, call, refused(status, ("", "no")))
    assert (found, problem.code) == (end, code)


def test_what_came_into_use_meanwhile_names_who_has_it() -> None:
    body: Mapping[str, Json] = datapoint()
    problem = describe_taken(DATAPOINT, NUMBER, read_remote(DATAPOINT, body, {}))
    assert (problem.code, problem.place.cell) == ("API_CONFLICT", "A2")
    assert "“D-1”, which dtp_1NRBARK01SBX0042 uses with other content" in problem.found
    assert problem.remedy == "Import the file again to see the differences."


def test_an_uncertain_record_says_which_one() -> None:
    problem = describe_uncertain(DATAPOINT, NUMBER)
    assert (problem.code, problem.place.cell) == ("API_UNCERTAIN", "A2")
    assert problem.found == "no clear answer for “D-1”"
    assert "Import the same file again" in problem.remedy
