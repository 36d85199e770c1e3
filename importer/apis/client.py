"""The HTTP client: one exchange in, an answer or the loss of it out; nothing is raised."""

import hashlib
import re
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from importer import __version__
from importer.apis.bodies import LONGEST_TEXT, clean, read_json
from importer.apis.certificates import trusted_certificates
from importer.apis.deadlines import Clock, DeadlineBackend, DeadlineTransport, until
from importer.model.failure import SettingsInvalid
from importer.model.record import Json
from importer.model.secret import Secret

_CONNECTIONS = 32
# Shorter than the 5 seconds after which common servers hang up: a request that meets a
# connection just being closed is lost, and a lost write has to be looked up.
_IDLE_SECONDS = 4.0
_SHORTEST_SECRET = 8
_MASK = b"***"
# What may be an address; in JSON its slashes and ampersands may be escaped.
_UNBROKEN = re.compile(rb"""(?:[^\s"'<>\\]|\\[/u])+""")

_OWN_HEADERS = {
    "User-Agent": f"importer/{__version__}",
    "Accept": "application/json",
    # Nothing to unpack: what is counted against the cap is what arrives.
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long an exchange may take in all, how long connecting, and how much may come back.

    slowest_line: bytes a second that a line has to carry at least. What a request holds adds its
        share to `seconds`: a document of 50 MB has 1,060 seconds.
    """

    seconds: float = 60.0
    connect_seconds: float = 10.0
    answer_bytes: int = 20_000_000
    slowest_line: float = 50_000.0

    def allow(self, size: int) -> float:
        """The seconds that the exchange of a request of so many bytes may take in all."""
        return self.seconds + size / self.slowest_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be sent.

    target: path and query, where they are a secret; `url` is the rest of the address then, which
        is all that shows in a message or a log.
    secrets: what is blotted out of a refusal that repeats it.
    has_secret_answer: whether a success may hold what must not be shown, such as an address that
        lets in whoever has it.
    largest_document: where a success is a document, of which only the digest is kept: its bytes
        at most.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes = field(default=b"", repr=False)
    target: str = field(default="", repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    has_secret_answer: bool = False
    largest_document: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A complete answer. `json` is None where the body is not JSON; `text` is its beginning.

    digest: SHA-256 of a document that was asked for, whose bytes are not kept.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Json = field(default=None, repr=False)
    text: str = field(default="", repr=False)
    digest: str = ""


class Loss(Enum):
    """Why there is no answer."""

    UNUSABLE = "the request cannot be written down as HTTP"
    UNTRUSTED = "the server's certificate is not trusted"
    NOT_CONNECTED = "no connection"
    TOO_LATE = "no complete answer in time"
    TOO_LARGE = "the answer is too large"
    BROKEN_OFF = "the connection broke off, or what came was not HTTP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """No answer. `sent` says whether anything may have reached the server."""

    loss: Loss
    sent: bool
    words: str


class Client:
    """One `httpx.Client` under our own limits; safe to use from several threads.

    Redirects are not followed, cookies not kept, and the environment is not asked for proxies.
    """

    def __init__(
        self, http: httpx.Client, *, limits: Limits | None = None, clock: Clock = time.monotonic
    ) -> None:
        self._http = http
        self._limits = limits or Limits()
        self._clock = clock

    def exchange(self, request: Request) -> Exchange | Lost:
        """Send a request once, and read what comes back."""
        try:
            return self._send(request)
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, httpcore.LocalProtocolError):
            # Not their text: it repeats the header that it is about, credentials included.
            return Lost(loss=Loss.UNUSABLE, sent=False, words=Loss.UNUSABLE.value)
        except (httpcore.ConnectError, httpcore.ProxyError) as failure:
            return _describe_unconnected(failure)
        except (httpcore.ConnectTimeout, httpcore.PoolTimeout):
            words = f"no connection within {self._limits.connect_seconds:g} seconds"
            return Lost(loss=Loss.NOT_CONNECTED, sent=False, words=words)
        except httpcore.TimeoutException:
            seconds = round(self._limits.allow(len(request.content)), 1)
            words = f"no complete answer within {seconds:g} seconds"
            return Lost(loss=Loss.TOO_LATE, sent=True, words=words)
        except (httpcore.NetworkError, httpcore.ProtocolError):
            return Lost(loss=Loss.BROKEN_OFF, sent=True, words="the connection broke off")

    def _send(self, request: Request) -> Exchange | Lost:
        prepared = self._http.build_request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.content or None,
            extensions=self._extend(request),
        )
        response = self._http.send(prepared, stream=True, follow_redirects=False)
        try:
            return self._read(response, request)
        finally:
            response.close()

    def _extend(self, request: Request) -> dict[str, object]:
        """What httpx hands on to the connection: the deadline, and a target that it is not shown.

        httpx writes the address of each request into its log, and may spell it anew.
        """
        deadline = until(
            self._clock(),
            seconds=self._limits.allow(len(request.content)),
            connect_seconds=self._limits.connect_seconds,
        )
        return {**deadline, **({"target": request.target.encode()} if request.target else {})}

    def _read(self, response: httpx.Response, request: Request) -> Exchange | Lost:
        if request.largest_document and response.is_success:
            return _read_digest(response, request.largest_document)
        body = bytearray()
        # Raw: an answer that comes compressed although we asked for none is not unpacked.
        for part in response.iter_raw():
            body += part
            if len(body) > self._limits.answer_bytes:
                return _too_large(self._limits.answer_bytes)
        content = bytes(body) if response.is_success else blot_out(bytes(body), request.secrets)
        shown = b"" if response.is_success and request.has_secret_answer else content
        return Exchange(
            status=response.status_code,
            headers={
                name.lower(): blot_out(text.encode(), request.secrets).decode()
                for name, text in response.headers.items()
            },
            json=read_json(content),
            text=clean(shown[: 8 * LONGEST_TEXT].decode("utf-8", errors="replace")),
        )


@contextmanager
def open_client(
    *, limits: Limits | None = None, proxy: Secret | None = None, clock: Clock = time.monotonic
) -> Iterator[Client]:
    """A client, and its connections for as long as the context is open.

    A proxy is used when one is given, and never because a variable of the environment says so:
    settings say where a request goes, and their room may take HTTPS_PROXY into account. Plain
    HTTP, which only goes to this machine, never takes it. It is a secret since it may hold a
    password. The certificates of SSL_CERT_FILE and SSL_CERT_DIR count, as companies set them.

    Raises:
        SettingsInvalid: The proxy's address cannot be used.
    """
    direct = DeadlineTransport(
        httpcore.ConnectionPool(
            ssl_context=trusted_certificates(),
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=DeadlineBackend(clock=clock),
        )
    )
    mounts = {"https://": _through(proxy, clock=clock)} if proxy else {}
    jar = CookieJar(policy=DefaultCookiePolicy(allowed_domains=()))
    with httpx.Client(
        transport=direct, mounts=mounts, trust_env=False, headers=_OWN_HEADERS, cookies=jar
    ) as http:
        yield Client(http, limits=limits, clock=clock)


def _through(proxy: Secret, *, clock: Clock) -> DeadlineTransport:
    try:
        address = httpx.Proxy(proxy.reveal())
    except (ValueError, httpx.InvalidURL):
        # Their text repeats the address.
        address = None
    if address is None or address.url.scheme != "http" or not address.url.host:
        raise SettingsInvalid(
            "The address of the proxy cannot be used.",
            remedy="Write it as http://host:port.",
        )
    return DeadlineTransport(
        httpcore.HTTPProxy(
            proxy_url=httpcore.URL(str(address.url)),
            proxy_auth=address.raw_auth,
            ssl_context=trusted_certificates(),
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=DeadlineBackend(clock=clock),
        )
    )


def _read_digest(response: httpx.Response, largest: int) -> Exchange | Lost:
    digest, size = hashlib.sha256(), 0
    for part in response.iter_raw():
        digest.update(part)
        size += len(part)
        if size > largest:
            return _too_large(largest)
    return Exchange(status=response.status_code, digest=digest.hexdigest())


def _too_large(limit: int) -> Lost:
    words = f"the answer is larger than {limit:,} bytes"
    return Lost(loss=Loss.TOO_LARGE, sent=True, words=words)


def _describe_unconnected(failure: httpcore.ConnectError | httpcore.ProxyError) -> Lost:
    # httpcore keeps the system's own failure as the argument of its one.
    untrusted = any(isinstance(each, ssl.SSLCertVerificationError) for each in failure.args)
    loss = Loss.UNTRUSTED if untrusted else Loss.NOT_CONNECTED
    words = clean(str(failure)) or loss.value
    return Lost(loss=loss, sent=False, words=words)


def blot_out(body: bytes, secrets: tuple[str, ...]) -> bytes:
    """A refusal or a header without the secrets, which some servers and proxies repeat in it.

    Nor with the queries of addresses: that of a signed one lets in whoever has it.
    """
    for secret in secrets:
        # A short one is likely to be a common word, and would make holes in other places.
        if len(secret) >= _SHORTEST_SECRET:
            body = body.replace(secret.encode(), _MASK)
    return _UNBROKEN.sub(_hide_query, body)


def _hide_query(text: re.Match[bytes]) -> bytes:
    address, mark, query = text[0].partition(b"?")
    is_address = query and b"http" in address.lower()
    return address + mark + _MASK if is_address else text[0]
