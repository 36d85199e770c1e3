"""The settings file `importer.toml` with its named targets.

[targets.plant-north]
time_zone = "Europe/Berlin"

[targets.plant-north.cula]
base_url = "https://…"
client_secret_file = "secrets/cula"

[mail]
host = "mail.plant.example"
sender = "importer@plant.example"
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from importer.model.failure import SettingsInvalid, SettingsMissing
from importer.settings.profile import Profile, read_table, refuse_unknown
from importer.settings.setting import name_in_variables

FILE = "importer.toml"

_RESERVED = {
    "env": "that name is for the target that the variables make up",
    "sandbox": "that target is built in",
}

_NAME = re.compile(r"[A-Za-z0-9]+([-_. ][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """The parts of a settings file. `source` is the file in words, empty if there is none."""

    source: str = ""
    named: Mapping[str, Profile]
    mail: Profile | None = None


def find_profiles(config: Path | None, folder: Path) -> Profiles:
    """The profiles of the file `config`, else of the working folder, else of the user's settings.

    Raises SettingsMissing if `config` is given and not there, and SettingsInvalid for a file
    that cannot be used.
    """
    if config is not None:
        if not config.is_file():
            raise SettingsMissing(
                f"The settings file {config} is not there.",
                remedy="Correct the path after --config, or leave it out.",
            )
        return _read_profiles(config, str(config))
    if (folder / FILE).is_file():
        return _read_profiles(folder / FILE, FILE)
    own = platformdirs.user_config_path("importer", appauthor=False) / FILE
    if own.is_file():
        return _read_profiles(own, str(own))
    return Profiles(named={})


def _read_profiles(path: Path, source: str) -> Profiles:
    document = _parse(path, source)
    refuse_unknown(document, ["targets", "mail"], source, "")
    targets = read_table(document.get("targets", {}), source, "targets")
    _check_names(targets, source)
    return Profiles(
        source=source,
        named={
            name: Profile(
                name=name,
                source=source,
                folder=path.parent,
                table=read_table(table, source, f"targets.{name}"),
            )
            for name, table in targets.items()
        },
        mail=_find_mail(document, source, path.parent),
    )


def _find_mail(document: Mapping[str, object], source: str, folder: Path) -> Profile | None:
    if "mail" not in document:
        return None
    table = read_table(document["mail"], source, "mail")
    return Profile(name=None, source=source, folder=folder, table=table)


def _parse(path: Path, source: str) -> dict[str, object]:
    try:
        # Editors on Windows put a mark in front of the text that TOML does not know.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsInvalid(
            f"The settings file {source} cannot be read: {error.strerror}.",
            remedy="Give yourself the right to read it, or name another one with --config.",
        ) from error
    except UnicodeDecodeError:
        # The exception holds what was read, so it is not handed on.
        raise SettingsInvalid(
            f"The settings file {source} is not a text in UTF-8.", remedy="Save it as UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(
            f"The settings file {source} is not valid TOML: {error}.",
            remedy='Correct that line; a setting looks like this: base_url = "https://…"',
        ) from None


def _check_names(names: Iterable[str], source: str) -> None:
    """Refuse names that are taken, and those that do not make variables of their own."""
    spelled: dict[str, str] = {}
    for name in names:
        if name in _RESERVED:
            raise SettingsInvalid(
                f"{source} has a target {name}, but {_RESERVED[name]}.", remedy="Rename it."
            )
        if not _NAME.fullmatch(name):
            raise SettingsInvalid(
                f"{source} has a target {name!r}, which is not a usable name.",
                remedy="Use letters a to z and digits, with single dashes, as in plant-north.",
            )
        other = spelled.setdefault(name_in_variables(name), name)
        if other != name:
            raise SettingsInvalid(
                f"{source} has targets {other} and {name}, whose variables would be the same.",
                remedy="Rename one of them, so that neither gets the other's secrets.",
            )
