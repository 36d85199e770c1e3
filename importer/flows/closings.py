"""What rows close that an import leaves alone: read from the service, and never written."""

from collections.abc import Iterable, Mapping, Sequence

from importer.declare.catalog import Catalog
from importer.declare.submission import Submission
from importer.flows.closed_periods import fetch_bodies, list_submissions
from importer.flows.plan import Planned
from importer.flows.session import Session
from importer.flows.settled import Settled
from importer.model.checked import Checked
from importer.model.outcome import Status
from importer.model.plan import Blocked, Change, Conflict, Unchanged, Update
from importer.model.record import Record
from importer.planning.periods import Closing, Member, day_of, describe, find_closings

Name = tuple[str, str]


def read_closings(session: Session, checked: Checked, planned: Planned) -> tuple[Closing, ...]:
    """What the rows would close, as the service is now and the other rows are planned."""
    found: list[Closing] = []
    for resource, submission in list_submissions(session.catalog):
        records = [each for each in checked.records if each.resource == resource.name]
        if records:
            found += find_closings(
                resource,
                submission,
                records=records,
                bodies=fetch_bodies(session, resource),
                members=_list_members(submission, planned.changes),
            )
    return tuple(found)


def leave_closings(
    session: Session, closings: Iterable[Closing], file: str
) -> Mapping[Name, Settled]:
    """The ends of these rows in an import: shown, and left for the command that closes them."""
    return {each.record.name: _leave(session, each, file) for each in closings}


def _leave(session: Session, closing: Closing, file: str) -> Settled:
    title = session.catalog.resource(closing.record.resource).title
    words = describe(closing, title)
    remote_id = str(closing.remote.get("id", "")) if closing.remote else ""
    if closing.waits_for:
        words = f"Waits for {closing.waits_for}."
        return Settled(status=Status.BLOCKED, message=words)
    if not closing.is_fine:
        return Settled(status=Status.CONFLICT, id=remote_id, problems=closing.problems)
    return Settled(
        status=Status.SKIPPED,
        id=remote_id,
        body=closing.remote,
        message=f"{words} An import leaves it alone; then type: importer submit {file}",
        problems=closing.problems,
        later=True,
    )


def _list_members(submission: Submission, changes: Iterable[Change]) -> Sequence[Member]:
    """What may fall in: the workbook's records that are there, or are to be."""
    members = submission.members
    return [
        Member(
            key=change.record.key,
            start=day_of(change.record, members.start),
            end=day_of(change.record, members.end),
            id=_id_of(change),
        )
        for change in changes
        if change.record.resource == members.resource and not isinstance(change, Blocked | Conflict)
    ]


def _id_of(change: Change) -> str:
    return change.remote.id if isinstance(change, Update | Unchanged) else ""


def is_closing(catalog: Catalog, record: Record) -> bool:
    """Whether a record is of those that an import leaves alone."""
    return catalog.resource(record.resource).submission is not None
