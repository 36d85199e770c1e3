"""Where this program keeps what it must remember."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from importer.model.failure import SettingsInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The places of the program's own data. None of them need be there yet.

    database_url: the ledger's, as SQLAlchemy writes it; it may hold a password, so it is not shown.
    """

    folder: Path
    database_url: str = field(repr=False)

    @property
    def sandbox_database(self) -> Path:
        """The file of the local twin of both services."""
        return self.folder / "sandbox.sqlite"


def find_state(environ: Mapping[str, str]) -> State:
    """The places that `IMPORTER_STATE_DIR` and `IMPORTER_DATABASE_URL` name, else the user's own.

    Raises SettingsInvalid for a folder that cannot stand in a database's address.
    """
    named = environ.get("IMPORTER_STATE_DIR", "").strip()
    folder = (
        Path(named).expanduser()
        if named
        else platformdirs.user_data_path("importer", appauthor=False)
    )
    url = environ.get("IMPORTER_DATABASE_URL", "").strip()
    return State(folder=folder, database_url=url or _name_file(folder / "ledger.sqlite"))


def _name_file(path: Path) -> str:
    if "?" in str(path):
        raise SettingsInvalid(
            f"The folder {path.parent} has a question mark in its name, which an address of a "
            "database cannot hold.",
            remedy="Set IMPORTER_STATE_DIR to another folder.",
        )
    return f"sqlite:///{path.as_posix()}"
