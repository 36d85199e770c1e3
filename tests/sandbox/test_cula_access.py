"""Cula: tokens, the organisation header, request ids and the envelope of errors."""

import pytest

ORGANISATION = "Cula-Organisation-Id"


def ask_token(http, sandbox, *, secret=None, grant="client_credentials"):
    return http.post(
        sandbox.cula_token_url,
        auth=(sandbox.cula_client_id, secret or sandbox.cula_client_secret),
        data={"grant_type": grant},
    )


def test_a_token_is_given_for_client_credentials(http, sandbox):
    answer = ask_token(http, sandbox)
    assert answer.status_code == 200
    assert answer.json().keys() == {"access_token", "expires_in", "token_type"}
    assert answer.json()["expires_in"] == 300
    assert answer.json()["token_type"] == "bearer"


def test_wrong_credentials_get_no_token(http, sandbox):
    assert ask_token(http, sandbox, secret="wrong").status_code == 401


def test_no_credentials_get_no_token(http, sandbox):
    body = {"grant_type": "client_credentials"}
    assert http.post(sandbox.cula_token_url, data=body).status_code == 401


def test_credentials_that_are_no_base64_get_no_token(http, sandbox):
    headers = {"Authorization": "Basic !"}
    assert http.post(sandbox.cula_token_url, headers=headers).status_code == 401


def test_another_grant_is_refused(http, sandbox):
    assert ask_token(http, sandbox, grant="password").status_code == 400


def test_a_token_ends_after_300_seconds(cula, clock):
    clock.advance(299)
    assert cula.get("/sites").status_code == 200
    clock.advance(1)
    answer = cula.get("/sites")
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "auth_error"


@pytest.mark.parametrize("value", ["", "Bearer wrong", "Basic x"])
def test_a_missing_or_wrong_token_is_401(cula, value):
    answer = cula.request("GET", "/sites", headers={"Authorization": value})
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "auth_error"


def test_a_missing_organisation_is_400_and_named(http, cula):
    headers = {"Authorization": cula.headers["Authorization"]}
    answer = http.get(f"{cula.base}/sites", headers=headers)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["type"], error["code"]) == ("validation_error", "missing_header")
    assert error["param"] == ORGANISATION


def test_another_organisation_is_403(cula):
    answer = cula.request("GET", "/sites", headers={ORGANISATION: "org_another"})
    assert answer.status_code == 403
    assert answer.json()["error"]["type"] == "auth_error"


def test_every_answer_has_a_request_id_of_its_own(http, cula, sandbox):
    answers = [
        cula.get("/sites"),
        cula.get("/sites/nothing"),
        cula.get("/nowhere"),
        http.get(f"{cula.base}/sites"),
        ask_token(http, sandbox),
    ]
    ids = {answer.headers["cula-request-id"] for answer in answers}
    assert len(ids) == len(answers)
    assert all(request_id.startswith("req_") for request_id in ids)


def test_an_error_repeats_its_request_id(cula):
    answer = cula.get("/sites/nothing")
    assert answer.json()["error"]["request_id"] == answer.headers["cula-request-id"]


def test_what_is_not_there_is_a_404_of_type_not_found(cula):
    for path in ("/sites/nothing", "/periodic-emission-logs/ext-nothing", "/nowhere"):
        answer = cula.get(path)
        assert answer.status_code == 404
        assert answer.json()["error"]["type"] == "not_found"
