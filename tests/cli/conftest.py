"""A working folder of its own, and two ways to type: within this process, and in a real one."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.sandbox.server import Running
from tests.cli.shell import Processes, Shell, own_environment


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, empty, with a home and a state folder beside it."""
    work = tmp_path / "work"
    work.mkdir()
    for name in [each for each in os.environ if each.startswith(("IMPORTER_", "XDG_"))]:
        monkeypatch.delenv(name)
    for name, value in own_environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def state(folder: Path) -> Path:
    """The state folder; a command makes it."""
    return folder.parent / "state"


@pytest.fixture
def shell(folder: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Types commands within this process."""
    return Shell(capsys)


@pytest.fixture
def processes(folder: Path) -> Iterator[Processes]:
    """Types commands in processes of their own, which end with the test."""
    with Processes(folder) as opened:
        yield opened


@pytest.fixture
def here(twin: Running, state: Path) -> Running:
    """The sandbox of this test run is the one that `--target sandbox` finds."""
    state.mkdir()
    (state / "sandbox.address").write_text(twin.url)
    return twin


@pytest.fixture
def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def shell_at_twin(here: Running, shell: Shell) -> Shell:
    """Types commands whose `--target sandbox` is the sandbox of this test run."""
    return shell
