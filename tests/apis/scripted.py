"""A tiny server on 127.0.0.1 that answers what a test has written down, and keeps what it got."""

import contextlib
import json
import socketserver
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN_PATH = "/oauth2/token"


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as it came over the wire; header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.target).query).items()}


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A proper answer. Text and bytes are sent as they stand, anything else as JSON."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def parts(self) -> Iterator[bytes]:
        body = self.body if isinstance(self.body, str | bytes) else json.dumps(self.body)
        content = body.encode() if isinstance(body, str) else body
        phrase = HTTPStatus(self.status).phrase if self.status in list(HTTPStatus) else "Odd"
        fields = {"content-type": "application/json", "content-length": str(len(content))}
        lines = [f"{name}: {text}" for name, text in {**fields, **self.headers}.items()]
        head = "\r\n".join([f"HTTP/1.1 {self.status} {phrase}", *lines, "", ""])
        yield head.encode() + content


@dataclass(frozen=True, kw_only=True)
class Raw:
    """Bytes, one part after the other with a gap between; then the connection is closed."""

    parts_: Iterable[bytes] = ()
    gap: float = 0.0
    silent_for: float = 0.0

    def parts(self) -> Iterator[bytes]:
        yield from self.parts_


def trickle(content: bytes, gap: float = 0.03) -> Raw:
    """One byte at a time."""
    return Raw(parts_=[content[i : i + 1] for i in range(len(content))], gap=gap)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, scripted: "Scripted") -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.scripted = scripted
        self.is_over = threading.Event()
        self.connections: list[Any] = []


class _Connection(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.server.connections.append(self.connection)
        with contextlib.suppress(OSError):
            while not self.server.is_over.is_set():
                received = self._receive()
                if received is None or not self._reply(self.server.scripted.answer(received)):
                    return

    def _receive(self) -> Received | None:
        start = self.rfile.readline().decode()
        if not start.strip():
            return None
        method, target, _ = start.split()
        headers: dict[str, str] = {}
        while (line := self.rfile.readline().decode().strip()) != "":
            name, _, text = line.partition(":")
            headers[name.lower()] = text.strip()
        body = self.rfile.read(int(headers.get("content-length", "0")))
        return Received(method=method, target=target, headers=headers, body=body)

    def _reply(self, reply: Reply | Raw) -> bool:
        for part in reply.parts():
            self.wfile.write(part)
            if isinstance(reply, Raw) and self.server.is_over.wait(reply.gap):
                return False
        if isinstance(reply, Raw):
            self.server.is_over.wait(reply.silent_for)
        return isinstance(reply, Reply)


class Scripted:
    """What to answer, in turn, and what was asked. Token requests are answered by themselves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._replies: deque[Reply | Raw] = deque()
        self._always: Reply | Raw | None = None
        self._numbers = count(1)
        self.tokens: deque[Reply | Raw] = deque()
        self.ended_tokens: set[str] = set()
        self.requests: list[Received] = []
        self.token_requests: list[Received] = []
        self.url = ""

    def script(self, *replies: Reply | Raw, always: Reply | Raw | None = None) -> None:
        """Answer these in turn, and `always` when they are used up."""
        self._replies.extend(replies)
        self._always = always

    def answer(self, received: Received) -> Reply | Raw:
        with self._lock:
            if received.path == TOKEN_PATH:
                self.token_requests.append(received)
                return self.tokens.popleft() if self.tokens else self._token()
            self.requests.append(received)
            if received.headers.get("authorization") in self.ended_tokens:
                return Reply(status=401)
            if self._replies:
                return self._replies.popleft()
            return self._always or Reply(status=500, body="the script is over")

    def _token(self) -> Reply:
        text = f"token-number-{next(self._numbers)}"
        return Reply(body={"access_token": text, "expires_in": 300, "token_type": "bearer"})


@contextmanager
def serve(*replies: Reply | Raw, always: Reply | Raw | None = None) -> Iterator[Scripted]:
    """A scripted server for as long as the context is open."""
    scripted = Scripted()
    scripted.script(*replies, always=always)
    with _Server(scripted) as server:
        scripted.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
        thread.start()
        yield scripted
        server.shutdown()
        server.is_over.set()
        for connection in server.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(2)
        thread.join()
