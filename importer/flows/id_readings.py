"""Numbers that may be meant as ids of what the service holds: Excel turns ids into numbers."""

from collections.abc import Mapping

from importer.declare.resource import Resource
from importer.flows.defining import Known, Name
from importer.flows.existing import Existing
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Origin


def find_id_readings(
    session: Session, existing: Existing, known: Known
) -> Mapping[Name, tuple[Problem, ...]]:
    """Problems of numbers of which a record is still to be made, and that are ids of others.

    Compared only with pages that were read anyway: it costs no request of its own.
    """
    found: dict[Name, tuple[Problem, ...]] = {}
    ids: dict[str, frozenset[str]] = {}
    for name, record in known.records.items():
        if record.origin is None or name in known.remotes:
            continue
        resource = session.catalog.resource(record.resource)
        if resource.name not in ids:
            listing = existing.listing(resource)
            ids[resource.name] = frozenset(listing.key_of(each) for each in listing.bodies)
        if record.origin.number in ids[resource.name]:
            found[name] = (_ambiguous(resource, record.origin),)
    return found


def _ambiguous(resource: Resource, origin: Origin) -> Problem:
    text, title = origin.number, resource.title
    return kinds.CELL_AMBIGUOUS.at(
        origin.place,
        found=f"{quoted(text)}, which may be the number {text} or the {title} {quoted(text)} of "
        "the service",
        expected=f"a number that is no {resource.key} of a {title}",
        remedy=f"If the {title} is meant, write its id at the service ({resource.id_prefix}…); if "
        f"the number is meant, give it a row on the sheet {resource.sheet.name}, and name that "
        "here.",
    )
