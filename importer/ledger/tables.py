"""The ledger's tables. A change here is a new version in `schema.py`, a step in `migrations.py`."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from importer.ledger.moment import Moment

metadata = MetaData()

ledger_version = Table(
    "ledger_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
)

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("verb", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("state", Text, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("results", Text, nullable=False, server_default=""),
)


def _named() -> list[Column[str]]:
    """What names one record everywhere: the scope is part of every key, so nothing mixes two."""
    names = ("target", "service", "organisation", "resource", "key")
    return [Column(name, Text, nullable=False) for name in names]


operations = Table(
    "operations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey(runs.c.number), nullable=False, index=True),
    *_named(),
    Column("calls", JSON, nullable=False),
    Column("desired", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", Text, nullable=False),
    Column("intended_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("remote_id", Text, nullable=False, default=""),
    Column("status", Integer, nullable=False, default=0),
    Column("request_id", Text, nullable=False, default=""),
    Column("answer", Text, nullable=False, default=""),
    Index("operations_by_state", "target", "service", "organisation", "state"),
)

confirmations = Table(
    "confirmations",
    metadata,
    Column("id", Integer, primary_key=True),
    *_named(),
    Column("remote_id", Text, nullable=False),
    Column("sent", JSON, nullable=False),
    Column("observed", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("operation", ForeignKey(operations.c.id)),
    Column("at", Moment, nullable=False),
    Index("confirmations_by_key", "target", "service", "organisation", "resource", "key", "id"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("run", ForeignKey(runs.c.number)),
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

uploads = Table(
    "uploads",
    metadata,
    Column("id", Text, primary_key=True),
    Column("previous", ForeignKey("uploads.id")),
    Column("name", Text, nullable=False),
    Column("stored", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("report", JSON, nullable=False),
    Column("run", ForeignKey(runs.c.number)),
    Column("results", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

writers = Table(
    "writers",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("target", "service", "organisation")),
    Column("fence", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("process", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)

starts = Table(
    "starts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quota", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("starts_by_quota", "quota", "at"),
)
