"""What every test may use: a sandbox that is emptied before each test, and a desk at it."""

import gc
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches
from support.desk import Desk, open_desk
from support.telling import every_problem_tells_all

settings.register_profile(
    "importer",
    deadline=None,
    # One revision passes or fails, whoever runs it; what is marked `many` goes looking.
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("importer")


def pytest_configure() -> None:
    """Ctrl-C counts, although a shell that starts the tests in the background turns it off."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Spare the collector what is loaded by now: it stays to the end, and there is much of it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def telling() -> Iterator[None]:
    """No problem lacks place, value, expectation or remedy, whatever test it comes up in."""
    with every_problem_tells_all():
        yield


@pytest.fixture(scope="session")
def shared_twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One sandbox server for the whole run; calculations are done at once."""
    database = tmp_path_factory.mktemp("twin") / "sandbox.sqlite"
    with running(database, switches=Switches(calculation_seconds=0)) as started:
        yield started


@pytest.fixture
def twin(shared_twin: Running) -> Running:
    """An empty sandbox of a new organisation."""
    return shared_twin.reset()


@pytest.fixture
def desk(tmp_path: Path, twin: Running) -> Iterator[Desk]:
    """A desk at an empty sandbox, with an empty ledger."""
    with open_desk(tmp_path, twin) as opened:
        yield opened
