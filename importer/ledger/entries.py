"""What the ledger tells about the past: runs, and what each of them sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from importer.ledger.documents import read_calls
from importer.model.ports import Call, Confirmation, Operation, OperationState, Scope
from importer.model.record import State

RUNNING = "running"
"""The state of a run that has not ended. One that was cut short keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEntry:
    """One run. `finished_at` is None while it runs, and for ever if it was cut short."""

    number: int
    verb: str
    target: str
    file: str
    digest: str
    author: str
    started_at: datetime
    finished_at: datetime | None
    state: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationEntry:
    """One write of a run: what was to be sent, and what became of it.

    status: the HTTP status of the last answer, 0 where there was none.
    answer: the service's words where it did not accept.
    """

    id: int
    run: int
    scope: Scope
    resource: str
    key: str
    calls: tuple[Call, ...]
    desired: State
    digest: str
    state: OperationState
    intended_at: datetime
    settled_at: datetime | None
    remote_id: str
    status: int
    request_id: str
    answer: str


def read_run(row: Row[Any]) -> RunEntry:
    """A row of the table `runs`."""
    return RunEntry(
        number=row.number,
        verb=row.verb,
        target=row.target,
        file=row.file,
        digest=row.digest,
        author=row.author,
        started_at=row.started_at,
        finished_at=row.finished_at,
        state=row.state,
        counts=row.counts,
    )


def read_entry(row: Row[Any]) -> OperationEntry:
    """A row of the table `operations`, whole."""
    return OperationEntry(
        id=row.id,
        run=row.run,
        scope=_read_scope(row),
        resource=row.resource,
        key=row.key,
        calls=read_calls(row.calls),
        desired=row.desired,
        digest=row.digest,
        state=OperationState(row.state),
        intended_at=row.intended_at,
        settled_at=row.settled_at,
        remote_id=row.remote_id,
        status=row.status,
        request_id=row.request_id,
        answer=row.answer,
    )


def read_operation(row: Row[Any]) -> Operation:
    """A row of the table `operations`, as what is to be settled."""
    return Operation(
        id=row.id,
        scope=_read_scope(row),
        resource=row.resource,
        key=row.key,
        desired=row.desired,
    )


def read_confirmation(row: Row[Any]) -> Confirmation:
    """A row of the table `confirmations`."""
    return Confirmation(sent=row.sent, observed=row.observed, at=row.at)


def _read_scope(row: Row[Any]) -> Scope:
    return Scope(target=row.target, service=row.service, organisation=row.organisation)
