"""A page server at the sandbox of this test run."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.flows.reception import Reception
from importer.sandbox.server import Running
from tests.web.serving import pack_evidence, served
from tests.web.tab import Tab, open_tab


@pytest.fixture
def state(tmp_path: Path, twin: Running) -> Path:
    """A state folder from which the sandbox of this test run is found."""
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "sandbox.address").write_text(twin.url)
    return folder


@pytest.fixture
def opened(state: Path) -> Iterator[tuple[str, Reception]]:
    """A page server."""
    with served(state) as server:
        yield server


@pytest.fixture
def server(opened: tuple[str, Reception]) -> str:
    """The address of a page server."""
    return opened[0]


@pytest.fixture
def reception(opened: tuple[str, Reception]) -> Reception:
    """What is behind the page server."""
    return opened[1]


@pytest.fixture
def tab(server: str) -> Iterator[Tab]:
    """A tab at the page server."""
    with open_tab(server) as tab:
        yield tab


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """The evidence of the samples as one zip."""
    return pack_evidence(tmp_path / "evidence.zip")


@pytest.fixture
def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
