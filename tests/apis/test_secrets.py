"""Secrets: whatever goes wrong, they are in no text of ours."""

import logging

import pytest

from importer.apis.cula import CulaService
from importer.apis.isometric import IsometricService
from importer.model.failure import ImporterError
from importer.model.ports import Call
from tests.apis.conftest import Stage
from tests.apis.scripted import Raw, Reply

SECRETS = (
    "cula-client-secret",
    "Y2xpZW50LW9mLW91cnM6Y3VsYS1jbGllbnQtc2VjcmV0",
    "token-number-1",
    "isometric-client-secret",
    "isometric-access-token",
)
EVERYTHING = " ".join(SECRETS)

FAILURES = [
    Reply(status=status, body=body)
    for status in (302, 400, 401, 403, 404, 409, 422, 429, 500)
    for body in (
        f"your headers were: {EVERYTHING}",
        {"detail": EVERYTHING},
        {"detail": [{"loc": ["header", EVERYTHING], "msg": EVERYTHING}]},
        {"error": {"code": "missing_header", "param": EVERYTHING, "message": EVERYTHING}},
    )
] + [Raw(), Raw(parts_=[EVERYTHING.encode()])]

CALL = Call(method="POST", path="/datapoints", body={"external_id": "A"})


def told(stage: Stage) -> str:
    """Everything that a service says about a write that went wrong."""
    try:
        return repr(stage.service.send(CALL))
    except ImporterError as failure:
        return f"{failure!r} {failure} {failure.remedy} {failure.__context__!r}"


@pytest.mark.parametrize("reply", FAILURES)
def test_a_server_that_repeats_our_headers(
    cula: Stage[CulaService], isometric: Stage[IsometricService], reply
):
    token = Reply(body={"access_token": "token-number-1", "expires_in": 300})
    cula.server.tokens.extend([token, token])
    cula.server.script(always=reply)
    text = told(cula)
    assert "token-number-1" not in text
    text = told(isometric)
    assert "isometric-client-secret" not in text
    assert "isometric-access-token" not in text


def test_a_token_address_that_repeats_our_headers(cula: Stage[CulaService]):
    cula.server.tokens.append(Reply(status=401, body=EVERYTHING))
    text = told(cula)
    assert "cula-client-secret" not in text
    assert "Y2xpZW50" not in text


@pytest.mark.parametrize("name", ["cula", "isometric"])
def test_nothing_prints_them(name, request):
    stage = request.getfixturevalue(name)
    settings = request.getfixturevalue(f"{name}_settings")
    stage.server.script(Reply())
    stage.service.fetch("/x")
    text = repr(settings) + str(settings) + repr(stage.service) + repr(vars(stage.service))
    assert not [each for each in SECRETS if each in text]


def test_logs_do_not_hold_them(cula: Stage[CulaService], caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    cula.server.script(Reply(status=500), Reply())
    cula.service.fetch("/x")
    assert caplog.records
    assert not [each for each in SECRETS if each in caplog.text]


def test_a_number_of_the_request_that_repeats_the_token(cula: Stage[CulaService]):
    token = Reply(body={"access_token": "token-number-1", "expires_in": 300})
    cula.server.tokens.extend([token, token])
    cula.server.script(always=Reply(status=422, headers={"Cula-Request-Id": "token-number-1"}))
    assert "token-number-1" not in told(cula)


@pytest.mark.parametrize(
    "address", ["https://s.example/a?sig=abc", r"https:\/\/s.example\/a?x=1\u0026sig=abc"]
)
def test_a_refusal_that_repeats_a_signed_address(isometric: Stage[IsometricService], address: str):
    isometric.server.script(always=Reply(status=422, body=f'{{"detail": "see {address} there"}}'))
    text = told(isometric)
    assert "s.example/a?***" in text
    assert "sig" not in text
