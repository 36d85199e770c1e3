"""A part of `importer.toml`: a named target, or the mail. Secrets never stand in the file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.model.failure import SettingsInvalid
from importer.settings.setting import MAIL, OWN, SERVICES, Kind, Setting, name_variable, suggest
from importer.settings.stated import Stated

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A target's part of a settings file, as found; without a name it is that of the mail.

    source: the file in words.
    folder: where paths in the file start.
    """

    name: str | None
    source: str
    folder: Path
    table: Table

    @property
    def owner(self) -> str:
        """Whose settings they are, to stand behind the name of one."""
        return f" of the target {self.name}" if self.name else ""


def read_profile(profile: Profile) -> dict[str, Stated]:
    """What the file states for this target.

    Raises SettingsInvalid for a name that is no setting, a secret in the file itself, and a
    value that is neither a text nor a whole number.
    """
    place = f"targets.{profile.name}"
    own = [each.name for each in OWN]
    refuse_unknown(profile.table, [*own, *SERVICES], profile.source, place)
    stated = _read_settings(profile, profile.table, OWN)
    for service, settings in SERVICES.items():
        part = read_table(profile.table.get(service, {}), profile.source, f"{place}.{service}")
        stated |= _read_part(profile, part, settings, f"{place}.{service}")
    return stated


def read_mail_profile(profile: Profile) -> dict[str, Stated]:
    """What the file states for the mail. Raises SettingsInvalid as `read_profile` does."""
    return _read_part(profile, profile.table, MAIL, "mail")


def _read_part(
    profile: Profile, part: Table, settings: Sequence[Setting], place: str
) -> dict[str, Stated]:
    known = [each.file_name if each.kind is Kind.SECRET else each.name for each in settings]
    _refuse_secrets(profile, part, settings)
    refuse_unknown(part, known, profile.source, place)
    return _read_settings(profile, part, settings)


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
            found = _read_value(profile, table[setting.name], setting)
            stated[setting.path] = Stated(value=found, origin=profile.source)
    return stated


def _read_value(profile: Profile, found: object, setting: Setting) -> str:
    """A value as variables would spell it; a path starts where the file lies."""
    if setting.kind is Kind.EMAILS and isinstance(found, list):
        return ",".join(_read_text(profile, each, setting.path) for each in found)
    text = _read_text(profile, found, setting.path)
    is_path = setting.kind is Kind.FILE
    return str(profile.folder / Path(text).expanduser()) if is_path else text


def _read_text(profile: Profile, found: object, path: str) -> str:
    text = str(found).strip() if isinstance(found, str | int) else ""
    if text and not isinstance(found, bool):
        return text
    raise SettingsInvalid(
        f"{profile.source} gives {path}{profile.owner} neither a text nor a whole number.",
        remedy='Put the value in quotes, as in base_url = "https://…", or take the line out.',
    )


def _refuse_secrets(profile: Profile, table: Table, settings: Iterable[Setting]) -> None:
    for setting in settings:
        if setting.kind is Kind.SECRET and setting.name in table:
            raise SettingsInvalid(
                f"{profile.source} holds a secret, {setting.path}{profile.owner}.",
                remedy="Take it out. Set the variable "
                f"{name_variable(setting.path, profile.name)}, or name a file that holds it: "
                f'{setting.file_name} = "…"',
            )
