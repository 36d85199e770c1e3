"""Sends of closing records that an earlier run left open: what the service shows of them now."""

from collections.abc import Sequence
from datetime import timedelta

from importer.declare.resource import Resource
from importer.declare.submission import Submission
from importer.flows.closed_periods import fetch_bodies
from importer.flows.session import Session
from importer.model.ports import Operation, OperationState
from importer.planning.periods import Body, read_span

_FRESH = timedelta(minutes=2)
"""A send that is younger may have taken effect, and lists may not show it yet."""


def settle_open_closings(
    session: Session, resource: Resource, submission: Submission
) -> frozenset[str]:
    """The keys of sends whose effect is still not known; all others are settled."""
    scope = session.scope_of(resource)
    mine = [each for each in session.ledger.unsettled(scope) if each.resource == resource.name]
    bodies = fetch_bodies(session, resource) if mine else ()
    return frozenset(
        each.key for each in mine if not _settle(session, resource, submission, each, bodies)
    )


def _settle(
    session: Session,
    resource: Resource,
    submission: Submission,
    operation: Operation,
    bodies: Sequence[Body],
) -> bool:
    """Whether it is known by now what became of it."""
    found = [each for each in bodies if _shows(resource, submission, operation, each)]
    if len(found) == 1:
        session.ledger.confirm(
            operation.scope,
            resource=resource.name,
            key=operation.key,
            remote_id=str(found[0]["id"]),
            sent=operation.desired,
            observed=found[0],
            operation=operation.id,
        )
        return True
    if found or session.clock() - operation.intended_at < _FRESH:
        return False
    session.ledger.settle(operation.id, OperationState.ABSENT)
    return True


def _shows(resource: Resource, submission: Submission, operation: Operation, body: Body) -> bool:
    """Whether a record is the effect of a send: a draft with its end, or a new submission."""
    desired = operation.desired
    if "id" not in desired:
        end = read_span(submission, body).end
        return end is not None and end.isoformat() == desired.get(resource.key_column.field)
    moment = body.get(submission.submitted)
    is_new = moment is not None and moment != desired.get(submission.submitted)
    return body.get("id") == desired["id"] and is_new
