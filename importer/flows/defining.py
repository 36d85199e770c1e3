"""The part of a plan that needs the account: definitions, what exists, and what is missing."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from importer.checking.completeness import DefinedRecord, find_defined_violations
from importer.checking.made_records import Workshop
from importer.declare.definition import Defined
from importer.declare.resource import Items, Resource
from importer.flows.account import Account
from importer.flows.claiming import find_claims
from importer.flows.contents import find_content, linked_ids
from importer.flows.existing import Body, Existing
from importer.flows.made_records import Problems, check_made, find_collisions, leave_as_called
from importer.flows.row_names import call_rows_by_key
from importer.flows.session import Session
from importer.flows.trusting import find_trusted
from importer.flows.understanding import Understanding
from importer.model import problem_kinds as kinds
from importer.model.event import Event
from importer.model.problem import Problem, Severity, quoted
from importer.model.record import Record, Remote
from importer.planning.states import desired_state, read_remote

Name = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Known:
    """What the account and the services say about the records of a workbook.

    outside: what records refer to and is in no row, as the service told it, if it was read.
    trusted: those of `remotes` that the ledger knows, so that the service was not asked.
    claimed: those of `remotes` that are found by another column and have no external id yet.
    makes: of records with numbers that make others, the names of those.
    """

    records: dict[Name, Record] = field(default_factory=dict)
    items: dict[Name, Items] = field(default_factory=dict)
    defined: dict[Name, Defined] = field(default_factory=dict)
    remotes: dict[Name, Remote] = field(default_factory=dict)
    outside: dict[Name, Body] = field(default_factory=dict)
    trusted: dict[Name, Remote] = field(default_factory=dict)
    claimed: set[Name] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    staying_out: dict[Name, str] = field(default_factory=dict)
    makes: dict[Name, tuple[Name, ...]] = field(default_factory=dict)

    def add(self, made: Record, owner: Record) -> None:
        """Put in what a number of a record makes; no definition belongs to that."""
        self.records[made.name] = made
        self.items[made.name] = {}
        self.defined[made.name] = Defined(fields=())
        self.makes[owner.name] = (*self.makes.get(owner.name, ()), made.name)

    def drop(self, record: Record, problems: Iterable[Problem]) -> bool:
        """Note problems of a record; an error keeps it out. Answers whether it is out.

        What numbers of a row make goes in with its record, or stays out with it.
        """
        found = tuple(problems)
        self.problems += found
        if not any(each.severity is Severity.ERROR for each in found):
            return False
        owner = record.origin.owner if record.origin else record.name
        for name in (owner, *self.makes.get(owner, ())):
            self.records.pop(name, None)
            self.staying_out[name] = record.line.where
        return True


def read_known(
    session: Session,
    account: Account,
    existing: Existing,
    records: Sequence[Record],
    rows: Container[Name] = (),
) -> Known:
    """Read definitions, parse what depends on them, look up what exists, check completeness.

    A record with a problem is carried to the end of this, so that all its problems are found.
    rows: names of all records of the workbook, those that stay out included.
    """
    called = call_rows_by_key(session, account, records)
    known = Known(records={record.name: record for record in called})
    defined, unread = _read_definitions(session, account, known, rows)
    _look_up(session, existing, known)
    violations = _find_violations(session, known, defined)
    for record in tuple(known.records.values()):
        own = [each for row in _rows_of(record) for each in violations.get(row, ())]
        known.drop(record, [*unread.get(record.name, ()), *own])
    for name, record in known.records.items():
        known.records[name] = leave_as_called(record, known.remotes.get(name))
    return known


def _read_definitions(
    session: Session, account: Account, known: Known, rows: Container[Name]
) -> tuple[Mapping[Name, Defined], Mapping[Name, tuple[Problem, ...]]]:
    """Resolve what rows name of the account, and read the cells that only it explains."""
    found: dict[Name, Defined] = {}
    unread: dict[Name, tuple[Problem, ...]] = {}
    records = tuple(known.records.values())
    workshop = Workshop(catalog=session.catalog, rows=rows, zone=session.zone)
    understanding = Understanding(workshop, rows)
    for number, record in enumerate(records):
        session.listener(Event(stage="definitions", done=number, total=len(records)))
        resource = session.catalog.resource(record.resource)
        items, problems = account.read_items(resource, record, rows)
        if known.drop(record, problems):
            continue
        known.items[record.name] = items
        understood = understanding.read(resource, record, items)
        known.records[record.name] = understood.record
        found[record.name] = known.defined[record.name] = understood.defined
        unread[record.name] = understood.problems
    of_made = _place_made(session, known, rows)
    nothing = dict.fromkeys(known.records, Defined(fields=()))
    return {**nothing, **found}, _join(unread, of_made)


def _place_made(session: Session, known: Known, rows: Container[Name]) -> Problems:
    """Put what numbers make among the records; what has the external id of a row stays out."""
    found: Problems = {}
    for owner in tuple(known.records.values()):
        for made in owner.makes:
            collisions = find_collisions(session.catalog, made, rows, known.records)
            found = _join(found, collisions)
            if not collisions:
                known.add(made, owner)
    now, zone = session.clock(), session.zone
    records = known.records.values()
    return _join(found, check_made(session.catalog, records, now=now, zone=zone))


def _join(some: Problems, more: Problems) -> Problems:
    return {name: (*some.get(name, ()), *more.get(name, ())) for name in {**some, **more}}


def _look_up(session: Session, existing: Existing, known: Known) -> None:
    """Find each record at its service by its external id."""
    known.trusted |= find_trusted(session, known.records, known.items)
    known.remotes |= known.trusted
    for resource in session.catalog.resources:
        mine = [each for each in known.records.values() if each.resource == resource.name]
        if not mine:
            continue
        session.listener(Event(stage="look up", note=resource.title, total=len(mine)))
        asked = [each for each in mine if each.name not in known.trusted]
        if resource.content_key:
            _look_up_contents(session, existing, known, resource, asked)
            continue
        bodies = existing.find(resource, (record.key for record in asked))
        for record in asked:
            there = bodies[record.key]
            if len(there) > 1:
                known.drop(record, [_several(resource, record, len(there))])
            elif there:
                body = existing.complete(resource, there[0], record.details)
                items = known.items[record.name]
                known.remotes[record.name] = read_remote(resource, body, items)
        missing = [each for each in asked if not bodies[each.key]]
        _look_for_claims(session, existing, known, resource, missing)


def _look_up_contents(
    session: Session, existing: Existing, known: Known, resource: Resource, mine: Sequence[Record]
) -> None:
    """Find records that the service knows without an external id, by what they hold."""
    linked = linked_ids([remote.state for remote in known.remotes.values()])
    listing = existing.listing(resource)
    for record in mine:
        items = known.items[record.name]
        desired = desired_state(resource, record, items, lambda _: None)
        body = find_content(session, resource, desired, items, listing=listing, linked=linked)
        if body is not None:
            known.remotes[record.name] = read_remote(resource, body, items)


def _look_for_claims(
    session: Session,
    existing: Existing,
    known: Known,
    resource: Resource,
    missing: Sequence[Record],
) -> None:
    """Records that are there without an external id, and those that cannot be made from here."""
    claims = find_claims(session, existing, resource, missing)
    for record in missing:
        found = claims.get(record.name)
        if isinstance(found, Problem):
            known.drop(record, [found])
        elif found is not None:
            known.remotes[record.name] = read_remote(resource, found, known.items[record.name])
            known.claimed.add(record.name)


def _several(resource: Resource, record: Record, number: int) -> Problem:
    return kinds.KEY_TWICE.at(
        record.line.place(resource.key),
        found=f"{quoted(record.key)}, which {number} records of the service have",
        expected="one record with this External ID at the service",
        remedy="Ask the service which of them counts; nothing is sent until then.",
    )


def _find_violations(
    session: Session, known: Known, defined: Mapping[Name, Defined]
) -> Mapping[tuple[str, int], Sequence[Problem]]:
    """The second pandera pass, over what is stated here or stored there; problems by row."""
    candidates = [
        DefinedRecord(
            resource=session.catalog.resource(record.resource),
            record=record,
            defined=defined[name],
            stored=_stored(session.catalog.resource(record.resource), known.remotes.get(name)),
        )
        for name, record in known.records.items()
        if defined[name].fields
    ]
    by_row: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in find_defined_violations(candidates, now=session.clock()):
        by_row[problem.place.sheet, problem.place.row].append(problem)
    return by_row


def _stored(resource: Resource, remote: Remote | None) -> frozenset[str]:
    """What the service holds of the values that the definition asks for."""
    if remote is None:
        return frozenset()
    return frozenset(
        inner
        for detail in resource.details
        for state_field in remote.state
        if (inner := detail.inner(state_field)) is not None
    )


def _rows_of(record: Record) -> Iterable[tuple[str, int]]:
    """The record's rows by the names of the user's file, each once."""
    places = (next(iter(line.places.values())) for line in record.lines)
    return dict.fromkeys((place.sheet, place.row) for place in places)
