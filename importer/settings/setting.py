"""Every setting of a target and of the mail, once: its name, its kind, what it is by default."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a setting's text has to be."""

    NAME = "a name or an id"
    ADDRESS = "an address"
    SECRET = "a secret"  # noqa: S105 - a kind of setting, not one
    COUNT = "a whole number above 0"
    ZONE = "a time zone"
    HOST = "a host"
    PORT = "a port"
    EMAIL = "an e-mail address"
    EMAILS = "e-mail addresses, parted by commas"
    CHOICE = "one of a few words"
    FILE = "the path of a file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting. `service` is empty for those of the target itself.

    No default: it is needed, unless it is optional.
    auth: the way of signing in that it goes with; empty: every one.
    """

    service: str
    name: str
    kind: Kind
    default: str = ""
    is_optional: bool = False
    auth: str = ""

    @property
    def path(self) -> str:
        """Its name within a target, such as `cula.base_url`."""
        return f"{self.service}.{self.name}" if self.service else self.name

    @property
    def file_name(self) -> str:
        """The name of its companion that names a secret file; secrets only."""
        return f"{self.name}_file"

    @property
    def file_path(self) -> str:
        """The companion's name within a target."""
        return f"{self.path}_file"


TIME_ZONE = Setting(service="", name="time_zone", kind=Kind.ZONE, default="UTC")

EMAIL = Setting(service="", name="email", kind=Kind.EMAILS, is_optional=True)

EMAIL_WHEN = Setting(
    service="", name="email_when", kind=Kind.CHOICE, default="always", is_optional=True
)

OWN = (TIME_ZONE, EMAIL, EMAIL_WHEN)
"""The settings of a target itself."""

OAUTH2, API_KEY = "oauth2", "api-key"

AUTH = Setting(service="cula", name="auth", kind=Kind.CHOICE, default=OAUTH2)

CULA = (
    Setting(service="cula", name="base_url", kind=Kind.ADDRESS),
    AUTH,
    Setting(service="cula", name="token_url", kind=Kind.ADDRESS, auth=OAUTH2),
    Setting(service="cula", name="client_id", kind=Kind.NAME, auth=OAUTH2),
    Setting(service="cula", name="client_secret", kind=Kind.SECRET, auth=OAUTH2),
    Setting(service="cula", name="api_key", kind=Kind.SECRET, auth=API_KEY),
    Setting(service="cula", name="organisation_id", kind=Kind.NAME),
    Setting(service="cula", name="requests_per_minute", kind=Kind.COUNT, default="1200"),
)

ISOMETRIC = (
    Setting(service="isometric", name="base_url", kind=Kind.ADDRESS),
    Setting(service="isometric", name="client_secret", kind=Kind.SECRET),
    Setting(service="isometric", name="access_token", kind=Kind.SECRET),
    Setting(service="isometric", name="project_id", kind=Kind.NAME),
    Setting(service="isometric", name="requests_per_minute", kind=Kind.COUNT, default="100"),
    Setting(service="isometric", name="creates_feedstock_types", kind=Kind.CHOICE, default="no"),
)

MAIL = (
    Setting(service="mail", name="host", kind=Kind.HOST),
    Setting(service="mail", name="port", kind=Kind.PORT, is_optional=True),
    Setting(service="mail", name="security", kind=Kind.CHOICE, default="starttls"),
    Setting(service="mail", name="user", kind=Kind.NAME, is_optional=True),
    Setting(service="mail", name="password", kind=Kind.SECRET, is_optional=True),
    Setting(service="mail", name="sender", kind=Kind.EMAIL),
    Setting(service="mail", name="ca_file", kind=Kind.FILE, is_optional=True),
)
"""The mail server's settings belong to no target: whatever the target, it takes the reports."""

LIMITS = tuple(
    Setting(service="limits", name=name, kind=Kind.COUNT, is_optional=True)
    for name in (
        "entries",
        "part_megabytes",
        "total_megabytes",
        "ratio",
        "cells",
        "reader_megabytes",
        "reader_seconds",
    )
)
"""How much of a file is opened and read, whatever the target; the defaults are the reader's."""

SERVICES = {"cula": CULA, "isometric": ISOMETRIC}

SETTINGS = (*OWN, *CULA, *ISOMETRIC)

SECRETS = tuple(each for each in SETTINGS if each.kind is Kind.SECRET)

MAIL_SECRETS = tuple(each for each in MAIL if each.kind is Kind.SECRET)


def name_variable(path: str, target: str | None = None) -> str:
    """The environment variable of a setting: of the named target, else of the target `env`."""
    owner = f"TARGETS__{name_in_variables(target)}__" if target is not None else ""
    return f"IMPORTER_{owner}{path.replace('.', '__').upper()}"


def name_in_variables(target: str) -> str:
    """A target's name as variables spell it: `plant-north` is `PLANT_NORTH`."""
    return re.sub(r"[^A-Z0-9]", "_", target.upper())


def suggest(found: str, known: Iterable[str]) -> str:
    """The words `Did you mean …? `, or nothing when no known name is near."""
    near = difflib.get_close_matches(found, list(known), n=1, cutoff=0.7)
    return f"Did you mean {near[0]}? " if near else ""
