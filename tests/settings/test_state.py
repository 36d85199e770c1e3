"""Where the program keeps what it must remember."""

from pathlib import Path

import platformdirs
import pytest

from importer.model.failure import SettingsInvalid
from importer.settings.state import find_state


def test_the_users_own_folder_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path("/home/anna/share/importer")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_args, **_kwargs: own)

    state = find_state({"IMPORTER_STATE_DIR": " ", "IMPORTER_DATABASE_URL": ""})

    assert state.folder == own
    assert state.database_url == "sqlite:////home/anna/share/importer/ledger.sqlite"
    assert state.sandbox_database == own / "sandbox.sqlite"


def test_the_folder_can_be_set(tmp_path: Path) -> None:
    state = find_state({"IMPORTER_STATE_DIR": str(tmp_path / "state")})

    assert state.folder == tmp_path / "state"
    assert state.database_url == f"sqlite:///{(tmp_path / 'state' / 'ledger.sqlite').as_posix()}"
    assert not state.folder.exists()


def test_the_database_can_be_elsewhere(tmp_path: Path) -> None:
    url = "postgresql://importer@db.example/ledger"
    state = find_state({"IMPORTER_STATE_DIR": str(tmp_path), "IMPORTER_DATABASE_URL": url})

    assert state.database_url == url
    assert state.sandbox_database.parent == tmp_path


def test_a_folder_that_no_address_can_hold_is_refused() -> None:
    with pytest.raises(SettingsInvalid, match="question mark") as caught:
        find_state({"IMPORTER_STATE_DIR": "/home/who?"})

    assert "IMPORTER_STATE_DIR" in caught.value.remedy


def test_such_a_folder_does_where_the_database_is_elsewhere() -> None:
    environ = {"IMPORTER_STATE_DIR": "/home/who?", "IMPORTER_DATABASE_URL": "postgresql:///x"}

    assert find_state(environ).folder == Path("/home/who?")
