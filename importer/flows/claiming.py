"""Records that are there and have no external id yet: one that is alike is claimed, none is made.

And where none is alike, whether one can be made from here at all.
"""

from collections.abc import Mapping, Sequence

from importer.checking.rows import name_rows
from importer.checking.texts import squeeze
from importer.declare.resource import Resource
from importer.flows.existing import Body, Existing
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Record
from importer.planning.wire import find_member

Name = tuple[str, str]


def find_claims(
    session: Session, existing: Existing, resource: Resource, missing: Sequence[Record]
) -> Mapping[Name, Body | Problem]:
    """For each record that is not there: what it claims, or why it cannot come to be.

    One that is in neither way among the answers is to be made.
    """
    claims: dict[Name, Body | Problem] = {}
    if not resource.claim or not missing:
        return claims
    bodies = existing.listing(resource).read_all()
    offered = not resource.offered_by or _is_offered(session, resource)
    taken: set[str] = set()
    for record in missing:
        alike = [each for each in bodies if _is_alike(resource, record, each)]
        found = _claim(resource, record, alike, taken)
        if found is None and not alike:
            found = _objection(resource, record, missing, offered=offered)
        if found is not None:
            claims[record.name] = found
    return claims


def _is_offered(session: Session, resource: Resource) -> bool:
    return session.service_of(resource).settings.get(resource.offered_by) == "yes"


def _is_alike(resource: Resource, record: Record, body: Body) -> bool:
    """Letter for letter, but for space around it."""
    _, value = find_member(body, resource.sheet.column(resource.claim).field)
    return isinstance(value, str) and value.strip() == record.line.text(resource.claim)


def _claim(
    resource: Resource, record: Record, alike: Sequence[Body], taken: set[str]
) -> Body | Problem | None:
    place = record.line.place(resource.claim)
    words = quoted(record.line.text(resource.claim))
    if not alike:
        return None
    if len(alike) > 1:
        ids = ", ".join(str(each.get("id")) for each in alike)
        return kinds.REF_SEVERAL.at(
            place,
            found=f"{words}, which is the {resource.claim} of {len(alike)} {resource.title}s",
            expected=f"one of {ids}",
            remedy="Give the one that is meant this External ID in the service's own page.",
        )
    (body,) = alike
    _, key = find_member(body, resource.key_column.field)
    own_id = str(body.get("id"))
    if key or own_id in taken:
        holder = f"the External ID {quoted(key)}" if key else "another row of this workbook"
        return kinds.KEY_TWICE.at(
            place,
            found=f"{words}, which is {own_id} and belongs to {holder}",
            expected=f"a {resource.title} that has no External ID yet",
            remedy="Use that External ID, or another name.",
        )
    taken.add(own_id)
    return body


def _objection(
    resource: Resource, record: Record, missing: Sequence[Record], *, offered: bool
) -> Problem | None:
    """Why a record is not made: nothing else may be named as it is, and it has to be offered."""
    name = squeeze(record.line.text(resource.claim))
    others = [
        each.line.row
        for each in missing
        if each is not record and squeeze(each.line.text(resource.claim)) == name
    ]
    if others:
        return kinds.KEY_TWICE.at(
            record.line.place(resource.claim),
            found=f"{quoted(record.line.text(resource.claim))}, also in {name_rows(others)}",
            expected=f"each {resource.claim} once",
            remedy="Delete one of the rows, or give it its own name.",
        )
    return None if offered else _not_offered(resource, record)


def _not_offered(resource: Resource, record: Record) -> Problem:
    return kinds.API_NOT_OFFERED.at(
        record.line.place(resource.claim),
        found=f"{quoted(record.line.text(resource.claim))}, which no {resource.title} is called",
        remedy=resource.unoffered,
    )
