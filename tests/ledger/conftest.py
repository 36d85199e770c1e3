"""A ledger on a real database file, and on PostgreSQL where one is given."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from importer.ledger.store import SqlLedger, open_ledger
from importer.model.ports import Scope

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """A clock that goes on by one second each time it is read."""

    def __init__(self) -> None:
        self.now = NOON - timedelta(seconds=1)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A schema of its own on the server that the variable names, gone afterwards."""
    address = os.environ.get("IMPORTER_TEST_POSTGRES_URL")
    if not address:
        pytest.skip("IMPORTER_TEST_POSTGRES_URL names no server")
    schema = f"ledger_{uuid4().hex}"
    server = create_engine(address)
    with server.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    url = make_url(address).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with server.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "ledger.sqlite"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, path: Path) -> str:
    """Every test that asks for it runs on both kinds of database."""
    if request.param == "sqlite":
        return f"sqlite:///{path}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def reopen(url: str) -> Callable[[], AbstractContextManager[SqlLedger]]:
    """Opens the same ledger once more, as another process would."""
    clock = Clock()
    return lambda: open_ledger(url, clock=clock, author="anna@laptop")


@pytest.fixture
def ledger(reopen: Callable[[], AbstractContextManager[SqlLedger]]) -> Iterator[SqlLedger]:
    with reopen() as opened:
        yield opened


@pytest.fixture
def run(ledger: SqlLedger) -> int:
    return ledger.open_run(verb="import", target="plant", file="may.xlsx", digest="d1")


@pytest.fixture
def scope() -> Scope:
    return Scope(target="plant", service="cula", organisation="org_1")
