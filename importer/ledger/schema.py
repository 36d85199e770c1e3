"""The version of the tables: a ledger is made once, and never read by a program that is too old."""

from sqlalchemy import Connection, insert, inspect, select

from importer.ledger.dialect import serialise
from importer.ledger.tables import ledger_version, metadata
from importer.model.failure import LedgerUnavailable

VERSION = 1
"""Goes up with every change of the tables; the migrations start with the first one."""


def prepare(connection: Connection, place: str) -> None:
    """Make the tables of a new ledger, or make sure that they are ours.

    Raises LedgerUnavailable for a ledger of another version, and for another program's tables.
    """
    serialise(connection, "ledger_version")
    present = set(inspect(connection).get_table_names())
    if ledger_version.name in present:
        _check_version(connection.scalar(select(ledger_version.c.version)), place)
        return
    foreign = sorted(present & set(metadata.tables))
    if foreign:
        raise LedgerUnavailable(
            f"The ledger {place} holds tables of another program: {', '.join(foreign)}.",
            remedy="Give the ledger a database of its own in IMPORTER_DATABASE_URL.",
        )
    metadata.create_all(connection)
    connection.execute(insert(ledger_version).values(version=VERSION))


def _check_version(version: int | None, place: str) -> None:
    if version == VERSION:
        return
    if version is None:
        raise LedgerUnavailable(
            f"The ledger {place} does not say of which version it is.",
            remedy="Put a backup in its place, or move it away.",
        )
    newer = version > VERSION
    raise LedgerUnavailable(
        f"The ledger {place} was written by {'a newer' if newer else 'an older'} version of this "
        f"program (its tables have version {version}, this program knows {VERSION}).",
        remedy="Update this program: pip install --upgrade importer"
        if newer
        else "Use the version of this program that wrote it, or move it away.",
    )
