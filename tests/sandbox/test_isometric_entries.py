"""Isometric: entries of a template, their components, and the totals that follow from both."""

import pytest

from importer.sandbox.switches import Switches

TEMPLATE = "rvt_1NRBARK01SBX0001"
STORED = "rtc_1NRBARK01SBX0001"
FREIGHT = "rtc_1NRBARK01SBX0002"
ELECTRICITY = "rtc_1NRBARK01SBX0003"
SPRUCE = "ftt_1NRBARK01SBX0001"
PERMANENCE = "dtp_1NRBARK01SBX0001"
GRID = "dtp_1NRBARK01SBX0003"
UNKNOWN = "dtp_1NRBARK01SBX9999"

BATCH = {
    "mass": (18000, "kg"),
    "carbon-1": (81, "%"),
    "carbon-2": (83, "%"),
    "moisture": (0, "%"),
    "h-to-c": (0.35, None),
    "kilometres": (80, "km"),
    "load-1": (30, "tonne"),
    "load-2": (32, "tonne"),
    "power": (9.5, "MWh"),
}


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
def ids(isometric, biochar_mass):
    """Ids of the datapoints of a batch, by the end of their reference."""
    made = {}
    for name, (magnitude, unit) in BATCH.items():
        quantity = {"magnitude": magnitude, "unit": unit}
        body = {**biochar_mass, "supplier_reference_id": f"DP-{name}", "quantity": quantity}
        made[name] = isometric.post("/datapoints", body).json()["id"]
    return made


@pytest.fixture
def batch(sandbox, ids):
    """An entry that is right, though not complete: three of seven components have values."""
    return {
        "project_id": sandbox.project_id,
        "ghg_entry_template_id": TEMPLATE,
        "supplier_reference_id": "BATCH-10",
        "started_on": "2026-10-01",
        "completed_on": "2026-10-31",
        "feedstock_type_id": SPRUCE,
        "ghg_entry_template_components": [
            {
                "ghg_entry_template_component_id": STORED,
                "inputs": [
                    one("biochar_mass", ids["mass"]),
                    several("carbon_content", ids["carbon-1"], ids["carbon-2"]),
                    several("moisture_content", ids["moisture"]),
                    one("hydrogen_to_carbon_ratio", ids["h-to-c"]),
                ],
            },
            {
                "ghg_entry_template_component_id": FREIGHT,
                "inputs": [
                    one("distance", ids["kilometres"]),
                    several("freight_mass", ids["load-1"], ids["load-2"]),
                ],
            },
            {
                "ghg_entry_template_component_id": ELECTRICITY,
                "inputs": [one("electricity", ids["power"])],
            },
        ],
    }


@pytest.fixture
def entry(isometric, batch):
    return isometric.post("/ghg_entries", batch).json()


def with_inputs(batch, component, *inputs):
    given = {"ghg_entry_template_component_id": component, "inputs": list(inputs)}
    return {**batch, "ghg_entry_template_components": [given]}


def find_component(isometric, entry, template_component):
    page = isometric.get("/components", ghg_entry_id=entry["id"]).json()
    return next(
        node
        for node in page["nodes"]
        if node["ghg_entry_template_component_id"] == template_component
    )


STORED_KG = 18000 * 0.82 * (1.1 - 0.59 * 0.35) * 44 / 12
NET_KG = STORED_KG - 80 * 62 * 0.105 - 9500 * 0.041


def test_a_new_entry_is_200_and_calculated(isometric, batch):
    answer = isometric.post("/ghg_entries", batch)
    assert answer.status_code == 200
    entry = answer.json()
    assert entry.pop("id").startswith("rmv_")
    assert entry.pop("co2e_net_removed_kg") == pytest.approx(NET_KG)
    assert entry.pop("co2e_net_removed_without_discount_kg") == pytest.approx(NET_KG)
    assert entry == {
        "supplier_reference_id": "BATCH-10",
        "credit_type": "REMOVAL",
        "started_on": "2026-10-01",
        "completed_on": "2026-10-31",
        "feedstock_type_id": SPRUCE,
        "ghg_statement_id": None,
        "co2e_net_removed_standard_deviation_kg": None,
        "risk_of_reversal_percentage": 2,
        "credit_allocation": {
            "buffer_pool_contribution_kg": pytest.approx(NET_KG * 0.02),
            "supplier_allocation_kg": pytest.approx(NET_KG * 0.98),
        },
    }


def test_eighteen_tonnes_of_biochar_remove_some_tens_of_tonnes():
    assert 40_000 < NET_KG < 50_000


def test_an_entry_is_found_by_its_reference_only(isometric, entry):
    page = isometric.get("/ghg_entries", supplier_reference_id="BATCH-10").json()
    assert page["nodes"] == [entry]
    assert isometric.get("/ghg_entries", supplier_reference_id="other").json()["nodes"] == []
    assert isometric.get(f"/ghg_entries/{entry['id']}").json() == entry


def test_an_entry_gets_one_component_for_each_of_its_template(isometric, entry):
    page = isometric.get("/components", ghg_entry_id=entry["id"]).json()
    assert page["total_count"] == 7
    assert {node["supplier_reference_id"] for node in page["nodes"]} == {None}
    assert len({node["ghg_entry_template_component_id"] for node in page["nodes"]}) == 7
    assert all(node["id"].startswith("cmp_") for node in page["nodes"])


def test_a_component_holds_the_inputs_given_and_the_fixed_ones(isometric, entry, ids):
    stored = find_component(isometric, entry, STORED)
    assert stored["type"] == "SEQUESTRATION"
    assert stored["display_name"] == "Biochar carbon stored"
    inputs = {item["input_key"]: item for item in stored["inputs"]}
    assert inputs["biochar_mass"] == {
        "__typename": "ComponentScalarInput",
        "input_key": "biochar_mass",
        "datapoint_id": ids["mass"],
    }
    assert inputs["carbon_content"] == {
        "__typename": "ComponentListInput",
        "input_key": "carbon_content",
        "datapoint_ids": [ids["carbon-1"], ids["carbon-2"]],
    }
    assert inputs["permanence_factor"]["datapoint_id"] == PERMANENCE


def test_an_incomplete_entry_is_accepted_and_wrong(isometric, batch, ids):
    body = with_inputs(batch, ELECTRICITY, one("electricity", ids["power"]))
    answer = isometric.post("/ghg_entries", body)
    assert answer.status_code == 200
    assert answer.json()["co2e_net_removed_kg"] == pytest.approx(-9500 * 0.041)


def test_an_entry_may_have_no_inputs_at_all(isometric, batch):
    del batch["ghg_entry_template_components"]
    del batch["feedstock_type_id"]
    answer = isometric.post("/ghg_entries", batch)
    assert answer.json()["co2e_net_removed_kg"] == 0
    assert answer.json()["feedstock_type_id"] is None


def test_every_component_counts_in_full(isometric, entry):
    path = f"/ghg_entries/{entry['id']}/component_attributions"
    page = isometric.get(path, first=50).json()
    assert page["total_count"] == 7
    attribution = page["nodes"][0]
    stored = find_component(isometric, entry, STORED)
    assert attribution.pop("id").startswith("rvc_")
    assert attribution == {
        "ghg_entry_id": entry["id"],
        "component_id": stored["id"],
        "component_group_key": "biochar-storage",
        "ghg_entry_template_component_id": STORED,
        "attribution_factor": 1.0,
        "removal_id": entry["id"],
        "removal_template_component_id": STORED,
    }


def refuse(isometric, body):
    answer = isometric.post("/ghg_entries", body)
    assert answer.status_code == 400
    assert isometric.get("/ghg_entries").json()["total_count"] == 0
    return answer.json()["detail"]


def test_an_unknown_datapoint_is_400_with_the_observed_text(isometric, batch):
    body = with_inputs(batch, ELECTRICITY, one("electricity", UNKNOWN))
    assert refuse(isometric, body) == f"Could not find 'Datapoint' with IDs '{UNKNOWN}'"


def test_a_kind_of_quantity_that_does_not_fit_is_400(isometric, batch, ids):
    body = with_inputs(batch, ELECTRICITY, one("electricity", ids["mass"]))
    assert "quantity kind 'mass'" in refuse(isometric, body)


def test_a_ratio_does_not_fit_where_a_plain_number_is_needed(isometric, batch, ids):
    body = with_inputs(batch, STORED, one("hydrogen_to_carbon_ratio", ids["carbon-1"]))
    assert "dimensionless_ratio" in refuse(isometric, body)


def test_one_datapoint_for_a_list_is_400(isometric, batch, ids):
    body = with_inputs(batch, STORED, one("carbon_content", ids["carbon-1"]))
    assert refuse(isometric, body) == "Input 'carbon_content' takes a list of datapoints"


def test_a_list_for_one_datapoint_is_400(isometric, batch, ids):
    body = with_inputs(batch, STORED, several("biochar_mass", ids["mass"]))
    assert refuse(isometric, body) == "Input 'biochar_mass' takes one datapoint"


def test_an_unknown_input_is_400(isometric, batch, ids):
    body = with_inputs(batch, STORED, one("biochar_colour", ids["mass"]))
    assert "has no input 'biochar_colour'" in refuse(isometric, body)


def test_an_input_given_twice_is_400(isometric, batch, ids):
    power = one("electricity", ids["power"])
    body = with_inputs(batch, ELECTRICITY, power, power)
    assert refuse(isometric, body) == "Input 'electricity' is given twice"


def test_a_component_given_twice_is_400(isometric, batch):
    batch["ghg_entry_template_components"] *= 2
    assert "is given twice" in refuse(isometric, batch)


def test_a_component_of_another_template_is_400(isometric, batch):
    body = with_inputs(batch, "rtc_1NRBARK01SBX9999")
    assert "has no component" in refuse(isometric, body)


def test_a_fixed_input_is_not_for_the_client_to_set(isometric, batch, ids):
    body = with_inputs(batch, STORED, one("permanence_factor", ids["h-to-c"]))
    assert refuse(isometric, body) == "Input 'permanence_factor' is fixed by the template"


@pytest.mark.parametrize("switches", [Switches(fixed_inputs="accept")], indirect=True)
def test_a_fixed_input_may_be_open_to_the_client(isometric, batch, ids):
    body = with_inputs(batch, STORED, one("permanence_factor", ids["h-to-c"]))
    entry = isometric.post("/ghg_entries", body).json()
    assert find_component(isometric, entry, STORED)["inputs"] == [
        {
            "__typename": "ComponentScalarInput",
            "input_key": "permanence_factor",
            "datapoint_id": ids["h-to-c"],
        }
    ]


@pytest.mark.parametrize(
    ("member", "value", "name"),
    [
        ("project_id", "prj_1NRBARK01SBX9999", "Project"),
        ("ghg_entry_template_id", "rvt_1NRBARK01SBX9999", "GhgEntryTemplate"),
        ("feedstock_type_id", "ftt_1NRBARK01SBX9999", "FeedstockType"),
    ],
)
def test_an_id_that_is_not_there_is_400(isometric, batch, member, value, name):
    detail = refuse(isometric, {**batch, member: value})
    assert detail == f"Could not find '{name}' with IDs '{value}'"


def test_an_entry_that_ends_before_it_starts_is_400(isometric, batch):
    assert "before" in refuse(isometric, {**batch, "completed_on": "2026-09-30"})


@pytest.mark.parametrize("switches", [Switches(reversed_dates="accept")], indirect=True)
def test_an_entry_may_end_before_it_starts(isometric, batch):
    answer = isometric.post("/ghg_entries", {**batch, "completed_on": "2026-09-30"})
    assert answer.status_code == 200


@pytest.mark.parametrize("day", ["2026-10-01T00:00:00Z", "01.10.2026", "2026-02-30", 20261001])
def test_a_date_is_a_plain_day(isometric, batch, day):
    answer = isometric.post("/ghg_entries", {**batch, "started_on": day})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "started_on"]


def test_a_reference_in_use_makes_no_second_entry(isometric, batch, entry):
    assert isometric.post("/ghg_entries", batch).status_code == 409
    assert isometric.get("/components", first=50).json()["total_count"] == 7


def test_a_reference_of_a_datapoint_is_in_use_for_entries_too(isometric, batch):
    assert (
        isometric.post("/ghg_entries", {**batch, "supplier_reference_id": "DP-mass"}).status_code
        == 409
    )


def test_patch_changes_dates_and_feedstock(isometric, entry):
    changes = {"completed_on": "2026-10-30", "feedstock_type_id": "ftt_1NRBARK01SBX0002"}
    path = f"/ghg_entries/{entry['id']}"
    assert isometric.patch(path, changes).json() == {**entry, **changes}
    assert isometric.get(path).json() == {**entry, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"feedstock_type_id": None},
        {"supplier_reference_id": "OTHER"},
        {"ghg_entry_template_id": TEMPLATE},
    ],
)
def test_patch_refuses_null_and_what_cannot_be_changed(isometric, entry, changes):
    answer = isometric.patch(f"/ghg_entries/{entry['id']}", changes)
    assert answer.status_code == 422


def test_patch_refuses_a_date_that_reverses_the_entry(isometric, entry):
    path = f"/ghg_entries/{entry['id']}"
    assert isometric.patch(path, {"started_on": "2026-11-01"}).status_code == 400


def test_a_changed_datapoint_changes_the_total(isometric, entry, ids):
    quantity = {"magnitude": 9, "unit": "tonne"}
    isometric.patch(f"/datapoints/{ids['mass']}", {"quantity": quantity})
    changed = isometric.get(f"/ghg_entries/{entry['id']}").json()
    assert changed["co2e_net_removed_kg"] == pytest.approx(NET_KG - STORED_KG / 2)


def test_a_bound_datapoint_may_not_change_its_kind_silently(isometric, entry, ids):
    quantity = {"magnitude": 9, "unit": "kWh"}
    answer = isometric.patch(f"/datapoints/{ids['mass']}", {"quantity": quantity})
    assert answer.status_code == 400


def test_a_component_is_read_by_its_id(isometric, entry):
    component = find_component(isometric, entry, STORED)
    assert isometric.get(f"/components/{component['id']}").json() == component


def test_a_component_bound_anew_changes_the_total(isometric, entry, ids, biochar_mass):
    body = {**biochar_mass, "supplier_reference_id": "DP-power-2"}
    body["quantity"] = {"magnitude": 1000, "unit": "kWh"}
    other = isometric.post("/datapoints", body).json()["id"]
    component = find_component(isometric, entry, ELECTRICITY)
    answer = isometric.patch(
        f"/components/{component['id']}",
        {"inputs": [one("electricity", other), one("grid_factor", GRID)]},
    )
    assert answer.status_code == 200
    assert [item["datapoint_id"] for item in answer.json()["inputs"]] == [other, GRID]
    changed = isometric.get(f"/ghg_entries/{entry['id']}").json()
    assert changed["co2e_net_removed_kg"] == pytest.approx(NET_KG + 8500 * 0.041)


def test_patching_inputs_replaces_the_whole_list(isometric, entry, ids):
    component = find_component(isometric, entry, ELECTRICITY)
    changes = {"inputs": [one("electricity", ids["power"])]}
    changed = isometric.patch(f"/components/{component['id']}", changes).json()
    assert [item["input_key"] for item in changed["inputs"]] == ["electricity"]


def test_patching_a_component_checks_the_inputs(isometric, entry, ids):
    component = find_component(isometric, entry, ELECTRICITY)
    changes = {"inputs": [one("electricity", ids["mass"])]}
    assert isometric.patch(f"/components/{component['id']}", changes).status_code == 400


def test_patching_a_name_keeps_the_inputs(isometric, entry):
    component = find_component(isometric, entry, ELECTRICITY)
    changed = isometric.patch(f"/components/{component['id']}", {"display_name": "Grid"}).json()
    assert changed == {**component, "display_name": "Grid"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"scope": "REMOVAL"}, 7),
        ({"scope": "PROJECT"}, 0),
        ({"project_id": "prj_1NRBARK01SBX0001"}, 7),
        ({"supplier_reference_id": "BATCH-10"}, 0),
        ({"ghg_entry_id": "rmv_1NRBARK01SBX9999"}, 0),
    ],
)
def test_components_are_found_by_filters(isometric, entry, query, found):
    assert isometric.get("/components", **query).json()["total_count"] == found


def test_an_input_without_typename_is_told_by_its_members(isometric, batch):
    for component in batch["ghg_entry_template_components"]:
        for item in component["inputs"]:
            del item["__typename"]
    assert isometric.post("/ghg_entries", batch).status_code == 200
