"""What an earlier run left open is settled before anything is sent (design: exactly one effect)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from importer.declare.catalog import Catalog
from importer.declare.resource import Items, Resource
from importer.flows.account import Account
from importer.flows.contents import find_content
from importer.flows.delivery import has_arrived
from importer.flows.existing import Body, Existing
from importer.flows.looking import PAUSES
from importer.flows.session import Session
from importer.model.ports import Operation, OperationState
from importer.model.record import Remote
from importer.planning.changes import agrees
from importer.planning.states import details_of, read_remote

_FRESH = timedelta(minutes=2)
"""An intent that is younger may belong to a write that lists do not show yet."""


def settle_open_operations(session: Session, account: Account) -> None:
    """Look up every record whose write was intended and whose outcome is not known."""
    for service, scope in session.scopes.items():
        open_ones = session.ledger.unsettled(scope)
        for resource in _resources_of(session.catalog, service):
            mine = [each for each in open_ones if each.resource == resource.name]
            if mine:
                _settle(session, account, resource, mine)


def _resources_of(catalog: Catalog, service: str) -> tuple[Resource, ...]:
    """Those that an import writes; what closes a period is settled where it is closed."""
    mine = (each for each in catalog.resources if each.service == service)
    return tuple(each for each in mine if each.submission is None)


def _settle(
    session: Session, account: Account, resource: Resource, operations: Sequence[Operation]
) -> None:
    known = {
        each.id: items
        for each in operations
        if (items := account.items_of_state(resource, each.desired)) is not None
    }
    settleable = [each for each in operations if each.id in known]
    found = _look_up_patiently(session, resource, settleable, known)
    for operation in settleable:
        body = found.get(operation.id)
        if body is None:
            session.ledger.settle(operation.id, OperationState.ABSENT)
        else:
            remote = read_remote(resource, body, known[operation.id])
            _settle_one(session, resource, operation, remote)


def _look_up_patiently(
    session: Session,
    resource: Resource,
    operations: Sequence[Operation],
    known: Mapping[int, Items],
) -> Mapping[int, Body]:
    """What is there, by operation. What was sent just now is given time to show."""
    found = _look_up(session, resource, operations, known)
    for pause in PAUSES:
        missing = [
            each
            for each in operations
            if each.id not in found and session.clock() - each.intended_at < _FRESH
        ]
        if not missing:
            break
        session.sleep(pause)
        found |= _look_up(session, resource, missing, known)
    return found


def _look_up(
    session: Session,
    resource: Resource,
    operations: Sequence[Operation],
    known: Mapping[int, Items],
) -> dict[int, Body]:
    """One look. Of several records under one key the first stands for all; the plan tells of it."""
    existing = Existing(session.services)
    if resource.content_key:
        listing = existing.listing(resource)
        return {
            each.id: body
            for each in operations
            if (
                body := find_content(
                    session, resource, each.desired, known[each.id], listing=listing
                )
            )
            is not None
        }
    there = existing.find(resource, (each.key for each in operations))
    return {
        each.id: existing.complete(resource, there[each.key][0], details_of(resource, each.desired))
        for each in operations
        if there[each.key]
    }


def _settle_one(session: Session, resource: Resource, operation: Operation, remote: Remote) -> None:
    """Confirm what took effect. What says something else was not changed by this operation.

    A record whose document did not arrive is not confirmed; the plan will find it half-done.
    """
    took_effect = agrees(resource, operation.desired, remote.state)
    if not took_effect or not has_arrived(session, resource, remote, operation.desired):
        session.ledger.settle(operation.id, OperationState.ABSENT, remote_id=remote.id)
        return
    session.ledger.confirm(
        operation.scope,
        resource=resource.name,
        key=operation.key,
        remote_id=remote.id,
        sent=operation.desired,
        observed=remote.state,
        operation=operation.id,
    )
