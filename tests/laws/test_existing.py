"""Whatever a sandbox holds, a template with what is there goes in untouched: all is unchanged."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from importer.model.outcome import Status
from importer.sandbox.server import Running
from support.desk import open_desk
from support.prefilled import CONFIG, TEMPLATE, fetch
from support.strategies import Filled, filled_workbooks

SLOW = 20
COLUMNS = {CONFIG: "Diesel", TEMPLATE: "Biochar production batch"}
EXTRAS = ("feedstock-types", "components")


def holds(twin: Running, examples: int) -> None:
    @settings(
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(filled_workbooks())
    def example(filled: Filled) -> None:
        with TemporaryDirectory() as folder, open_desk(Path(folder), twin.reset()) as desk:
            desk.import_(filled.write(desk.folder / "book.xlsx"))
            written = desk.writes()
            for asked, extras in (({}, EXTRAS), (COLUMNS, ())):
                desk.forget()
                path, told = fetch(desk, asked, extras=extras)
                counts = desk.import_(path).counts
                assert set(counts) == ({Status.UNCHANGED} if told.filled else set())
            assert desk.writes() == written

    example()


@pytest.mark.slow
def test_untouched_is_unchanged(twin: Running) -> None:
    holds(twin, SLOW)
