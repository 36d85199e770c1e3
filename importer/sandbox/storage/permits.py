"""Signed addresses: what one allows stands in its query, and a signature keeps it so."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from importer.sandbox.identity import Identity
from importer.sandbox.requests import STORAGE_BASE
from importer.sandbox.storage.errors import StorageRefusal

_MEMBERS = ("content_length", "content_type", "expires")


def find_key(identity: Identity) -> str:
    """What a sandbox signs with: no secret, but another word in every one and after a reset."""
    return identity.isometric_organisation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """What an address allows: one verb on the document of one source, until a moment."""

    method: str
    """`PUT` or `GET`."""
    source_id: str
    content_type: str
    content_length: int
    expires: int
    """Seconds since 1970."""

    def sign(self, key: str) -> str:
        """The address, from the slash on."""
        query = {**self._members(), "signature": self._signature(key)}
        return f"{STORAGE_BASE}/sources/{self.source_id}?{urlencode(query)}"

    @classmethod
    def read(cls, method: str, source_id: str, query: Mapping[str, str], key: str) -> Self:
        """What the address of a request allows.

        Raises:
            StorageRefusal: 403, it was not signed with this key, or not for this verb.
        """
        refusal = StorageRefusal(403, "SignatureDoesNotMatch", "The signature is not ours")
        if any(not query.get(name, "") for name in (*_MEMBERS, "signature")):
            raise refusal
        try:
            length, expires = int(query["content_length"]), int(query["expires"])
        except ValueError:
            raise refusal from None
        permit = cls(
            method=method,
            source_id=source_id,
            content_type=query["content_type"],
            content_length=length,
            expires=expires,
        )
        given = query["signature"].encode()
        if not hmac.compare_digest(permit._signature(key).encode(), given):
            raise refusal
        return permit

    def _members(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in _MEMBERS}

    def _signature(self, key: str) -> str:
        text = "\n".join((self.method, self.source_id, *self._members().values()))
        return hmac.new(key.encode(), text.encode(), "sha256").hexdigest()
