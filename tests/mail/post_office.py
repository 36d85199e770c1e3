"""A real mail server on loopback, whose answers a test decides."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "importer", "canary-mail"


# Without slots: up to Python 3.11.2 they leave a member behind that the server stumbles over.
@dataclass
class PostOffice:
    """What arrives, and what is answered.

    refused: answers to recipients. answers: to messages, the first to the first; then `250 OK`.
    """

    port: int
    received: list[Envelope] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    cuts: bool = False

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the server's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.cuts:
            assert server.transport is not None
            server.transport.close()
            return "250 nobody hears this"
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.received.append(envelope)
            self.was_encrypted.append(session.ssl is not None)
        return answer


def find_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _authenticate(*arguments: Any) -> AuthResult:
    given = arguments[-1]
    assert isinstance(given, LoginPassword)
    right = given.login == USER.encode() and given.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


@contextmanager
def open_post_office(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    sign_in: bool = False,
) -> Iterator[PostOffice]:
    """A mail server, for as long as the context is open."""
    office = PostOffice(port=find_port())
    options: Mapping[str, Any] = {
        "tls_context": starttls,
        "require_starttls": starttls is not None,
        "authenticator": _authenticate if sign_in else None,
        "auth_required": sign_in,
        # A server that speaks TLS from the start counts that as no TLS of its own.
        "auth_require_tls": starttls is not None,
    }
    controller = Controller(
        office, hostname="127.0.0.1", port=office.port, ssl_context=tls, **options
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
