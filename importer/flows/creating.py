"""A create, and the change right after it that says what a create cannot.

The change has an intent of its own: a run that ends in between leaves a record that the next one
goes on with.
"""

from dataclasses import replace

from importer.flows.looking import PAUSES, Sight
from importer.flows.settled import Settled
from importer.flows.settling import Write
from importer.model.failure import ImporterError
from importer.model.outcome import Status
from importer.model.plan import Update
from importer.planning.calls import at_create
from importer.planning.changes import differing

_HALF_SENT = "Made, but not with all that the row says: the run ended before the rest was sent."


def create_whole(write: Write) -> Settled:
    """Make a record that was not there when the plan was made, with all that is stated of it."""
    first = replace(write, desired=at_create(write.resource, write.desired))
    created = first.create()
    if first.desired == write.desired or not created.status.is_in_order:
        return created
    try:
        followed = _follow(write, first.sight)
    except ImporterError as failure:
        followed = replace(write.uncertain(), stopped=failure)
    if followed.status.is_in_order:
        return replace(followed, status=created.status)
    message = _HALF_SENT if followed.status is Status.SKIPPED else followed.message
    return replace(followed, id=created.id, message=message)


def _follow(write: Write, first: Sight) -> Settled:
    """Change the record that was just made to all that is stated."""
    remote = first.look_up((0.0, *PAUSES), fits=first.says)
    if remote is None:
        return write.uncertain()
    differences = differing(write.resource, write.record, write.desired, remote)
    if not differences:
        return write.complete(remote, status=Status.CREATED)
    return write.update(Update(record=write.record, remote=remote, differences=differences))
