"""The sample month, imported once for all tests of contracts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.months import Imported, import_month
from importer.sandbox.server import running
from importer.sandbox.switches import Switches


@pytest.fixture(scope="session")
def filled_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Imported]]:
    """The database of a sandbox that holds the month, and how it got there."""
    folder = tmp_path_factory.mktemp("contracts")
    database = folder / "sandbox.sqlite"
    with running(database, switches=Switches(calculation_seconds=0)) as twin:
        imported = import_month(folder, twin)
    yield database, imported


@pytest.fixture(scope="session")
def imported(filled_sandbox: tuple[Path, Imported]) -> Imported:
    """What was exchanged when the month was imported."""
    return filled_sandbox[1]
