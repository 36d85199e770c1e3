"""What the ledger tells about the past: runs, and what each of them sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from importer.model.ports import Call, OperationState, RunState, Scope
from importer.model.record import State


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
    state: RunState
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
