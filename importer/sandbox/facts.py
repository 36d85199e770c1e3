"""Where a running sandbox is and what opens it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from importer.sandbox.identity import Identity
from importer.sandbox.requests import CULA_BASE, CULA_TOKEN, ISOMETRIC_BASE
from importer.sandbox.seed import PROJECT_ID
from importer.sandbox.store import Store

PROGRAM = "importer sandbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A sandbox that answers, in this process or in another one."""

    url: str
    """Address of the server, such as `http://127.0.0.1:54321`."""
    cula_client_id: str
    cula_client_secret: str = field(repr=False)
    cula_organisation_id: str
    isometric_client_secret: str = field(repr=False)
    isometric_access_token: str = field(repr=False)
    isometric_organisation_id: str
    project_id: str
    cula_api_key: str = field(default="", repr=False)
    """What opens the older generation of Cula's API; a sandbox of an older version tells none."""
    local_store: Store | None = field(default=None, repr=False, compare=False)
    """The store, when the server runs in this process; use `store`."""

    @classmethod
    def at(cls, url: str, identity: Identity, *, store: Store | None = None) -> Self:
        """A sandbox at this address with this identity."""
        return cls(url=url, project_id=PROJECT_ID, local_store=store, **identity.facts())

    @classmethod
    def read(cls, url: str, facts: Mapping[str, Any]) -> Self:
        """The sandbox that answered `GET /_sandbox` at this address with these facts.

        Raises:
            LookupError: The answer is not one of a sandbox.
        """
        if facts.get("program") != PROGRAM:
            raise LookupError(f"what answers at {url} is no {PROGRAM}")
        cula, isometric = facts["cula"], facts["isometric"]
        return cls(
            url=url,
            cula_client_id=cula["client_id"],
            cula_client_secret=cula["client_secret"],
            cula_organisation_id=cula["organisation_id"],
            isometric_client_secret=isometric["client_secret"],
            isometric_access_token=isometric["access_token"],
            isometric_organisation_id=isometric["organisation_id"],
            project_id=isometric["project_id"],
            cula_api_key=cula.get("api_key", ""),
        )

    @property
    def cula_base_url(self) -> str:
        """Base address of the Cula API."""
        return self.url + CULA_BASE

    @property
    def cula_token_url(self) -> str:
        """Address of Cula's token call."""
        return self.url + CULA_TOKEN

    @property
    def isometric_base_url(self) -> str:
        """Base address of the Isometric API."""
        return self.url + ISOMETRIC_BASE

    @property
    def store(self) -> Store:
        """The records, directly.

        Raises:
            LookupError: The server runs in another process.
        """
        if self.local_store is None:
            raise LookupError(f"the sandbox at {self.url} runs in another process")
        return self.local_store

    def reset(self) -> Self:
        """Empty the store, and be told the new organisation ids.

        Raises:
            LookupError: The server runs in another process; use `POST /_sandbox/reset` there.
        """
        self.store.reset()
        return type(self).at(self.url, self.store.identity, store=self.store)

    def variables(self) -> dict[str, str]:
        """The environment variables that point the program at this sandbox."""
        return {
            "IMPORTER_CULA__BASE_URL": self.cula_base_url,
            "IMPORTER_CULA__TOKEN_URL": self.cula_token_url,
            "IMPORTER_CULA__CLIENT_ID": self.cula_client_id,
            "IMPORTER_CULA__CLIENT_SECRET": self.cula_client_secret,
            "IMPORTER_CULA__ORGANISATION_ID": self.cula_organisation_id,
            "IMPORTER_ISOMETRIC__BASE_URL": self.isometric_base_url,
            "IMPORTER_ISOMETRIC__CLIENT_SECRET": self.isometric_client_secret,
            "IMPORTER_ISOMETRIC__ACCESS_TOKEN": self.isometric_access_token,
            "IMPORTER_ISOMETRIC__PROJECT_ID": self.project_id,
        }

    def describe(self) -> dict[str, Any]:
        """The facts as `GET /_sandbox` answers them; `read` understands them."""
        return {
            "program": PROGRAM,
            "cula": {
                "base_url": self.cula_base_url,
                "token_url": self.cula_token_url,
                "client_id": self.cula_client_id,
                "client_secret": self.cula_client_secret,
                "api_key": self.cula_api_key,
                "organisation_id": self.cula_organisation_id,
            },
            "isometric": {
                "base_url": self.isometric_base_url,
                "client_secret": self.isometric_client_secret,
                "access_token": self.isometric_access_token,
                "organisation_id": self.isometric_organisation_id,
                "project_id": self.project_id,
            },
        }
