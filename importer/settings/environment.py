"""Settings in environment variables: the target `env`, and the secrets of named targets."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from importer.model.failure import SettingsInvalid
from importer.settings.setting import SECRETS, SERVICES, SETTINGS, name_variable, suggest
from importer.settings.stated import Stated

NAME = "env"
"""The target that the variables make up; it cannot be named."""

_FILES = [each.file_path for each in SECRETS]


def read_environment(environ: Mapping[str, str], folder: Path) -> dict[str, Stated]:
    """What `IMPORTER_CULA__…`, `IMPORTER_ISOMETRIC__…` and `IMPORTER_TIME_ZONE` state.

    folder: where the path of a secret file starts that is not absolute.
    Raises SettingsInvalid for a variable of a service that is no setting.
    """
    variables = {name_variable(path): path for path in [*(each.path for each in SETTINGS), *_FILES]}
    _refuse_unknown(environ, variables, [name_variable(each) for each in SERVICES])
    return _read(environ, variables, folder)


def read_secrets(environ: Mapping[str, str], target: str, folder: Path) -> dict[str, Stated]:
    """What the variables `IMPORTER_TARGETS__<NAME>__…` of a named target state: secrets only.

    Raises SettingsInvalid for any other variable of that target.
    """
    secrets = [*(each.path for each in SECRETS), *_FILES]
    variables = {name_variable(path, target): path for path in secrets}
    _refuse_unknown(environ, variables, [name_variable("", target)])
    return _read(environ, variables, folder)


def _read(
    environ: Mapping[str, str], variables: Mapping[str, str], folder: Path
) -> dict[str, Stated]:
    """A variable that is empty states nothing, as a blank value in a compose file."""
    stated: dict[str, Stated] = {}
    for variable, path in variables.items():
        value = environ.get(variable, "").strip()
        if value:
            whole = str(folder / Path(value).expanduser()) if path in _FILES else value
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
