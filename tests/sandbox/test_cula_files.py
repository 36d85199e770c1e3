"""Cula: sending files, finding them again, downloading them, linking them to logs."""

import re

import httpx
import pytest

from importer.sandbox.faults import Fault
from importer.sandbox.switches import Switches

LOGS = "/periodic-emission-logs"
FILES = "/files"
PLANT = {"id": "ste_01nrbark000000000000000001", "external_id": "NB-PLANT"}
SMALL = Switches(max_file_bytes=100)


def send(cula, *, data=None, files=None):
    return cula.request("POST", FILES, data=data, files=files)


def refuse(answer):
    """Status, code and place of a refusal."""
    error = answer.json()["error"]
    return answer.status_code, error.get("details", [error])[0]["code"], error.get("param")


def test_a_file_is_201_with_what_was_sent(cula, clock, send_file):
    answer = send_file()
    assert answer.status_code == 201
    file = answer.json()
    assert re.fullmatch(r"fil_[0-7][0-9a-hjkmnp-tv-z]{25}", file["id"])
    assert file == {
        "id": file["id"],
        "file_name": "tickets.pdf",
        "file_size_bytes": 39,
        "mime_type": "application/pdf",
        "site": PLANT,
        "created_at": "2026-11-24T09:00:00.000Z",
    }
    assert cula.get(f"{FILES}/{file['id']}").json() == file


@pytest.mark.parametrize("site", ["ext-NB-PLANT", PLANT["id"]])
def test_a_site_is_named_by_either_of_its_ids(send_file, site):
    assert send_file(site=site).json()["site"] == PLANT


@pytest.mark.parametrize("site", ["NB-PLANT", "ext-nothing", "ste_nothing", " ext-NB-PLANT"])
def test_an_unknown_site_is_422(cula, send_file, site):
    assert refuse(send_file(site=site)) == (422, "not_found", "site")
    assert cula.get(FILES).json()["data"] == []


def test_both_parts_are_required(cula):
    file = {"file": ("tickets.pdf", b"abc", "application/pdf")}
    assert refuse(send(cula, files=file)) == (400, "missing", "site")
    # A part without a name is a field, and keeps the form a multipart one.
    site = {"site": (None, "ext-NB-PLANT")}
    assert refuse(send(cula, files=site)) == (400, "missing", "file")
    assert refuse(cula.post(FILES, {"site": "ext-NB-PLANT"})) == (400, "missing", "file")


def test_a_file_that_is_a_text_field_is_422(cula):
    parts = {"site": (None, "ext-NB-PLANT"), "file": (None, "abc")}
    assert send(cula, files=parts).status_code == 422


def test_a_form_that_cannot_be_read_is_400(cula):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = cula.request("POST", FILES, content=b"--x\r\nnonsense", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "validation_error"


def test_a_file_without_a_name_is_422(cula):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="site"\r\n\r\next-NB-PLANT\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\nabc\r\n--x--\r\n'
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = cula.request("POST", FILES, content=body, headers=headers)
    assert refuse(answer) == (422, "missing_name", "file")


def test_a_part_without_a_media_type_is_plain_bytes(cula):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="site"\r\n\r\next-NB-PLANT\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n--x--\r\n'
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = cula.request("POST", FILES, content=body, headers=headers)
    assert answer.json()["mime_type"] == "application/octet-stream"


def test_a_field_of_an_older_generation_is_refused(cula, send_file):
    assert refuse(send_file(external_id="DOC-1")) == (422, "unknown_member", "external_id")
    assert cula.get(FILES).json()["data"] == []


@pytest.mark.parametrize("switches", [Switches(unknown_keys="ignore")], indirect=True)
def test_a_field_of_an_older_generation_may_be_ignored(send_file):
    answer = send_file(external_id="DOC-1")
    assert answer.status_code == 201
    assert "external_id" not in answer.json()


@pytest.mark.parametrize(
    "media_type", ["image/heic", "text/csv; charset=utf-8", "application/x-never-heard-of"]
)
def test_any_media_type_will_do_and_comes_back(http, cula, media_type):
    parts = {"site": (None, "ext-NB-PLANT"), "file": ("f.bin", b"a;b\n", media_type)}
    file = send(cula, files=parts).json()
    assert file["mime_type"] == media_type
    download = cula.get(f"{FILES}/{file['id']}/download")
    assert download.headers["content-type"] == media_type


@pytest.mark.parametrize("name", ["Wägeschein № 7.pdf", "a b;c.pdf", "tickets", "x" * 200 + ".pdf"])
def test_a_name_comes_back_to_the_letter(cula, send_file, name):
    file = send_file(name).json()
    assert file["file_name"] == name
    disposition = cula.get(f"{FILES}/{file['id']}/download").headers["content-disposition"]
    encoded = disposition.partition("filename*=UTF-8''")[2]
    assert str(httpx.URL(f"http://x/{encoded}").path) == f"/{name}"


def test_a_file_is_downloaded_as_it_was(cula, send_file):
    content = bytes(range(256)) * 4096 * 2
    file = send_file("tickets.pdf", content).json()
    assert file["file_size_bytes"] == len(content)
    download = cula.get(f"{FILES}/{file['id']}/download")
    assert (download.status_code, download.content) == (200, content)


@pytest.mark.parametrize("switches", [Switches(file_download="missing")], indirect=True)
def test_there_may_be_no_download(cula, send_file):
    file_id = send_file().json()["id"]
    answer = cula.get(f"{FILES}/{file_id}/download")
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "not_found")
    assert cula.get(f"{FILES}/{file_id}").status_code == 200


@pytest.mark.parametrize("switches", [SMALL], indirect=True)
def test_a_file_above_the_limit_is_413(cula, send_file):
    assert send_file("tickets.pdf", bytes(100)).status_code == 201
    assert refuse(send_file("tickets.pdf", bytes(101))) == (413, "payload_too_large", "file")
    assert len(cula.get(FILES).json()["data"]) == 1


def test_the_limit_is_30_mebibytes():
    assert Switches().max_file_bytes == 31_457_280


def test_files_are_not_bound_to_the_megabyte_of_json(send_file):
    assert send_file("tickets.pdf", bytes(1_500_000)).status_code == 201


def test_a_file_of_no_bytes_is_422(send_file):
    assert refuse(send_file("tickets.pdf", b"")) == (422, "empty", "file")


@pytest.mark.parametrize("switches", [Switches(empty_documents="accept")], indirect=True)
def test_a_file_of_no_bytes_may_be_accepted(send_file):
    assert send_file("tickets.pdf", b"").json()["file_size_bytes"] == 0


def test_the_same_file_again_is_another_file(cula, send_file):
    first, second = send_file().json(), send_file().json()
    assert first["id"] != second["id"]
    assert {**first, "id": None} == {**second, "id": None}
    assert [file["id"] for file in cula.get(FILES).json()["data"]] == [first["id"], second["id"]]


def test_files_are_listed_by_pages(cula, send_file):
    ids = [send_file(f"{number}.pdf").json()["id"] for number in range(3)]
    page = cula.get(FILES, limit=2).json()
    assert [file["id"] for file in page["data"]] == ids[:2]
    assert page["pagination"] == {
        "starting_after": None,
        "limit": 2,
        "has_more": True,
        "next_cursor": ids[1],
    }
    rest = cula.get(FILES, limit=2, starting_after=ids[1]).json()
    assert [file["id"] for file in rest["data"]] == ids[2:]
    assert rest["pagination"]["next_cursor"] is None


@pytest.mark.parametrize("path", ["fil_nothing", "ext-tickets.pdf", "fil_nothing/download"])
def test_what_is_not_there_is_404(cula, send_file, path):
    send_file()
    answer = cula.get(f"{FILES}/{path}")
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "not_found")


def test_files_need_a_token_and_an_organisation(http, cula):
    parts = {"site": (None, "ext-NB-PLANT"), "file": ("a.pdf", b"abc", "application/pdf")}
    assert http.post(cula.base + FILES, files=parts).status_code == 401
    token = {"Authorization": cula.headers["Authorization"]}
    answer = http.post(cula.base + FILES, files=parts, headers=token)
    assert answer.json()["error"]["code"] == "missing_header"


def test_answers_about_files_have_request_ids(send_file):
    answers = [send_file(), send_file(site="nothing")]
    assert len({answer.headers["cula-request-id"] for answer in answers}) == 2


def test_a_log_links_its_files(cula, send_file, electricity_log):
    ids = [send_file(f"{number}.pdf").json()["id"] for number in range(3)]
    made = cula.post(LOGS, {**electricity_log, "file_ids": ids[:2]}).json()
    assert made["file_ids"] == ids[:2]
    changed = cula.put(f"{LOGS}/{made['id']}", {**electricity_log, "file_ids": ids[1:]}).json()
    assert changed["file_ids"] == ids[1:]


def test_reset_forgets_the_files(sandbox, cula, send_file, cula_headers):
    send_file()
    headers = cula_headers(sandbox.reset())
    assert cula.http.get(cula.base + FILES, headers=headers).json()["data"] == []


@pytest.fixture
def order(sandbox):
    def add(kind, **options):
        fault = Fault(method="POST", path="/tracking/v1/files", kind=kind, **options)
        sandbox.store.faults.add(fault)

    return add


@pytest.mark.parametrize("kind", ["answer-lost", "half"])
def test_an_answer_may_be_lost_after_the_file_was_kept(cula, order, send_file, kind):
    order(kind)
    with pytest.raises(httpx.TransportError):
        send_file()
    assert [file["file_name"] for file in cula.get(FILES).json()["data"]] == ["tickets.pdf"]


@pytest.mark.parametrize("commit", [True, False])
def test_a_gateway_may_fail_after_the_file_was_kept_or_before(cula, order, send_file, commit):
    order("status", status=502, commit=commit)
    assert send_file().status_code == 502
    assert len(cula.get(FILES).json()["data"]) == int(commit)


def test_a_file_may_be_lost_on_its_way(cula, order, send_file):
    order("reset")
    with pytest.raises(httpx.TransportError):
        send_file("tickets.pdf", bytes(4_000_000))
    assert cula.get(FILES).json()["data"] == []
