"""Isometric: making sources, finding, reading and changing them, and where documents are."""

import re

import pytest

from importer.sandbox.switches import SOURCE_TYPES, SourceType, Switches

PAGES = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOBODY = "src_1NRBARK01SBX9999"
MEMBERS = {
    "id",
    "project_id",
    "supplier_reference_id",
    "display_name",
    "description",
    "original_filename",
    "type",
    "is_public",
    "published_at",
    "url_info",
}


def test_a_new_source_comes_with_an_address_for_its_document(isometric, sandbox, tickets):
    answer = isometric.post("/sources", tickets)
    assert answer.status_code == 200
    assert answer.json().keys() == {"signed_upload_url", "source"}
    source = answer.json()["source"]
    assert source.keys() == MEMBERS
    assert re.fullmatch(r"src_[0-9A-Z]{9}SBX[0-9A-Z]{4}", source["id"])
    assert source["type"] == "DOCUMENT"
    assert source["original_filename"] == "tickets.pdf"
    assert (source["is_public"], source["description"]) == (False, None)
    same = ("project_id", "supplier_reference_id", "display_name", "published_at")
    assert {name: source[name] for name in same} == {name: tickets[name] for name in same}
    assert answer.json()["signed_upload_url"].startswith(f"{sandbox.url}/_storage/sources/src_")
    assert isometric.get(f"/sources/{source['id']}").json() == source


def test_the_address_is_none_of_the_api(isometric, sandbox, announced):
    assert not announced["signed_upload_url"].startswith(sandbox.isometric_base_url)
    query = announced["signed_upload_url"].partition("?")[2]
    assert {item.partition("=")[0] for item in query.split("&")} == {
        "content_length",
        "content_type",
        "expires",
        "signature",
    }


@pytest.mark.parametrize("member", ["__typename", "project_id", "supplier_reference_id"])
def test_what_is_required_is_missed(isometric, tickets, member):
    del tickets[member]
    answer = isometric.post("/sources", tickets)
    assert answer.status_code == 422
    assert [item["loc"] for item in answer.json()["detail"]] == [["body", member]]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("__typename", "CreateWebsiteSourceRequest"),
        ("display_name", ""),
        ("display_name", "n" * 101),
        ("supplier_reference_id", ""),
        ("supplier_reference_id", "r" * 101),
        ("project_id", "prj_1"),
        ("content_length", 50_000_001),
        ("content_length", -1),
        ("content_length", "39"),
        ("published_at", "2026-02-30"),
        ("published_at", "2026-11-03T00:00:00Z"),
        ("is_public", "yes"),
    ],
)
def test_a_member_that_does_not_fit_is_422_at_its_place(isometric, tickets, member, value):
    answer = isometric.post("/sources", {**tickets, member: value})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", member]


@pytest.mark.parametrize("length", [1, 50_000_000])
def test_a_document_has_up_to_fifty_million_bytes(isometric, tickets, length):
    assert isometric.post("/sources", {**tickets, "content_length": length}).status_code == 200


def test_an_empty_document_is_refused(isometric, tickets):
    assert isometric.post("/sources", {**tickets, "content_length": 0}).status_code == 400


@pytest.mark.parametrize("kind", SOURCE_TYPES, ids=lambda kind: kind.endings[0])
def test_the_types_of_the_page_are_accepted(isometric, tickets, kind):
    tickets |= {"content_type": kind.content_type, "file_name": f"Tickets{kind.endings[-1]}"}
    assert isometric.post("/sources", tickets).status_code == 200


@pytest.mark.parametrize("content_type", [PAGES, "application/zip", "text/csv; charset=utf-8"])
def test_another_type_is_400(isometric, tickets, content_type):
    answer = isometric.post("/sources", {**tickets, "content_type": content_type})
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": f"Content type '{content_type}' is not supported"},
    )


WITH_PAGES = Switches(source_types=(*SOURCE_TYPES, SourceType(PAGES, (".xlsx",))))


@pytest.mark.parametrize("switches", [WITH_PAGES], indirect=True)
def test_the_types_are_a_setting(isometric, tickets):
    tickets |= {"content_type": PAGES, "file_name": "tickets.xlsx"}
    assert isometric.post("/sources", tickets).status_code == 200


@pytest.mark.parametrize("file_name", ["tickets", "tickets.csv", "pdf", ""])
def test_a_file_name_that_does_not_fit_the_type_is_400(isometric, tickets, file_name):
    assert isometric.post("/sources", {**tickets, "file_name": file_name}).status_code == 400


def test_a_file_name_may_end_in_capitals(isometric, tickets):
    assert isometric.post("/sources", {**tickets, "file_name": "SCAN.PDF"}).status_code == 200


@pytest.mark.parametrize("switches", [Switches(source_file_name="any")], indirect=True)
def test_any_file_name_may_do(isometric, tickets):
    assert isometric.post("/sources", {**tickets, "file_name": "tickets"}).status_code == 200


def test_an_unknown_project_is_400(isometric, tickets):
    tickets["project_id"] = "prj_1NRBARK01SBX9999"
    answer = isometric.post("/sources", tickets)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("Could not find 'Project'")


def test_an_unknown_member_is_refused(isometric, tickets):
    answer = isometric.post("/sources", {**tickets, "sha256": "00"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "sha256"]


def test_a_reference_in_use_makes_no_second_source(isometric, tickets, announced):
    assert isometric.post("/sources", tickets).status_code == 409
    assert isometric.get("/sources").json()["total_count"] == 1


def test_a_reference_is_unique_over_sources_and_datapoints(isometric, tickets, biochar_mass):
    isometric.post("/datapoints", biochar_mass)
    tickets["supplier_reference_id"] = biochar_mass["supplier_reference_id"]
    assert isometric.post("/sources", tickets).status_code == 409


def test_a_source_is_found_by_its_reference_in_its_project(isometric, sandbox, announced):
    def count(**query):
        return isometric.get("/sources", **query).json()["total_count"]

    found = isometric.get("/sources", supplier_reference_id="SRC-TICKETS-10").json()
    assert found["nodes"] == [announced["source"]]
    assert count(supplier_reference_id="src-tickets-10") == 0
    assert count(project_id=sandbox.project_id) == 1
    assert count(project_id="prj_1NRBARK01SBX9999") == 0


def test_sources_are_listed_by_pages(isometric, tickets):
    for number in range(3):
        isometric.post("/sources", {**tickets, "supplier_reference_id": f"SRC-{number}"})
    page = isometric.get("/sources", first=2).json()
    assert (page["total_count"], page["page_info"]["has_next_page"]) == (3, True)
    rest = isometric.get("/sources", first=2, after=page["page_info"]["end_cursor"]).json()
    names = [node["supplier_reference_id"] for node in page["nodes"] + rest["nodes"]]
    assert names == ["SRC-0", "SRC-1", "SRC-2"]


def test_what_is_not_there_is_404(isometric):
    assert isometric.get(f"/sources/{NOBODY}").status_code == 404
    assert isometric.patch(f"/sources/{NOBODY}", {}).status_code == 404
    assert isometric.get(f"/sources/{NOBODY}/private_url").status_code == 404


def test_sources_need_both_credentials(http, sandbox, tickets):
    url = f"{sandbox.isometric_base_url}/sources"
    assert http.post(url, json=tickets).status_code == 401
    assert http.get(url).status_code == 401


def test_patch_changes_all_but_the_document(isometric, source_id):
    changes = {
        "display_name": "Tickets",
        "description": "One a day",
        "published_at": "2026-11-04",
        "supplier_reference_id": "SRC-TICKETS-10.v2",
    }
    changed = isometric.patch(f"/sources/{source_id}", changes).json()
    assert {name: changed[name] for name in changes} == changes
    assert changed["original_filename"] == "tickets.pdf"
    assert isometric.get(f"/sources/{source_id}").json() == changed


def test_patch_moves_a_source_to_its_new_reference(isometric, source_id):
    isometric.patch(f"/sources/{source_id}", {"supplier_reference_id": "SRC-2"})
    found = isometric.get("/sources", supplier_reference_id="SRC-2").json()
    assert [node["id"] for node in found["nodes"]] == [source_id]
    assert isometric.get("/sources", supplier_reference_id="SRC-TICKETS-10").json()["nodes"] == []


def test_patch_cannot_take_the_reference_of_another(isometric, tickets, source_id):
    isometric.post("/sources", {**tickets, "supplier_reference_id": "SRC-2"})
    answer = isometric.patch(f"/sources/{source_id}", {"supplier_reference_id": "SRC-2"})
    assert answer.status_code == 409


def test_patch_leaves_what_it_does_not_name(isometric, source_id):
    before = isometric.get(f"/sources/{source_id}").json()
    undefined = {"__typename": "Undefined"}
    body = {"description": undefined, "is_public": undefined}
    assert isometric.patch(f"/sources/{source_id}", body).json() == before


def test_patch_clears_a_description_and_nothing_else(isometric, source_id):
    isometric.patch(f"/sources/{source_id}", {"description": "One a day"})
    cleared = isometric.patch(f"/sources/{source_id}", {"description": None})
    assert cleared.json()["description"] is None
    for member in ("display_name", "is_public", "published_at", "supplier_reference_id"):
        assert isometric.patch(f"/sources/{source_id}", {member: None}).status_code == 422


@pytest.mark.parametrize("member", ["file_name", "content_length", "original_filename"])
def test_patch_knows_no_document(isometric, source_id, member):
    assert isometric.patch(f"/sources/{source_id}", {member: "x"}).status_code == 422
