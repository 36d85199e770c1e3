"""Periods that are closed at a service, and what a change of a record in one of them means.

Source: docs.isometric.com/mrv/modifying-resources, and docs.isometric.com/user-guides/certify
(key-certify-concepts). Whether an entry may be made in a period that was submitted is not
published, so that is said beforehand.
"""

from collections.abc import Mapping, Sequence

from importer.apis.pages import walk
from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.declare.submission import Step, Submission
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.event import Event
from importer.model.place import Place
from importer.model.plan import Change, Create, Update
from importer.model.problem import Problem
from importer.model.record import Json
from importer.planning.changes import cell_of
from importer.planning.periods import Body, day_of

Name = tuple[str, str]


def list_submissions(catalog: Catalog) -> tuple[tuple[Resource, Submission], ...]:
    """The resources whose records are handed over for good, with how."""
    return tuple((each, each.submission) for each in catalog.resources if each.submission)


def fetch_bodies(session: Session, resource: Resource) -> Sequence[Body]:
    """All records of the target's project: the list has no filter, so it is walked.

    Source: docs.isometric.com/api-reference/certify (GET /ghg_statements)
    """
    session.listener(Event(stage="look up", note=resource.title))
    service = session.service_of(resource)
    own = fixed_members(session, resource)
    bodies = walk(service.fetch_page, resource.endpoint.path)
    return [each for each in bodies if all(each.get(name) == own[name] for name in own)]


def fixed_members(session: Session, resource: Resource) -> dict[str, Json]:
    """What every record of the target carries, such as its project."""
    settings = session.service_of(resource).settings
    return {name: text.format_map(settings) for name, text in resource.endpoint.fixed}


def find_closed(session: Session, changes: Mapping[Name, Change]) -> Mapping[Name, Problem]:
    """Changes of records in a period that was handed over: an error where it is closed for good.

    The list is walked only when a record is to be written that may lie in one.
    """
    found: dict[Name, Problem] = {}
    for resource, submission in list_submissions(session.catalog):
        moving = [
            each
            for each in changes.values()
            if each.record.resource == submission.members.resource
            and isinstance(each, Create | Update)
        ]
        bodies = fetch_bodies(session, resource) if moving else ()
        for change in moving:
            inside = (each for each in bodies if _is_in(submission, change, each))
            problems = [_judge(session, resource, submission, change, each) for each in inside]
            worst = sorted((each for each in problems if each), key=_is_warning)
            if worst:
                found[change.record.name] = worst[0]
    return found


def _is_in(submission: Submission, change: Change, body: Body) -> bool:
    """Whether a record counts to a period: by its last day, or because the service says so."""
    start, end = body.get(submission.start), body.get(submission.end)
    day = day_of(change.record, submission.members.end).isoformat()
    is_listed = isinstance(change, Update) and change.remote.id in _ids(submission, body)
    is_within = isinstance(start, str) and isinstance(end, str) and start <= day <= end
    return is_listed or is_within


def _ids(submission: Submission, body: Body) -> Sequence[Json]:
    ids = body.get(submission.members.field)
    return ids if isinstance(ids, list) else ()


def _judge(
    session: Session, resource: Resource, submission: Submission, change: Change, body: Body
) -> Problem | None:
    standing = submission.standing(body)
    if standing.step is Step.SUBMIT:
        return None
    where = f"the {resource.title} of {body.get(submission.start)} to {body.get(submission.end)}"
    kind = kinds.API_LOCKED if standing.step is Step.REFUSE else kinds.ROW_HELD_BACK
    found = f"a change in {where}, which is {standing.words}"
    return kind.at(_place(session, submission, change), found=found)


def _place(session: Session, submission: Submission, change: Change) -> Place:
    """The first cell that would change; of a new record the last day, which puts it there."""
    if isinstance(change, Update):
        resource = session.catalog.resource(change.record.resource)
        return cell_of(resource, change.record, change.differences[0].field)
    return change.record.line.place(submission.members.end)


def _is_warning(problem: Problem) -> bool:
    return problem.code == kinds.ROW_HELD_BACK.code
