"""Isometric: the documents behind sources: whether they are there, and who points at them."""

import pytest

from importer.sandbox.switches import Switches


def renew(isometric, source_id, **announced):
    body = {"content_type": "application/pdf", "content_length": 39, **announced}
    return isometric.post(f"/sources/{source_id}/signed_upload_url", body)


def test_nothing_is_said_about_a_place_before_the_document_is_there(announced):
    assert announced["source"]["url_info"] is None


@pytest.mark.parametrize(
    "switches",
    [Switches(url_info_before_upload="inaccessible", original_filename="at-upload")],
    indirect=True,
)
def test_other_things_may_be_said_before_the_document_is_there(isometric, announced, upload):
    assert announced["source"]["url_info"] == {
        "__typename": "SourcePrivateUrlInfo",
        "is_accessible": False,
    }
    assert announced["source"]["original_filename"] is None
    upload(announced["signed_upload_url"])
    there = isometric.get(f"/sources/{announced['source']['id']}").json()
    assert there["url_info"]["is_accessible"] is True
    assert there["original_filename"] == "tickets.pdf"


def test_a_private_document_is_downloaded_from_an_address_of_its_own(http, isometric, source_id):
    source = isometric.get(f"/sources/{source_id}").json()
    assert source["url_info"] == {"__typename": "SourcePrivateUrlInfo", "is_accessible": True}
    answer = isometric.get(f"/sources/{source_id}/private_url")
    assert answer.status_code == 200
    download = http.get(answer.json())
    assert download.content == b"%PDF-1.7 weighbridge tickets of October"
    assert download.headers["content-type"] == "application/pdf"
    assert download.headers["content-disposition"].endswith("tickets.pdf")


def test_there_is_no_private_address_before_the_document_is_there(isometric, announced):
    answer = isometric.get(f"/sources/{announced['source']['id']}/private_url")
    assert (answer.status_code, type(answer.json()["detail"])) == (400, str)


def test_a_public_document_is_at_a_public_address_and_has_no_private_one(
    http, isometric, source_id
):
    source = isometric.patch(f"/sources/{source_id}", {"is_public": True}).json()
    assert source["url_info"].keys() == {"__typename", "url"}
    assert source["url_info"]["__typename"] == "SourcePublicUrlInfo"
    url = source["url_info"]["url"]
    assert http.get(url).content == b"%PDF-1.7 weighbridge tickets of October"
    assert isometric.get(f"/sources/{source_id}/private_url").status_code == 400
    isometric.patch(f"/sources/{source_id}", {"is_public": False})
    assert http.get(url).status_code == 404


def test_a_fresh_address_is_a_bare_text(isometric, announced, upload):
    answer = renew(isometric, announced["source"]["id"])
    assert answer.status_code == 200
    assert isinstance(answer.json(), str)
    assert upload(answer.json()).status_code == 200


def test_there_is_no_fresh_address_for_a_document_that_is_there(isometric, source_id):
    answer = renew(isometric, source_id)
    assert (answer.status_code, type(answer.json()["detail"])) == (409, str)


@pytest.mark.parametrize("other", [{"content_length": 40}, {"content_type": "text/plain"}], ids=str)
def test_a_fresh_address_is_for_the_same_document(isometric, announced, other):
    assert renew(isometric, announced["source"]["id"], **other).status_code == 400


@pytest.mark.parametrize("switches", [Switches(renewed_announcement="any")], indirect=True)
def test_a_fresh_address_may_be_for_another_document(http, isometric, announced, upload):
    source_id = announced["source"]["id"]
    url = renew(isometric, source_id, content_length=3, content_type="text/plain").json()
    assert upload(url, b"abc", content_type="text/plain").status_code == 200
    download = http.get(isometric.get(f"/sources/{source_id}/private_url").json())
    assert (download.content, download.headers["content-type"]) == (b"abc", "text/plain")


def test_there_is_no_fresh_address_for_what_is_not_there(isometric):
    assert renew(isometric, "src_1NRBARK01SBX9999").status_code == 404


@pytest.mark.parametrize("switches", [Switches(empty_documents="accept")], indirect=True)
def test_an_empty_document_may_be_accepted(isometric, tickets, upload):
    made = isometric.post("/sources", {**tickets, "content_length": 0}).json()
    assert upload(made["signed_upload_url"], b"").status_code == 200
    assert renew(isometric, made["source"]["id"], content_length=0).status_code == 409


@pytest.mark.parametrize("body", [{}, {"content_type": "application/pdf"}, {"content_length": 1}])
def test_a_fresh_address_needs_type_and_length(isometric, announced, body):
    url = f"/sources/{announced['source']['id']}/signed_upload_url"
    assert isometric.post(url, body).status_code == 422


def test_a_source_is_linked_when_its_document_is_there(isometric, biochar_mass, tickets, upload):
    made = isometric.post("/sources", tickets).json()
    biochar_mass["source_ids"] = [made["source"]["id"]]
    answer = isometric.post("/datapoints", biochar_mass)
    assert answer.status_code == 400
    assert "not uploaded yet" in answer.json()["detail"]
    upload(made["signed_upload_url"])
    answer = isometric.post("/datapoints", biochar_mass)
    assert answer.json()["source_ids"] == [made["source"]["id"]]


@pytest.mark.parametrize("switches", [Switches(awaited_documents="accept")], indirect=True)
def test_a_source_may_be_linked_before_its_document_is_there(isometric, biochar_mass, tickets):
    source = isometric.post("/sources", tickets).json()["source"]
    biochar_mass["source_ids"] = [source["id"]]
    assert isometric.post("/datapoints", biochar_mass).json()["source_ids"] == [source["id"]]


def test_patch_puts_other_sources_in_the_place_of_the_old_ones(
    isometric, biochar_mass, tickets, upload
):
    ids = []
    for number in range(2):
        reference = {"supplier_reference_id": f"SRC-{number}"}
        made = isometric.post("/sources", {**tickets, **reference}).json()
        upload(made["signed_upload_url"])
        ids.append(made["source"]["id"])
    datapoint = isometric.post("/datapoints", {**biochar_mass, "source_ids": ids[:1]}).json()
    changed = isometric.patch(f"/datapoints/{datapoint['id']}", {"source_ids": ids[1:]}).json()
    assert changed["source_ids"] == ids[1:]
