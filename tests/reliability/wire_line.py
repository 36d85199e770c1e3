"""A line to the service that can be cut: a proxy on loopback that does to one request what it is
told, on real sockets.

Requests are counted from when a cut is set, and the cut hits one of them by its number.
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import BinaryIO
from urllib.parse import urlsplit

_HOST = "127.0.0.1"
_BLANK = b"\r\n\r\n"
_PART = 65_536
_LONGEST_WAIT = 5.0
_CANNED = b"HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


class Way(Enum):
    """Where a request is hit."""

    REFUSE = auto()
    """Nobody listens any more; `Line.heal` lets somebody listen again."""
    ACCEPT = auto()
    """Its connection is dropped before anything is read."""
    SHAKE = auto()
    """Its connection is spoiled in the handshake, as `Cut.trust` says."""
    FIRST_BYTE = auto()
    """The kept connection is dropped when its first byte comes."""
    BODY = auto()
    """The connection is dropped in the middle of its body."""
    ANSWER = auto()
    """It is read to its end, and `Cut.say` is what comes back."""


class End(Enum):
    """How the connection ends after what was said."""

    CLOSE = auto()
    RESET = auto()
    KEEP = auto()
    SILENCE = auto()
    """It is left open, and nothing more comes until the client hangs up."""


Say = Callable[[bytes, bytes], Iterable[bytes]]
"""What is said in the place of an answer with this head and body, part by part."""


def say_nothing(_head: bytes, _body: bytes) -> Iterable[bytes]:
    """No byte."""
    return ()


def say_all(head: bytes, body: bytes) -> Iterable[bytes]:
    """The answer as it is."""
    return (head + body,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What happens to a request, and to so many after it.

    reaches: whether the service gets it.
    gap: seconds between two parts of what is said.
    late: the service gets it only when the client has hung up, if it `reaches`.
    trust: the server's side of the handshake for `Way.SHAKE`; None hangs up in it.
    """

    way: Way = Way.ANSWER
    reaches: bool = False
    say: Say = say_nothing
    end: End = End.RESET
    gap: float = 0.0
    times: int = 1
    late: bool = False
    trust: ssl.SSLContext | None = None


PASS = Cut(reaches=True, say=say_all, end=End.KEEP)
"""No cut at all: for what happens right before a request."""


class Line:
    """The proxy. One client, whose requests come one after the other."""

    def __init__(self, service: str, *, trust: ssl.SSLContext | None = None) -> None:
        self.tap: Callable[[bytes, bytes], bytes] = lambda _request, answer: answer
        """Makes of a request and its answer what is said."""
        parts = urlsplit(service)
        self._service = (parts.hostname or _HOST, parts.port or 0)
        self._trust = trust
        # Holds the port while nobody listens at it, so that no other program gets it.
        self._place = _bind(0)
        self.port = int(self._place.getsockname()[1])
        self._listener: socket.socket | None = None
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self.clear()
        self.heal()

    @property
    def url(self) -> str:
        """Its address."""
        return f"{'https' if self._trust else 'http'}://{_HOST}:{self.port}"

    def arm(self, cut: Cut, at: int, *, before: Callable[[], None] | None = None) -> None:
        """Let the request with that number, counted from 0 and from now, meet the cut.

        before: what happens right before it.
        """
        self.clear()
        self._cut, self._at, self._before = cut, at, before

    def clear(self) -> None:
        """No cut any more; connections that were left silent end."""
        self._cut: Cut | None = None
        self._at, self.count, self.met = -1, 0, 0
        self._before: Callable[[], None] | None = None

    def heal(self) -> None:
        """Listen, if nobody does."""
        if self._listener is not None:
            return
        self._listener = _bind(self.port)
        self._listener.listen(64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def hang_up(self) -> None:
        """End every connection."""
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End."""
        self._deafen()
        self.hang_up()
        self._place.close()

    def _deafen(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with self._lock:
            self._open.add(client)
        try:
            # What the client, or we, made of the connection is no failure of this proxy's.
            with contextlib.suppress(OSError):
                self._talk(client)
        finally:
            with self._lock:
                self._open.discard(client)
            client.close()

    def _talk(self, raw: socket.socket) -> None:
        cut = self._due()
        if cut and cut.way is Way.ACCEPT:
            self._note(cut)
            _reset(raw)
            return
        client = raw
        if self._trust is not None:
            shaken = cut and cut.way is Way.SHAKE
            if cut and shaken:
                self._note(cut)
                if cut.trust is None:
                    raw.recv(16)
                    _reset(raw)
                    return
            client = self._secure(raw, cut.trust if cut and shaken and cut.trust else self._trust)
        reader = client.makefile("rb")
        while self._exchange(client, reader):
            pass
        reader.close()
        client.close()

    def _secure(self, raw: socket.socket, trust: ssl.SSLContext) -> socket.socket:
        return trust.wrap_socket(raw, server_side=True)

    def _exchange(self, client: socket.socket, reader: BinaryIO) -> bool:
        """One request and its answer; whether there may be another one."""
        first = reader.read(1)
        if not first:
            return False
        cut = self._due()
        if cut and cut.way is Way.FIRST_BYTE:
            self._note(cut)
            _reset(client)
            return False
        head = first + _read_head(reader)
        if cut and cut.way is Way.BODY:
            self._note(cut)
            _reset(client)
            return False
        request = head + reader.read(_length(head))
        if cut is None:
            return self._pass_on(client, request)
        return self._cut_off(client, request, cut)

    def _pass_on(self, client: socket.socket, request: bytes) -> bool:
        answer = self.tap(request, self._forward(request))
        self.count += 1
        keeps = not self._needs_new_connection()
        self._prepare_next()
        client.sendall(_keep(answer) if keeps else answer)
        return keeps

    def _cut_off(self, client: socket.socket, request: bytes, cut: Cut) -> bool:
        self._note(cut)
        if cut.late:
            while not _hangs_up(client, _LONGEST_WAIT):
                pass
        answer = self._forward(request) if cut.reaches else _CANNED
        head, _, body = answer.partition(_BLANK)
        for part in cut.say(_keep(head + _BLANK), body):
            client.sendall(part)
            if cut.gap and _hangs_up(client, cut.gap):
                return False
        match cut.end:
            case End.KEEP:
                return True
            case End.RESET:
                _reset(client)
            case End.SILENCE:
                while not _hangs_up(client, _LONGEST_WAIT):
                    pass
            case End.CLOSE:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_WR)
        return False

    def _due(self) -> Cut | None:
        cut = self._cut
        if cut is None or not self._at <= self.count < self._at + cut.times:
            return None
        if self._before is not None:
            before, self._before = self._before, None
            before()
        return cut

    def _note(self, _cut: Cut) -> None:
        self.count += 1
        self.met += 1

    def _needs_new_connection(self) -> bool:
        """Whether the next request is to open a connection, since it is hit there."""
        cut = self._cut
        ways = (Way.REFUSE, Way.ACCEPT, Way.SHAKE)
        return cut is not None and self.count == self._at and cut.way in ways

    def _prepare_next(self) -> None:
        if not self._needs_new_connection():
            return
        if self._cut is not None and self._cut.way is Way.REFUSE:
            self._deafen()
            self.met += 1
            self._cut = None

    def _forward(self, request: bytes) -> bytes:
        """The service's answer, on a connection of its own."""
        with socket.create_connection(self._service) as upstream:
            head, _, body = request.partition(_BLANK)
            upstream.sendall(head + b"\r\nConnection: close" + _BLANK + body)
            return b"".join(iter(lambda: upstream.recv(_PART), b""))


@contextmanager
def open_line(service: str, *, trust: ssl.SSLContext | None = None) -> Iterator[Line]:
    """A line to the service at that address, for as long as the context is open."""
    line = Line(service, trust=trust)
    try:
        yield line
    finally:
        line.close()


def _bind(port: int) -> socket.socket:
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    place.bind((_HOST, port))
    return place


def _read_head(reader: BinaryIO) -> bytes:
    head = b""
    while not head.endswith(_BLANK):
        line = reader.readline()
        if not line:
            raise ConnectionError("the client hung up")
        head += line
    return head


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, text = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(text)
    return 0


def _keep(answer: bytes) -> bytes:
    """The answer on a connection that stays open."""
    head, blank, body = answer.partition(_BLANK)
    lines = [each for each in head.split(b"\r\n") if not each.lower().startswith(b"connection:")]
    return b"\r\n".join(lines) + blank + body


def _reset(client: socket.socket) -> None:
    """Drop the connection so that the other side is told of a reset."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw = client.detach()
    socket.close(raw)


def _hangs_up(client: socket.socket, seconds: float) -> bool:
    """Whether the client is gone within so many seconds."""
    client.settimeout(seconds)
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False
    finally:
        client.settimeout(None)
