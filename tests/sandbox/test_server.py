"""The sandbox as a server: what it says of itself, what it keeps, what it counts."""

import re
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, Depends

from importer.sandbox.context import Here
from importer.sandbox.documents import Kind
from importer.sandbox.isometric.auth import require_isometric
from importer.sandbox.isometric.references import insert_referenced
from importer.sandbox.server import Running, running


def test_it_says_where_both_services_are_and_what_opens_them(control, sandbox):
    facts = control.get("").json()
    assert facts["program"] == "importer sandbox"
    assert facts["cula"]["base_url"] == f"{sandbox.url}/tracking/v1"
    assert facts["cula"]["token_url"] == f"{sandbox.url}/oauth2/token"
    assert facts["isometric"]["base_url"] == f"{sandbox.url}/mrv/v0"
    assert Running.read(sandbox.url, facts) == sandbox


def test_what_is_no_sandbox_is_not_taken_for_one(sandbox):
    with pytest.raises(LookupError, match="is no importer sandbox"):
        Running.read(sandbox.url, {"program": "something else"})


def test_it_gives_the_variables_that_the_program_reads(sandbox):
    assert sandbox.variables() == {
        "IMPORTER_CULA__BASE_URL": sandbox.cula_base_url,
        "IMPORTER_CULA__TOKEN_URL": sandbox.cula_token_url,
        "IMPORTER_CULA__CLIENT_ID": sandbox.cula_client_id,
        "IMPORTER_CULA__CLIENT_SECRET": sandbox.cula_client_secret,
        "IMPORTER_CULA__ORGANISATION_ID": sandbox.cula_organisation_id,
        "IMPORTER_ISOMETRIC__BASE_URL": sandbox.isometric_base_url,
        "IMPORTER_ISOMETRIC__CLIENT_SECRET": sandbox.isometric_client_secret,
        "IMPORTER_ISOMETRIC__ACCESS_TOKEN": sandbox.isometric_access_token,
        "IMPORTER_ISOMETRIC__PROJECT_ID": sandbox.project_id,
    }


def test_its_secrets_are_not_in_its_repr(sandbox):
    assert "secret" not in repr(sandbox).replace("_secret", "")
    assert sandbox.isometric_access_token not in repr(sandbox)


def test_every_database_has_organisations_of_its_own(tmp_path: Path):
    with running(tmp_path / "one.sqlite") as one, running(tmp_path / "two.sqlite") as two:
        assert one.cula_organisation_id != two.cula_organisation_id
        assert one.isometric_organisation_id != two.isometric_organisation_id
        assert one.project_id == two.project_id


def test_the_same_file_keeps_organisations_and_records(opens, cula_headers, electricity_log):
    with opens() as first:
        headers = cula_headers(first)
        url = f"{first.cula_base_url}/periodic-emission-logs"
        made = httpx.post(url, headers=headers, json=electricity_log).json()
    with opens() as again:
        assert again.cula_organisation_id == first.cula_organisation_id
        assert again.isometric_organisation_id == first.isometric_organisation_id
        url = f"{again.cula_base_url}/periodic-emission-logs/ext-ELEC-2026-10"
        assert httpx.get(url, headers=cula_headers(again)).json()["id"] == made["id"]


def test_reset_forgets_the_records_and_makes_new_organisations(
    sandbox, control, cula, cula_headers, electricity_log
):
    cula.post("/periodic-emission-logs", electricity_log)
    facts = control.post("/reset", None).json()
    assert facts["cula"]["organisation_id"] != sandbox.cula_organisation_id
    assert cula.get("/sites").status_code == 403
    now = Running.read(sandbox.url, facts)
    url = f"{now.cula_base_url}/periodic-emission-logs"
    assert httpx.get(url, headers=cula_headers(now)).json()["data"] == []
    sites = httpx.get(f"{now.cula_base_url}/sites", headers=cula_headers(now)).json()["data"]
    assert {site["organisation"]["id"] for site in sites} == {now.cula_organisation_id}


def test_reset_in_the_same_process_gives_the_new_facts(sandbox, control):
    again = sandbox.reset()
    assert again.cula_organisation_id != sandbox.cula_organisation_id
    assert again.describe() == control.get("").json()
    assert sandbox.store.requests() == ()


def test_the_log_counts_requests_to_the_services_and_nothing_else(
    control, cula, isometric, electricity_log
):
    before = control.get("/requests").json()["last"]
    cula.post("/periodic-emission-logs", electricity_log)
    cula.get("/periodic-emission-logs/ext-nothing")
    isometric.get("/projects", first=50)
    answer = control.get("/requests", after=before).json()
    assert [tuple(request.values())[1:] for request in answer["requests"]] == [
        ("cula", "POST", "/tracking/v1/periodic-emission-logs", 201),
        ("cula", "GET", "/tracking/v1/periodic-emission-logs/ext-nothing", 404),
        ("isometric", "GET", "/mrv/v0/projects", 200),
    ]
    assert answer["last"] == before + 3
    assert control.get("/requests", after=before + 3).json() == {
        "requests": [],
        "last": before + 3,
    }


def test_uploads_are_in_the_log_without_what_signs_them(
    sandbox, isometric, send_file, tickets, upload
):
    send_file()
    made = isometric.post("/sources", tickets).json()
    upload(made["signed_upload_url"])
    assert [
        (request.service, request.method, request.path, request.status)
        for request in sandbox.store.requests()
        if request.service != "token"
    ] == [
        ("cula", "POST", "/tracking/v1/files", 201),
        ("isometric", "POST", "/mrv/v0/sources", 200),
        ("storage", "PUT", f"/_storage/sources/{made['source']['id']}", 200),
    ]


def test_asking_for_a_token_is_in_the_log(cula, sandbox):
    assert [request.service for request in sandbox.store.requests()] == ["token"]


def test_it_starts_and_stops_fast(opens, http):
    seconds = []
    for _ in range(10):
        started = time.perf_counter()
        with opens() as sandbox:
            http.get(f"{sandbox.url}/_sandbox")
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.3


def test_it_serves_at_the_port_that_is_asked_for(opens):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with opens(port=port) as sandbox:
        assert sandbox.url == f"http://127.0.0.1:{port}"


def test_a_port_that_is_taken_is_an_error(opens):
    with opens() as sandbox:
        port = int(sandbox.url.rpartition(":")[2])
        with pytest.raises(OSError), opens(port=port):
            pass


def test_it_is_silent(sandbox, cula, isometric, capfd):
    cula.get("/nowhere")
    isometric.get("/nowhere")
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="windows words it differently")
def test_it_is_not_there_any_more_afterwards(opens, http):
    with opens() as sandbox:
        pass
    with pytest.raises(httpx.ConnectError):
        http.get(f"{sandbox.url}/_sandbox")


SHIPMENT = Kind("isometric", "shipment")
shipments = APIRouter(prefix="/mrv/v0/shipments", dependencies=[Depends(require_isometric)])


@shipments.post("")
def create_shipment(body: dict[str, Any], here: Here) -> dict[str, Any]:
    return insert_referenced(here, SHIPMENT, {"id": "shp_1", **body}).public()


def test_a_made_up_resource_has_the_same_headers_and_the_same_store(opens, http, isometric_headers):
    with opens(routers=[shipments]) as sandbox:
        url = f"{sandbox.isometric_base_url}/shipments"
        body = {"supplier_reference_id": "S-1", "tonnes": 12}
        assert http.post(url, json=body).status_code == 401
        headers = isometric_headers(sandbox)
        assert http.post(url, json=body, headers=headers).json()["tonnes"] == 12
        assert http.post(url, json=body, headers=headers).status_code == 409
        found = sandbox.store.find_by_reference(SHIPMENT, "S-1")
        assert found is not None
        assert found.body["tonnes"] == 12


def test_ids_have_the_shapes_of_the_services(cula, isometric, electricity_log, biochar_mass):
    log_id = cula.post("/periodic-emission-logs", electricity_log).json()["id"]
    assert re.fullmatch(r"eml_[0-7][0-9a-hjkmnp-tv-z]{25}", log_id)
    datapoint_id = isometric.post("/datapoints", biochar_mass).json()["id"]
    assert re.fullmatch(r"dtp_[0-9A-Z]{9}SBX[0-9A-Z]{4}", datapoint_id)


def test_many_writers_at_once_make_one_record(isometric, biochar_mass):
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: isometric.post("/datapoints", biochar_mass), range(24))
    assert sorted(answer.status_code for answer in answers) == [200] + 23 * [409]
