"""The bytes of documents that were uploaded, beside what is known about them."""

import sqlite3
import threading

from importer.sandbox.documents import Kind

_TABLE = """
CREATE TABLE IF NOT EXISTS blobs (
    service TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, content BLOB NOT NULL,
    UNIQUE (service, type, id)
);
"""


class Blobs:
    """Contents by kind and id of their documents; part of the transactions of the store."""

    def __init__(self, connection: sqlite3.Connection, *, lock: threading.RLock) -> None:
        self._connection = connection
        self._lock = lock
        self._connection.executescript(_TABLE)

    def keep(self, kind: Kind, document_id: str, content: bytes) -> None:
        """Keep the content of a document that has none yet."""
        with self._lock:
            self._connection.execute(
                "INSERT INTO blobs VALUES (?, ?, ?, ?)", (*kind, document_id, content)
            )

    def find(self, kind: Kind, document_id: str) -> bytes | None:
        """The content of a document, if it has arrived."""
        with self._lock:
            row = self._connection.execute(
                "SELECT content FROM blobs WHERE service = ? AND type = ? AND id = ?",
                (*kind, document_id),
            ).fetchone()
        return None if row is None else bytes(row[0])

    def read(self, kind: Kind, document_id: str) -> bytes:
        """The content of a document.

        Raises:
            LookupError: It has none.
        """
        content = self.find(kind, document_id)
        if content is None:
            raise LookupError(f"the {kind.type} {document_id} has no content")
        return content

    def clear(self) -> None:
        """Forget all contents."""
        with self._lock:
            self._connection.execute("DELETE FROM blobs")
