"""A working folder, the user's own settings folder, and complete settings to take from."""

from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs
import pytest

from importer.settings.choice import choose_target
from importer.settings.target import SandboxChosen, Target

CULA = {
    "IMPORTER_CULA__BASE_URL": "https://api.demo.cula.earth/tracking/v1",
    "IMPORTER_CULA__TOKEN_URL": "https://auth.demo.cula.earth/oauth2/token",
    "IMPORTER_CULA__CLIENT_ID": "client-1",
    "IMPORTER_CULA__CLIENT_SECRET": "canary-cula",
    "IMPORTER_CULA__ORGANISATION_ID": "org_1",
}

CULA_BY_KEY = {
    "IMPORTER_CULA__AUTH": "api-key",
    "IMPORTER_CULA__BASE_URL": "https://api.cula.example/tracking/v1",
    "IMPORTER_CULA__API_KEY": "canary-key",
    "IMPORTER_CULA__ORGANISATION_ID": "org_1",
}

ISOMETRIC = {
    "IMPORTER_ISOMETRIC__BASE_URL": "https://api.sandbox.isometric.com/mrv/v0",
    "IMPORTER_ISOMETRIC__CLIENT_SECRET": "canary-isometric",
    "IMPORTER_ISOMETRIC__ACCESS_TOKEN": "canary-token",
    "IMPORTER_ISOMETRIC__PROJECT_ID": "prj_1",
}

PLANT = """
[targets.plant-north]
time_zone = "Europe/Berlin"

[targets.plant-north.cula]
base_url = "https://api.cula.example/v1/"
token_url = "https://auth.cula.example/token"
client_id = "client-2"
organisation_id = "org_2"
requests_per_minute = 300
"""

PLANT_SECRET = {"IMPORTER_TARGETS__PLANT_NORTH__CULA__CLIENT_SECRET": "canary-plant"}

Choose = Callable[..., Target]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "work"
    path.mkdir()
    return path


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's settings folder, empty."""
    path = tmp_path / "own"
    path.mkdir()
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_args, **_kwargs: path)
    return path


@pytest.fixture
def cula() -> dict[str, str]:
    return dict(CULA)


@pytest.fixture
def cula_by_key() -> dict[str, str]:
    return dict(CULA_BY_KEY)


@pytest.fixture
def isometric() -> dict[str, str]:
    return dict(ISOMETRIC)


@pytest.fixture
def plant(folder: Path) -> dict[str, str]:
    """The target `plant-north` stands in the working folder; its secret is in these variables."""
    (folder / "importer.toml").write_text(PLANT)
    return dict(PLANT_SECRET)


@pytest.fixture
def choose(folder: Path) -> Choose:
    """Chooses a target that is not the sandbox."""

    def choose_in_folder(
        name: str | None, environ: Mapping[str, str], config: Path | None = None
    ) -> Target:
        found = choose_target(name, config=config, environ=environ, folder=folder)
        assert not isinstance(found, SandboxChosen)
        return found

    return choose_in_folder
