"""Settings in environment variables: the target `env`, secrets of named targets, the mail."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from importer.model.failure import SettingsInvalid
from importer.settings.setting import (
    EMAIL,
    EMAIL_WHEN,
    LIMITS,
    MAIL,
    MAIL_SECRETS,
    SECRETS,
    SERVICES,
    SETTINGS,
    Kind,
    name_variable,
    suggest,
)
from importer.settings.stated import Stated

NAME = "env"
"""The target that the variables make up; it cannot be named."""

_FILES = [each.file_path for each in SECRETS]

_MAIL_FILES = [each.file_path for each in MAIL_SECRETS]

_PATHS = {*_FILES, *_MAIL_FILES, *(each.path for each in MAIL if each.kind is Kind.FILE)}
"""Settings that name a file."""


def read_environment(environ: Mapping[str, str], folder: Path) -> dict[str, Stated]:
    """What `IMPORTER_CULA__…`, `IMPORTER_ISOMETRIC__…`, `IMPORTER_TIME_ZONE` and the like state.

    folder: where the path of a secret file starts that is not absolute.
    Raises SettingsInvalid for a variable of a service that is no setting.
    """
    variables = {name_variable(path): path for path in [*(each.path for each in SETTINGS), *_FILES]}
    _refuse_unknown(environ, variables, [name_variable(each) for each in (*SERVICES, EMAIL.path)])
    return _read(environ, variables, folder)


def read_secrets(environ: Mapping[str, str], target: str, folder: Path) -> dict[str, Stated]:
    """What the variables `IMPORTER_TARGETS__<NAME>__…` of a named target state.

    Those are its secrets, and who gets its reports. Raises SettingsInvalid for any other one.
    """
    paths = [*(each.path for each in (*SECRETS, EMAIL, EMAIL_WHEN)), *_FILES]
    variables = {name_variable(path, target): path for path in paths}
    _refuse_unknown(environ, variables, [name_variable("", target)])
    return _read(environ, variables, folder)


def read_mail(environ: Mapping[str, str], folder: Path) -> dict[str, Stated]:
    """What the variables `IMPORTER_MAIL__…` state.

    Raises SettingsInvalid for any other variable that begins like that.
    """
    variables = {
        name_variable(path): path for path in [*(each.path for each in MAIL), *_MAIL_FILES]
    }
    _refuse_unknown(environ, variables, [name_variable("mail")])
    return _read(environ, variables, folder)


def read_limits(environ: Mapping[str, str], folder: Path) -> dict[str, Stated]:
    """What the variables `IMPORTER_LIMITS__…` state.

    Raises SettingsInvalid for any other variable that begins like that.
    """
    variables = {name_variable(each.path): each.path for each in LIMITS}
    _refuse_unknown(environ, variables, [name_variable("limits")])
    return _read(environ, variables, folder)


def _read(
    environ: Mapping[str, str], variables: Mapping[str, str], folder: Path
) -> dict[str, Stated]:
    """A variable that is empty states nothing, as a blank value in a compose file."""
    stated: dict[str, Stated] = {}
    for variable, path in variables.items():
        value = environ.get(variable, "").strip()
        if value:
            whole = str(folder / Path(value).expanduser()) if path in _PATHS else value
            stated[path] = Stated(value=whole, origin=f"the variable {variable}")
    return stated


def _refuse_unknown(
    environ: Mapping[str, str], known: Mapping[str, str], prefixes: Iterable[str]
) -> None:
    starts = tuple(prefixes)
    for variable in sorted(environ):
        if variable.startswith(starts) and variable not in known:
            raise SettingsInvalid(
                f"The variable {variable} is not a setting.",
                remedy=f"{suggest(variable, known)}The variables here are {', '.join(known)}.",
            )
