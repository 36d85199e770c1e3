"""What an earlier run left open is settled before anything is sent (design: exactly one effect)."""

from collections.abc import Sequence

from importer.declare.catalog import Catalog
from importer.declare.resource import Items, Resource
from importer.flows.account import Account
from importer.flows.contents import find_content
from importer.flows.delivery import has_arrived
from importer.flows.existing import Body, Existing
from importer.flows.session import Session
from importer.model.ports import Operation, OperationState
from importer.model.record import Remote
from importer.planning.changes import agrees
from importer.planning.states import read_remote


def settle_open_operations(session: Session, account: Account, existing: Existing) -> None:
    """Look up every record whose write was intended and whose outcome is not known."""
    for service, scope in session.scopes.items():
        open_ones = session.ledger.unsettled(scope)
        for resource in _resources_of(session.catalog, service):
            mine = [each for each in open_ones if each.resource == resource.name]
            if mine:
                _settle(session, account, existing, resource, mine)


def _resources_of(catalog: Catalog, service: str) -> tuple[Resource, ...]:
    return tuple(each for each in catalog.resources if each.service == service)


def _settle(
    session: Session,
    account: Account,
    existing: Existing,
    resource: Resource,
    operations: list[Operation],
) -> None:
    keys = () if resource.content_key else (each.key for each in operations)
    found = existing.find(resource, keys)
    for operation in operations:
        items = account.items_of_state(resource, operation.desired)
        if items is None:
            continue
        bodies = found.get(operation.key, ())
        if resource.content_key:
            bodies = _look_up_content(session, existing, resource, operation, items)
        if not bodies:
            session.ledger.settle(operation.id, OperationState.ABSENT)
        elif len(bodies) == 1:
            body = existing.complete(resource, bodies[0])
            _settle_one(session, resource, operation, read_remote(resource, body, items))


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


def _look_up_content(
    session: Session, existing: Existing, resource: Resource, operation: Operation, items: Items
) -> Sequence[Body]:
    listing = existing.listing(resource)
    found = find_content(session, resource, operation.desired, items, listing=listing)
    return [] if found is None else [found]
