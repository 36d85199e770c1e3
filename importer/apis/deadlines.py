"""Connections that keep a deadline over a whole exchange, however slowly the other side talks.

httpx counts its timeouts per operation: a server that sends one byte a second never trips them.
Here every operation on the socket is given what is left until a fixed moment. That moment
travels with each request in the `timeout` extension, in the place of the number of seconds that
stands there otherwise; `until` writes it and `DeadlineStream` reads it.

Two things are bounded by others: looking up a host name (by the system's resolver), and
connecting to a host with several addresses (by `connect_seconds` for each).
"""

import ssl
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

Clock = Callable[[], float]
"""A clock that only goes forward, in seconds."""

_WRITE_BYTES = 65_536


def until(now: float, *, seconds: float, connect_seconds: float) -> dict[str, dict[str, float]]:
    """The extension of a request that has to be over in so many seconds."""
    end = now + seconds
    return {
        "timeout": {
            "connect": min(end, now + connect_seconds),
            "read": end,
            "write": end,
            # The one that httpcore reads itself, and so in seconds from now.
            "pool": min(seconds, connect_seconds),
        }
    }


class DeadlineStream(httpcore.NetworkStream):
    """A connection whose `timeout` arguments are moments of the clock, not seconds."""

    def __init__(self, stream: httpcore.NetworkStream, *, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Receive what is there, at most until that moment."""
        return self._stream.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send everything until that moment; in parts, since the time counts anew for each."""
        for start in range(0, len(buffer), _WRITE_BYTES):
            part = buffer[start : start + _WRITE_BYTES]
            self._stream.write(part, self._left(timeout, httpcore.WriteTimeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Encrypt the connection from here on."""
        left = self._left(timeout, httpcore.ConnectTimeout)
        secured = self._stream.start_tls(ssl_context, server_hostname, left)
        return DeadlineStream(secured, clock=self._clock)

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks about the socket, such as whether it was closed meanwhile."""
        return self._stream.get_extra_info(info)

    def _left(
        self, moment: float | None, too_late: type[httpcore.TimeoutException]
    ) -> float | None:
        if moment is None:
            return None
        left = moment - self._clock()
        # A socket would take zero for "do not wait", and fail in another way.
        if left <= 0:
            raise too_late("the time for this exchange is over")
        return left


class DeadlineBackend(httpcore.NetworkBackend):
    """Opens connections that keep deadlines."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect until that moment."""
        left = None if timeout is None else max(timeout - self._clock(), 0.001)
        stream = self._backend.connect_tcp(host, port, left, local_address, socket_options)
        return DeadlineStream(stream, clock=self._clock)


class DeadlineTransport(httpx.BaseTransport):
    """Lets an `httpx.Client` send over such connections; httpx's own cannot be given them."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Failures are httpcore's; the client turns them into values."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    # Given apart where the address does not show it.
                    target=request.extensions.get("target", request.url.raw_path),
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        # httpx reads the target of a redirect even when told not to follow it, and trips over
        # a broken one; we never follow, so it does not get to see it.
        headers = [(name, text) for name, text in answer.headers if name.lower() != b"location"]
        return httpx.Response(answer.status, headers=headers, stream=_Body(answer))

    def close(self) -> None:
        """Hang up all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
