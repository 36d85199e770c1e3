"""A ledger that an older version of the program wrote is brought up to date, with what it holds."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, select, text

from importer.ledger import schema
from importer.ledger.store import open_ledger
from importer.ledger.tables import (
    ledger_version,
    messages,
    metadata,
    runs,
    starts,
    uploads,
    writers,
)

SINCE = {1: (uploads, messages, writers, starts)}
"""The tables that came after each version."""
COLUMNS_SINCE = {1: [("runs", "results")]}
"""And the columns of older tables."""


def noon() -> datetime:
    return datetime(2026, 11, 24, 12, tzinfo=UTC)


def make_ledger(url: str, version: int) -> None:
    """A ledger with one run, as that version of the program left it."""
    with open_ledger(url, clock=noon) as ledger:
        ledger.open_run(verb="import", target="plant", file="may.xlsx", digest="d1")
    engine = create_engine(url)
    with engine.begin() as connection:
        for later in range(version, schema.VERSION):
            for table in SINCE[later]:
                table.drop(connection)
            for table, column in COLUMNS_SINCE[later]:
                connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        connection.execute(ledger_version.update().values(version=version))
    engine.dispose()


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_older_ledger_gets_the_tables_of_today_and_keeps_its_runs(
    url: str, version: int
) -> None:
    make_ledger(url, version)

    with open_ledger(url, clock=noon) as ledger:
        assert [each.file for each in ledger.past.runs(10)] == ["may.xlsx"]

    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.scalar(select(ledger_version.c.version)) == schema.VERSION
        assert connection.scalar(select(runs.c.file)) == "may.xlsx"
    engine.dispose()


def test_a_step_that_fails_changes_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_ledger(url, 1)
    monkeypatch.setattr(schema, "VERSION", 99)

    with pytest.raises(KeyError), open_ledger(url, clock=noon):
        pass

    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(select(ledger_version.c.version)) == 1
        assert "messages" not in set(engine.dialect.get_table_names(connection))
        assert connection.scalar(text("SELECT count(*) FROM runs")) == 1
    engine.dispose()
