"""Credentials: what every request carries to be let in."""

from collections.abc import Mapping
from typing import Protocol

from importer.model.failure import SettingsInvalid, SettingsMissing


class Credentials(Protocol):
    """Headers that let requests in; safe to use from several threads."""

    @property
    def are_renewable(self) -> bool:
        """Whether there are others to be had when these are refused."""

    def present(self) -> Mapping[str, str]:
        """The headers to send now."""

    def secrets(self, presented: Mapping[str, str]) -> tuple[str, ...]:
        """What of these headers must never show."""

    def discard(self, presented: Mapping[str, str]) -> None:
        """These headers were refused: present others from now on."""


class FixedCredentials:
    """Headers that stay as they are for the whole run."""

    def __init__(self, headers: Mapping[str, str], *, secrets: tuple[str, ...]) -> None:
        self._headers = dict(headers)
        self._secrets = secrets

    @property
    def are_renewable(self) -> bool:
        """They are not."""
        return False

    def present(self) -> Mapping[str, str]:
        """The headers."""
        return self._headers

    def secrets(self, presented: Mapping[str, str]) -> tuple[str, ...]:
        """The secrets in them."""
        del presented
        return self._secrets

    def discard(self, presented: Mapping[str, str]) -> None:
        """There are no others."""
        del presented


def check_header_text(name: str, text: str) -> None:
    """Refuse a setting that cannot travel in a header; `name` is what it is called.

    Raises:
        SettingsMissing: It is empty.
        SettingsInvalid: It holds other than visible ASCII characters, such as a line break.
    """
    if not text:
        raise SettingsMissing(f"{name} is not set.", remedy=f"Set {name} of the target.")
    if not is_header_text(text):
        # Not what was found: it may be a secret.
        raise SettingsInvalid(
            f"{name} holds a space, a line break or a character outside of ASCII.",
            remedy=f"Copy {name} again, without anything around it.",
        )


def is_header_text(text: str) -> bool:
    """Whether a text is made of visible ASCII characters only."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text
