"""What a source states: the text of a setting, and where it stands. Nothing here prints a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from importer.model.failure import SettingsInvalid
from importer.settings.setting import MAIL_SECRETS, SECRETS


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One setting's text as found. `origin` says where, in words."""

    value: str = field(repr=False)
    origin: str


Statements = Mapping[str, Stated]
"""What is stated, by the setting's name such as `cula.base_url`.

A secret may be stated by a file that holds it, as in `cula.client_secret_file`.
"""


def read_secret_files(stated: Statements) -> dict[str, Stated]:
    """The statements with secrets in place of the files that hold them.

    A secret that is stated itself wins over a file, which is not opened then.
    Raises SettingsInvalid for a file that cannot be read or is empty.
    """
    files = {each.file_path: each for each in (*SECRETS, *MAIL_SECRETS)}
    plain = {path: each for path, each in stated.items() if path not in files}
    held = {
        files[path].path: _read_file(each)
        for path, each in stated.items()
        if path in files and files[path].path not in plain
    }
    return plain | held


def _read_file(named: Stated) -> Stated:
    path = Path(named.value)
    try:
        content = path.read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise _refuse(named, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        # The exception holds what was read, so it is not handed on.
        raise _refuse(named, "is not a text") from None
    if not content:
        raise _refuse(named, "is empty")
    return Stated(value=content, origin=f"the secret file {path}")


def _refuse(named: Stated, words: str) -> SettingsInvalid:
    return SettingsInvalid(
        f"The secret file {named.value}, named by {named.origin}, {words}.",
        remedy="Put the secret, and nothing else, into that file, or correct its path.",
    )
