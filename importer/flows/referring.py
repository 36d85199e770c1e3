"""References to records: in this workbook, at the service, or to nothing."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from importer.flows.defining import Known, Name
from importer.flows.existing import Existing
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Record, Reference
from importer.planning.order import names_of, references_in, references_of


def resolve_references(
    session: Session,
    existing: Existing,
    known: Known,
    all_out: Mapping[Name, str],
) -> dict[Name, str]:
    """The ids of what records refer to and what exists already; problems where nothing does.

    all_out: records of this workbook that stay out; what refers to them is blocked, not wrong.
    """
    ids = {name: remote.id for name, remote in known.remotes.items()}
    outside = _references_outside(session, known)
    for resource_name, keys in outside.items():
        resource = session.catalog.resource(resource_name)
        asked = [key for key in keys if not resource.is_service_id(key)]
        if resource.content_key:
            asked = []  # the service does not know these keys
        found = existing.find(resource, asked) if asked else {}
        for key in keys:
            there = found.get(key, ())
            if resource.is_service_id(key):
                ids[resource_name, key.casefold()] = key
            elif len(there) == 1:
                ids[resource_name, key.casefold()] = str(there[0].get("id", ""))
                known.outside[resource_name, key.casefold()] = there[0]
    for record in tuple(known.records.values()):
        known.drop(record, list(_unknown_references(session, record, known, ids, all_out)))
    return ids


def _references_outside(session: Session, known: Known) -> Mapping[str, tuple[str, ...]]:
    """Keys by resource of what records refer to and what is not among them.

    A row that stays out may be of a record that is there: what refers to it needs no write then.
    """
    keys: dict[str, dict[str, None]] = defaultdict(dict)
    for record in known.records.values():
        for reference in references_of(record):
            name = reference.to, reference.key.casefold()
            is_definition = session.catalog.definition(reference.to) is not None
            if not is_definition and name not in known.records:
                keys[reference.to][reference.key] = None
    return {resource: tuple(found) for resource, found in keys.items()}


def _unknown_references(
    session: Session,
    record: Record,
    known: Known,
    ids: Mapping[Name, str],
    all_out: Mapping[Name, str],
) -> Iterable[Problem]:
    for place, reference in _placed_references(record):
        name = reference.to, reference.key.casefold()
        is_definition = session.catalog.definition(reference.to) is not None
        is_row = name in known.records or name in known.staying_out or name in all_out
        if is_definition or is_row or name in ids:
            continue
        target = session.catalog.resource(reference.to)
        yield kinds.REF_NOT_FOUND.at(
            place,
            found=f"{quoted(reference.key)}, which is neither on the sheet {target.sheet.name} "
            "nor at the service",
            expected=f"the External ID of a {target.title}",
            remedy=f"Correct the id, or add its row to the sheet {target.sheet.name}.",
        )


def _placed_references(record: Record) -> Iterable[tuple[Place, Reference]]:
    for line in record.lines:
        for header, value in line.values.items():
            for reference in references_in(value):
                yield line.place(header), reference
    for inner, value in record.defined.items():
        for reference in references_in(value):
            yield record.defined_places[inner], reference


def find_blocker(
    record: Record, out: Mapping[Name, str], *, but: Container[Name] = ()
) -> str | None:
    """Which record that stays out this one refers to, in words; those of `but` do not count."""
    for name in sorted(names_of(record)):
        if name in out and name not in but:
            resource, _ = name
            return f"{resource.replace('-', ' ')} in {out[name]}"
    return None
