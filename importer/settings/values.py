"""What a setting's text has to be. Only what is no secret is ever shown in a message."""

import re
import zoneinfo
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from importer.model.failure import SettingsInvalid
from importer.model.mail import is_address, is_loopback
from importer.model.secret import Secret
from importer.settings.setting import suggest
from importer.settings.stated import Statements

_EXAMPLE = "Write it like https://api.example.com/v1"

_HOST = re.compile(r"[A-Za-z0-9._:-]+")

_LAST_PORT = 65_535

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


def read_choice(stated: Statements, path: str, words: Sequence[str]) -> str:
    """One of a few words."""
    found = stated[path].value.lower()
    if found not in words:
        raise _refuse(
            stated,
            path,
            f"is none of {', '.join(words)}: {found}",
            f"{suggest(found, words)}Write one of these words.",
        )
    return found


def read_host(stated: Statements, path: str) -> str:
    """The name or number of a host, without a port."""
    _refuse_strange(stated, path)
    found = stated[path].value
    if not _HOST.fullmatch(found):
        raise _refuse(
            stated, path, "is not a host", "Write its name alone, such as mail.plant.example."
        )
    return found


def read_port(stated: Statements, path: str) -> int:
    """A port, 1 to 65535."""
    found = read_count(stated, path)
    if found > _LAST_PORT:
        raise _refuse(stated, path, f"is above {_LAST_PORT}: {found}", "Write a port, such as 587.")
    return found


def read_email(stated: Statements, path: str) -> str:
    """One e-mail address."""
    (found,) = _read_emails(stated, path, [stated[path].value])
    return found


def read_emails(stated: Statements, path: str) -> tuple[str, ...]:
    """E-mail addresses that are parted by commas, each once."""
    parts = [each.strip() for each in stated[path].value.split(",")]
    return _read_emails(stated, path, [each for each in parts if each])


def _read_emails(stated: Statements, path: str, found: Sequence[str]) -> tuple[str, ...]:
    for each in found:
        if not is_address(each):
            raise _refuse(
                stated,
                path,
                "is not an e-mail address",
                "Write the address alone, such as eva@plant.example, without a name beside it.",
            )
    return tuple(dict.fromkeys(found))


def read_file(stated: Statements, path: str) -> Path:
    """The path of a file that can be read."""
    found = Path(stated[path].value)
    try:
        found.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "its path is not usable"
        raise _refuse(
            stated,
            path,
            f"names a file that cannot be read: {found}: {reason}",
            "Correct its path.",
        ) from error
    return found


def _is_loopback(parts: SplitResult) -> bool:
    return is_loopback(parts.hostname or "")


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
