"""One named target as `importer.toml` has it. Secrets never stand in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from importer.model.failure import SettingsInvalid
from importer.settings.setting import SERVICES, TIME_ZONE, Kind, Setting, name_variable, suggest
from importer.settings.stated import Stated

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A target's part of a settings file, as found.

    source: the file in words.
    folder: where paths in the file start.
    """

    name: str
    source: str
    folder: Path
    table: Table


def read_profile(profile: Profile) -> dict[str, Stated]:
    """What the file states for this target.

    Raises SettingsInvalid for a name that is no setting, a secret in the file itself, and a
    value that is neither a text nor a whole number.
    """
    place = f"targets.{profile.name}"
    refuse_unknown(profile.table, [TIME_ZONE.name, *SERVICES], profile.source, place)
    stated = _read_settings(profile, profile.table, [TIME_ZONE])
    for service, settings in SERVICES.items():
        part = read_table(profile.table.get(service, {}), profile.source, f"{place}.{service}")
        known = [each.file_name if each.kind is Kind.SECRET else each.name for each in settings]
        _refuse_secrets(profile, part, settings)
        refuse_unknown(part, known, profile.source, f"{place}.{service}")
        stated |= _read_settings(profile, part, settings)
    return stated


def read_table(found: object, source: str, place: str) -> Table:
    """A part of a settings file. Raises SettingsInvalid if it is a single value."""
    if isinstance(found, dict):
        return found
    raise SettingsInvalid(
        f"{source} gives {place} a value, where a part of the file is expected.",
        remedy=f"Write [{place}] on a line, and its settings below.",
    )


def refuse_unknown(table: Table, known: list[str], source: str, place: str) -> None:
    """Raise SettingsInvalid for a name that is not known, with the near one that is."""
    for name in table:
        if name not in known:
            where = f" in [{place}]" if place else ""
            raise SettingsInvalid(
                f"{source} has {name}{where}, which is not a setting.",
                remedy=f"{suggest(name, known)}What can stand there: {', '.join(known)}.",
            )


def _read_settings(
    profile: Profile, table: Table, settings: Iterable[Setting]
) -> dict[str, Stated]:
    stated: dict[str, Stated] = {}
    for setting in settings:
        if setting.kind is Kind.SECRET and setting.file_name in table:
            found = _read_text(profile, table[setting.file_name], setting.file_path)
            file = str(profile.folder / Path(found).expanduser())
            stated[setting.file_path] = Stated(value=file, origin=profile.source)
        elif setting.kind is not Kind.SECRET and setting.name in table:
            found = _read_text(profile, table[setting.name], setting.path)
            stated[setting.path] = Stated(value=found, origin=profile.source)
    return stated


def _read_text(profile: Profile, found: object, path: str) -> str:
    text = str(found).strip() if isinstance(found, str | int) else ""
    if text and not isinstance(found, bool):
        return text
    raise SettingsInvalid(
        f"{profile.source} gives {path} of the target {profile.name} neither a text nor a "
        "whole number.",
        remedy='Put the value in quotes, as in base_url = "https://…", or take the line out.',
    )


def _refuse_secrets(profile: Profile, table: Table, settings: Iterable[Setting]) -> None:
    for setting in settings:
        if setting.kind is Kind.SECRET and setting.name in table:
            raise SettingsInvalid(
                f"{profile.source} holds a secret, {setting.path} of the target {profile.name}.",
                remedy="Take it out. Set the variable "
                f"{name_variable(setting.path, profile.name)}, or name a file that holds it: "
                f'{setting.file_name} = "…"',
            )
