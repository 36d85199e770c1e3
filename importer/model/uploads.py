"""Uploads of the page: how far each one is, and the port through which that is remembered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from importer.model.record import Json


class UploadState(StrEnum):
    """How far an upload is.

    `stopped` came to an early end and can go on; `unreadable` is no workbook that can be opened.
    """

    RECEIVED = "received"
    PLANNED = "planned"
    SENDING = "sending"
    DONE = "done"
    STOPPED = "stopped"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadEntry:
    """One upload as it is remembered.

    id: unguessable; it stands in addresses.
    previous: the upload that this one corrects; empty where it corrects none.
    name: what the user calls the workbook. stored, evidence, results: paths below the folder of
        all uploads; empty where there is no such file.
    options: how it is asked to go. report: what is shown of it; left out of lists.
    run: the last run that sent it, 0 where none did.
    """

    id: str
    previous: str
    name: str
    stored: str
    evidence: str
    digest: str
    target: str
    state: UploadState
    options: Mapping[str, Json]
    report: Mapping[str, Json]
    run: int
    results: str
    received_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadChange:
    """What else changes with a state; None leaves it as it is."""

    digest: str | None = None
    target: str | None = None
    options: Mapping[str, Json] | None = None
    report: Mapping[str, Json] | None = None
    run: int | None = None
    results: str | None = None


UNCHANGED = UploadChange()


class Uploads(Protocol):
    """The memory of uploads. Every method raises `LedgerUnavailable` where it cannot be used."""

    def add(
        self, upload: str, *, previous: str, name: str, stored: str, evidence: str, target: str
    ) -> None:
        """Remember a new upload, in the state `received`."""

    def find(self, upload: str) -> UploadEntry | None:
        """The upload of that id; None where there is none."""

    def latest(self, limit: int) -> Sequence[UploadEntry]:
        """The last uploads, newest first, without their reports."""

    def move(
        self,
        upload: str,
        *,
        out_of: Collection[UploadState],
        to: UploadState,
        change: UploadChange = UNCHANGED,
        unchanged_since: datetime | None = None,
    ) -> bool:
        """Take an upload to another state, if it is in one of `out_of`: one of several wins.

        unchanged_since: the moment of its last change; after another one it is not moved.
        """
