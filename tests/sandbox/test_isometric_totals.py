"""Isometric: how sure the net of an entry is, and who gets which part of its credits."""

import math

import pytest

from importer.sandbox.isometric import seed
from importer.sandbox.isometric.kinds import PROJECT, TEMPLATE
from importer.sandbox.switches import Switches

TEMPLATE_ID = "rvt_1NRBARK01SBX0001"
STORED = "rtc_1NRBARK01SBX0001"
STORED_KG = 18000 * 0.8 * (1.1 - 0.59 * 0.35) * 44 / 12
"""18 t of dry biochar with 80 % carbon and a molar H:C of 0.35."""


def one(key, datapoint_id):
    return {"input_key": key, "datapoint_id": datapoint_id}


def several(key, *datapoint_ids):
    return {"input_key": key, "datapoint_ids": list(datapoint_ids)}


@pytest.fixture
def store_carbon(isometric, sandbox, measure):
    """Makes an entry in which biochar is stored; each value may come with its deviation."""

    def post(*, mass=None, carbon=(None,), ratio=None):
        def made(magnitude, unit, deviation):
            quantity = {} if deviation is None else {"standard_deviation": deviation}
            return measure(magnitude, unit, **quantity)

        inputs = [
            one("biochar_mass", made(18000, "kg", mass)),
            several("carbon_content", *(made(80, "%", each) for each in carbon)),
            several("moisture_content", made(0, "%", None)),
            one("hydrogen_to_carbon_ratio", made(0.35, "dimensionless", ratio)),
        ]
        stored = {"ghg_entry_template_component_id": STORED, "inputs": inputs}
        body = {
            "project_id": sandbox.project_id,
            "ghg_entry_template_id": TEMPLATE_ID,
            "supplier_reference_id": "BATCH-10",
            "started_on": "2026-10-01",
            "completed_on": "2026-10-31",
            "ghg_entry_template_components": [stored],
        }
        return isometric.post("/ghg_entries", body).json()

    return post


def find_deviation(entry):
    return entry["co2e_net_removed_standard_deviation_kg"]


def find_nets(entry):
    return entry["co2e_net_removed_without_discount_kg"], entry["co2e_net_removed_kg"]


def test_a_net_of_exact_values_has_no_deviation(store_carbon):
    entry = store_carbon()
    assert find_deviation(entry) is None
    assert find_nets(entry) == (pytest.approx(STORED_KG), pytest.approx(STORED_KG))


def test_the_net_varies_as_its_datapoint_does(store_carbon):
    assert find_deviation(store_carbon(mass=180)) == pytest.approx(STORED_KG * 0.01)


def test_each_of_several_values_counts_for_its_part(store_carbon):
    deviation = find_deviation(store_carbon(carbon=(0.8, None)))
    assert deviation == pytest.approx(STORED_KG * 0.01 / 2)


def test_values_that_subtract_count_like_those_that_add(store_carbon):
    carbon = 18000 * 0.8 * 44 / 12
    assert find_deviation(store_carbon(ratio=0.01)) == pytest.approx(carbon * 0.59 * 0.01)


def test_variances_of_independent_values_add_up(store_carbon):
    deviation = find_deviation(store_carbon(mass=180, carbon=(0.8, 0.8)))
    parts = (STORED_KG * 0.01, STORED_KG * 0.005, STORED_KG * 0.005)
    assert deviation == pytest.approx(math.hypot(*parts))


def test_a_datapoint_that_is_used_twice_is_the_same(isometric, enter, loader, measure):
    litres = measure(100, "L", standard_deviation=10)
    loader["inputs"][0]["datapoint_id"] = litres
    entry = enter()
    for number in (1, 2):
        body = {**loader, "supplier_reference_id": f"CMP-{number}"}
        share = {
            "component_id": isometric.post("/components", body).json()["id"],
            "component_group_key": "pyrolysis",
        }
        path = f"/ghg_entries/{entry}/component_attributions"
        answer = isometric.patch(path, {"components_to_add": [share]}).json()
    assert find_deviation(answer) == pytest.approx(2 * 10 * 2.68)


def test_a_deviation_is_in_the_unit_of_its_magnitude(isometric, enter, loader, measure):
    loader["inputs"][0]["datapoint_id"] = measure(0.1, "m^3", standard_deviation=0.01)
    share = {
        "component_id": isometric.post("/components", loader).json()["id"],
        "component_group_key": "pyrolysis",
        "attribution_factor": 0.5,
    }
    path = f"/ghg_entries/{enter()}/component_attributions"
    answer = isometric.patch(path, {"components_to_add": [share]}).json()
    assert find_deviation(answer) == pytest.approx(0.5 * 10 * 2.68)


def test_nothing_is_discounted_unless_a_switch_says_so(store_carbon):
    assert len(set(find_nets(store_carbon(mass=180)))) == 1


@pytest.mark.parametrize("switches", [Switches(uncertainty_discount="deviation")], indirect=True)
def test_the_discount_may_be_a_deviation(isometric, sandbox, store_carbon):
    entry = store_carbon(mass=180)
    assert find_nets(entry) == (pytest.approx(STORED_KG), pytest.approx(STORED_KG * 0.99))
    body = {"project_id": sandbox.project_id, "end_on": "2026-10-31"}
    path = f"/ghg_statements/{isometric.post('/ghg_statements', body).json()['id']}"
    credits = isometric.get(path).json()["credit_allocation"]
    assert sum(credits.values()) == pytest.approx(STORED_KG * 0.99)


@pytest.mark.parametrize("switches", [Switches(uncertainty_discount="deviation")], indirect=True)
def test_exact_values_are_not_discounted(store_carbon):
    assert len(set(find_nets(store_carbon()))) == 1


def test_a_part_of_the_credits_goes_to_the_buffer_pool(store_carbon):
    entry = store_carbon()
    assert entry["risk_of_reversal_percentage"] == 2
    assert entry["credit_allocation"] == {
        "buffer_pool_contribution_kg": pytest.approx(STORED_KG * 0.02),
        "supplier_allocation_kg": pytest.approx(STORED_KG * 0.98),
    }


def test_nothing_is_allocated_where_nothing_is_removed(isometric, enter):
    entry = isometric.get(f"/ghg_entries/{enter()}").json()
    assert (entry["risk_of_reversal_percentage"], entry["credit_allocation"]) == (2, None)


@pytest.mark.parametrize(
    ("risk", "percentage"),
    [("no_observable_risk", 0), ("high", 20), ("risk_assessment_driven", None), (None, None)],
)
def test_the_part_follows_the_risk_of_the_project(sandbox, store_carbon, risk, percentage):
    sandbox.store.change(PROJECT, seed.PROJECT_ID, {"risk_of_reversal": risk})
    entry = store_carbon()
    assert entry["risk_of_reversal_percentage"] == percentage
    assert (entry["credit_allocation"] is None) is (percentage is None)


def test_an_entry_of_reductions_has_no_risk_of_reversal(sandbox, store_carbon):
    sandbox.store.change(TEMPLATE, TEMPLATE_ID, {"credit_type": "REDUCTION"})
    entry = store_carbon()
    assert (entry["risk_of_reversal_percentage"], entry["credit_allocation"]) == (None, None)


@pytest.mark.parametrize(
    ("risk", "allocated"), [("very_low", True), ("risk_assessment_driven", False)]
)
def test_a_statement_allocates_the_credits_of_its_entries(
    isometric, sandbox, store_carbon, risk, allocated
):
    sandbox.store.change(PROJECT, seed.PROJECT_ID, {"risk_of_reversal": risk})
    entry = store_carbon()
    body = {"project_id": sandbox.project_id, "end_on": "2026-10-31"}
    statement = isometric.post("/ghg_statements", body).json()
    assert statement["credit_allocation"] == entry["credit_allocation"]
    assert (statement["credit_allocation"] is not None) is allocated
