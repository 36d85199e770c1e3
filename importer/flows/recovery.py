"""What an earlier run left open is settled before anything is sent (design: exactly one effect)."""

from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.flows.account import Account
from importer.flows.existing import Existing
from importer.flows.session import Session
from importer.model.ports import Operation, OperationState
from importer.planning.changes import same_value
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
    found = existing.find(resource, (each.key for each in operations))
    for operation in operations:
        bodies = found[operation.key]
        if not bodies:
            session.ledger.settle(operation.id, OperationState.ABSENT)
        elif len(bodies) == 1:
            _settle_one(session, account, existing, resource, operation)


def _settle_one(
    session: Session,
    account: Account,
    existing: Existing,
    resource: Resource,
    operation: Operation,
) -> None:
    """Confirm what took effect. What says something else was not changed by this operation."""
    items = account.items_of_state(resource, operation.desired)
    if items is None:
        return
    body = existing.complete(resource, existing.find(resource, [operation.key])[operation.key][0])
    remote = read_remote(resource, body, items)
    took_effect = all(
        same_value(resource, field, value, remote.state.get(field))
        for field, value in operation.desired.items()
    )
    if not took_effect:
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
