"""Ids in the shapes of the two services, and who the sandbox is."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _spell(number: int, *, length: int) -> str:
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits = _CROCKFORD[digit] + digits
    return digits


def make_cula_id(prefix: str, now: datetime) -> str:
    """A TypeID: prefix, underscore, 26 lower-case characters that sort by time.

    Source: docs.cula.tech/upcoming/concepts/resource-identity.
    """
    milliseconds = int(now.timestamp() * 1000)
    suffix = _spell(milliseconds, length=10) + _spell(secrets.randbits(80), length=16)
    return f"{prefix}_{suffix.lower()}"


def make_isometric_id(prefix: str) -> str:
    """Three letters, underscore, 16 characters with `SBX` as the tenth to twelfth.

    The prefixes are documented (docs.isometric.com, schema examples); that ids of the test
    environment carry `SBX` there is inferred from every published example.
    """
    head, tail = secrets.randbits(40), secrets.randbits(20)
    return f"{prefix}_1{_spell(head, length=8)}SBX{_spell(tail, length=4)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The organisations of one sandbox database, and the credentials that open it.

    The organisation ids are new in every database, so that no record of what was sent to one
    sandbox is mistaken for another. The credentials are the same words everywhere: they guard
    nothing.
    """

    cula_organisation_id: str
    cula_client_id: str
    cula_client_secret: str
    isometric_organisation_id: str
    isometric_client_secret: str
    isometric_access_token: str
    cula_api_key: str = "sandbox-cula-api-key"
    """It has a default since databases of older versions do not tell it."""

    @classmethod
    def invent(cls, now: datetime) -> Self:
        """A new identity with new organisation ids."""
        return cls(
            cula_organisation_id=make_cula_id("org", now),
            cula_client_id="sandbox-client",
            cula_client_secret="sandbox-cula-secret",  # noqa: S106 (guards nothing)
            isometric_organisation_id=make_isometric_id("org"),
            isometric_client_secret="sandbox-isometric-secret",  # noqa: S106 (guards nothing)
            isometric_access_token="sandbox-isometric-token",  # noqa: S106 (guards nothing)
        )

    @classmethod
    def read(cls, facts: Mapping[str, str]) -> Self:
        """The identity as `facts` wrote it.

        Raises:
            TypeError: A fact is missing, or there is one too many.
        """
        return cls(**facts)

    def facts(self) -> dict[str, str]:
        """The identity as plain names and values."""
        return asdict(self)
