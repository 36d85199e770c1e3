"""One exchange, on real sockets: an answer, or how it was lost."""

import gzip
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer import __version__
from importer.apis.client import Client, Exchange, Limits, Loss, Lost, Request, open_client
from importer.model.failure import SettingsInvalid
from importer.model.secret import Secret
from tests.apis.scripted import Raw, Reply, Scripted, serve, trickle


@pytest.fixture
def hasty() -> Iterator[Client]:
    """A client with little time and little room."""
    limits = Limits(
        seconds=0.3, connect_seconds=0.3, answer_bytes=10_000, slowest_line=1_000_000_000
    )
    with open_client(limits=limits) as client:
        yield client


def read(client: Client, server: Scripted, path: str = "/") -> Exchange | Lost:
    return client.exchange(Request(method="GET", url=server.url + path))


def test_an_answer_is_read(client, server):
    server.script(Reply(status=201, body={"id": "eml_1"}, headers={"Cula-Request-Id": "req_1"}))
    answer = read(client, server, "/periodic-emission-logs?limit=1")
    assert (answer.status, answer.json, answer.text) == (201, {"id": "eml_1"}, '{"id": "eml_1"}')
    assert answer.headers["cula-request-id"] == "req_1"


def test_what_is_sent(client, server):
    server.script(Reply())
    client.exchange(
        Request(
            method="POST", url=f"{server.url}/x", headers={"X-Client-Secret": "s"}, content=b"{}"
        )
    )
    [request] = server.requests
    assert (request.method, request.target, request.body) == ("POST", "/x", b"{}")
    assert request.headers["user-agent"] == f"importer/{__version__}"
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["x-client-secret"] == "s"


def test_connections_are_used_again(client, server):
    server.script(Reply(), Reply())
    assert read(client, server).status == read(client, server).status == 200


def test_a_redirect_is_not_followed(client, server):
    server.script(Reply(status=302, headers={"Location": f"{server.url}/elsewhere"}))
    assert read(client, server).status == 302
    assert [each.path for each in server.requests] == ["/"]


@pytest.mark.parametrize("location", ["http://[", "//", "\x7f", "http://host:port/", "ftp://x"])
def test_a_broken_redirect_is_an_answer_like_any_other(client, server, location):
    server.script(Reply(status=307, headers={"Location": location}))
    assert read(client, server).status == 307


def test_cookies_are_not_kept(client, server):
    server.script(Reply(headers={"Set-Cookie": "session=1"}), Reply())
    read(client, server)
    read(client, server)
    assert "cookie" not in server.requests[1].headers


def test_what_comes_compressed_is_not_unpacked(client, server):
    body = gzip.compress(b'{"id": "1"}')
    server.script(Reply(body=body, headers={"Content-Encoding": "gzip"}))
    assert read(client, server).json is None


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Raw(silent_for=5), id="nothing"),
        pytest.param(trickle(HEAD + b"x: " + b"y" * 500), id="a header byte by byte"),
        pytest.param(
            Raw(parts_=[HEAD + b"content-length: 500\r\n\r\n", *[b" "] * 500], gap=0.03),
            id="a body byte by byte",
        ),
        pytest.param(
            Raw(
                parts_=[HEAD + b"transfer-encoding: chunked\r\n\r\n", *[b"1\r\n \r\n"] * 500],
                gap=0.03,
            ),
            id="chunks byte by byte",
        ),
        pytest.param(
            Raw(parts_=[b"HTTP/1.1 100 Continue\r\n\r\n"] * 500, gap=0.03), id="never the answer"
        ),
    ],
)
def test_the_deadline_is_over_the_whole_exchange(hasty, reply):
    with serve(reply) as server:
        start = time.monotonic()
        lost = read(hasty, server)
        assert (lost.loss, lost.sent) == (Loss.TOO_LATE, True)
        assert lost.words == "no complete answer within 0.3 seconds"
        assert time.monotonic() - start < 1.0


def test_the_deadline_is_over_sending_too(hasty):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        lost = hasty.exchange(Request(method="POST", url=url, content=b"x" * 20_000_000))
    assert (lost.loss, lost.sent) == (Loss.TOO_LATE, True)


def test_a_document_has_time_by_its_size():
    limits = Limits()
    assert limits.allow(0) == 60
    assert limits.allow(5_000_000) == 160
    assert limits.allow(50_000_000) == 1_060


def test_what_is_large_has_more_time(server):
    late = Raw(parts_=[b"", HEAD + b"content-length: 2\r\n\r\n{}"], gap=0.5)
    server.script(late, late)
    limits = Limits(seconds=0.25, slowest_line=200_000)
    with open_client(limits=limits) as client:
        large = client.exchange(Request(method="PUT", url=server.url, content=b"x" * 1_000_000))
        small = client.exchange(Request(method="PUT", url=server.url, content=b"x" * 1_000))
    assert large.json == {}
    assert small.loss is Loss.TOO_LATE


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b" " * 20_000),
        Raw(parts_=[HEAD + b"content-length: 99999999999\r\n\r\n", *[b" " * 1000] * 50]),
        Raw(parts_=[HEAD + b"\r\n", *[b" " * 1000] * 50]),
    ],
)
def test_a_huge_answer_is_cut_short(hasty, reply):
    with serve(reply) as server:
        lost = read(hasty, server)
    assert (lost.loss, lost.sent) == (Loss.TOO_LARGE, True)
    assert lost.words == "the answer is larger than 10,000 bytes"


def test_nobody_there_means_that_nothing_was_sent(client):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    lost = client.exchange(Request(method="POST", url=f"http://127.0.0.1:{port}/"))
    assert (lost.loss, lost.sent) == (Loss.NOT_CONNECTED, False)
    assert "refused" in lost.words


@pytest.mark.skipif(sys.platform != "linux", reason="other systems fill a queue differently")
def test_nobody_who_takes_the_connection_means_that_nothing_was_sent(hasty):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as queue:
        for _ in range(4):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        lost = hasty.exchange(Request(method="POST", url=url))
    assert (lost.loss, lost.sent) == (Loss.NOT_CONNECTED, False)
    assert lost.words == "no connection within 0.3 seconds"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Raw(), id="hangs up"),
        pytest.param(Raw(parts_=[HEAD]), id="half a head"),
        pytest.param(Raw(parts_=[HEAD + b"content-length: 9\r\n\r\n{}"]), id="half a body"),
        pytest.param(Raw(parts_=[b"SSH-2.0-OpenSSH_9.6\r\n"]), id="not HTTP"),
        pytest.param(Raw(parts_=[HEAD + b"x: " + b"y" * 200_000]), id="a head without end"),
        pytest.param(Raw(parts_=[HEAD + b"content-length: -1\r\n\r\n"]), id="a negative length"),
        pytest.param(
            Raw(parts_=[HEAD + b"content-length: 1\r\ncontent-length: 2\r\n\r\n "]),
            id="two lengths",
        ),
        pytest.param(
            Raw(parts_=[HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\n"]), id="no chunk"
        ),
    ],
)
def test_what_breaks_off_may_have_been_sent(client, reply):
    with serve(reply) as server:
        lost = read(client, server)
    assert (lost.loss, lost.sent) == (Loss.BROKEN_OFF, True)


@given(
    start=st.sampled_from([b"", b"HTTP/1.1 ", b"HTTP/1.1 200 OK\r\n", HEAD + b"\r\n"]),
    rest=st.binary(max_size=200),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_comes_ends_in_a_value(client, server, start, rest):
    server.script(Raw(parts_=[start + rest]))
    assert isinstance(read(client, server), Exchange | Lost)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/\x00", "gopher://127.0.0.1/", "http://"])
def test_an_address_that_cannot_be_used_is_never_sent(client, url):
    assert client.exchange(Request(method="GET", url=url)).sent is False


def test_a_header_that_cannot_be_sent_does_not_show_in_the_words(client, server):
    request = Request(method="GET", url=server.url, headers={"X-Client-Secret": "hidden\nword"})
    lost = client.exchange(request)
    assert (lost.loss, lost.sent) == (Loss.UNUSABLE, False)
    assert "hidden" not in repr(lost)


def test_a_refusal_that_repeats_the_credentials_loses_them(client, server):
    server.script(Reply(status=400, body={"detail": "bad header: Bearer abcdefgh-secret"}))
    request = Request(method="GET", url=server.url, secrets=("abcdefgh-secret", "is"))
    answer = client.exchange(request)
    assert answer.json == {"detail": "bad header: Bearer ***"}
    assert "abcdefgh-secret" not in answer.text


def test_requests_do_not_print_what_they_carry():
    request = Request(
        method="GET",
        url="http://x/",
        headers={"A": "hide"},
        content=b"hide",
        target="/hide",
        secrets=("hide",),
    )
    assert "hide" not in repr(request)


def test_nor_do_answers():
    assert "hide" not in repr(Exchange(status=200, json="hide", text="hide"))


def test_a_secret_target_is_sent_letter_by_letter(client, server):
    target = "/a//b/../c%2Fd%2fe;f?x=%2B+~'(){}|^&y=a%20b&&z"
    server.script(Reply())
    client.exchange(Request(method="PUT", url=f"{server.url}/", target=target))
    assert server.requests[0].target == target


def test_a_success_that_may_hold_a_secret_is_not_quoted(client, server):
    server.script(Reply(body='{"hidden'), Reply(status=500, body='{"shown'))
    request = Request(method="POST", url=server.url, has_secret_answer=True)
    assert client.exchange(request).text == ""
    assert client.exchange(request).text == '{"shown'


def test_the_environment_is_not_asked_for_a_proxy(client, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server.script(Reply())
    with open_client() as fresh:
        assert read(fresh, server).status == 200


def test_a_given_proxy_is_used_for_encrypted_addresses_only(server):
    server.script(Reply(status=407), Reply())
    proxy = Secret(server.url.replace("http://", "http://user:pass-word@"))
    with open_client(proxy=proxy) as client:
        lost = client.exchange(Request(method="POST", url="https://api.example.test/x"))
        assert read(client, server).status == 200
    assert (lost.loss, lost.sent) == (Loss.NOT_CONNECTED, False)
    assert "407" in lost.words
    assert [each.method for each in server.requests] == ["CONNECT", "GET"]
    assert server.requests[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "address", ["user:hidden@[", "ftp://user:hidden@host", "hidden", "http://"]
)
def test_a_proxy_that_cannot_be_used_is_refused_without_its_password(address):
    with pytest.raises(SettingsInvalid) as refused, open_client(proxy=Secret(address)):
        pass
    assert "hidden" not in str(refused.value) + refused.value.remedy


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our own for 127.0.0.1, with its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the program openssl")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_text((folder / "key.pem").read_text() + (folder / "certificate.pem").read_text())
    return both


@pytest.fixture
def encrypted(certificate: Path) -> Iterator[str]:
    """The address of a server that answers one connection, encrypted, one byte at a time."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def answer(listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
            with context.wrap_socket(connection, server_side=True) as secured:
                secured.recv(65_536)
                secured.sendall(HEAD + b"content-length: 2\r\n\r\n{}")
                secured.recv(65_536)
                for _ in range(100):
                    secured.sendall(b"H")
                    threading.Event().wait(0.03)
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,), daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/"
        with socket.create_connection(listener.getsockname()) as knock:
            knock.close()
        thread.join()


def test_a_certificate_that_nobody_knows_is_not_trusted(client, encrypted):
    lost = client.exchange(Request(method="POST", url=encrypted))
    assert (lost.loss, lost.sent) == (Loss.UNTRUSTED, False)
    assert "certificate" in lost.words


def test_encrypted_exchanges_have_a_deadline_too(certificate, encrypted, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with open_client(limits=Limits(seconds=0.3)) as client:
        assert client.exchange(Request(method="GET", url=encrypted)).json == {}
        assert client.exchange(Request(method="GET", url=encrypted)).loss is Loss.TOO_LATE
