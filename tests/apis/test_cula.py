"""Cula behind the port: what is asked, and what becomes of the answers."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from importer.apis.cula import CulaService, CulaSettings, connect_cula
from importer.apis.pace import Window
from importer.model.failure import (
    CredentialsRefused,
    ServiceUnavailable,
    SettingsInvalid,
    SettingsMissing,
)
from importer.model.ports import Call, Organisation, Refusal, Service, Verdict
from importer.model.secret import Secret
from tests.apis.conftest import Stage
from tests.apis.fakes import patient
from tests.apis.scripted import Raw, Reply

LOGS = "/periodic-emission-logs"
LOG = {"id": "eml_1", "external_id": "A-1"}
CREATE = Call(method="POST", path=LOGS, body={"external_id": "A-1"})
Cula = Stage[CulaService]


def listed(*nodes, **pagination):
    return Reply(body={"data": list(nodes), **({"pagination": pagination} if pagination else {})})


def test_it_is_a_service(cula: Cula):
    service: Service = cula.service
    assert service.name == "cula"
    assert service.settings == {"organisation_id": "org_01"}


def test_every_call_carries_token_and_organisation(cula: Cula):
    cula.server.script(Reply(body=LOG))
    assert cula.service.fetch(f"{LOGS}/eml_1") == LOG
    [asked], [call] = cula.server.token_requests, cula.server.requests
    assert asked.headers["authorization"] == "Basic Y2xpZW50LW9mLW91cnM6Y3VsYS1jbGllbnQtc2VjcmV0"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert (asked.method, asked.body) == ("POST", b"grant_type=client_credentials")
    assert (call.method, call.target) == ("GET", "/tracking/v1/periodic-emission-logs/eml_1")
    assert call.headers["authorization"] == "Bearer token-number-1"
    assert call.headers["cula-organisation-id"] == "org_01"


def test_what_is_not_there_is_none(cula: Cula):
    cula.server.script(Reply(status=404, body={"error": {"type": "not_found"}}))
    assert cula.service.fetch(f"{LOGS}/eml_1") is None


@pytest.mark.parametrize("body", [{"id": 5}, {"id": ""}, {"id": None}, [LOG]])
def test_a_record_that_cannot_be_one_is_not_understood(cula: Cula, body):
    cula.server.script(always=Reply(body=body))
    with pytest.raises(ServiceUnavailable, match="answered /periodic-emission-logs/eml_1 with"):
        cula.service.fetch(f"{LOGS}/eml_1")


def test_pages(cula: Cula):
    cula.server.script(
        listed({"id": "eml_1"}, has_more=True, next_cursor="eml_1"),
        listed({"id": "eml_2"}, has_more=False, next_cursor=None),
    )
    first = cula.service.fetch_page(LOGS)
    second = cula.service.fetch_page(LOGS, first.after)
    assert ([first.nodes, first.after, first.total]) == [({"id": "eml_1"},), "eml_1", None]
    assert ([second.nodes, second.after]) == [({"id": "eml_2"},), None]
    assert [each.query for each in cula.server.requests] == [
        {"limit": "50"},
        {"limit": "50", "starting_after": "eml_1"},
    ]


@pytest.mark.parametrize(
    "page",
    [
        listed({"id": "elc_1"}),
        listed({"id": "elc_1"}, has_more=False, next_cursor="elc_1"),
        listed({"id": "elc_1"}, next_cursor=None),
        Reply(body={"data": [{"id": "elc_1"}], "pagination": None}),
    ],
)
def test_a_last_page(cula: Cula, page):
    cula.server.script(page)
    page = cula.service.fetch_page("/periodic-emission-log-configs")
    assert (page.nodes, page.after) == (({"id": "elc_1"},), None)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body={}),
        Reply(body={"data": {}}),
        Reply(body={"data": [5]}),
        Reply(body={"data": [{"id": 5}]}),
        listed(has_more=True, next_cursor=None),
        listed(has_more=True, next_cursor=5),
        listed(next_cursor=""),
        listed(has_more=True, next_cursor="eml_1"),
        Reply(status=404),
        Reply(status=400, body={"error": {"message": "no"}}),
    ],
)
def test_a_page_that_cannot_be_one_is_never_taken_for_the_end(cula: Cula, reply):
    cula.server.script(always=reply)
    with pytest.raises(ServiceUnavailable):
        cula.service.fetch_page(LOGS, "eml_1")


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (Reply(body=LOG), (LOG,)),
        (Reply(status=404), ()),
        (Reply(body={**LOG, "external_id": "a-1"}), ()),
        (Reply(body={"id": "eml_1"}), ()),
    ],
)
def test_a_record_is_found_by_its_key(cula: Cula, reply, found):
    cula.server.script(reply)
    assert cula.service.find(LOGS, "A-1") == found
    assert cula.server.requests[0].target == "/tracking/v1/periodic-emission-logs/ext-A-1"


def test_a_key_is_encoded(cula: Cula):
    cula.server.script(Reply(status=404))
    cula.service.find(f"{LOGS}?x=1", "a/b ?ü{organisation_id}")
    assert cula.server.requests[0].target == (
        "/tracking/v1/periodic-emission-logs/ext-a%2Fb%20%3F%C3%BC%7Borganisation_id%7D?x=1"
    )


def test_a_found_record_needs_an_id(cula: Cula):
    cula.server.script(Reply(body={"external_id": "A-1"}))
    with pytest.raises(ServiceUnavailable, match="a record without an id"):
        cula.service.find(LOGS, "A-1")


def test_the_organisation_is_that_of_the_settings_once_let_in(cula: Cula):
    cula.server.script(listed({"id": "ste_1"}, has_more=True, next_cursor="ste_1"))
    assert cula.service.fetch_organisation() == Organisation(id="org_01", name="")
    assert cula.server.requests[0].target == "/tracking/v1/sites?limit=1"


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(body={"hello": "world"})])
def test_an_address_that_is_not_culas_is_noticed(cula: Cula, reply):
    cula.server.script(reply)
    with pytest.raises(ServiceUnavailable, match="/sites"):
        cula.service.fetch_organisation()


def test_a_write_is_accepted(cula: Cula):
    cula.server.script(Reply(status=201, body=LOG, headers={"Cula-Request-Id": "req_\x1b1"}))
    answer = cula.service.send(CREATE)
    assert (answer.verdict, answer.status, answer.body) == (Verdict.ACCEPTED, 201, LOG)
    assert (answer.refusals, answer.request_id) == ((), "req_ 1")
    [request] = cula.server.requests
    assert (request.method, json.loads(request.body)) == ("POST", {"external_id": "A-1"})
    assert request.headers["content-type"] == "application/json"


def test_a_write_is_refused_in_the_services_words(cula: Cula):
    taken = {"code": "external_id_in_use", "message": "Taken", "existing": {"id": "eml_9"}}
    cula.server.script(Reply(status=409, body={"error": taken}))
    answer = cula.service.send(CREATE)
    assert (answer.verdict, answer.status) == (Verdict.REFUSED, 409)
    assert answer.refusals == (Refusal(member="external_id", words="Taken (held by eml_9)"),)
    assert answer.body == {"error": taken}


@pytest.mark.parametrize(
    ("reply", "status", "words"),
    [
        (Reply(status=500, body="oops"), 500, "a failure of the service: HTTP 500, oops"),
        (Reply(status=302), 302, "a redirect, which is not followed: HTTP 302, {}"),
        (Reply(body="<html>"), 200, "success without a readable record: HTTP 200, <html>"),
        (Reply(status=201, body=[LOG]), 201, None),
        (Reply(status=204, body=""), 204, None),
        (Reply(status=201, body={"id": None}), 201, None),
        (Reply(status=201, body={**LOG, "external_id": "B-2"}), 201, None),
        (Raw(), 0, "the answer was lost: the connection broke off"),
    ],
)
def test_a_doubtful_write_is_sent_once(cula: Cula, reply, status, words):
    cula.server.script(reply)
    answer = cula.service.send(CREATE)
    assert (answer.verdict, answer.status, answer.body) == (Verdict.UNKNOWN, status, {})
    assert len(cula.server.requests) == 1
    assert words is None or answer.refusals[0].words == words


def test_a_write_refused_by_rate_is_sent_again(cula: Cula):
    cula.server.script(
        Reply(status=429, headers={"Retry-After": "7"}), Reply(status=429), Reply(body=LOG)
    )
    assert cula.service.send(CREATE).verdict is Verdict.ACCEPTED
    assert cula.time.pauses == [7.25, 2.25]


def test_but_not_for_ever(cula: Cula):
    cula.server.script(always=Reply(status=429))
    with pytest.raises(ServiceUnavailable, match="tried 8 times: too many requests") as failure:
        cula.service.send(CREATE)
    assert len(cula.server.requests) == 8
    assert sum(cula.time.pauses) > 60
    assert "nothing that has arrived is sent twice" in failure.value.remedy


def test_a_read_is_repeated_until_it_is_answered(cula: Cula):
    cula.server.script(Reply(status=503), Raw(), Reply(body="<html>"), Reply(body=LOG))
    assert cula.service.fetch(f"{LOGS}/eml_1") == LOG
    assert cula.time.pauses == [0.5, 1.0, 2.0]


def test_a_read_is_given_up_in_the_end(cula: Cula):
    body = {"error": {"message": "down for \x07 maintenance"}}
    cula.server.script(always=Reply(status=503, body=body, headers={"Cula-Request-Id": "req_7"}))
    with pytest.raises(ServiceUnavailable) as failure:
        cula.service.fetch(f"{LOGS}/eml_1")
    host = cula.server.url.removeprefix("http://")
    assert str(failure.value) == (
        f"Cula ({host}), GET /tracking/v1/periodic-emission-logs/eml_1, tried 6 times: a failure "
        "of the service: HTTP 503, down for maintenance (request req_7)"
    )
    assert cula.time.pauses == [0.5, 1.0, 2.0, 4.0, 8.0]


def test_a_service_that_asks_for_patience_gets_it(cula: Cula):
    cula.server.script(Reply(status=503, headers={"Retry-After": "20"}), Reply(body=LOG))
    cula.service.fetch(f"{LOGS}/eml_1")
    assert cula.time.pauses == [20.25]


def test_a_token_that_ends_is_renewed(cula: Cula):
    cula.server.script(always=Reply(body=LOG))
    cula.service.fetch("/a")
    cula.time.sleep(240)
    cula.service.fetch("/b")
    assert [each.headers["authorization"] for each in cula.server.requests] == [
        "Bearer token-number-1",
        "Bearer token-number-2",
    ]


@pytest.mark.parametrize("use", ["read", "write"])
def test_a_token_that_is_refused_is_renewed_once(cula: Cula, use):
    cula.server.script(Reply(status=401), Reply(status=201, body=LOG))
    if use == "read":
        assert cula.service.fetch(f"{LOGS}/eml_1") == LOG
    else:
        assert cula.service.send(CREATE).verdict is Verdict.ACCEPTED
    assert [each.headers["authorization"] for each in cula.server.requests] == [
        "Bearer token-number-1",
        "Bearer token-number-2",
    ]
    assert cula.time.pauses == []


def test_and_not_twice(cula: Cula):
    cula.server.script(always=Reply(status=401, body={"error": {"message": "expired"}}))
    with pytest.raises(CredentialsRefused, match="HTTP 401, expired") as failure:
        cula.service.fetch("/a")
    assert len(cula.server.requests) == 2
    assert "organisation_id" in failure.value.remedy


def test_eight_threads_renew_once(cula: Cula):
    cula.server.ended_tokens.add("Bearer token-number-1")
    cula.server.script(always=Reply(body=LOG))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(cula.service.fetch, [f"/{n}" for n in range(40)]))
    assert answers == [LOG] * 40
    assert len(cula.server.token_requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=403, body={"error": {"type": "auth_error", "message": "not yours"}}),
        Reply(status=400, body={"error": {"code": "missing_header", "message": "header"}}),
    ],
)
def test_an_organisation_that_is_not_ours_stops(cula: Cula, reply):
    cula.server.script(reply)
    with pytest.raises(CredentialsRefused):
        cula.service.send(CREATE)
    assert len(cula.server.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_client_that_is_refused_stops(cula: Cula, status):
    cula.server.tokens.append(Reply(status=status, body={"error": "invalid_client"}))
    with pytest.raises(CredentialsRefused, match="Cula's sign-in") as failure:
        cula.service.fetch("/a")
    assert "client_secret" in failure.value.remedy
    assert cula.server.requests == []


def test_a_token_address_that_is_down_is_asked_again(cula: Cula):
    cula.server.tokens.extend([Reply(status=503), Raw(), Reply(status=429)])
    cula.server.script(Reply(body=LOG))
    assert cula.service.fetch("/a") == LOG
    assert cula.time.pauses == [0.5, 1.0, 4.25]


@pytest.mark.parametrize("body", [{}, {"access_token": 5}, {"access_token": "a\r\nb: c"}])
def test_a_token_that_is_none_is_not_understood(cula: Cula, body):
    cula.server.tokens.append(Reply(body=body))
    with pytest.raises(ServiceUnavailable, match="sign-in"):
        cula.service.fetch("/a")


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"base_url": "http://api.demo.cula.earth"}, SettingsInvalid),
        ({"token_url": "http://auth.demo.cula.earth"}, SettingsInvalid),
        ({"client_id": "a:b"}, SettingsInvalid),
        ({"client_secret": Secret("hidden\nword")}, SettingsInvalid),
        ({"organisation_id": "org 1"}, SettingsInvalid),
        ({"client_secret": Secret("")}, SettingsMissing),
        ({"organisation_id": ""}, SettingsMissing),
    ],
)
def test_settings_that_cannot_be_used(cula_settings: CulaSettings, change, failure):
    with pytest.raises(failure, match="Cula's") as refused:
        replace(cula_settings, **change)
    assert "hidden" not in str(refused.value)


def test_connecting_builds_it_all(cula: Cula, cula_settings: CulaSettings, time):
    cula.server.script(always=Reply(body=LOG))
    connected = connect_cula(
        cula_settings, quota=Window(2, clock=time.clock), patience=patient(time), clock=time.clock
    )
    with connected as service:
        for _ in range(5):
            service.fetch("/a")
    assert time.pauses == [60.0, 60.0]


def test_a_guard_is_asked_before_each_write_and_may_stop_it(
    cula: Cula, cula_settings: CulaSettings, time
):
    class Replaced(Exception):
        """The lock is lost."""

    asked = []

    def guard() -> None:
        asked.append(len(cula.server.requests))
        if len(asked) > 1:
            raise Replaced

    cula.server.script(always=Reply(body=LOG))
    with connect_cula(
        cula_settings, quota=None, patience=patient(time), clock=time.clock, guard=guard
    ) as service:
        service.fetch("/a")
        call = Call(method="POST", path="/a", body={})
        service.send(call)
        before = len(cula.server.requests)
        with pytest.raises(Replaced):
            service.send(call)
    assert len(asked) == 2
    assert len(cula.server.requests) == before
