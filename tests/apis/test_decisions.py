"""The answer table, row by row: what came back for which use, and what is done about it."""

import pytest

from importer.apis.client import Exchange, Loss, Lost
from importer.apis.decisions import TABLE, decide
from importer.apis.rows import Decision
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

# What came back; then what is done for a read, a token, a create, a change, an address, a
# document that is sent, and one that is read.
ANSWERS = [
    (200, RECORD, A, A, A, A, A, A, A),
    (201, RECORD, A, A, A, A, A, A, A),
    (200, {"name": "no id"}, A, A, L, A, A, A, A),
    (200, {"id": 5}, A, A, L, A, A, A, A),
    (200, {"id": ""}, A, A, L, A, A, A, A),
    (200, {"id": "eml_1", "external_id": "B"}, A, A, L, L, A, A, A),
    (200, {"id": "dtp_1", "supplier_reference_id": "B"}, A, A, A, A, A, A, A),
    (200, [RECORD], A, A, L, L, A, A, A),
    (200, "https://signed.example/", P, P, L, L, A, A, A),
    (200, None, P, P, L, L, P, A, A),
    (202, None, P, P, L, L, P, A, A),
    (204, None, P, P, L, L, P, A, A),
    (301, None, S, S, L, L, S, S, S),
    (302, None, S, S, L, L, S, S, S),
    (308, RECORD, S, S, L, L, S, S, S),
    (400, MISSING_HEADER, S, S, S, S, S, R, S),
    (400, NOT_FOUND, N, S, R, R, R, R, R),
    (400, {"detail": "Measured at date cannot be in the future"}, R, S, R, R, R, R, R),
    (400, {"error": "invalid_client"}, R, S, R, R, R, R, R),
    (400, None, R, S, R, R, R, R, R),
    (401, None, T, S, T, T, T, R, T),
    (403, None, S, S, S, S, S, R, R),
    (404, None, N, R, R, R, R, R, N),
    (405, None, R, R, R, R, R, R, R),
    (408, None, W, W, L, L, W, W, W),
    (409, {"error": {"code": "external_id_in_use"}}, R, R, R, R, N, R, R),
    (410, None, N, R, R, R, R, R, N),
    (413, None, R, R, R, R, R, R, R),
    (418, None, R, R, R, R, R, R, R),
    (422, BAD_PATH, N, R, R, R, R, R, R),
    (422, BAD_BOTH, R, R, R, R, R, R, R),
    (422, BAD_BODY, R, R, R, R, R, R, R),
    (422, {"detail": []}, R, R, R, R, R, R, R),
    (422, {"detail": [{"loc": "path"}, 5, None]}, R, R, R, R, R, R, R),
    (425, None, W, W, L, L, W, W, W),
    (429, None, W, W, W, W, W, W, W),
    (500, None, P, P, L, L, P, P, P),
    (501, None, P, P, L, L, P, P, P),
    (502, "<html>", P, P, L, L, P, P, P),
    (503, RECORD, P, P, L, L, P, P, P),
    (504, None, P, P, L, L, P, P, P),
    (599, None, P, P, L, L, P, P, P),
    (600, RECORD, S, S, L, L, S, S, S),
    (999, None, S, S, L, L, S, S, S),
]

LOSSES = [
    (Loss.UNUSABLE, False, S, S, S, S, S, S, S),
    (Loss.UNTRUSTED, False, S, S, S, S, S, S, S),
    (Loss.NOT_CONNECTED, False, P, P, P, P, P, P, P),
    (Loss.TOO_LATE, True, P, P, L, L, P, S, P),
    (Loss.TOO_LARGE, True, S, S, L, L, S, S, S),
    (Loss.BROKEN_OFF, True, P, P, L, L, P, P, P),
]

USES = (
    Use.READ,
    Use.TOKEN,
    Use.CREATE,
    Use.CHANGE,
    Use.ADDRESS,
    Use.DOCUMENT,
    Use.DOWNLOAD,
)
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
    renewable = use not in (Use.TOKEN, Use.DOCUMENT)
    situation = Situation(use=use, outcome=outcome, renewable=renewable, body={"external_id": "A"})
    assert decide(situation).decision is decision


@pytest.mark.parametrize("use", [each for each in USES if each is not Use.DOCUMENT])
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


@pytest.mark.parametrize(
    ("document", "decision"),
    [
        ({"source": {**RECORD, "id": "src_1"}, "signed_upload_url": "https://x/"}, A),
        ({"source": {"id": "src_1", "external_id": "B"}}, L),
        ({"source": {"name": "no id"}, "id": "src_1"}, L),
        ({"source": {"id": ""}}, L),
        ({"source": [RECORD]}, L),
        ({"source": None}, L),
        (RECORD, L),
        ([RECORD], L),
        ("src_1", L),
    ],
)
def test_a_record_that_lies_in_a_member_of_the_answer(document, decision):
    outcome = Exchange(status=200, json=document)
    now = Situation(use=Use.CREATE, outcome=outcome, body={"external_id": "A"}, record="source")
    assert decide(now).decision is decision


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
