"""Cula by an API key: what is on the wire, and what ends a run."""

from dataclasses import replace

import pytest

from importer.apis.cula import CulaKeySettings, CulaService
from importer.model.failure import (
    CredentialsRefused,
    ImporterError,
    SettingsInvalid,
    SettingsMissing,
)
from importer.model.ports import API_KEY, AUTH, Call, Organisation, Upload, Verdict
from importer.model.secret import Secret
from tests.apis.conftest import Stage
from tests.apis.scripted import Reply

LOGS = "/periodic-emission-logs"
LOG = {"id": "eml_1", "external_id": "A-1"}
CREATE = Call(method="POST", path=LOGS, body={"external_id": "A-1"})
KEY = "cula-api-key-of-ours"
REFUSED = {"error": {"type": "auth_error", "code": "invalid_api_key", "message": f"no {KEY}"}}
Cula = Stage[CulaService]


def test_every_call_carries_the_key_and_no_organisation(cula_by_key: Cula):
    cula_by_key.server.script(always=Reply(body={**LOG, "data": [LOG]}))
    service = cula_by_key.service
    service.fetch(f"{LOGS}/eml_1")
    service.fetch_page(LOGS)
    service.find(LOGS, "A-1")
    assert service.send(CREATE).verdict is Verdict.ACCEPTED
    document = Upload(name="a.pdf", content_type="application/pdf", content=b"%PDF")
    service.send_document("/files", document, {"site": "ste_1"})
    assert len(cula_by_key.server.requests) == 5
    for request in cula_by_key.server.requests:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert "cula-organisation-id" not in request.headers
    assert not cula_by_key.server.token_requests


def test_what_is_read_says_that_it_is_of_the_older_api(cula_by_key: Cula, cula: Cula):
    cula_by_key.server.script(always=Reply(body={**LOG, "data": [LOG]}))
    service = cula_by_key.service
    (listed,), (found,) = service.fetch_page(LOGS).nodes, service.find(LOGS, "A-1")
    read = service.fetch(f"{LOGS}/eml_1")
    assert read is not None
    assert [each[AUTH] for each in (listed, found, read)] == [API_KEY] * 3
    assert AUTH not in (cula.service.fetch(f"{LOGS}/eml_1") or {})


def test_the_organisation_is_that_of_the_settings(cula_by_key: Cula):
    cula_by_key.server.script(Reply(body={"data": []}))
    assert cula_by_key.service.fetch_organisation() == Organisation(id="org_01", name="")
    assert cula_by_key.server.requests[0].target == "/tracking/v1/sites?limit=1"


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_ends_the_run_at_once(cula_by_key: Cula, status: int):
    cula_by_key.server.script(always=Reply(status=status, body=REFUSED))
    for attempt in (lambda: cula_by_key.service.fetch("/sites"), send(cula_by_key)):
        with pytest.raises(CredentialsRefused) as caught:
            attempt()
        assert "api_key" in caught.value.remedy
        assert "sites" in caught.value.remedy
        assert KEY not in f"{caught.value!r} {caught.value}"
    assert len(cula_by_key.server.requests) == 2
    assert not cula_by_key.server.token_requests


def send(stage: Cula):
    return lambda: stage.service.send(CREATE)


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 422, 429, 500])
def test_a_server_that_repeats_the_key(cula_by_key: Cula, status: int):
    reply = Reply(status=status, body=REFUSED, headers={"Cula-Request-Id": KEY})
    cula_by_key.server.script(always=reply)
    try:
        text = repr(cula_by_key.service.send(CREATE))
    except ImporterError as failure:
        text = f"{failure!r} {failure} {failure.remedy} {failure.__context__!r}"
    assert KEY not in text


def test_nothing_prints_the_key(cula_by_key: Cula, cula_key_settings: CulaKeySettings):
    service = cula_by_key.service
    assert KEY not in f"{cula_key_settings!r} {cula_key_settings} {vars(service)!r}"


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"api_key": Secret("")}, SettingsMissing),
        ({"api_key": Secret("two words")}, SettingsInvalid),
        ({"organisation_id": ""}, SettingsMissing),
        ({"base_url": "http://elsewhere.example"}, SettingsInvalid),
    ],
)
def test_settings_that_cannot_be_used(cula_key_settings: CulaKeySettings, change, failure):
    with pytest.raises(failure):
        replace(cula_key_settings, **change)
