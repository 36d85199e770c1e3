"""All that SQLite and PostgreSQL need said differently; the rest of the room serves both."""

import os
import sqlite3
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from importer.ledger.documents import spell
from importer.model.failure import LedgerUnavailable

WRITES = "importer_writes"
"""The execution option that marks an engine whose transactions write."""

_SWITCH_ATTEMPTS = 20

SET_THE_ADDRESS = (
    "Set IMPORTER_DATABASE_URL to an address such as sqlite:////home/me/ledger.sqlite or "
    "postgresql://name@host/database, or take it away to use the file in your own folder."
)


def build_engine(url: URL, *, patience: timedelta) -> Engine:
    """An engine for the ledger at `url`, that waits at most `patience` for others' locks.

    Raises LedgerUnavailable for a kind of database, or a place, that cannot hold a ledger.
    """
    match url.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return _build_sqlite(url, patience)
        case "postgresql" | "postgresql+psycopg":
            return _build_postgresql(url, patience)
        case other:
            raise LedgerUnavailable(
                f"The ledger cannot live in a database of the kind {other}.",
                remedy=SET_THE_ADDRESS,
            )


def name_place(url: URL) -> str:
    """Where the ledger is, in words that hold no password."""
    if url.drivername.startswith("sqlite"):
        return str(url.database)
    return f"in the database {url.database or 'without a name'} on {url.host or 'this machine'}"


def serialise(connection: Connection, text: str) -> None:
    """Let writers that name the same text pass one after the other, until the transaction ends.

    SQLite has one writer at a time anyway (`BEGIN IMMEDIATE`).
    """
    if connection.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock(func.hashtextextended(text, 0))
        connection.execute(select(lock))


def _build_sqlite(url: URL, patience: timedelta) -> Engine:
    _make_file(url)
    engine = create_engine(
        url,
        connect_args={"timeout": patience.total_seconds()},
        json_serializer=spell,
        max_overflow=-1,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(url: URL) -> None:
    """Make the file before SQLite does, for its owner only; SQLite's other files follow it."""
    if not url.database or url.database.startswith((":", "file:")):
        raise LedgerUnavailable(
            "The ledger's database is no file, so it would forget what was sent.",
            remedy=SET_THE_ADDRESS,
        )
    path = Path(url.database)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise LedgerUnavailable(
            f"The ledger {path} cannot be opened for writing: {error.strerror}.",
            remedy="Give yourself the right to write the file and its folder, or set "
            "IMPORTER_STATE_DIR to a folder of your own.",
        ) from error


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Settings that SQLite forgets with each connection, and transactions in our own hands."""
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("SQLite is reached through Python's own driver only.")
    connection.isolation_level = None
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    # macOS only: without it a commit may still be in the disk's own memory when the power goes.
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Have readers and the writer not wait for each other; once done, the file remembers it.

    Programs that open a new file at the same moment refuse each other the switch at once,
    whatever the busy timeout. Taking the write lock does wait, so that is the pause here.
    """
    for _attempt in range(_SWITCH_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock first: a transaction that reads and only then writes may fail midway."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _build_postgresql(url: URL, patience: timedelta) -> Engine:
    try:
        engine = create_engine(
            url,
            connect_args={"connect_timeout": max(1, round(patience.total_seconds()))},
            json_serializer=spell,
            max_overflow=-1,
            pool_pre_ping=True,
        )
    except ImportError as error:
        raise LedgerUnavailable(
            f"The ledger {name_place(url)} needs a driver that is not installed: {error}.",
            remedy="Type: pip install 'psycopg[binary]'",
        ) from error
    milliseconds = max(1, round(patience.total_seconds() * 1000))

    def set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {milliseconds}")
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", set_up)
    return engine
