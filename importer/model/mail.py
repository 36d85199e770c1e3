"""E-mail as plain facts: an address, the server that takes messages, and what travels."""

import ipaddress
import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from importer.model.secret import Secret

_LONGEST_ADDRESS, _LONGEST_LOCAL_PART = 254, 64
"""Characters: rfc-editor.org/rfc/rfc5321 section 4.5.3."""

_LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.I)
_DOMAIN = re.compile(
    r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*", re.I
)


def is_address(text: str) -> bool:
    """Whether a text is one plain address, such as `eva@plant.example`, and nothing beside it.

    No display name, no quotes, no comments, ASCII only: what more there is can hide a second one.
    """
    local, at, domain = text.rpartition("@")
    fits = len(text) <= _LONGEST_ADDRESS and len(local) <= _LONGEST_LOCAL_PART
    is_plain = bool(_LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(domain))
    # `=?…?=` is an encoded word to a mail program, which would read another address in it.
    return bool(at) and fits and is_plain and "=?" not in local


class Security(StrEnum):
    """How the way to the mail server is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that messages are handed to. Without a user nobody signs in.

    ca_file: the certificates that are trusted instead of the system's own.
    """

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: Secret = field(default_factory=lambda: Secret(""))
    ca_file: Path | None = None

    @property
    def is_local(self) -> bool:
        """Whether nothing leaves this machine on the way there."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file on its way with a message: its name there, its media type, and its bytes."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message before it is put into the form in which it travels.

    message_id, thread: with their angle brackets; the thread is what the message is an answer to.
    """

    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    message_id: str
    thread: str
    date: datetime
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a server said of the recipients that it did not take; all others have the message.

    refused: for good, with its words. deferred: for now.
    """

    refused: tuple[tuple[str, str], ...] = ()
    deferred: tuple[tuple[str, str], ...] = ()
