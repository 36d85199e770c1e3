"""Isometric: what may be deleted, and what goes with it."""

import pytest

from importer.sandbox.switches import Switches

REPORT = {"ghg_statement_report_url": "https://drive.example/october.pdf"}
GRID = "dtp_1NRBARK01SBX0003"


@pytest.fixture
def close(isometric, sandbox):
    """Opens the statement of October."""

    def post():
        body = {"project_id": sandbox.project_id, "end_on": "2026-10-31"}
        return isometric.post("/ghg_statements", body).json()["id"]

    return post


@pytest.fixture
def entry(isometric, enter, component):
    """An entry with half of the loader's diesel in it."""
    made = enter()
    share = {
        "component_id": component,
        "component_group_key": "pyrolysis",
        "attribution_factor": 0.5,
    }
    path = f"/ghg_entries/{made}/component_attributions"
    isometric.patch(path, {"components_to_add": [share]})
    return made


def count(isometric, path, **query):
    return isometric.get(path, **query).json()["total_count"]


def refuse(isometric, path):
    answer = isometric.delete(path)
    assert answer.status_code == 400
    assert isometric.get(path).status_code == 200
    return answer.json()["detail"]


def test_a_deleted_entry_is_gone(isometric, entry):
    path = f"/ghg_entries/{entry}"
    answer = isometric.delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert isometric.get(path).status_code == 404
    assert isometric.get(f"{path}/component_attributions").status_code == 404
    assert count(isometric, "/ghg_entries") == 0
    assert count(isometric, "/components", ghg_entry_id=entry) == 0


def test_its_own_components_go_and_free_ones_stay(isometric, entry, component):
    isometric.delete(f"/ghg_entries/{entry}")
    [left] = isometric.get("/components").json()["nodes"]
    assert left["id"] == component


def test_what_it_had_of_a_component_is_free_again(isometric, entry, component, enter):
    isometric.delete(f"/ghg_entries/{entry}")
    share = {"component_id": component, "component_group_key": "pyrolysis"}
    path = f"/ghg_entries/{enter('BATCH-11')}/component_attributions"
    assert isometric.patch(path, {"components_to_add": [share]}).status_code == 200


def test_an_entry_of_a_draft_leaves_it(isometric, entry, enter, close):
    other = enter("BATCH-11")
    statement = close()
    assert isometric.delete(f"/ghg_entries/{entry}").status_code == 204
    assert isometric.get(f"/ghg_statements/{statement}").json()["ghg_entry_ids"] == [other]


def test_an_entry_that_was_submitted_stays(isometric, entry, close):
    isometric.post(f"/ghg_statements/{close()}/submit", REPORT)
    detail = refuse(isometric, f"/ghg_entries/{entry}")
    assert detail == f"GHG entry '{entry}' is not in DRAFT status"


def test_a_reference_of_a_deleted_entry_stays_in_use(isometric, entry, enter):
    isometric.delete(f"/ghg_entries/{entry}")
    with pytest.raises(KeyError, match="id"):
        enter()
    assert count(isometric, "/ghg_entries", supplier_reference_id="BATCH-10") == 0


@pytest.mark.parametrize("switches", [Switches(deleted_keeps_reference=False)], indirect=True)
def test_a_reference_of_a_deleted_entry_may_be_free_again(isometric, entry, enter):
    isometric.delete(f"/ghg_entries/{entry}")
    assert enter() != entry


def test_a_datapoint_that_nothing_uses_may_be_deleted(isometric, measure):
    path = f"/datapoints/{measure(1, 'kg')}"
    answer = isometric.delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert isometric.get(path).status_code == 404
    assert isometric.patch(path, {}).status_code == 404
    assert isometric.delete(path).status_code == 404
    assert count(isometric, "/datapoints", display_name_contains="produced") == 0


def test_a_deleted_datapoint_cannot_be_bound(isometric, loader, measure):
    litres = measure(1, "L")
    isometric.delete(f"/datapoints/{litres}")
    loader["inputs"][0]["datapoint_id"] = litres
    answer = isometric.post("/components", loader)
    assert answer.json() == {"detail": f"Could not find 'Datapoint' with IDs '{litres}'"}


def test_a_datapoint_that_a_component_uses_stays(isometric, component, loader):
    used = loader["inputs"][0]["datapoint_id"]
    detail = refuse(isometric, f"/datapoints/{used}")
    assert detail == f"Datapoint '{used}' is in use and cannot be deleted"
    isometric.delete(f"/components/{component}")
    assert isometric.delete(f"/datapoints/{used}").status_code == 204


def test_a_datapoint_that_a_template_has_bound_stays(isometric):
    assert refuse(isometric, f"/datapoints/{GRID}").endswith("is in use and cannot be deleted")


def test_a_locked_datapoint_stays(isometric, control, measure):
    datapoint = measure(1, "kg")
    control.post(f"/lock/{datapoint}?status=locked_model_output_datapoint", None)
    detail = refuse(isometric, f"/datapoints/{datapoint}")
    assert detail == f"Datapoint '{datapoint}' is locked: locked_model_output_datapoint"
