"""Isometric: free-standing components, which no template made."""

import pytest

from importer.sandbox.switches import Switches

UNKNOWN = "dtp_1NRBARK01SBX9999"
NOT_THERE = "cmp_1NRBARK01SBX9999"
STORED = "rtc_1NRBARK01SBX0001"


def one(key, datapoint_id):
    return {
        "__typename": "CreateComponentScalarInput",
        "input_key": key,
        "datapoint_id": datapoint_id,
    }


def several(key, *datapoint_ids):
    return {
        "__typename": "CreateComponentListInput",
        "input_key": key,
        "datapoint_ids": list(datapoint_ids),
    }


@pytest.fixture
def freight(loader, measure):
    """A component that takes a list."""
    inputs = [
        one("distance", measure(80, "km")),
        several("freight_mass", measure(30, "t"), measure(32, "t")),
        one("freight_factor", measure(0.105, "kgCO2e / (tonne * km)")),
    ]
    return {**loader, "component_blueprint_key": "road-freight", "inputs": inputs}


def refuse(isometric, body):
    answer = isometric.post("/components", body)
    assert answer.status_code == 400
    assert isometric.get("/components").json()["total_count"] == 0
    return answer.json()["detail"]


def test_a_new_component_is_200_and_comes_back_whole(isometric, loader):
    answer = isometric.post("/components", loader)
    assert answer.status_code == 200
    made = answer.json()
    assert isometric.get(f"/components/{made['id']}").json() == made
    assert made.pop("id").startswith("cmp_")
    assert made == {
        "supplier_reference_id": "CMP-LOADER-10",
        "type": "ACTIVITY",
        "scope": "REMOVAL",
        "display_name": "Diesel of the loader",
        "description": None,
        "activity_started_at": "2026-10-01T00:00:00.000Z",
        "activity_completed_at": "2026-10-31T23:00:00.000Z",
        "blueprint_key": "diesel-use",
        "allocation_strategy": None,
        "ghg_entry_template_component_id": None,
        "removal_template_component_id": None,
        "inputs": [{**item, "__typename": "ComponentScalarInput"} for item in loader["inputs"]],
    }


def test_a_component_takes_lists(isometric, freight):
    made = isometric.post("/components", freight).json()
    assert made["inputs"][1]["__typename"] == "ComponentListInput"
    assert made["inputs"][1]["datapoint_ids"] == freight["inputs"][1]["datapoint_ids"]


def test_a_component_counts_towards_nothing_by_itself(isometric, enter, loader):
    entry = isometric.get(f"/ghg_entries/{enter()}").json()
    isometric.post("/components", loader)
    assert isometric.get(f"/ghg_entries/{entry['id']}").json() == entry
    assert isometric.get("/components", ghg_entry_id=entry["id"]).json()["total_count"] == 7


def test_it_is_found_by_its_reference(isometric, enter, loader):
    enter()
    made = isometric.post("/components", loader).json()
    page = isometric.get("/components", supplier_reference_id="CMP-LOADER-10").json()
    assert page["nodes"] == [made]


def test_a_reference_in_use_makes_no_second_one(isometric, loader):
    isometric.post("/components", loader)
    assert isometric.post("/components", loader).status_code == 409
    assert isometric.get("/components").json()["total_count"] == 1


def test_a_reference_of_an_entry_is_in_use_for_components_too(isometric, enter, loader):
    enter()
    body = {**loader, "supplier_reference_id": "BATCH-10"}
    assert isometric.post("/components", body).status_code == 409


def test_no_input_may_be_left_out(isometric, loader):
    body = {**loader, "inputs": loader["inputs"][:1]}
    expected = "Inputs of blueprint 'diesel-use' are missing: 'diesel_factor'"
    assert refuse(isometric, body) == expected


def test_a_list_of_no_datapoints_is_refused(isometric, freight):
    freight["inputs"][1] = several("freight_mass")
    assert refuse(isometric, freight) == "Input 'freight_mass' has no datapoints"


def test_an_entry_refuses_such_a_list_too(isometric, sandbox, enter):
    body = {
        "project_id": sandbox.project_id,
        "ghg_entry_template_id": "rvt_1NRBARK01SBX0001",
        "supplier_reference_id": "BATCH-10",
        "started_on": "2026-10-01",
        "completed_on": "2026-10-31",
        "ghg_entry_template_components": [
            {"ghg_entry_template_component_id": STORED, "inputs": [several("carbon_content")]}
        ],
    }
    answer = isometric.post("/ghg_entries", body)
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "Input 'carbon_content' has no datapoints"},
    )


def test_an_unknown_datapoint_is_400_with_the_observed_text(isometric, loader):
    loader["inputs"][0] = one("diesel_volume", UNKNOWN)
    assert refuse(isometric, loader) == f"Could not find 'Datapoint' with IDs '{UNKNOWN}'"


def test_a_unit_of_another_kind_is_400(isometric, loader, measure):
    loader["inputs"][0] = one("diesel_volume", measure(84, "kg"))
    assert "quantity kind 'mass'" in refuse(isometric, loader)


def test_a_unit_of_the_same_kind_is_converted(isometric, loader, measure):
    loader["inputs"][0] = one("diesel_volume", measure(0.1, "m^3"))
    assert isometric.post("/components", loader).status_code == 200


def test_one_datapoint_for_a_list_is_400(isometric, freight, measure):
    freight["inputs"][1] = one("freight_mass", measure(30, "t"))
    assert refuse(isometric, freight) == "Input 'freight_mass' takes a list of datapoints"


def test_a_list_for_one_datapoint_is_400(isometric, freight, measure):
    freight["inputs"][0] = several("distance", measure(80, "km"))
    assert refuse(isometric, freight) == "Input 'distance' takes one datapoint"


def test_an_input_that_the_blueprint_does_not_have_is_400(isometric, loader, measure):
    loader["inputs"].append(one("load", measure(1, "t")))
    assert refuse(isometric, loader) == "Blueprint 'diesel-use' has no input 'load'"


@pytest.mark.parametrize(
    ("member", "value", "name"),
    [
        ("project_id", "prj_1NRBARK01SBX9999", "Project"),
        ("component_blueprint_key", "petrol-use", "ComponentBlueprint"),
    ],
)
def test_what_is_not_there_is_400(isometric, loader, member, value, name):
    detail = refuse(isometric, {**loader, member: value})
    assert detail == f"Could not find '{name}' with IDs '{value}'"


@pytest.mark.parametrize(
    "member",
    [
        "project_id",
        "supplier_reference_id",
        "component_blueprint_key",
        "display_name",
        "activity_started_at",
        "activity_completed_at",
        "inputs",
    ],
)
def test_a_missing_member_is_422(isometric, loader, member):
    del loader[member]
    answer = isometric.post("/components", loader)
    assert answer.status_code == 422
    assert [item["loc"] for item in answer.json()["detail"]] == [["body", member]]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("supplier_reference_id", ""),
        ("supplier_reference_id", "x" * 101),
        ("display_name", ""),
        ("display_name", "x" * 101),
        ("activity_started_at", "2026-10-01"),
        ("activity_completed_at", None),
        ("allocation_strategy", "MANUAL"),
    ],
)
def test_a_member_that_does_not_fit_is_422(isometric, loader, member, value):
    assert isometric.post("/components", {**loader, member: value}).status_code == 422


def test_the_description_may_be_left_out(isometric, loader):
    del loader["description"]
    assert isometric.post("/components", loader).json()["description"] is None


REVERSED = {"activity_completed_at": "2026-09-30T23:59:59Z"}


def test_an_activity_that_ends_before_it_starts_is_400(isometric, loader):
    assert "before" in refuse(isometric, {**loader, **REVERSED})


@pytest.mark.parametrize("switches", [Switches(reversed_dates="accept")], indirect=True)
def test_an_activity_may_end_before_it_starts(isometric, loader):
    assert isometric.post("/components", {**loader, **REVERSED}).status_code == 200


def test_patching_inputs_takes_all_of_them_again(isometric, component, loader, measure):
    changed = [one("diesel_volume", measure(50, "L")), loader["inputs"][1]]
    path = f"/components/{component}"
    answer = isometric.patch(path, {"inputs": changed})
    assert answer.status_code == 200
    assert answer.json()["inputs"][0]["datapoint_id"] == changed[0]["datapoint_id"]
    refused = isometric.patch(path, {"inputs": changed[:1]})
    assert (refused.status_code, refused.json()) == (
        400,
        {"detail": "Inputs of blueprint 'diesel-use' are missing: 'diesel_factor'"},
    )
    assert isometric.get(path).json() == answer.json()


def test_patch_changes_words_and_keeps_the_rest(isometric, component):
    path = f"/components/{component}"
    old = isometric.get(path).json()
    words = {"display_name": "Loader", "description": "Refuelled on Fridays"}
    assert isometric.patch(path, words).json() == {**old, **words}


@pytest.mark.parametrize(
    "changes",
    [
        {"description": None},
        {"display_name": None},
        {"inputs": None},
        {"supplier_reference_id": "CMP-OTHER"},
        {"activity_started_at": "2026-10-02T00:00:00Z"},
        {"component_blueprint_key": "electricity-use"},
    ],
)
def test_patch_refuses_null_and_what_cannot_be_changed(isometric, component, changes):
    assert isometric.patch(f"/components/{component}", changes).status_code == 422


def test_a_deleted_component_is_gone(isometric, component):
    answer = isometric.delete(f"/components/{component}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert isometric.get(f"/components/{component}").status_code == 404
    assert isometric.patch(f"/components/{component}", {}).status_code == 404
    assert isometric.delete(f"/components/{component}").status_code == 404
    assert isometric.get("/components").json()["total_count"] == 0


def test_its_reference_stays_in_use(isometric, component, loader):
    isometric.delete(f"/components/{component}")
    assert isometric.post("/components", loader).status_code == 409
    query = {"supplier_reference_id": "CMP-LOADER-10"}
    assert isometric.get("/components", **query).json()["total_count"] == 0


@pytest.mark.parametrize("switches", [Switches(deleted_keeps_reference=False)], indirect=True)
def test_its_reference_may_be_free_again(isometric, component, loader):
    isometric.delete(f"/components/{component}")
    assert isometric.post("/components", loader).status_code == 200


def test_a_component_that_is_not_there_cannot_be_deleted(isometric):
    assert isometric.delete(f"/components/{NOT_THERE}").status_code == 404


def test_a_component_of_a_template_may_be_deleted(isometric, enter):
    entry = enter()
    [first, *_] = isometric.get("/components", ghg_entry_id=entry).json()["nodes"]
    isometric.delete(f"/components/{first['id']}")
    assert isometric.get("/components", ghg_entry_id=entry).json()["total_count"] == 6
