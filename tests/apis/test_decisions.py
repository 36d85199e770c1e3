"""The answer table, row by row: what came back for which use, and what is done about it."""

import pytest

from importer.apis.client import Exchange, Loss, Lost
from importer.apis.decisions import TABLE, Decision, decide
from importer.apis.situations import Situation, Use
from importer.model.failure import CredentialsRefused, ServiceUnavailable

RECORD = {"id": "eml_1", "external_id": "A"}
MISSING_HEADER = {"error": {"code": "missing_header", "param": "Cula-Organisation-Id"}}
NOT_FOUND = {"detail": "Could not find 'Source' with IDs 'src_1'"}
BAD_PATH = {"detail": [{"loc": ["path", "id"], "msg": "too short", "type": "string_too_short"}]}
BAD_BOTH = {"detail": [*BAD_PATH["detail"], {"loc": ["query", "first"], "msg": "?", "type": "?"}]}
BAD_BODY = {"detail": [{"loc": ["body", "type"], "msg": "?", "type": "enum"}]}

A, R, N = Decision.ACCEPT, Decision.REJECT, Decision.ABSENT
W, P, L = Decision.WAIT, Decision.REPEAT, Decision.LOOK_UP
T, S = Decision.RENEW, Decision.STOP

# What came back; then what is done for a read, a token, a create, a change.
ANSWERS = [
    (200, RECORD, A, A, A, A),
    (201, RECORD, A, A, A, A),
    (200, {"name": "no id"}, A, A, L, A),
    (200, {"id": 5}, A, A, L, A),
    (200, {"id": ""}, A, A, L, A),
    (200, {"id": "eml_1", "external_id": "B"}, A, A, L, L),
    (200, {"id": "dtp_1", "supplier_reference_id": "B"}, A, A, A, A),
    (200, [RECORD], A, A, L, L),
    (200, "https://signed.example/", P, P, L, L),
    (200, None, P, P, L, L),
    (202, None, P, P, L, L),
    (204, None, P, P, L, L),
    (301, None, S, S, L, L),
    (302, None, S, S, L, L),
    (308, RECORD, S, S, L, L),
    (400, MISSING_HEADER, S, S, S, S),
    (400, NOT_FOUND, N, S, R, R),
    (400, {"detail": "Measured at date cannot be in the future"}, R, S, R, R),
    (400, {"error": "invalid_client"}, R, S, R, R),
    (400, None, R, S, R, R),
    (401, None, T, S, T, T),
    (403, None, S, S, S, S),
    (404, None, N, R, R, R),
    (405, None, R, R, R, R),
    (408, None, W, W, L, L),
    (409, {"error": {"code": "external_id_in_use"}}, R, R, R, R),
    (410, None, N, R, R, R),
    (413, None, R, R, R, R),
    (418, None, R, R, R, R),
    (422, BAD_PATH, N, R, R, R),
    (422, BAD_BOTH, R, R, R, R),
    (422, BAD_BODY, R, R, R, R),
    (422, {"detail": []}, R, R, R, R),
    (422, {"detail": [{"loc": "path"}, 5, None]}, R, R, R, R),
    (425, None, W, W, L, L),
    (429, None, W, W, W, W),
    (500, None, P, P, L, L),
    (501, None, P, P, L, L),
    (502, "<html>", P, P, L, L),
    (503, RECORD, P, P, L, L),
    (504, None, P, P, L, L),
    (599, None, P, P, L, L),
    (600, RECORD, S, S, L, L),
    (999, None, S, S, L, L),
]

LOSSES = [
    (Loss.UNUSABLE, False, S, S, S, S),
    (Loss.UNTRUSTED, False, S, S, S, S),
    (Loss.NOT_CONNECTED, False, P, P, P, P),
    (Loss.TOO_LATE, True, P, P, L, L),
    (Loss.TOO_LARGE, True, S, S, L, L),
    (Loss.BROKEN_OFF, True, P, P, L, L),
]

USES = (Use.READ, Use.TOKEN, Use.CREATE, Use.CHANGE)
CASES = [
    *(
        pytest.param(
            Exchange(status=status, json=json), use, decision, id=f"{use.value} {status} {json}"
        )
        for status, json, *decisions in ANSWERS
        for use, decision in zip(USES, decisions, strict=True)
    ),
    *(
        pytest.param(
            Lost(loss=loss, sent=sent, words="…"), use, decision, id=f"{use.value} {loss.name}"
        )
        for loss, sent, *decisions in LOSSES
        for use, decision in zip(USES, decisions, strict=True)
    ),
]


@pytest.mark.parametrize(("outcome", "use", "decision"), CASES)
def test_the_table(outcome, use, decision):
    renewable = use is not Use.TOKEN
    situation = Situation(use=use, outcome=outcome, renewable=renewable, body={"external_id": "A"})
    assert decide(situation).decision is decision


@pytest.mark.parametrize("use", USES)
def test_a_token_is_renewed_once(use):
    situation = Situation(use=use, outcome=Exchange(status=401), renewable=False)
    assert decide(situation).decision is Decision.STOP


@pytest.mark.parametrize(
    ("status", "json", "failure"),
    [
        (401, None, CredentialsRefused),
        (403, None, CredentialsRefused),
        (400, MISSING_HEADER, CredentialsRefused),
        (302, None, ServiceUnavailable),
        (999, None, ServiceUnavailable),
    ],
)
def test_who_is_to_blame_for_a_stop(status, json, failure):
    outcome = Exchange(status=status, json=json)
    row = decide(Situation(use=Use.READ, outcome=outcome))
    assert (row.decision, row.failure) == (Decision.STOP, failure)


@pytest.mark.parametrize("use", USES)
def test_every_status_has_a_row(use):
    for status in range(1000):
        assert decide(Situation(use=use, outcome=Exchange(status=status)))


@pytest.mark.parametrize("use", [Use.CREATE, Use.CHANGE])
def test_a_write_is_repeated_only_when_it_surely_had_no_effect(use):
    repeated = {
        row.when
        for row in TABLE
        if use in row.uses and row.decision in (Decision.WAIT, Decision.REPEAT, Decision.RENEW)
    }
    assert repeated == {
        "there was no connection",
        "the token is not valid any more",
        "too many requests",
    }


def test_every_row_says_why():
    assert all(row.when and row.source for row in TABLE)
