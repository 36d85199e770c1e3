"""Both services against the local twin, which is written from the services' documents."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from importer.apis.cula import CulaService, CulaSettings, connect_cula
from importer.apis.isometric import IsometricService, IsometricSettings, connect_isometric
from importer.apis.pages import walk
from importer.model.failure import CredentialsRefused, ServiceUnavailable
from importer.model.ports import Call, Upload, Verdict
from importer.model.secret import Secret
from importer.sandbox.faults import Fault
from importer.sandbox.server import Running, running
from tests.apis.fakes import FakeTime, patient

LOGS = "/periodic-emission-logs"
DATAPOINTS = "/datapoints?project_id={project_id}"


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "sandbox.sqlite") as sandbox:
        yield sandbox


@pytest.fixture
def cula_there(sandbox: Running) -> CulaSettings:
    return CulaSettings(
        base_url=sandbox.cula_base_url,
        token_url=sandbox.cula_token_url,
        client_id=sandbox.cula_client_id,
        client_secret=Secret(sandbox.cula_client_secret),
        organisation_id=sandbox.cula_organisation_id,
    )


@pytest.fixture
def isometric_there(sandbox: Running) -> IsometricSettings:
    return IsometricSettings(
        base_url=sandbox.isometric_base_url,
        client_secret=Secret(sandbox.isometric_client_secret),
        access_token=Secret(sandbox.isometric_access_token),
        project_id=sandbox.project_id,
    )


@pytest.fixture
def cula_twin(cula_there: CulaSettings, time: FakeTime) -> Iterator[CulaService]:
    with connect_cula(cula_there, quota=None, patience=patient(time), clock=time.clock) as service:
        yield service


@pytest.fixture
def isometric_twin(
    isometric_there: IsometricSettings, time: FakeTime
) -> Iterator[IsometricService]:
    with connect_isometric(
        isometric_there, quota=None, patience=patient(time), clock=time.clock
    ) as service:
        yield service


def datapoint(sandbox: Running, key: str) -> Call:
    return Call(
        method="POST",
        path="/datapoints",
        body={
            "project_id": sandbox.project_id,
            "supplier_reference_id": key,
            "display_name": f"Mass {key}",
            "description": "Weighed",
            "type": "REPORTED",
            "quantity": {"magnitude": 18000, "unit": "kg"},
            "source_ids": [],
        },
    )


def log(service: CulaService, key: str) -> Call:
    """A log without any data point."""
    config = service.fetch_page("/periodic-emission-log-configs").nodes[0]
    return Call(
        method="POST",
        path=LOGS,
        body={
            "external_id": key,
            "config_id": config["id"],
            "site": {"id": config["site"]["id"]},
            "period_start": "2026-10-01T00:00:00.000Z",
            "period_end": "2026-10-31T00:00:00.000Z",
            "data_points": [],
        },
    )


def test_the_organisations_are_told(cula_twin, isometric_twin, sandbox):
    assert cula_twin.fetch_organisation().id == sandbox.cula_organisation_id
    assert isometric_twin.fetch_organisation().id == sandbox.isometric_organisation_id


def test_definitions_are_read(cula_twin, isometric_twin):
    assert list(walk(cula_twin.fetch_page, "/sites"))
    configs = list(walk(cula_twin.fetch_page, "/periodic-emission-log-configs"))
    assert all(cula_twin.fetch(f"/periodic-emission-log-configs/{each['id']}") for each in configs)
    assert list(walk(isometric_twin.fetch_page, "/projects/{project_id}/ghg_entry_templates"))
    assert list(walk(isometric_twin.fetch_page, "/feedstock_types"))


def test_a_datapoint_is_made_found_and_not_made_twice(isometric_twin, sandbox):
    assert isometric_twin.find(DATAPOINTS, "DP-1") == ()
    made = isometric_twin.send(datapoint(sandbox, "DP-1"))
    assert made.verdict is Verdict.ACCEPTED
    [found] = isometric_twin.find(DATAPOINTS, "DP-1")
    assert found["id"] == made.body["id"]
    assert isometric_twin.fetch(f"/datapoints/{found['id']}")["id"] == found["id"]
    again = isometric_twin.send(datapoint(sandbox, "DP-1"))
    assert (again.verdict, bool(again.refusals)) == (Verdict.REFUSED, True)


def test_what_is_not_there_is_none(cula_twin, isometric_twin):
    assert cula_twin.fetch(f"{LOGS}/ext-nobody") is None
    assert cula_twin.find(LOGS, "nobody") == ()
    assert isometric_twin.fetch("/datapoints/dtp_1DVKHKS101S0Q61Q") is None


def test_a_refusal_names_the_member(isometric_twin, sandbox):
    call = datapoint(sandbox, "DP-1")
    body = {**call.body, "quantity": {"magnitude": "much", "unit": "kg"}}
    answer = isometric_twin.send(replace(call, body=body))
    assert answer.verdict is Verdict.REFUSED
    assert any(each.member.startswith("quantity.magnitude") for each in answer.refusals)


def test_a_refusal_of_culas_names_the_member_and_the_request(cula_twin):
    call = log(cula_twin, "A-1")
    answer = cula_twin.send(replace(call, body={**call.body, "period_start": "soon"}))
    assert answer.verdict is Verdict.REFUSED
    assert "period_start" in {each.member for each in answer.refusals}
    assert answer.request_id.startswith("req_")


@pytest.mark.parametrize("kind", ["answer-lost", "half", "malformed"])
def test_a_write_whose_answer_is_lost_is_doubtful_and_found(isometric_twin, sandbox, kind):
    sandbox.store.faults.add(Fault(method="POST", path="/mrv/v0/datapoints", kind=kind))
    answer = isometric_twin.send(datapoint(sandbox, "DP-1"))
    assert answer.verdict is Verdict.UNKNOWN
    assert len(isometric_twin.find(DATAPOINTS, "DP-1")) == 1


REPORT = Upload(name="report.pdf", content_type="application/pdf", content=b"%PDF-1.4 report")
ANNOUNCED = {"content_type": "application/pdf", "content_length": len(REPORT.content)}


def source(sandbox: Running) -> Call:
    return Call(
        method="POST",
        path="/sources",
        record="source",
        body={
            "__typename": "CreateDocumentSourceRequest",
            "project_id": sandbox.project_id,
            "supplier_reference_id": "SRC-1",
            "display_name": "Report",
            "file_name": REPORT.name,
            "published_at": "2026-10-31",
            **ANNOUNCED,
        },
    )


@pytest.fixture
def renewal(isometric_twin: IsometricService, sandbox: Running) -> str:
    """Where a new source gets addresses for its document."""
    made = isometric_twin.send(source(sandbox))
    assert (made.verdict, made.body["supplier_reference_id"]) == (Verdict.ACCEPTED, "SRC-1")
    return f"/sources/{made.body['id']}/signed_upload_url"


def test_a_document_goes_to_its_address_and_only_once(isometric_twin, renewal):
    address = isometric_twin.fetch_address(renewal, ANNOUNCED)
    assert isometric_twin.put_document(address, REPORT).verdict is Verdict.ACCEPTED
    assert isometric_twin.fetch_address(renewal, ANNOUNCED) is None


def test_other_bytes_than_announced_are_refused(isometric_twin, renewal):
    address = isometric_twin.fetch_address(renewal, ANNOUNCED)
    answer = isometric_twin.put_document(address, replace(REPORT, content=b"short"))
    assert answer.verdict is Verdict.REFUSED
    assert answer.refusals[0].words
    assert address not in repr(answer)
    assert isometric_twin.fetch_address(renewal, ANNOUNCED) is not None


@pytest.mark.parametrize("kind", ["answer-lost", "reset", "half", "status"])
def test_bytes_arrive_in_the_end(isometric_twin, sandbox, renewal, kind):
    address = isometric_twin.fetch_address(renewal, ANNOUNCED)
    sandbox.store.faults.add(Fault(method="PUT", path="/_storage", kind=kind, times=2))
    isometric_twin.put_document(address, REPORT)
    assert isometric_twin.fetch_address(renewal, ANNOUNCED) is None


def test_addresses_of_a_source_that_is_not_there(isometric_twin):
    with pytest.raises(ServiceUnavailable, match="signed_upload_url"):
        isometric_twin.fetch_address("/sources/src_1DVKHKS101S0Q61Q/signed_upload_url", ANNOUNCED)


def test_a_file_is_made_of_a_form(cula_twin):
    site = cula_twin.fetch_page("/sites").nodes[0]
    made = cula_twin.send_document("/files", REPORT, {"site": site["id"]})
    assert made.verdict is Verdict.ACCEPTED
    stored = cula_twin.fetch(f"/files/{made.body['id']}")
    assert stored["file_name"] == REPORT.name
    assert stored["file_size_bytes"] == len(REPORT.content)
    assert stored["mime_type"] == REPORT.content_type


def test_a_file_without_a_site_is_refused(cula_twin):
    answer = cula_twin.send_document("/files", REPORT, {})
    assert (answer.verdict, answer.refusals[0].member) == (Verdict.REFUSED, "site")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_write_that_failed_is_doubtful_and_not_there(isometric_twin, sandbox, status):
    sandbox.store.faults.add(
        Fault(method="POST", path="/mrv/v0/datapoints", kind="status", status=status)
    )
    assert isometric_twin.send(datapoint(sandbox, "DP-1")).verdict is Verdict.UNKNOWN
    assert isometric_twin.find(DATAPOINTS, "DP-1") == ()


@pytest.mark.parametrize("kind", ["answer-lost", "reset", "half", "malformed", "status"])
def test_reads_get_over_what_passes(isometric_twin, cula_twin, sandbox, time, kind):
    sandbox.store.faults.add(Fault(method="*", path="/", kind=kind, times=3))
    assert isometric_twin.fetch_organisation().id == sandbox.isometric_organisation_id
    sandbox.store.faults.add(Fault(method="*", path="/", kind=kind, times=3))
    assert cula_twin.fetch_page("/sites").nodes
    assert len(time.pauses) == 6


def test_rate_is_respected(isometric_twin, sandbox, time):
    sandbox.store.faults.add(
        Fault(
            method="POST",
            path="/mrv/v0/datapoints",
            kind="status",
            status=429,
            headers={"Retry-After": "3"},
            times=2,
        )
    )
    assert isometric_twin.send(datapoint(sandbox, "DP-1")).verdict is Verdict.ACCEPTED
    assert time.pauses == [3.25, 3.25]


def test_wrong_credentials_are_refused(cula_there, isometric_there):
    wrong = Secret("not-the-secret")
    with (
        connect_cula(replace(cula_there, client_secret=wrong), quota=None) as service,
        pytest.raises(CredentialsRefused),
    ):
        service.fetch_organisation()
    with (
        connect_cula(replace(cula_there, organisation_id="org_other"), quota=None) as service,
        pytest.raises(CredentialsRefused),
    ):
        service.fetch_organisation()
    with (
        connect_isometric(replace(isometric_there, access_token=wrong), quota=None) as service,
        pytest.raises(CredentialsRefused),
    ):
        service.fetch_organisation()


def test_a_wrong_base_address_is_noticed(isometric_there):
    wrong = replace(isometric_there, base_url=isometric_there.base_url + "/other")
    with (
        connect_isometric(wrong, quota=None) as service,
        pytest.raises(ServiceUnavailable),
    ):
        service.fetch_organisation()


def test_a_long_list_is_walked_whole_by_several_threads(isometric_twin, sandbox):
    keys = [f"DP-{number}" for number in range(120)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda key: isometric_twin.send(datapoint(sandbox, key)), keys))
    assert {each.verdict for each in answers} == {Verdict.ACCEPTED}
    walked = list(walk(isometric_twin.fetch_page, DATAPOINTS))
    assert set(keys) <= {node["supplier_reference_id"] for node in walked}
    assert len({node["id"] for node in walked}) == len(walked)
    first = isometric_twin.fetch_page(DATAPOINTS)
    assert (len(first.nodes), first.total) == (50, len(walked))
