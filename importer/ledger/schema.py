"""The version of the tables: made once, brought up to date, never read by a program too old."""

from sqlalchemy import Connection, insert, inspect, select, update

from importer.ledger.dialect import serialise
from importer.ledger.tables import ledger_version, metadata
from importer.model.failure import LedgerUnavailable

VERSION = 2
"""Goes up with every change of the tables."""


def prepare(connection: Connection, place: str) -> None:
    """Make the tables of a new ledger, or bring those of an older version up to date.

    Raises LedgerUnavailable for a ledger of a newer version, and for another program's tables.
    """
    serialise(connection, "ledger_version")
    present = set(inspect(connection).get_table_names())
    if ledger_version.name in present:
        _bring_up_to_date(connection, place)
        return
    foreign = sorted(present & set(metadata.tables))
    if foreign:
        raise LedgerUnavailable(
            f"The ledger {place} holds tables of another program: {', '.join(foreign)}.",
            remedy="Give the ledger a database of its own in IMPORTER_DATABASE_URL.",
        )
    metadata.create_all(connection)
    connection.execute(insert(ledger_version).values(version=VERSION))


def _bring_up_to_date(connection: Connection, place: str) -> None:
    found = connection.scalar(select(ledger_version.c.version))
    if found == VERSION:
        return
    if found is None:
        raise LedgerUnavailable(
            f"The ledger {place} does not say of which version it is.",
            remedy="Put a backup in its place, or move it away.",
        )
    if found > VERSION:
        raise LedgerUnavailable(
            f"The ledger {place} was written by a newer version of this program (its tables have "
            f"version {found}, this program knows {VERSION}).",
            remedy="Update this program: pip install --upgrade importer",
        )
    # Alembic costs a tenth of a second to load; hardly any start needs it.
    from importer.ledger.migrations import upgrade  # noqa: PLC0415 (see above)

    upgrade(connection, found=found, wanted=VERSION)
    connection.execute(update(ledger_version).values(version=VERSION))
