"""A target: where records go, under which credentials. Nothing mixes two of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from importer.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class CulaTarget:
    """What it takes to speak with Cula.

    The public source: docs.cula.tech/upcoming/technical-reference/authentication
    """

    base_url: str
    token_url: str
    client_id: str
    client_secret: Secret
    organisation_id: str
    requests_per_minute: int = 1200

    auth: str = field(default="oauth2", init=False)

    @property
    def account(self) -> str:
        """Whose requests are counted together."""
        return self.client_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CulaKeyTarget:
    """What it takes to speak with Cula in its older way, by an API key.

    organisation_id: it parts what the ledger knows of one organisation from that of another. It
        is not sent: the key is bound to one, and no call was found that tells which.

    The public source: docs.cula.tech/technical-reference/authentication
    """

    base_url: str
    api_key: Secret
    organisation_id: str
    requests_per_minute: int = 1200
    auth: str = field(default="api-key", init=False)

    @property
    def account(self) -> str:
        """Whose requests are counted together. It is a secret, and for a digest only."""
        return self.api_key.reveal()


@dataclass(frozen=True, slots=True, kw_only=True)
class IsometricTarget:
    """What it takes to speak with Isometric Certify.

    creates_feedstock_types: `yes` or `no`; whether the service is taken to offer that. The public
        sources tell both.
    """

    base_url: str
    client_secret: Secret
    access_token: Secret
    project_id: str
    requests_per_minute: int = 100
    creates_feedstock_types: str = "no"


class EmailWhen(StrEnum):
    """Of which imports a target's recipients are told."""

    ALWAYS = "always"
    PROBLEMS = "problems"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A named set of settings. A service without settings is None.

    email: who gets the reports of imports to it.
    origin: in a few words where the settings came from, such as `importer.toml`.
    origins: the same for each setting, by its name such as `cula.base_url`.
    """

    name: str
    time_zone: str = "UTC"
    cula: CulaTarget | CulaKeyTarget | None = None
    isometric: IsometricTarget | None = None
    email: tuple[str, ...] = ()
    email_when: EmailWhen = EmailWhen.ALWAYS
    origin: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxChosen:
    """The target `sandbox` was named: the twin is started, and knows its own settings."""

    name: str = "sandbox"
