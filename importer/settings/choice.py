"""Which target a command goes to: the named one, else the one that the variables make up."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from importer.model.failure import SettingsMissing
from importer.settings import environment, profiles
from importer.settings.building import build_target
from importer.settings.profile import Profile, read_profile
from importer.settings.profiles import Profiles
from importer.settings.setting import Kind, Setting, name_variable, suggest
from importer.settings.target import SandboxChosen, Target

SANDBOX = "sandbox"


def choose_target(
    name: str | None, *, config: Path | None, environ: Mapping[str, str], folder: Path
) -> Target | SandboxChosen:
    """The target that a command contacts.

    config: the settings file that was named, if one was.
    folder: the working folder, where `importer.toml` is looked for.
    Raises SettingsMissing if there is none, it is not known, or it is not complete, and
    SettingsInvalid for a setting that cannot be used.
    """
    found = find_target(name, config=config, environ=environ, folder=folder)
    if isinstance(found, SandboxChosen):
        return found
    if found is not None and (found.cula or found.isometric):
        return found
    known = profiles.find_profiles(config, folder)
    chosen = f"The target {found.name} has no service" if found else "No target is chosen"
    raise SettingsMissing(
        f"{chosen}. {_list_targets(known)}",
        remedy=f"Name one that has, as in --target {SANDBOX}; or set the variables that begin "
        f"with {name_variable('cula')}__ or {name_variable('isometric')}__; or write a target "
        f"into {profiles.FILE}.",
    )


def find_target(
    name: str | None, *, config: Path | None, environ: Mapping[str, str], folder: Path
) -> Target | SandboxChosen | None:
    """Like `choose_target`, for commands that can do without: None if nothing is chosen.

    The target may have no service at all, and still a time zone.
    """
    if name == SANDBOX:
        return SandboxChosen()
    if name is not None:
        return _read_named(name, profiles.find_profiles(config, folder), environ, folder)
    stated = environment.read_environment(environ, folder)
    if not stated:
        return None
    return build_target(
        environment.NAME, stated, origin="environment variables", where=_name_own_variable
    )


def _read_named(name: str, known: Profiles, environ: Mapping[str, str], folder: Path) -> Target:
    if name not in known.named:
        raise SettingsMissing(
            f"There is no target {name}. {_list_targets(known)}", remedy=_suggest(name, known)
        )
    profile = known.named[name]
    secrets = environment.read_secrets(environ, name, folder)
    return build_target(
        name,
        read_profile(profile) | secrets,
        origin=known.source,
        where=partial(_name_place, profile),
    )


def _name_place(profile: Profile, setting: Setting) -> str:
    place = f"in [targets.{profile.name}.{setting.service}] of {profile.source}"
    if setting.kind is not Kind.SECRET:
        return f"{setting.name} {place}"
    variable = name_variable(setting.path, profile.name)
    return f"the variable {variable} (or {setting.file_name} {place})"


def _name_own_variable(setting: Setting) -> str:
    return f"the variable {name_variable(setting.path)}"


def _list_targets(known: Profiles) -> str:
    named = "".join(f", {each} ({known.source})" for each in known.named)
    return f"Targets: {SANDBOX} (built in){named}."


def _suggest(name: str, known: Profiles) -> str:
    if name == environment.NAME:
        return "Leave --target out: then the variables make up the target."
    near = suggest(name, [SANDBOX, *known.named])
    return f"{near}A target is written into {profiles.FILE}, under [targets.{name}]."
