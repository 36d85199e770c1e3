"""The ledger's tables. A change here is a new `VERSION` in `schema.py` and a migration."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

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
