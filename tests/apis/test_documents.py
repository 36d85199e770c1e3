"""Documents on their way to a service: as a form, or to an address that it gives out."""

import json
import logging
from email import message_from_bytes
from email.message import Message
from urllib.parse import urlsplit

import pytest

from importer.apis.cula import CulaService
from importer.apis.isometric import IsometricService
from importer.apis.storage import read_place
from importer.model.failure import CredentialsRefused, ImporterError, ServiceUnavailable
from importer.model.ports import Call, Refusal, Upload, Verdict
from tests.apis.conftest import Stage
from tests.apis.scripted import Raw, Received, Reply

Cula = Stage[CulaService]
Isometric = Stage[IsometricService]

INVOICE = Upload(name="invoice 2026-10.pdf", content_type="application/pdf", content=b"%PDF\r\n\0")
FILE = {"id": "fil_1", "file_name": "invoice 2026-10.pdf", "file_size_bytes": 7}

SIGNATURE = "2Fhidden%2Bsignature%3D"
HIDDEN = "/bucket-of-ours/hidden%20object/a//b"
QUERY = f"X-Goog-Expires=300&X-Goog-Signature={SIGNATURE}&x=~'()"

RENEW = "/sources/src_1/signed_upload_url"
SIZE = {"content_type": "application/pdf", "content_length": 7}


def address_at(stage: Isometric) -> str:
    return f"{stage.server.url}{HIDDEN}?{QUERY}"


def read_parts(request: Received) -> dict[str, Message]:
    """The parts of a multipart body by name, as the standard library reads them."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(head + request.body).get_payload()
    return {str(each.get_param("name", header="content-disposition")): each for each in parts}


# A form, as Cula takes files.


def test_a_file_is_sent_as_a_form(cula: Cula):
    cula.server.script(Reply(status=201, body=FILE, headers={"Cula-Request-Id": "req_1"}))
    answer = cula.service.send_document("/files", INVOICE, {"site": "ste_1"})
    assert (answer.verdict, answer.status, answer.body) == (Verdict.ACCEPTED, 201, FILE)
    assert answer.request_id == "req_1"
    [request] = cula.server.requests
    assert (request.method, request.target) == ("POST", "/tracking/v1/files")
    assert request.headers["authorization"] == "Bearer token-number-1"
    assert request.headers["cula-organisation-id"] == "org_01"
    assert request.headers["content-length"] == str(len(request.body))
    assert "transfer-encoding" not in request.headers
    parts = read_parts(request)
    assert sorted(parts) == ["file", "site"]
    assert parts["site"].get_payload() == "ste_1"
    assert parts["file"].get_content_type() == "application/pdf"
    assert parts["file"].get_filename() == "invoice 2026-10.pdf"
    assert parts["file"].get_payload(decode=True) == INVOICE.content


@pytest.mark.parametrize("name", ['a"b.pdf', "a\r\nb.pdf", "Rechnung ü.pdf", "a;b=c.pdf"])
def test_a_name_stays_within_its_part(cula: Cula, name):
    cula.server.script(Reply(status=201, body=FILE))
    upload = Upload(name=name, content_type="text/csv", content=b"a,b")
    cula.service.send_document("/files", upload, {"site": "ste_1"})
    parts = read_parts(cula.server.requests[0])
    assert sorted(parts) == ["file", "site"]
    assert parts["file"].get_payload(decode=True) == b"a,b"


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (Reply(status=500), 500),
        (Reply(status=201, body={"file_name": "no id"}), 201),
        (Reply(status=201, body=""), 201),
        (Reply(status=408), 408),
        (Reply(status=302), 302),
        (Raw(), 0),
    ],
)
def test_a_doubtful_file_is_sent_once(cula: Cula, reply, status):
    cula.server.script(reply)
    answer = cula.service.send_document("/files", INVOICE, {"site": "ste_1"})
    assert (answer.verdict, answer.status, answer.body) == (Verdict.UNKNOWN, status, {})
    assert len(cula.server.requests) == 1


def test_a_file_is_sent_again_while_it_surely_did_not_arrive(cula: Cula):
    cula.server.script(Reply(status=429), Reply(status=401), Reply(status=201, body=FILE))
    answer = cula.service.send_document("/files", INVOICE, {"site": "ste_1"})
    assert answer.verdict is Verdict.ACCEPTED
    assert len({read_parts(each)["file"].as_bytes() for each in cula.server.requests}) == 1


@pytest.mark.parametrize("status", [400, 404, 413, 422])
def test_a_file_is_refused_in_the_services_words(cula: Cula, status):
    error = {"param": "file", "message": "is above 30 MiB"}
    cula.server.script(Reply(status=status, body={"error": error}))
    answer = cula.service.send_document("/files", INVOICE, {"site": "ste_1"})
    assert (answer.verdict, answer.status) == (Verdict.REFUSED, status)
    assert answer.refusals == (Refusal(member="file", words="is above 30 MiB"),)


# A record in a member of the answer, as Isometric answers for sources.

SOURCE = {"id": "src_1", "supplier_reference_id": "INVOICE"}
CREATE = Call(
    method="POST", path="/sources", body={"supplier_reference_id": "INVOICE"}, record="source"
)


def test_a_record_in_a_member_is_the_answer_and_the_address_beside_it_is_not(isometric: Isometric):
    isometric.server.script(
        Reply(body={"signed_upload_url": address_at(isometric), "source": SOURCE})
    )
    answer = isometric.service.send(CREATE)
    assert (answer.verdict, answer.body) == (Verdict.ACCEPTED, SOURCE)
    assert "hidden" not in repr(answer)


@pytest.mark.parametrize(
    "document",
    [
        {"source": {"supplier_reference_id": "INVOICE"}},
        {"source": {**SOURCE, "supplier_reference_id": "OTHER"}},
        {"source": None},
        SOURCE,
    ],
)
def test_a_record_that_is_not_there_leaves_the_write_in_doubt(isometric: Isometric, document):
    body = {**document, "signed_upload_url": address_at(isometric)}
    isometric.server.script(Reply(body=body))
    answer = isometric.service.send(CREATE)
    assert (answer.verdict, answer.body) == (Verdict.UNKNOWN, {})
    assert "hidden" not in repr(answer)
    assert len(isometric.server.requests) == 1


def test_a_cut_answer_does_not_tell_the_address(isometric: Isometric):
    isometric.server.script(Reply(body=f'{{"signed_upload_url": "{address_at(isometric)}'))
    answer = isometric.service.send(CREATE)
    assert answer.verdict is Verdict.UNKNOWN
    assert "hidden" not in repr(answer)


# An address for the bytes.


def test_an_address_is_fetched(isometric: Isometric):
    address = address_at(isometric)
    isometric.server.script(Reply(body=json.dumps(address)))
    assert isometric.service.fetch_address(RENEW, SIZE) == address
    [request] = isometric.server.requests
    assert (request.method, request.target) == ("POST", f"/mrv/v0{RENEW}")
    assert json.loads(request.body) == SIZE
    assert request.headers["x-client-secret"] == "isometric-client-secret"


def test_no_address_is_given_once_the_document_has_arrived(isometric: Isometric):
    isometric.server.script(Reply(status=409, body={"detail": "already uploaded"}))
    assert isometric.service.fetch_address(RENEW, SIZE) is None


def test_asking_for_an_address_is_repeated(isometric: Isometric):
    isometric.server.script(
        Reply(status=503), Raw(), Reply(body='"https://cut'), Reply(status=429), Reply(body='"u"')
    )
    assert isometric.service.fetch_address(RENEW, SIZE) == "u"
    assert len(isometric.time.pauses) == 4


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=404, body={"detail": "Could not find 'Source'"}), "HTTP 404, Could not find"),
        (Reply(status=400, body={"detail": "Could not find 'Source'"}), "HTTP 400, Could not find"),
        (Reply(status=410), "HTTP 410"),
        (
            Reply(status=422, body={"detail": [{"loc": ["path", "id"], "msg": "too short"}]}),
            "HTTP 422, path.id: too short",
        ),
        (Reply(status=500), "tried 6 times: a failure of the service: HTTP 500"),
        (Reply(status=302), "a redirect, which is not followed"),
    ],
)
def test_other_refusals_of_an_address_are_failures(isometric: Isometric, reply, words):
    isometric.server.script(always=reply)
    with pytest.raises(ServiceUnavailable, match=words) as failure:
        isometric.service.fetch_address(RENEW, SIZE)
    assert failure.value.remedy


@pytest.mark.parametrize("body", ["{}", "[]", '""', '{"signed_upload_url": "https://hidden/"}'])
def test_what_is_no_address_is_not_understood(isometric: Isometric, body):
    isometric.server.script(Reply(body=body))
    with pytest.raises(ServiceUnavailable, match="something else than an address") as failure:
        isometric.service.fetch_address(RENEW, SIZE)
    assert "hidden" not in str(failure.value)


@pytest.mark.parametrize("status", [401, 403])
def test_credentials_that_open_no_address(isometric: Isometric, status):
    isometric.server.script(Reply(status=status))
    with pytest.raises(CredentialsRefused):
        isometric.service.fetch_address(RENEW, SIZE)


def test_an_address_that_cannot_be_read_is_not_told(isometric: Isometric):
    isometric.server.script(always=Reply(body=address_at(isometric)))
    with pytest.raises(ServiceUnavailable, match="tried 6 times") as failure:
        isometric.service.fetch_address(RENEW, SIZE)
    assert "hidden" not in str(failure.value) + repr(failure.value.__context__)


# The bytes.


def test_bytes_are_put_without_credentials_and_letter_by_letter(isometric: Isometric):
    isometric.server.script(Reply())
    answer = isometric.service.put_document(address_at(isometric), INVOICE)
    assert (answer.verdict, answer.status, answer.refusals) == (Verdict.ACCEPTED, 200, ())
    [request] = isometric.server.requests
    assert (request.method, request.target) == ("PUT", f"{HIDDEN}?{QUERY}")
    assert request.body == INVOICE.content
    assert request.headers["content-length"] == "7"
    assert request.headers["content-type"] == "application/pdf"
    assert request.headers["host"] == urlsplit(isometric.server.url).netloc
    assert not {"transfer-encoding", "authorization", "x-client-secret", "cookie"} & set(
        request.headers
    )


def test_culas_credentials_do_not_go_there_either(cula: Cula):
    cula.server.script(Reply())
    cula.service.put_document(f"{cula.server.url}/x", INVOICE)
    [request] = cula.server.requests
    assert cula.server.token_requests == []
    assert not {"authorization", "cula-organisation-id"} & set(request.headers)


def test_an_empty_document_says_its_length(isometric: Isometric):
    isometric.server.script(Reply())
    upload = Upload(name="a.txt", content_type="text/plain", content=b"")
    isometric.service.put_document(address_at(isometric), upload)
    assert isometric.server.requests[0].headers["content-length"] == "0"


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, ""), (200, "<ok/>"), (201, {"detail": "x"}), (204, ""), (206, b"\xff"), (299, [1])],
)
def test_any_success_counts(isometric: Isometric, status, body):
    isometric.server.script(Reply(status=status, body=body))
    answer = isometric.service.put_document(address_at(isometric), INVOICE)
    assert (answer.verdict, answer.status, answer.body) == (Verdict.ACCEPTED, status, {})


EXPIRED = (
    "<Error><Code>ExpiredToken</Code><Message>The token has expired.</Message>"
    f"<StringToSign>{HIDDEN}</StringToSign></Error>"
)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 411, 413, 422])
def test_a_refusal_has_words(isometric: Isometric, status):
    isometric.server.script(Reply(status=status, body=EXPIRED))
    answer = isometric.service.put_document(address_at(isometric), INVOICE)
    assert (answer.verdict, answer.status, answer.body) == (Verdict.REFUSED, status, {})
    [refusal] = answer.refusals
    host = urlsplit(isometric.server.url).netloc
    assert refusal.words == f"{host}: ExpiredToken: The token has expired."
    assert len(isometric.server.requests) == 1


def test_bytes_are_put_again_until_they_have_arrived(isometric: Isometric):
    isometric.server.script(Reply(status=503), Raw(), Reply(status=408), Reply(status=201))
    answer = isometric.service.put_document(address_at(isometric), INVOICE)
    assert answer.verdict is Verdict.ACCEPTED
    assert {each.body for each in isometric.server.requests} == {INVOICE.content}
    assert isometric.time.pauses == [0.5, 1.0, 4.25]


@pytest.mark.parametrize(
    ("reply", "times", "words"),
    [
        (Reply(status=500, body="oops"), 6, "a failure of the service: HTTP 500, oops"),
        (Raw(), 6, "the answer was lost: the connection broke off"),
        (Reply(status=429), 8, "too many requests: HTTP 429, {}"),
        (Reply(status=307), 1, "a redirect, which is not followed: HTTP 307, {}"),
        (Reply(status=999), 1, "a status that does not exist: HTTP 999, {}"),
    ],
)
def test_but_not_for_ever(isometric: Isometric, reply, times, words):
    isometric.server.script(always=reply)
    answer = isometric.service.put_document(address_at(isometric), INVOICE)
    assert (answer.verdict, answer.body) == (Verdict.UNKNOWN, {})
    assert answer.refusals[0].words == f"{urlsplit(isometric.server.url).netloc}: {words}"
    assert len(isometric.server.requests) == times


def test_a_redirect_is_not_followed(isometric: Isometric):
    elsewhere = {"Location": f"{isometric.server.url}/elsewhere"}
    isometric.server.script(Reply(status=307, headers=elsewhere), Reply())
    isometric.service.put_document(address_at(isometric), INVOICE)
    assert [urlsplit(each.target).path for each in isometric.server.requests] == [HIDDEN]


def test_nobody_there_is_a_doubt_and_no_failure(isometric: Isometric):
    answer = isometric.service.put_document("http://127.0.0.1:1/hidden", INVOICE)
    assert (answer.verdict, answer.status) == (Verdict.UNKNOWN, 0)
    assert answer.refusals[0].words.startswith("127.0.0.1:1: there was no connection")
    assert len(isometric.time.pauses) == 5


def test_a_storage_that_asks_for_patience_does_not_hold_the_service(isometric: Isometric):
    isometric.server.script(
        Reply(status=429, headers={"Retry-After": "60"}), Reply(), Reply(body={"id": "org_1"})
    )
    isometric.service.put_document(address_at(isometric), INVOICE)
    assert isometric.time.pauses == [60.25]
    isometric.time.seconds -= 60.25
    isometric.service.fetch_organisation()
    assert isometric.time.pauses == [60.25]


@pytest.mark.parametrize(
    "address",
    [
        "http://storage.example.com/hidden",
        "http://127.0.0.1.example.com/hidden",
        "http://10.0.0.1/hidden",
        "ftp://127.0.0.1/hidden",
        "file:///hidden",
        "//127.0.0.1/hidden",
        "https:///hidden",
        "https://user:hidden@storage.example.com/",
        "https://storage.example.com/hidden name",
        "https://storage.example.com/hidden\r\nx: y",
        "https://storage.example.com:port/hidden",
        "https://störage.example.com/hidden",
        "hidden",
        "",
    ],
)
def test_an_address_that_is_not_encrypted_gets_nothing(isometric: Isometric, address):
    answer = isometric.service.put_document(address, INVOICE)
    assert (answer.verdict, answer.status) == (Verdict.REFUSED, 0)
    assert "no encrypted address (https)" in answer.refusals[0].words
    assert "hidden" not in repr(answer)


def test_the_parts_of_an_address():
    place = read_place("https://storage.example.com:8443?Signature=a%2Fb#part")
    assert (place.url, place.target) == ("https://storage.example.com:8443/", "/?Signature=a%2Fb")
    assert "Signature" not in repr(place)


EVERYTHING = f"{HIDDEN} {HIDDEN}?{QUERY} {QUERY} {SIGNATURE} 2Fhidden+signature= /hidden object/"
TOLD = [
    Reply(status=status, body=body)
    for status in (200, 302, 400, 403, 500)
    for body in (
        EVERYTHING,
        {"detail": EVERYTHING},
        json.dumps({"detail": "2Fhidden+signature="}).replace("+", "\\u002b"),
        f"<Error><Code>{EVERYTHING}</Code></Error>".replace("&", "&amp;"),
    )
]


@pytest.mark.parametrize("reply", TOLD)
def test_an_address_is_in_no_text_of_ours(isometric: Isometric, caplog, reply):
    caplog.set_level(logging.DEBUG)
    isometric.server.script(always=reply)
    try:
        text = repr(isometric.service.put_document(address_at(isometric), INVOICE))
    except ImporterError as failure:
        text = repr(failure)
    assert caplog.records
    for secret in (HIDDEN, QUERY, SIGNATURE, "hidden+signature"):
        assert secret not in text + caplog.text


def test_nor_is_the_beginning_of_one_where_words_are_cut(isometric: Isometric):
    isometric.server.script(Reply(status=403, body="." * 480 + SIGNATURE))
    answer = isometric.service.put_document(address_at(isometric), INVOICE)
    assert answer.refusals[0].words.endswith("..***")


def test_a_document_does_not_print():
    assert "PDF" not in repr(INVOICE)
