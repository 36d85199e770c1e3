"""Isometric: which components count towards an entry, and how much of each."""

import pytest

from importer.sandbox.isometric import seed
from importer.sandbox.isometric.kinds import PROJECT
from importer.sandbox.switches import Switches

OTHER_PROJECT = "prj_1NRBARK01SBX0002"
NOT_THERE = "cmp_1NRBARK01SBX9999"
GROUP = "pyrolysis"


@pytest.fixture
def entry(enter):
    return enter()


@pytest.fixture
def attribute(isometric):
    """Sends a change of what counts towards an entry."""

    def patch(entry, *added, remove=()):
        body = {"components_to_add": list(added), "components_to_remove": list(remove)}
        return isometric.patch(f"/ghg_entries/{entry}/component_attributions", body)

    return patch


def share(component, factor=None, group=GROUP):
    part = {} if factor is None else {"attribution_factor": factor}
    return {"component_id": component, "component_group_key": group, **part}


def list_added(isometric, entry):
    """The attributions of an entry that its template did not make."""
    path = f"/ghg_entries/{entry}/component_attributions"
    nodes = isometric.get(path, first=50).json()["nodes"]
    return [node for node in nodes if node["ghg_entry_template_component_id"] is None]


def refuse(isometric, entry, answer):
    assert answer.status_code == 400
    assert list_added(isometric, entry) == []
    return answer.json()["detail"]


def test_the_answer_is_the_entry_calculated_anew(isometric, attribute, entry, component):
    answer = attribute(entry, share(component))
    assert answer.status_code == 200
    assert answer.json()["co2e_net_removed_kg"] == -268
    assert answer.json() == isometric.get(f"/ghg_entries/{entry}").json()


def test_an_attribution_names_its_group_and_no_template(isometric, attribute, entry, component):
    attribute(entry, share(component, 0.25, "feedstock-supply"))
    [made] = list_added(isometric, entry)
    assert made.pop("id").startswith("rvc_")
    assert made == {
        "ghg_entry_id": entry,
        "component_id": component,
        "component_group_key": "feedstock-supply",
        "ghg_entry_template_component_id": None,
        "attribution_factor": 0.25,
        "removal_id": entry,
        "removal_template_component_id": None,
    }


def test_it_counts_in_full_when_nothing_else_is_said(isometric, attribute, entry, component):
    attribute(entry, share(component))
    assert list_added(isometric, entry)[0]["attribution_factor"] == 1


def test_components_of_an_entry_follow(isometric, attribute, entry, component):
    attribute(entry, share(component))
    page = isometric.get("/components", ghg_entry_id=entry, first=50).json()
    assert [node["id"] for node in page["nodes"]][-1] == component
    attribute(entry, remove=[component])
    assert isometric.get("/components", ghg_entry_id=entry).json()["total_count"] == 7


def test_so_do_components_of_a_statement(isometric, sandbox, attribute, enter, component):
    october, second = enter("BATCH-1"), enter("BATCH-2")
    attribute(october, share(component, 0.5))
    attribute(second, share(component, 0.5))
    body = {"project_id": sandbox.project_id, "end_on": "2026-10-31"}
    statement = isometric.post("/ghg_statements", body).json()["id"]
    for query, found in (
        ({"ghg_statement_id": statement}, 15),
        ({"ghg_statement_id": statement, "ghg_entry_id": october}, 8),
        ({"ghg_statement_id": "ggs_1NRBARK01SBX9999"}, 0),
        ({"ghg_statement_id": "ggs_1NRBARK01SBX9999", "ghg_entry_id": october}, 0),
    ):
        assert isometric.get("/components", **query).json()["total_count"] == found


def test_adding_again_replaces_factor_and_group(isometric, attribute, entry, component):
    attribute(entry, share(component))
    [first] = list_added(isometric, entry)
    answer = attribute(entry, share(component, 0.5, "biochar-delivery"))
    assert answer.json()["co2e_net_removed_kg"] == -134
    changed = {"attribution_factor": 0.5, "component_group_key": "biochar-delivery"}
    assert list_added(isometric, entry) == [{**first, **changed}]


def test_removing_takes_it_off_entirely(isometric, attribute, entry, component):
    attribute(entry, share(component, 0.5))
    assert attribute(entry, remove=[component]).json()["co2e_net_removed_kg"] == 0
    assert list_added(isometric, entry) == []
    assert isometric.get(f"/components/{component}").status_code == 200


def test_what_was_removed_may_be_added_again(isometric, attribute, entry, component):
    attribute(entry, share(component))
    attribute(entry, remove=[component])
    attribute(entry, share(component))
    assert len(list_added(isometric, entry)) == 1


@pytest.mark.parametrize(
    "body", [{}, {"components_to_add": {"__typename": "Undefined"}}, {"components_to_remove": []}]
)
def test_a_change_of_nothing_answers_the_entry(isometric, entry, body):
    answer = isometric.patch(f"/ghg_entries/{entry}/component_attributions", body)
    assert answer.json() == isometric.get(f"/ghg_entries/{entry}").json()


def test_what_a_template_made_may_be_taken_off(isometric, attribute, entry):
    [first, *_] = isometric.get("/components", ghg_entry_id=entry).json()["nodes"]
    attribute(entry, remove=[first["id"]])
    assert isometric.get("/components", ghg_entry_id=entry).json()["total_count"] == 6


@pytest.mark.parametrize("factors", [(0.5, 0.5), (0.1, 0.2, 0.7), (0.05, 0.55, 0.3, 0.1)])
def test_factors_may_be_1_together(attribute, enter, component, factors):
    for number, factor in enumerate(factors):
        assert attribute(enter(f"BATCH-{number}"), share(component, factor)).status_code == 200


def test_factors_may_not_exceed_1_over_all_entries(isometric, attribute, enter, component):
    attribute(enter("BATCH-1"), share(component, 0.6))
    second = enter("BATCH-2")
    detail = refuse(isometric, second, attribute(second, share(component, 0.5)))
    assert detail == f"The attribution factors of component '{component}' cannot exceed 1"


def test_a_factor_that_is_replaced_does_not_count_twice(attribute, enter, component):
    first, second = enter("BATCH-1"), enter("BATCH-2")
    attribute(first, share(component, 0.6))
    attribute(second, share(component, 0.4))
    assert attribute(first, share(component, 0.5)).status_code == 200
    assert attribute(second, share(component, 0.6)).status_code == 400


def test_what_was_removed_counts_no_more(attribute, enter, component):
    first, second = enter("BATCH-1"), enter("BATCH-2")
    attribute(first, share(component))
    attribute(first, remove=[component])
    assert attribute(second, share(component)).status_code == 200


@pytest.mark.parametrize("factor", [0, -0.5, 1.01, "0.5", None])
def test_a_factor_is_more_than_0_and_at_most_1(isometric, entry, component, factor):
    body = {"components_to_add": [{**share(component), "attribution_factor": factor}]}
    answer = isometric.patch(f"/ghg_entries/{entry}/component_attributions", body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == [
        "body",
        "components_to_add",
        0,
        "attribution_factor",
    ]


@pytest.mark.parametrize("body", [{"components_to_add": None}, {"components_to_remove": None}])
def test_null_is_no_list(isometric, entry, body):
    answer = isometric.patch(f"/ghg_entries/{entry}/component_attributions", body)
    assert answer.status_code == 422


def test_a_group_that_the_template_does_not_have_is_400(isometric, attribute, entry, component):
    detail = refuse(isometric, entry, attribute(entry, share(component, group="mining")))
    assert detail == "Template 'rvt_1NRBARK01SBX0001' has no component group 'mining'"


def test_a_component_that_is_not_there_is_400(isometric, attribute, entry, component):
    answer = attribute(entry, share(component), share(NOT_THERE))
    assert refuse(isometric, entry, answer) == f"Could not find 'Component' with IDs '{NOT_THERE}'"
    assert attribute(entry, remove=[NOT_THERE]).status_code == 400


def test_a_deleted_component_is_not_there(isometric, attribute, entry, component):
    attribute(entry, share(component))
    isometric.delete(f"/components/{component}")
    assert list_added(isometric, entry) == []
    assert isometric.get(f"/ghg_entries/{entry}").json()["co2e_net_removed_kg"] == 0
    assert attribute(entry, share(component)).status_code == 400


def test_a_component_both_added_and_removed_is_400(isometric, attribute, entry, component):
    answer = attribute(entry, share(component), remove=[component])
    assert refuse(isometric, entry, answer) == f"Component '{component}' is given twice"


def test_a_component_added_twice_is_400(isometric, attribute, entry, component):
    answer = attribute(entry, share(component, 0.1), share(component, 0.2))
    assert refuse(isometric, entry, answer) == f"Component '{component}' is given twice"


def test_a_component_of_another_project_is_400(isometric, sandbox, attribute, entry, loader):
    sandbox.store.insert(PROJECT, {**seed.PROJECT, "id": OTHER_PROJECT})
    body = {**loader, "project_id": OTHER_PROJECT}
    stranger = isometric.post("/components", body).json()["id"]
    detail = refuse(isometric, entry, attribute(entry, share(stranger)))
    assert detail == f"Component '{stranger}' belongs to another project"


def test_one_that_does_not_count_cannot_be_removed(isometric, attribute, entry, component):
    detail = refuse(isometric, entry, attribute(entry, remove=[component]))
    assert detail == f"Component '{component}' is not attributed to '{entry}'"


@pytest.mark.parametrize("switches", [Switches(unattributed_removal="ignore")], indirect=True)
def test_one_that_does_not_count_may_be_removed(attribute, entry, component):
    assert attribute(entry, remove=[component]).status_code == 200


def test_a_refused_change_changes_nothing(isometric, attribute, entry, component, loader):
    attribute(entry, share(component, 0.5))
    before = list_added(isometric, entry)
    body = {**loader, "supplier_reference_id": "CMP-OTHER"}
    other = isometric.post("/components", body).json()["id"]
    assert attribute(entry, share(component, 0.7), remove=[other]).status_code == 400
    assert list_added(isometric, entry) == before


def test_an_entry_that_is_not_there_is_404(isometric):
    path = "/ghg_entries/rmv_1NRBARK01SBX9999/component_attributions"
    assert isometric.patch(path, {}).status_code == 404
