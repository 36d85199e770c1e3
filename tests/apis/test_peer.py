"""How failures are told: where, what was asked, what came, and what to do."""

import pytest

from importer.apis.client import Exchange, Loss, Lost, Request
from importer.apis.decisions import decide
from importer.apis.peer import End, Peer, describe
from importer.apis.situations import Situation, Use
from importer.model.failure import CredentialsRefused, ServiceUnavailable

PEER = Peer(
    title="Cula",
    base_url="https://api.demo.cula.earth/tracking/v1",
    remedy="Check the secret.",
    request_id="cula-request-id",
)


def told(outcome, *, attempts=1, query=""):
    row = decide(Situation(use=Use.READ, outcome=outcome))
    request = Request(method="GET", url=f"{PEER.base_url}/sites{query}")
    return describe(PEER, End(request=request, outcome=outcome, row=row, attempts=attempts))


@pytest.mark.parametrize(
    ("outcome", "failure", "text", "remedy"),
    [
        (
            Exchange(status=403, text="no", headers={"cula-request-id": "req_1"}),
            CredentialsRefused,
            "the credentials are not allowed to do this for this organisation: HTTP 403, no "
            "(request req_1)",
            "Check the secret.",
        ),
        (
            Exchange(status=302),
            ServiceUnavailable,
            "a redirect, which is not followed: HTTP 302, no explanation",
            "Check the service's address and the ids",
        ),
        (
            Lost(loss=Loss.UNTRUSTED, sent=False, words="self-signed certificate"),
            ServiceUnavailable,
            "the request cannot be written down as HTTP, or the server is not trusted: "
            "self-signed certificate",
            "SSL_CERT_FILE",
        ),
        (
            Lost(loss=Loss.NOT_CONNECTED, sent=False, words="refused"),
            ServiceUnavailable,
            "there was no connection: refused",
            "run the same command again",
        ),
    ],
)
def test_failures(outcome, failure, text, remedy):
    raised = told(outcome)
    assert type(raised) is failure
    assert str(raised) == f"Cula (api.demo.cula.earth), GET /tracking/v1/sites: {text}"
    assert remedy in raised.remedy


def test_what_was_asked_is_told_with_its_query_and_cut():
    asked = "?supplier_reference_id=" + "a" * 1_000
    text = str(told(Lost(loss=Loss.TOO_LATE, sent=True, words="late"), attempts=6, query=asked))
    assert "GET /tracking/v1/sites?supplier_reference_id=aaa" in text
    assert text.endswith("aaa, tried 6 times: the answer was lost: late")
    assert len(text) < 400
