"""The descriptions are read as strictly as the other tests here believe."""

import pytest

from contracts.descriptions import JSON_TYPE, Description, read_cula, read_isometric

DATAPOINT = {
    "project_id": "prj_1NRBARK01SBX0001",
    "supplier_reference_id": "NB-1",
    "display_name": "Mass",
    "description": "Weighed",
    "type": "REPORTED",
    "quantity": {"magnitude": 18000, "unit": "kg"},
    "source_ids": [],
}


def find_places(body: object) -> list[str]:
    operation = read_isometric().find_operation("POST", "/datapoints")
    return [each.place for each in operation.find_request_faults(JSON_TYPE, body)]


def test_what_fits_has_no_fault():
    assert find_places({**DATAPOINT, "measured_at": "2026-10-14T09:30:00Z"}) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"odd": 1}, "odd is not named"),
        ({"quantity": {"magnitude": 1, "unit": "kg", "odd": 1}}, "quantity.odd is not named"),
        ({"quantity": {"magnitude": "1", "unit": "kg"}}, "quantity.magnitude type"),
        ({"display_name": "x" * 101}, "display_name maxLength"),
        ({"source_ids": ["src_1"]}, "source_ids minLength"),
        ({"type": "MEASURED"}, "type enum"),
        ({"measured_at": "2026-10-14"}, "measured_at format"),
        ({"measured_at": "2026-13-14T09:30:00Z"}, "measured_at format"),
    ],
)
def test_what_does_not_fit_is_found_at_its_place(change, fault):
    assert find_places({**DATAPOINT, **change}) == [f"POST /datapoints request {fault}"]


def test_what_is_missing_is_found():
    assert find_places({}) == ["POST /datapoints request required"] * 7


def test_a_body_of_another_kind_is_found():
    operation = read_cula().find_operation("POST", "/files")
    [fault] = operation.find_request_faults(JSON_TYPE, {})
    assert fault.place == "POST /files request"


@pytest.mark.parametrize(
    ("status", "body", "places"),
    [
        (204, None, []),
        (204, {}, ["204"]),
        (404, {"error": {"type": "not_found"}}, ["404 error required"] * 3),
        (418, None, ["418"]),
        (503, {"error": {}}, ["503 error required"] * 4),
    ],
)
def test_answers_are_held_against_their_status(status, body, places):
    label = "DELETE /periodic-emission-logs/{id}"
    operation = read_cula().find_operation("DELETE", "/periodic-emission-logs/eml_1")
    faults = operation.find_answer_faults(status, body)
    assert [each.place for each in faults] == [f"{label} {place}" for place in places]


@pytest.mark.parametrize(
    ("description", "path", "found"),
    [
        (read_cula(), "/sites/ste_1", "/sites/{id}"),
        (read_cula(), "/sites", "/sites"),
        (read_cula(), "/sites/ste_1/more", None),
        (read_isometric(), "/ghg_entries/rmv_1", "/ghg_entries/{id}"),
    ],
)
def test_the_operation_of_a_path(description: Description, path: str, found: str | None):
    operation = description.find_operation("GET", path)
    assert (operation and operation.path) == found


def test_parameters_that_are_not_there_are_found():
    operation = read_cula().find_operation("GET", "/periodic-emission-logs")
    faults = operation.find_query_faults({"limit", "starting_after", "site"})
    assert [each.place for each in faults] == ["GET /periodic-emission-logs query site"]
