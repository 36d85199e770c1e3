"""Uploads in the ledger's database: their states change by comparing first, so one of two wins."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from importer.ledger.tables import uploads
from importer.model.uploads import UNCHANGED, UploadChange, UploadEntry, UploadState

Transaction = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlUploads:
    """The port `Uploads`, for any number of threads. Each method is one transaction of its own."""

    writing: Transaction
    reading: Transaction
    clock: Callable[[], datetime]

    def add(
        self, upload: str, *, previous: str, name: str, stored: str, evidence: str, target: str
    ) -> None:
        """Remember a new upload, in the state `received`."""
        moment = self.clock()
        with self.writing() as connection:
            connection.execute(
                insert(uploads).values(
                    id=upload,
                    previous=previous or None,
                    name=name,
                    stored=stored,
                    evidence=evidence,
                    digest="",
                    target=target,
                    state=UploadState.RECEIVED.value,
                    options={},
                    report={},
                    results="",
                    received_at=moment,
                    changed_at=moment,
                )
            )

    def find(self, upload: str) -> UploadEntry | None:
        """The upload of that id; None where there is none."""
        with self.reading() as connection:
            row = connection.execute(select(uploads).where(uploads.c.id == upload)).one_or_none()
            return _read(row) if row else None

    def latest(self, limit: int) -> Sequence[UploadEntry]:
        """The last uploads, newest first, without their reports: those may be megabytes."""
        columns = [each for each in uploads.c if each.name != "report"]
        newest = select(*columns).order_by(uploads.c.received_at.desc(), uploads.c.id).limit(limit)
        with self.reading() as connection:
            return tuple(_read(row) for row in connection.execute(newest))

    def move(
        self,
        upload: str,
        *,
        out_of: Collection[UploadState],
        to: UploadState,
        change: UploadChange = UNCHANGED,
        unchanged_since: datetime | None = None,
    ) -> bool:
        """Take an upload to another state, if it is in one of `out_of`: one of several wins."""
        moved = update(uploads).where(
            uploads.c.id == upload, uploads.c.state.in_([each.value for each in out_of])
        )
        if unchanged_since is not None:
            moved = moved.where(uploads.c.changed_at == unchanged_since)
        stated = {each.name: getattr(change, each.name) for each in fields(change)}
        changed = {name: value for name, value in stated.items() if value is not None}
        with self.writing() as connection:
            done = connection.execute(
                moved.values(state=to.value, changed_at=self.clock(), **changed)
            )
            return done.rowcount == 1


def _read(row: Row[Any]) -> UploadEntry:
    return UploadEntry(
        id=row.id,
        previous=row.previous or "",
        name=row.name,
        stored=row.stored,
        evidence=row.evidence,
        digest=row.digest,
        target=row.target,
        state=UploadState(row.state),
        options=row.options,
        report=getattr(row, "report", {}),
        run=row.run or 0,
        results=row.results,
        received_at=row.received_at,
        changed_at=row.changed_at,
    )
