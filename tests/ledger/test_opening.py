"""Opening a ledger: what is made, and what is refused."""

import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from importer.ledger.store import SqlLedger, open_ledger
from importer.model.failure import LedgerUnavailable
from importer.model.ports import Scope


def noon() -> datetime:
    return datetime(2026, 11, 24, 12, tzinfo=UTC)


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(LedgerUnavailable, match=words) as caught:
        yield
    assert caught.value.remedy


def open_once(url: str) -> None:
    with open_ledger(url, clock=noon, patience=timedelta(milliseconds=50)):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_and_its_folder_are_for_their_owner_only(path: Path) -> None:
    with open_ledger(f"sqlite:///{path}", clock=noon) as ledger:
        ledger.open_run(verb="import", target="t", file="f", digest="d")
        files = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}

    assert files == {
        "ledger.sqlite": 0o600,
        "ledger.sqlite-wal": 0o600,
        "ledger.sqlite-shm": 0o600,
    }
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_commit_is_on_the_disk_and_readers_do_not_wait(path: Path) -> None:
    with open_ledger(f"sqlite:///{path}", clock=noon) as ledger, ledger._reading() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]

    assert settings == ["wal", 2, 1, 10_000]


def test_an_operation_belongs_to_a_run_that_is_there(ledger: SqlLedger, scope: Scope) -> None:
    with pytest.raises(IntegrityError):
        ledger.intend(99, scope, resource="r", key="k", calls=[], desired={})


def test_a_moment_without_a_zone_is_a_mistake_of_ours(path: Path) -> None:
    naive = noon().replace(tzinfo=None)
    with (
        open_ledger(f"sqlite:///{path}", clock=lambda: naive) as ledger,
        pytest.raises(Exception, match="moments with a zone only"),
    ):
        ledger.open_run(verb="import", target="t", file="f", digest="d")


def test_an_empty_file_becomes_a_ledger(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    open_once(f"sqlite:///{path}")


@pytest.mark.parametrize("content", ["hello", "a text, not a database\n" * 100])
def test_a_file_that_is_no_database_is_left_alone(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)

    with refused("not a ledger, or is damaged"):
        open_once(f"sqlite:///{path}")

    assert path.read_text() == content


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with refused("cannot be opened for writing"):
        open_once(f"sqlite:///{tmp_path}")


def test_a_place_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with refused("cannot be opened for writing"):
        open_once(f"sqlite:///{tmp_path}/file/ledger.sqlite")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?uri=true"])
def test_a_ledger_in_memory_is_none(url: str) -> None:
    with refused("would forget what was sent"):
        open_once(url)


@pytest.mark.parametrize(
    "url",
    ["s3cret", "mysql://me:s3cret@host/x", "postgres://me:s3cret@host/x", "s3cret://", ""],
)
def test_an_address_of_another_kind_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(LedgerUnavailable) as caught:
        open_once(url)

    assert "me:s3cret" not in str(caught.value) + caught.value.remedy
    assert "IMPORTER_DATABASE_URL" in caught.value.remedy


def test_a_ledger_of_a_newer_program_is_refused(url: str) -> None:
    open_once(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE ledger_version SET version = 99"))
    engine.dispose()

    with refused("newer version"):
        open_once(url)


def test_a_ledger_without_a_version_is_refused(url: str) -> None:
    open_once(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM ledger_version"))
    engine.dispose()

    with refused("does not say of which version"):
        open_once(url)


def test_the_tables_of_another_program_are_left_alone(url: str, path: Path) -> None:
    path.parent.mkdir()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE runs (kilometres INTEGER)"))
    engine.dispose()

    with refused("tables of another program: runs"):
        open_once(url)


def test_a_ledger_that_another_program_holds_is_waited_for_only_so_long(path: Path) -> None:
    patience = timedelta(milliseconds=20)
    with open_ledger(f"sqlite:///{path}", clock=noon, patience=patience) as ledger:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with refused("held by another program"):
                ledger.open_run(verb="import", target="t", file="f", digest="d")
            with refused("held by another program"):
                open_once(f"sqlite:///{path}")
            other.execute("ROLLBACK")
        ledger.open_run(verb="import", target="t", file="f", digest="d")

        assert len(ledger.past.runs(10)) == 1


@pytest.mark.postgres
def test_a_server_that_is_away_is_named_without_its_password(postgres_url: str) -> None:
    with pytest.raises(LedgerUnavailable, match="does not answer") as caught:
        open_once("postgresql://me:s3cret@127.0.0.1:1/ledger")

    assert "s3cret" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)
