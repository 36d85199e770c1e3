"""Confirmed payloads: all that were ever seen at the service, in the order in which they were."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, insert, select

from importer.ledger.dialect import serialise
from importer.ledger.documents import digest, spell
from importer.ledger.entries import read_confirmation
from importer.ledger.scoping import is_in
from importer.ledger.tables import confirmations
from importer.model.ports import Confirmation, Scope
from importer.model.record import State

CHUNK = 500
"""Keys in one question; older SQLite takes at most 999 values in a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A record as it was sent, and as the service showed it right afterwards."""

    scope: Scope
    resource: str
    key: str
    remote_id: str
    sent: State
    observed: State

    @property
    def name(self) -> str:
        """What names the record in this ledger, as one text."""
        return spell(
            [
                self.scope.target,
                self.scope.service,
                self.scope.organisation,
                self.resource,
                self.key,
            ]
        )

    @property
    def content(self) -> str:
        """What makes two payloads of one record the same."""
        return spell([self.remote_id, dict(self.sent), dict(self.observed)])


def add(connection: Connection, payload: Payload, *, operation: int | None, at: datetime) -> None:
    """Keep a payload, unless it is the latest one of its record already."""
    serialise(connection, payload.name)
    if _find_latest(connection, payload) == payload.content:
        return
    row = {
        "target": payload.scope.target,
        "service": payload.scope.service,
        "organisation": payload.scope.organisation,
        "resource": payload.resource,
        "key": payload.key,
        "remote_id": payload.remote_id,
        "sent": dict(payload.sent),
        "observed": dict(payload.observed),
        "digest": digest(payload.sent),
        "operation": operation,
        "at": at,
    }
    connection.execute(insert(confirmations).values(row))


def find(
    connection: Connection, scope: Scope, resource: str, keys: Iterable[str]
) -> Mapping[str, Sequence[Confirmation]]:
    """The payloads of these keys, oldest first; keys without any are left out."""
    found: dict[str, list[Confirmation]] = {}
    for chunk in _split(dict.fromkeys(keys)):
        rows = connection.execute(
            select(confirmations)
            .where(
                is_in(confirmations, scope),
                confirmations.c.resource == resource,
                confirmations.c.key.in_(chunk),
            )
            .order_by(confirmations.c.id)
        )
        for row in rows:
            found.setdefault(row.key, []).append(read_confirmation(row))
    return found


def find_keys(
    connection: Connection, scope: Scope, resource: str, remote_ids: Iterable[str]
) -> Mapping[str, frozenset[str]]:
    """The keys under which these records of the service were confirmed, by id."""
    found: dict[str, set[str]] = {}
    for chunk in _split(dict.fromkeys(remote_ids)):
        rows = connection.execute(
            select(confirmations.c.remote_id, confirmations.c.key).where(
                is_in(confirmations, scope),
                confirmations.c.resource == resource,
                confirmations.c.remote_id.in_(chunk),
            )
        )
        for row in rows:
            found.setdefault(row.remote_id, set()).add(row.key)
    return {remote_id: frozenset(keys) for remote_id, keys in found.items()}


def _split(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _find_latest(connection: Connection, payload: Payload) -> str | None:
    """The content of the latest payload of the same record."""
    row = connection.execute(
        select(confirmations)
        .where(
            is_in(confirmations, payload.scope),
            confirmations.c.resource == payload.resource,
            confirmations.c.key == payload.key,
        )
        .order_by(confirmations.c.id.desc())
        .limit(1)
    ).one_or_none()
    return spell([row.remote_id, row.sent, row.observed]) if row else None
