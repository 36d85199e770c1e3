"""Addresses: which ones credentials may be sent to, and how paths below them are written."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from importer.apis.bodies import clean
from importer.model.failure import SettingsInvalid, SettingsMissing

_BRACES = re.compile(r"\{(\w+)\}")
# What may stand as it is in the paths of declarations: a path with its query.
_PATH_SAFE = "/?&=%:@!$'()*,;~"


def check_address(name: str, address: str) -> str:
    """The address without a slash at its end; `name` is what the setting is called.

    Raises:
        SettingsMissing: It is empty.
        SettingsInvalid: It is not https (or http to this machine itself), or holds more than
            scheme, host, port and path.
    """
    text = address.strip().rstrip("/")
    if not text:
        raise SettingsMissing(f"{name} is not set.", remedy=f"Set {name} of the target.")
    parts = split_address(text)
    if parts is None or not parts.hostname:
        raise SettingsInvalid(
            f"{name} is not a web address.", remedy=f"Set {name} to https://host/path."
        )
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise SettingsInvalid(
            f"{name} holds more than scheme, host and path.",
            remedy=f"Take user names, passwords and queries out of {name}.",
        )
    is_open = parts.scheme == "http" and is_loopback(parts.hostname)
    if parts.scheme != "https" and not is_open:
        raise SettingsInvalid(
            f"{name} is {clean(text)}, which is not encrypted, and credentials are sent to it.",
            remedy=f"Set {name} to an address that starts with https://.",
        )
    return text


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, by its name or number."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_host(address: str) -> str:
    """The host of an address, with its port where one is given."""
    return urlsplit(address).netloc


def fill(path: str, settings: Mapping[str, str]) -> str:
    """A path with the settings that it names in braces, percent-encoded.

    Raises:
        SettingsMissing: It names a setting that is not there.
    """

    def read(match: re.Match[str]) -> str:
        value = settings.get(match[1], "")
        if not value:
            raise SettingsMissing(
                f"{clean(match[1])} is not set, and {clean(path)} needs it.",
                remedy=f"Set {clean(match[1])} of the target.",
            )
        return quote(value, safe="")

    return quote(_BRACES.sub(read, path), safe=_PATH_SAFE)


def add_query(path: str, parameters: Mapping[str, str]) -> str:
    """A path that may have a query, with more of it."""
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}{urlencode(parameters, quote_via=quote, safe='')}"


def add_step(path: str, step: str) -> str:
    """A path that may have a query, with one more step before that."""
    head, mark, query = path.partition("?")
    return f"{head}/{quote(step, safe='')}{mark}{query}"


def split_address(text: str) -> SplitResult | None:
    """The parts of an address; None where it cannot be one."""
    if not text.isascii() or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        # Both read the text further, and refuse what they cannot read.
        _ = parts.port
        (parts.hostname or "").encode("idna")
    except ValueError:
        return None
    return parts
