"""Isometric: making, finding and changing datapoints."""

import pytest

from importer.sandbox.switches import Switches

UNKNOWN_SOURCE = "src_1NRBARK01SBX9999"
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def made(isometric, biochar_mass):
    return isometric.post("/datapoints", biochar_mass).json()


def places(answer):
    assert answer.status_code == 422
    return [item["loc"] for item in answer.json()["detail"]]


def test_a_new_datapoint_is_200_and_comes_back_whole(isometric, biochar_mass):
    answer = isometric.post("/datapoints", biochar_mass)
    assert answer.status_code == 200
    made = answer.json()
    assert made.pop("id").startswith("dtp_")
    assert made == {
        **biochar_mass,
        "quantity": {"magnitude": 18000.0, "unit": "kilogram", "standard_deviation": None},
        "measured_at": None,
        "uncertainty_justification": None,
        "locked_status": "not_locked",
    }


def test_a_datapoint_is_read_by_its_id(isometric, made):
    assert isometric.get(f"/datapoints/{made['id']}").json() == made


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("kg", "kilogram"),
        ("tonne", "metric_ton"),
        ("kWh", "kilowatt_hour"),
        ("L", "liter"),
        ("litre", "liter"),
        ("m^3", "meter ** 3"),
        ("km", "kilometer"),
        ("%", "percent"),
        ("mg / m^3", "milligram / meter ** 3"),
        ("mg/m^3", "milligram / meter ** 3"),
        ("dimensionless", "dimensionless"),
        (None, "dimensionless"),
    ],
)
def test_units_come_back_in_canonical_spelling(isometric, biochar_mass, sent, answered):
    biochar_mass["quantity"]["unit"] = sent
    made = isometric.post("/datapoints", biochar_mass).json()
    assert made["quantity"]["unit"] == answered


@pytest.mark.parametrize("switches", [Switches(respell_units=False)], indirect=True)
@pytest.mark.parametrize(("sent", "answered"), [("kg", "kg"), (None, "dimensionless")])
def test_units_may_come_back_as_sent(isometric, biochar_mass, sent, answered):
    biochar_mass["quantity"]["unit"] = sent
    made = isometric.post("/datapoints", biochar_mass).json()
    assert made["quantity"]["unit"] == answered


def test_an_unknown_unit_is_400(isometric, biochar_mass):
    biochar_mass["quantity"]["unit"] = "bushel"
    answer = isometric.post("/datapoints", biochar_mass)
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "Unit 'bushel' is not recognised"},
    )


def test_a_moment_comes_back_in_utc(isometric, biochar_mass):
    biochar_mass["measured_at"] = "2026-10-31T13:00:00+01:00"
    made = isometric.post("/datapoints", biochar_mass).json()
    assert made["measured_at"] == "2026-10-31T12:00:00.000Z"


def test_a_moment_in_the_future_is_400(isometric, clock, biochar_mass):
    biochar_mass["measured_at"] = "2026-11-24T09:00:01Z"
    answer = isometric.post("/datapoints", biochar_mass)
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "Measured at date for datapoint cannot be in the future"},
    )
    clock.advance(1)
    assert isometric.post("/datapoints", biochar_mass).status_code == 200


def test_an_unknown_source_is_400_with_the_observed_text(isometric, biochar_mass):
    answer = isometric.post("/datapoints", {**biochar_mass, "source_ids": [UNKNOWN_SOURCE]})
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": f"Could not find 'Source' with IDs '{UNKNOWN_SOURCE}'"},
    )


def test_an_unknown_project_is_400(isometric, biochar_mass):
    biochar_mass["project_id"] = "prj_1NRBARK01SBX9999"
    answer = isometric.post("/datapoints", biochar_mass)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("Could not find 'Project'")


@pytest.mark.parametrize(
    "member",
    [
        "project_id",
        "supplier_reference_id",
        "display_name",
        "description",
        "type",
        "quantity",
        "source_ids",
    ],
)
def test_a_missing_member_is_422(isometric, biochar_mass, member):
    del biochar_mass[member]
    assert places(isometric.post("/datapoints", biochar_mass)) == [["body", member]]


def test_the_unit_may_be_null_but_not_missing(isometric, biochar_mass):
    del biochar_mass["quantity"]["unit"]
    answer = isometric.post("/datapoints", biochar_mass)
    assert places(answer) == [["body", "quantity", "unit"]]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("supplier_reference_id", ""),
        ("supplier_reference_id", "x" * 101),
        ("display_name", ""),
        ("display_name", "x" * 101),
        ("description", "x" * 501),
        ("type", "reported"),
        ("source_ids", None),
        ("measured_at", "2026-10-31T13:00:00"),
        ("measured_at", "yesterday"),
    ],
)
def test_a_member_that_does_not_fit_is_422(isometric, biochar_mass, member, value):
    assert places(isometric.post("/datapoints", {**biochar_mass, member: value}))[0] == [
        "body",
        member,
    ]


@pytest.mark.parametrize("magnitude", ["18000", True, None])
def test_a_magnitude_is_a_number(isometric, biochar_mass, magnitude):
    biochar_mass["quantity"]["magnitude"] = magnitude
    answer = isometric.post("/datapoints", biochar_mass)
    assert places(answer) == [["body", "quantity", "magnitude"]]


def test_a_magnitude_is_finite(isometric, biochar_mass):
    text = '{"quantity": {"magnitude": NaN, "unit": null}}'
    answer = isometric.request("POST", "/datapoints", content=text, headers=JSON)
    assert ["body", "quantity", "magnitude"] in places(answer)


def test_half_a_character_is_422(isometric):
    text = '{"display_name": "\\ud83d"}'
    answer = isometric.request("POST", "/datapoints", content=text, headers=JSON)
    assert ["body", "display_name"] in places(answer)


def test_an_undocumented_member_is_422(isometric, biochar_mass):
    biochar_mass["quantity"]["colour"] = "black"
    answer = isometric.post("/datapoints", biochar_mass)
    assert places(answer) == [["body", "quantity", "colour"]]


@pytest.mark.parametrize("switches", [Switches(unknown_keys="ignore")], indirect=True)
def test_an_undocumented_member_may_be_ignored(isometric, biochar_mass):
    biochar_mass["quantity"]["colour"] = "black"
    answer = isometric.post("/datapoints", biochar_mass)
    assert answer.status_code == 200
    assert "colour" not in answer.text


def test_a_reference_in_use_is_refused(isometric, biochar_mass, made):
    answer = isometric.post("/datapoints", biochar_mass)
    assert answer.status_code == 409
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize("switches", [Switches(reused_reference_status=400)], indirect=True)
def test_a_reference_in_use_may_be_400(isometric, biochar_mass, made):
    answer = isometric.post("/datapoints", biochar_mass)
    assert answer.status_code == 400
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize("switches", [Switches(reused_reference_status=422)], indirect=True)
def test_a_reference_in_use_may_be_422(isometric, biochar_mass, made):
    answer = isometric.post("/datapoints", biochar_mass)
    assert places(answer) == [["body", "supplier_reference_id"]]


def test_a_reference_is_unique_over_all_types(isometric, biochar_mass):
    biochar_mass["supplier_reference_id"] = "NB-FS-SPRUCE"
    assert isometric.post("/datapoints", biochar_mass).status_code == 409


@pytest.mark.parametrize("switches", [Switches(reference_scope="type")], indirect=True)
def test_a_reference_may_be_unique_within_its_type_only(isometric, biochar_mass):
    biochar_mass["supplier_reference_id"] = "NB-FS-SPRUCE"
    assert isometric.post("/datapoints", biochar_mass).status_code == 200
    assert isometric.post("/datapoints", biochar_mass).status_code == 409


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"supplier_reference_id": "DP-MASS-10"}, 1),
        ({"supplier_reference_id": "dp-mass-10"}, 0),
        ({"supplier_reference_id": "DP-MASS"}, 0),
        ({"display_name_contains": "PRODUCED"}, 1),
        ({"display_name_contains": "consumed"}, 0),
        ({"quantity_kind": "mass"}, 1),
        ({"quantity_kind": "energy"}, 0),
        ({"project_id": "prj_1NRBARK01SBX0001", "quantity_kind": "mass"}, 1),
        ({"project_id": "prj_1NRBARK01SBX9999"}, 0),
    ],
)
def test_datapoints_are_found_by_filters(isometric, made, query, found):
    page = isometric.get("/datapoints", **query).json()
    assert page["total_count"] == found
    assert page["nodes"] == [made] * found


def test_a_kind_of_quantity_that_does_not_exist_is_422(isometric):
    answer = isometric.get("/datapoints", quantity_kind="heaviness")
    assert places(answer) == [["query", "quantity_kind"]]


def test_datapoints_made_elsewhere_have_null_or_foreign_references(isometric):
    nodes = isometric.get("/datapoints").json()["nodes"]
    references = {node["supplier_reference_id"] for node in nodes}
    assert references == {None, "lca-2026/permanence", "lca-2026/grid"}


def test_patch_changes_what_it_names_and_keeps_the_rest(isometric, made):
    path = f"/datapoints/{made['id']}"
    changes = {"display_name": "Biochar", "quantity": {"magnitude": 18.5, "unit": "tonne"}}
    answer = isometric.patch(path, changes)
    assert answer.status_code == 200
    assert answer.json() == {
        **made,
        "display_name": "Biochar",
        "quantity": {"magnitude": 18.5, "unit": "metric_ton", "standard_deviation": None},
    }
    assert isometric.get(path).json() == answer.json()


def test_patch_keeps_what_is_undefined(isometric, made):
    undefined = {"__typename": "Undefined"}
    changes = {"description": undefined, "type": "DERIVED", "source_ids": undefined}
    answer = isometric.patch(f"/datapoints/{made['id']}", changes)
    assert answer.json() == {**made, "type": "DERIVED"}


@pytest.mark.parametrize("member", ["display_name", "description", "quantity", "source_ids"])
def test_patch_refuses_null(isometric, made, member):
    answer = isometric.patch(f"/datapoints/{made['id']}", {member: None})
    assert places(answer) == [["body", member]]


@pytest.mark.parametrize("member", ["measured_at", "project_id", "supplier_reference_id"])
def test_patch_refuses_what_cannot_be_changed(isometric, made, member):
    answer = isometric.patch(f"/datapoints/{made['id']}", {member: "2026-10-31T12:00:00Z"})
    assert places(answer) == [["body", member]]


def test_patch_refuses_an_unknown_source(isometric, made):
    answer = isometric.patch(f"/datapoints/{made['id']}", {"source_ids": [UNKNOWN_SOURCE]})
    assert answer.status_code == 400


def test_patch_changes_the_kind_of_quantity(isometric, made):
    quantity = {"magnitude": 5, "unit": "kWh"}
    isometric.patch(f"/datapoints/{made['id']}", {"quantity": quantity})
    page = isometric.get("/datapoints", quantity_kind="energy").json()
    assert [node["id"] for node in page["nodes"]] == [made["id"]]


def test_a_locked_datapoint_refuses_patch(isometric, control, made):
    control.post(f"/lock/{made['id']}", None)
    path = f"/datapoints/{made['id']}"
    assert isometric.get(path).json()["locked_status"] == "locked_used_in_verified_removal"
    answer = isometric.patch(path, {"display_name": "Biochar"})
    assert answer.status_code == 400
    assert "locked" in answer.json()["detail"]
    assert isometric.get(path).json()["display_name"] == made["display_name"]
