"""Sends records to the sandbox with the calls that planning builds, and reads them back."""

from collections.abc import Mapping

from importer.declare.resource import Items, Resource
from importer.model.plan import Unchanged
from importer.model.ports import Verdict
from importer.model.record import Json, Record, State
from importer.planning.calls import build_create
from importer.planning.changes import Leave, decide
from importer.planning.states import desired_state, read_remote
from importer.planning.wire import Resolve
from planning.makers import nowhere
from support.desk import Desk

Body = Mapping[str, Json]


def create(
    desk: Desk, resource: Resource, record: Record, items: Items, resolve: Resolve = nowhere
) -> tuple[State, Body]:
    """The state that was sent, and what the service answers."""
    service = desk.session.service_of(resource)
    desired = desired_state(resource, record, items, resolve)
    answer = service.send(build_create(resource, desired, items, service.settings))
    assert answer.verdict is Verdict.ACCEPTED, answer.refusals
    return desired, answer.body


def reads_back(
    resource: Resource, record: Record, body: Body, desired: State, items: Items
) -> bool:
    """Whether there is no difference, without any confirmation: as after a lost answer."""
    remote = read_remote(resource, body, items)
    change = decide(resource, record, remote, desired, [], leave=Leave())
    return isinstance(change, Unchanged)
