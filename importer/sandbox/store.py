"""The records of the sandbox: one SQLite file of JSON documents."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from importer.sandbox.blobs import Blobs
from importer.sandbox.documents import Document, Filter, Kind, Page, Window
from importer.sandbox.faults import Faults
from importer.sandbox.identity import Identity
from importer.sandbox.moments import Clock
from importer.sandbox.requests import LoggedRequest

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,
    namespace TEXT NOT NULL, reference TEXT, parent TEXT, body TEXT NOT NULL,
    UNIQUE (service, type, id)
);
CREATE UNIQUE INDEX IF NOT EXISTS one_reference ON documents (namespace, reference)
    WHERE reference IS NOT NULL;
CREATE INDEX IF NOT EXISTS referenced ON documents (service, type, reference);
CREATE INDEX IF NOT EXISTS children ON documents (service, type, parent);
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER
);
"""

_PATIENCE_SECONDS = 30.0
"""How long to wait for another process that serves the same file."""
_SELECT = "SELECT number, id, reference, body FROM documents WHERE service = ? AND type = ?"


class ReferenceInUse(Exception):
    """A document with this reference exists already.

    Attributes:
        holder: Id of the document that has it.
    """

    def __init__(self, reference: str, holder: str) -> None:
        super().__init__(f"{reference!r} is the reference of {holder}")
        self.reference = reference
        self.holder = holder


class Store:
    """Documents, their bytes, requests and faults of one sandbox; safe to use from several threads.

    A change is committed when the method returns, or at the end of the outermost
    `transaction`.
    """

    def __init__(
        self,
        database: Path,
        *,
        clock: Clock,
        seed: "Callable[[Store], None]",
        shared_references: frozenset[str] = frozenset(),
    ) -> None:
        """Open the file, or make it and fill it with the seed.

        `shared_references` names the services in which a reference is unique over all types
        instead of within one.
        """
        database.parent.mkdir(parents=True, exist_ok=True)
        self.faults = Faults()
        self._clock = clock
        self._seed = seed
        self._shared_references = shared_references
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            database, isolation_level=None, check_same_thread=False, timeout=_PATIENCE_SECONDS
        )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_TABLES)
        self.blobs = Blobs(self._connection, lock=self._lock)
        with self.transaction():
            # Two processes that open a new file at once must not both be the first.
            facts = self._connection.execute("SELECT name, value FROM facts").fetchall()
            if facts:
                self._identity = Identity.read(dict(facts))
            else:
                self.reset()

    @property
    def identity(self) -> Identity:
        """The organisations and credentials of now; `reset` makes new organisations."""
        return self._identity

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def reset(self) -> None:
        """Forget all records, requests and ordered faults, plant the seed, be new organisations."""
        with self.transaction():
            for table in ("documents", "requests", "facts"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 (names from above)
            self.blobs.clear()
            self._identity = Identity.invent(self._clock())
            self._connection.executemany(
                "INSERT INTO facts VALUES (?, ?)", self._identity.facts().items()
            )
            self._seed(self)
        self.faults.clear()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the store for several steps; all of them happen, or none."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                yield

    def insert(
        self,
        kind: Kind,
        body: Mapping[str, Any],
        *,
        reference: str | None = None,
        parent: str | None = None,
    ) -> Document:
        """Keep a new document, whose id is `body["id"]`.

        Raises:
            ReferenceInUse: Another document has the reference.
        """
        with self.transaction():
            self._refuse_taken(kind, reference, own_id=None)
            cursor = self._connection.execute(
                "INSERT INTO documents (service, type, id, namespace, reference, parent, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*kind, body["id"], self._namespace(kind), reference, parent, json.dumps(body)),
            )
        number = cursor.lastrowid or 0
        return Document(number=number, id=body["id"], reference=reference, body=dict(body))

    def replace(
        self, kind: Kind, body: Mapping[str, Any], *, reference: str | None = None
    ) -> Document:
        """Put a new body and reference in the place of the document with `body["id"]`.

        Raises:
            LookupError: There is no such document.
            ReferenceInUse: Another document has the reference.
        """
        with self.transaction():
            self._refuse_taken(kind, reference, own_id=body["id"])
            self._connection.execute(
                "UPDATE documents SET body = ?, reference = ?"
                " WHERE service = ? AND type = ? AND id = ?",
                (json.dumps(body), reference, *kind, body["id"]),
            )
            return self.read(kind, body["id"])

    def change(self, kind: Kind, document_id: str, changes: Mapping[str, Any]) -> Document:
        """Set some members of a document's body.

        Raises:
            LookupError: There is no such document.
        """
        with self.transaction():
            document = self.read(kind, document_id)
            return self.replace(kind, {**document.body, **changes}, reference=document.reference)

    def read(self, kind: Kind, document_id: str) -> Document:
        """The document with this id.

        Raises:
            LookupError: There is none.
        """
        document = self.find(kind, document_id)
        if document is None:
            raise LookupError(f"no {kind.type} of {kind.service} has the id {document_id}")
        return document

    def find(self, kind: Kind, document_id: str) -> Document | None:
        """The document with this id, if there is one."""
        return self._first(f"{_SELECT} AND id = ?", (*kind, document_id))

    def find_by_reference(self, kind: Kind, reference: str) -> Document | None:
        """The document of this kind with this reference, letter for letter."""
        return self._first(f"{_SELECT} AND reference = ?", (*kind, reference))

    def select(self, kind: Kind, narrowed: Filter | None = None) -> tuple[Document, ...]:
        """All documents that fit, oldest first."""
        where, values = (narrowed or Filter()).clauses()
        return self._all(f"{_SELECT}{where} ORDER BY number", (*kind, *values))

    def page(self, kind: Kind, window: Window, narrowed: Filter | None = None) -> Page:
        """The part of the list of fitting documents that the window shows."""
        where, values = (narrowed or Filter()).clauses()
        with self.transaction():
            total = self._count(kind, where, values)
            documents = self._cut(kind, window, where, values)
            first = documents[0].number if documents else window.lowest
            last = documents[-1].number if documents else window.highest
            earlier = self._first(f"{_SELECT}{where} AND number < ?", (*kind, *values, first))
            later = self._first(f"{_SELECT}{where} AND number > ?", (*kind, *values, last))
        return Page(
            documents=documents,
            total=total,
            has_earlier=earlier is not None,
            has_later=later is not None,
        )

    def note(self, service: str, method: str, path: str, status: int | None) -> None:
        """Add a request to the log."""
        with self._lock:
            self._connection.execute(
                "INSERT INTO requests (service, method, path, status) VALUES (?, ?, ?, ?)",
                (service, method, path, status),
            )

    def requests(self, after: int = 0) -> tuple[LoggedRequest, ...]:
        """The requests with a number above `after`, in the order in which they were answered."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT number, service, method, path, status FROM requests"
                " WHERE number > ? ORDER BY number",
                (after,),
            ).fetchall()
        return tuple(
            LoggedRequest(number=number, service=service, method=method, path=path, status=status)
            for number, service, method, path, status in rows
        )

    def _namespace(self, kind: Kind) -> str:
        return kind.service if kind.service in self._shared_references else "/".join(kind)

    def _refuse_taken(self, kind: Kind, reference: str | None, *, own_id: str | None) -> None:
        if reference is None:
            return
        row = self._connection.execute(
            "SELECT id FROM documents WHERE namespace = ? AND reference = ? AND id IS NOT ?",
            (self._namespace(kind), reference, own_id),
        ).fetchone()
        if row is not None:
            raise ReferenceInUse(reference, row[0])

    def _cut(
        self, kind: Kind, window: Window, where: str, values: tuple[object, ...]
    ) -> tuple[Document, ...]:
        order = "DESC" if window.backwards else "ASC"
        documents = self._all(
            f"{_SELECT}{where} AND number BETWEEN ? AND ? ORDER BY number {order} LIMIT ?",
            (*kind, *values, window.lowest, window.highest, window.size),
        )
        return documents[::-1] if window.backwards else documents

    def _count(self, kind: Kind, where: str, values: tuple[object, ...]) -> int:
        query = f"SELECT COUNT(*) FROM documents WHERE service = ? AND type = ?{where}"  # noqa: S608 (the parts are literals of this module)
        with self._lock:
            return int(self._connection.execute(query, (*kind, *values)).fetchone()[0])

    def _first(self, query: str, values: tuple[object, ...]) -> Document | None:
        return next(iter(self._all(f"{query} LIMIT 1", values)), None)

    def _all(self, query: str, values: tuple[object, ...]) -> tuple[Document, ...]:
        with self._lock:
            rows = self._connection.execute(query, values).fetchall()
        return tuple(
            Document(number=number, id=document_id, reference=reference, body=json.loads(body))
            for number, document_id, reference, body in rows
        )
