"""Isometric: the two credentials, pages, and how errors are worded."""

import pytest

from importer.sandbox.switches import Switches

NOBODY = "dtp_1NRBARK01SBX9999"


def test_the_organisation_is_the_one_of_the_token(isometric, sandbox):
    answer = isometric.get("/organisation")
    assert answer.status_code == 200
    assert answer.json() == {
        "id": sandbox.isometric_organisation_id,
        "name": "Norrbark Biochar AB",
    }


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer {token}"}, 401),
        ({"X-Client-Secret": "{secret}"}, 401),
        ({"Authorization": "Bearer wrong", "X-Client-Secret": "{secret}"}, 401),
        ({"Authorization": "Bearer {token}", "X-Client-Secret": "wrong"}, 403),
        ({"Authorization": "Bearer {token}", "X-Client-Secret": "{secret}"}, 200),
    ],
)
def test_every_call_needs_both_credentials(http, isometric, sandbox, headers, status):
    known = {
        "token": sandbox.isometric_access_token,
        "secret": sandbox.isometric_client_secret,
    }
    sent = {name: value.format(**known) for name, value in headers.items()}
    answer = http.get(f"{isometric.base}/organisation", headers=sent)
    assert answer.status_code == status
    assert status == 200 or isinstance(answer.json()["detail"], str)


def make_many(isometric, body, count):
    for number in range(count):
        reference = {"supplier_reference_id": f"DP-{number:02}"}
        assert isometric.post("/datapoints", {**body, **reference}).status_code == 200


def list_own(isometric, **query):
    page = isometric.get("/datapoints", display_name_contains="produced", **query).json()
    return [node["supplier_reference_id"] for node in page["nodes"]], page


def test_a_page_has_ten_nodes_unless_asked_otherwise(isometric, biochar_mass):
    make_many(isometric, biochar_mass, 12)
    references, page = list_own(isometric)
    assert (len(references), page["total_count"]) == (10, 12)


def test_pages_are_walked_forwards(isometric, biochar_mass):
    make_many(isometric, biochar_mass, 5)
    first, page = list_own(isometric, first=2)
    assert page["page_info"]["has_previous_page"] is False
    second, page = list_own(isometric, first=2, after=page["page_info"]["end_cursor"])
    assert page["page_info"]["has_previous_page"] is True
    assert page["page_info"]["has_next_page"] is True
    third, page = list_own(isometric, first=2, after=page["page_info"]["end_cursor"])
    assert page["page_info"]["has_next_page"] is False
    assert first + second + third == ["DP-00", "DP-01", "DP-02", "DP-03", "DP-04"]


def test_pages_are_walked_backwards(isometric, biochar_mass):
    make_many(isometric, biochar_mass, 3)
    last, page = list_own(isometric, last=2)
    assert (last, page["page_info"]["has_previous_page"]) == (["DP-01", "DP-02"], True)
    before, page = list_own(isometric, last=2, before=page["page_info"]["start_cursor"])
    assert (before, page["page_info"]["has_previous_page"]) == (["DP-00"], False)
    assert page["page_info"]["has_next_page"] is True


def test_an_empty_page_has_null_cursors(isometric):
    references, page = list_own(isometric)
    assert references == []
    assert page == {
        "nodes": [],
        "page_info": {
            "has_previous_page": False,
            "has_next_page": False,
            "start_cursor": None,
            "end_cursor": None,
        },
        "total_count": 0,
    }


def test_a_cursor_is_still_good_when_more_was_written_meanwhile(isometric, biochar_mass):
    make_many(isometric, biochar_mass, 2)
    _, page = list_own(isometric, first=2)
    isometric.post("/datapoints", {**biochar_mass, "supplier_reference_id": "DP-NEW"})
    references, _ = list_own(isometric, first=2, after=page["page_info"]["end_cursor"])
    assert references == ["DP-NEW"]


@pytest.mark.parametrize(
    "query",
    [{"first": 0}, {"first": 51}, {"last": 51}, {"first": "x"}, {"after": ""}, {"after": "x"}],
)
def test_a_page_that_does_not_fit_is_422_with_the_place(isometric, query):
    answer = isometric.get("/datapoints", **query)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", *query]
    assert answer.json()["detail"][0].keys() >= {"loc", "msg", "type"}


def test_a_path_id_of_the_wrong_length_is_422(isometric):
    answer = isometric.get("/datapoints/dtp_short")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["path", "datapoint_id"]


def test_what_is_not_there_is_404(isometric):
    answer = isometric.get(f"/datapoints/{NOBODY}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": f"Could not find 'Datapoint' with IDs '{NOBODY}'"}


@pytest.mark.parametrize("switches", [Switches(missing_status=400)], indirect=True)
def test_what_is_not_there_may_be_400(isometric):
    assert isometric.get(f"/datapoints/{NOBODY}").status_code == 400


def test_the_old_names_are_gone(isometric):
    assert isometric.get("/removals").status_code == 404
