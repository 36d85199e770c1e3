"""From an older version of the ledger's tables to the next one, one step each, losing nothing."""

from collections.abc import Callable, Mapping

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import JSON, Column, Connection, ForeignKey, Integer, LargeBinary, Text

from importer.ledger.moment import Moment

Step = Callable[[Operations], None]


def upgrade(connection: Connection, *, found: int, wanted: int) -> None:
    """Take the tables from version `found` to `wanted`, in the transaction that is open."""
    operations = Operations(MigrationContext.configure(connection))
    for version in range(found + 1, wanted + 1):
        _STEPS[version](operations)


def _add_mail_uploads_and_locks(operations: Operations) -> None:
    operations.add_column("runs", Column("results", Text, nullable=False, server_default=""))
    operations.create_table(
        "messages",
        Column("id", Integer, primary_key=True),
        Column("message_id", Text, nullable=False, unique=True),
        Column("run", Integer, ForeignKey("runs.number")),
        Column("sender", Text, nullable=False),
        Column("recipients", JSON, nullable=False),
        Column("content", LargeBinary, nullable=False),
        Column("state", Text, nullable=False, index=True),
        Column("attempts", Integer, nullable=False),
        Column("due_at", Moment, nullable=False),
        Column("words", Text, nullable=False),
        Column("written_at", Moment, nullable=False),
        Column("sent_at", Moment),
    )
    operations.create_table(
        "uploads",
        Column("id", Text, primary_key=True),
        Column("previous", Text, ForeignKey("uploads.id")),
        Column("name", Text, nullable=False),
        Column("stored", Text, nullable=False),
        Column("evidence", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("target", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("options", JSON, nullable=False),
        Column("report", JSON, nullable=False),
        Column("run", Integer, ForeignKey("runs.number")),
        Column("results", Text, nullable=False),
        Column("received_at", Moment, nullable=False),
        Column("changed_at", Moment, nullable=False),
    )
    operations.create_table(
        "writers",
        *(Column(name, Text, primary_key=True) for name in ("target", "service", "organisation")),
        Column("fence", Integer, nullable=False),
        Column("author", Text, nullable=False),
        Column("host", Text, nullable=False),
        Column("process", Integer, nullable=False),
        Column("since", Moment, nullable=False),
        Column("until", Moment, nullable=False),
    )
    operations.create_table(
        "starts",
        Column("id", Integer, primary_key=True),
        Column("quota", Text, nullable=False),
        Column("at", Moment, nullable=False),
    )
    operations.create_index("starts_by_quota", "starts", ["quota", "at"])


_STEPS: Mapping[int, Step] = {2: _add_mail_uploads_and_locks}
"""By the version that each step leads to."""
