"""What the ledger tells about the past: runs, and what each of them sent."""

from typing import Any

from sqlalchemy import Row

from importer.ledger.documents import read_calls
from importer.model.history import OperationEntry, RunEntry
from importer.model.ports import Confirmation, Operation, OperationState, RunState, Scope


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
        state=RunState(row.state),
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
        intended_at=row.intended_at,
    )


def read_confirmation(row: Row[Any]) -> Confirmation:
    """A row of the table `confirmations`."""
    return Confirmation(sent=row.sent, observed=row.observed, at=row.at, remote_id=row.remote_id)


def _read_scope(row: Row[Any]) -> Scope:
    return Scope(target=row.target, service=row.service, organisation=row.organisation)
