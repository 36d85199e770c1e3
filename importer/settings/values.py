"""What a setting's text has to be. Only what is no secret is ever shown in a message."""

import ipaddress
import re
import zoneinfo
from urllib.parse import SplitResult, urlsplit

from importer.model.failure import SettingsInvalid
from importer.model.secret import Secret
from importer.settings.setting import suggest
from importer.settings.stated import Statements

_EXAMPLE = "Write it like https://api.example.com/v1"

_COUNT = re.compile(r"0*[1-9][0-9]{0,6}")


def read_address(stated: Statements, path: str) -> str:
    """A web address: https, or http to this machine.

    One that is none is not shown: credentials get pasted into the wrong variable.
    """
    _refuse_strange(stated, path)
    found = stated[path].value
    try:
        parts = urlsplit(found)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise _refuse(stated, path, "is not a web address", _EXAMPLE) from None
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _refuse(stated, path, "holds more than host and path", _EXAMPLE)
    if not usable or parts.scheme not in ("https", "http"):
        raise _refuse(stated, path, "is not a web address", _EXAMPLE)
    if parts.scheme == "http" and not _is_loopback(parts):
        raise _refuse(
            stated,
            path,
            f"would send the credentials to {parts.hostname} for all to read",
            "Write https:// in front of it.",
        )
    return found


def read_name(stated: Statements, path: str) -> str:
    """An id or a name that travels in a header or an address."""
    _refuse_strange(stated, path)
    return stated[path].value


def read_secret(stated: Statements, path: str) -> Secret:
    """A credential, from here on in a type that does not print."""
    _refuse_strange(stated, path)
    return Secret(stated[path].value)


def read_count(stated: Statements, path: str) -> int:
    """A whole number above 0."""
    found = stated[path].value
    if not _COUNT.fullmatch(found):
        raise _refuse(
            stated, path, f"is not a whole number above 0: {found}", "Write digits only, as in 100."
        )
    return int(found)


def read_zone(stated: Statements, path: str) -> str:
    """The name of a time zone that this machine knows."""
    found = stated[path].value
    try:
        zoneinfo.ZoneInfo(found)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = suggest(found, zoneinfo.available_timezones())
        raise _refuse(
            stated,
            path,
            f"is not a time zone: {found}",
            f"{near}Write a name such as Europe/Berlin or UTC.",
        ) from error
    return found


def _is_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_strange(stated: Statements, path: str) -> None:
    """Refuse what cannot stand in a request, such as a line break or a curly quote pasted along."""
    found = stated[path].value
    for position, character in enumerate(found, start=1):
        if not (character.isascii() and character.isprintable()):
            raise _refuse(
                stated,
                path,
                f"has a character at position {position} that cannot be sent",
                "Copy it again, without line breaks, quotes or spaces around it.",
            )


def _refuse(stated: Statements, path: str, words: str, remedy: str) -> SettingsInvalid:
    return SettingsInvalid(f"The setting {path} ({stated[path].origin}) {words}.", remedy=remedy)
