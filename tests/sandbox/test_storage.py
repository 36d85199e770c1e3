"""The storage behind signed addresses: what an address takes, from whom, and for how long."""

import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from importer.sandbox.faults import Fault
from importer.sandbox.isometric.kinds import SOURCE
from importer.sandbox.switches import Switches

TICKETS = b"%PDF-1.7 weighbridge tickets of October"
PDF = {"Content-Type": "application/pdf"}


@pytest.fixture
def url(announced):
    return announced["signed_upload_url"]


@pytest.fixture
def download_url(isometric, source_id):
    """Where the document can be had; it has been sent."""
    return isometric.get(f"/sources/{source_id}/private_url").json()


@pytest.fixture
def is_there(isometric, announced):
    """Whether the service has the document, asked as a client has to ask it."""

    def ask():
        body = {"content_type": "application/pdf", "content_length": len(TICKETS)}
        path = f"/sources/{announced['source']['id']}/signed_upload_url"
        return {200: False, 409: True}[isometric.post(path, body).status_code]

    return ask


def refuse(answer):
    """Status and code of a refusal; it is the XML of an object store and no API's JSON."""
    assert answer.headers["content-type"] == "application/xml"
    return answer.status_code, answer.text.partition("<Code>")[2].partition("</Code>")[0]


def test_the_announced_document_is_taken_without_credentials(upload, url, is_there):
    assert not is_there()
    answer = upload(url)
    assert (answer.status_code, answer.content) == (200, b"")
    assert is_there()


@pytest.mark.parametrize("switches", [Switches(upload_status=204)], indirect=True)
def test_a_success_may_have_another_status(upload, url, is_there):
    assert upload(url).status_code == 204
    assert is_there()


@pytest.mark.parametrize("name", ["Authorization", "X-Client-Secret", "Cula-Organisation-Id"])
def test_credentials_of_a_service_are_refused_loudly(http, url, is_there, name):
    answer = http.put(url, content=TICKETS, headers={**PDF, name: "sandbox"})
    assert refuse(answer) == (400, "InvalidArgument")
    assert name in answer.text
    assert "sandbox" not in answer.text
    assert not is_there()


def test_a_download_refuses_credentials_as_well(http, isometric, download_url):
    leaky = http.get(download_url, headers=isometric.headers)
    assert refuse(leaky) == (400, "InvalidArgument")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/pdf; charset=utf-8", "APPLICATION/PDF"]
)
def test_another_type_than_announced_is_403(upload, url, is_there, content_type):
    answer = upload(url, content_type=content_type)
    assert refuse(answer) == (403, "SignatureDoesNotMatch")
    assert not is_there()


def test_no_type_is_403(http, url, is_there):
    assert refuse(http.put(url, content=TICKETS)) == (403, "SignatureDoesNotMatch")
    assert not is_there()


@pytest.mark.parametrize(
    ("content", "code"),
    [(TICKETS[:-1], "EntityTooSmall"), (b"", "EntityTooSmall"), (TICKETS + b".", "EntityTooLarge")],
)
def test_another_length_than_announced_is_400(upload, url, is_there, content, code):
    assert refuse(upload(url, content)) == (400, code)
    assert not is_there()


def test_chunks_without_a_length_are_411(http, url, is_there):
    chunks = iter([TICKETS[:10], TICKETS[10:]])
    assert refuse(http.put(url, content=chunks, headers=PDF)) == (411, "MissingContentLength")
    assert not is_there()


def test_an_address_ends_after_300_seconds(upload, url, clock, is_there):
    clock.advance(300)
    assert refuse(upload(url)) == (403, "ExpiredToken")
    assert not is_there()


def test_an_address_lives_until_then(upload, url, clock, is_there):
    clock.advance(299)
    assert upload(url).status_code == 200
    assert is_there()


@pytest.mark.parametrize("switches", [Switches(signed_address_seconds=10)], indirect=True)
def test_an_address_may_end_sooner(upload, url, clock):
    clock.advance(10)
    assert upload(url).status_code == 403


def test_a_fresh_address_follows_one_that_has_ended(isometric, announced, upload, url, clock):
    clock.advance(300)
    assert upload(url).status_code == 403
    body = {"content_type": "application/pdf", "content_length": len(TICKETS)}
    fresh = isometric.post(f"/sources/{announced['source']['id']}/signed_upload_url", body).json()
    assert upload(fresh).status_code == 200


def test_a_download_ends_after_300_seconds(http, download_url, clock):
    assert http.get(download_url).status_code == 200
    clock.advance(300)
    assert refuse(http.get(download_url)) == (403, "ExpiredToken")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("content_length=39", "content_length=40"),
        ("content_length=39", "content_length=many"),
        ("content_type=application%2Fpdf", "content_type=text%2Fplain"),
        ("expires=1", "expires=2"),
        ("signature=", "signature=0"),
        ("signature=", "signature=é"),
        ("signature=", "name="),
        ("sources/src_", "sources/src_X"),
    ],
)
def test_an_address_that_was_changed_is_none(upload, url, is_there, old, new):
    assert old in url
    assert refuse(upload(url.replace(old, new))) == (403, "SignatureDoesNotMatch")
    assert not is_there()


def test_an_address_for_uploads_is_none_for_downloads(http, upload, url, download_url):
    assert http.get(url).status_code == 403
    assert upload(download_url).status_code == 403


def test_an_address_of_before_a_reset_is_none(control, upload, url):
    control.post("/reset", None)
    assert refuse(upload(url)) == (403, "SignatureDoesNotMatch")


def test_reset_forgets_the_documents(sandbox, isometric, tickets, upload, url):
    upload(url)
    sandbox.reset()
    assert isometric.get("/sources").json()["nodes"] == []
    assert sandbox.store.blobs.find(SOURCE, urlsplit(url).path.rpartition("/")[2]) is None
    made = isometric.post("/sources", tickets).json()
    assert made["source"]["url_info"] is None
    assert upload(made["signed_upload_url"]).status_code == 200


def test_the_same_bytes_may_come_again(upload, url, is_there):
    assert [upload(url).status_code for _ in range(2)] == [200, 200]
    assert is_there()


def test_other_bytes_of_the_same_length_may_not(http, upload, url, download_url):
    assert refuse(upload(url, TICKETS[::-1])) == (412, "PreconditionFailed")
    assert http.get(download_url).content == TICKETS


@pytest.mark.parametrize("switches", [Switches(repeated_upload="refuse")], indirect=True)
def test_no_bytes_may_come_again(upload, url, is_there):
    upload(url)
    assert refuse(upload(url)) == (412, "PreconditionFailed")
    assert is_there()


def test_many_uploads_at_once_leave_one_document(upload, url, is_there):
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: upload(url).status_code, range(16)))
    assert statuses == [200] * 16
    assert is_there()


def test_half_a_document_is_none(opens, http, isometric_headers, tickets, caplog):
    with opens() as sandbox:
        sources = f"{sandbox.isometric_base_url}/sources"
        headers = isometric_headers(sandbox)
        made = http.post(sources, json=tickets, headers=headers).json()
        parts = urlsplit(made["signed_upload_url"])
        head = (
            f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Content-Type: application/pdf\r\nContent-Length: {len(TICKETS)}\r\n\r\n"
        )
        with socket.create_connection((parts.hostname, parts.port)) as connection:
            connection.sendall(head.encode() + TICKETS[:20])
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(1) == b""
    # Closing the server has waited for the request to end.
    with opens() as again:
        last = again.store.requests()[-1]
        assert (last.service, last.method, last.status) == ("storage", "PUT", 400)
        source = again.store.read(SOURCE, made["source"]["id"])
        assert again.store.blobs.find(SOURCE, source.id) is None
        assert source.body["_awaited"] is True
    assert caplog.records == []


def test_what_is_not_there_is_an_error_of_the_storage(http, sandbox):
    base = f"{sandbox.url}/_storage"
    assert refuse(http.get(f"{base}/public/src_1NRBARK01SBX9999")) == (404, "NoSuchKey")
    assert refuse(http.get(f"{base}/nothing")) == (404, "InvalidRequest")
    assert refuse(http.delete(f"{base}/public/src_1")) == (405, "InvalidRequest")


def test_a_large_document_comes_back_as_it_was(http, isometric, tickets, upload):
    content = bytes(range(256)) * 4096 * 4
    made = isometric.post("/sources", {**tickets, "content_length": len(content)}).json()
    assert upload(made["signed_upload_url"], content).status_code == 200
    address = isometric.get(f"/sources/{made['source']['id']}/private_url").json()
    assert http.get(address).content == content


def test_a_large_document_that_is_refused_leaves_the_connection_alive(upload, url):
    assert upload(url, bytes(4_000_000)).status_code == 400
    assert upload(url).status_code == 200


@pytest.fixture
def order(sandbox):
    def add(kind, **options):
        fault = Fault(method="PUT", path="/_storage", kind=kind, **options)
        sandbox.store.faults.add(fault)

    return add


def test_an_answer_may_be_lost_after_the_document_was_kept(order, upload, url, is_there):
    order("answer-lost")
    with pytest.raises(httpx.TransportError):
        upload(url)
    assert is_there()
    assert upload(url).status_code == 200


@pytest.mark.parametrize("commit", [True, False])
def test_a_gateway_may_fail_after_the_document_was_kept_or_before(
    order, upload, url, is_there, commit
):
    order("status", status=503, commit=commit)
    assert refuse(upload(url)) == (503, "ServiceUnavailable")
    assert is_there() is commit


@pytest.mark.parametrize("kind", ["reset", "slow"])
def test_a_document_may_be_lost_on_its_way(http, order, url, is_there, kind):
    order(kind, commit=False, seconds=5)
    with pytest.raises(httpx.TransportError):
        http.put(url, content=TICKETS, headers=PDF, timeout=0.1)
    assert not is_there()


def test_a_reset_in_the_middle_of_a_large_document_is_silent(
    order, isometric, tickets, upload, capfd
):
    content = bytes(4_000_000)
    made = isometric.post("/sources", {**tickets, "content_length": len(content)}).json()
    order("reset")
    with pytest.raises(httpx.TransportError):
        upload(made["signed_upload_url"], content)
    assert upload(made["signed_upload_url"], content).status_code == 200
    assert capfd.readouterr() == ("", "")


def test_a_late_document_arrives_for_who_waits(order, upload, url, is_there):
    order("slow", seconds=0.05, commit=False)
    assert upload(url).status_code == 200
    assert is_there()
