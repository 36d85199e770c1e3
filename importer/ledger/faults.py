"""What a database says when it cannot, in plain words with a remedy."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from importer.model.failure import LedgerUnavailable

_RIGHTS = (
    "may not be written",
    "Give yourself the right to write it (of a file: its folder, too), or set IMPORTER_STATE_DIR "
    "to a folder of your own.",
)
_BUSY = (
    "is held by another program",
    "Wait until the other import has ended, then type the same command again. Nothing is lost.",
)
_FULL = (
    "cannot grow: the disk is full",
    "Make room, then type the same command again; what was under way is settled then.",
)
_FOREIGN = (
    "is not a ledger, or is damaged",
    "Put a backup in its place, or move the file away. Without it, the next import asks the "
    "services for everything.",
)
_CLOSED = (
    "cannot be opened",
    "Check that its folder is there and yours, or set IMPORTER_STATE_DIR to a folder of your own.",
)
_DISK = (
    "cannot be read or written: the disk reports an error",
    "Check the disk, then type the same command again.",
)
_AWAY = (
    "does not answer",
    "Check that the database server runs, and IMPORTER_DATABASE_URL, then type the same command "
    "again.",
)
_LOGIN = (
    "does not accept the user or the password",
    "Check the user and the password in IMPORTER_DATABASE_URL.",
)
_NO_DATABASE = (
    "is not there: the server has no database of that name",
    "Make the database, or correct its name in IMPORTER_DATABASE_URL.",
)

_SQLITE = {
    sqlite3.SQLITE_PERM: _RIGHTS,
    sqlite3.SQLITE_READONLY: _RIGHTS,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: _FOREIGN,
    sqlite3.SQLITE_NOTADB: _FOREIGN,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_IOERR: _DISK,
}

# By the first characters of SQLSTATE: postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "08": _AWAY,
    "57": _AWAY,
    "25006": _RIGHTS,
    "28": _LOGIN,
    "3D": _NO_DATABASE,
    "40": _BUSY,
    "42501": _RIGHTS,
    "53100": _FULL,
    "53": _AWAY,
    "55P03": _BUSY,
    "58": _DISK,
}


@contextmanager
def plain_words(place: str) -> Iterator[None]:
    """Turn what the database reports about itself into LedgerUnavailable.

    What only a mistake of ours can cause (a statement that is wrong) passes as it is.
    """
    try:
        yield
    except DBAPIError as error:
        known = _explain(error)
        if known is None:
            raise
        words, remedy = known
        raise LedgerUnavailable(f"The ledger {place} {words}.", remedy=remedy) from error


def _explain(error: DBAPIError) -> tuple[str, str] | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind; the rest says more than a user needs.
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    state = str(getattr(cause, "sqlstate", None) or "")
    for start, known in _POSTGRESQL.items():
        if state.startswith(start):
            return known
    if not isinstance(error, OperationalError):
        return None
    # The server's own words on why it does not let us in come without a state.
    words, remedy = _AWAY
    reason = " ".join(str(cause).split())
    return f"{words} ({reason})", remedy
