"""References to records: in this workbook, at the service, or to nothing."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from importer.checking.record_names import called_problem, find_own_id
from importer.flows.called_records import find_bodies, read_called
from importer.flows.defining import Known, Name
from importer.flows.existing import Body, Existing
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
    several: dict[Name, Sequence[Body]] = {}
    for resource_name, keys in outside.items():
        resource = session.catalog.resource(resource_name)
        asked = [key for key in keys if find_own_id(resource, key) is None]
        if resource.content_key:
            asked = []  # the service does not know these keys
        rows = {key for to, key in (*all_out, *known.staying_out) if to == resource_name}
        found = find_bodies(existing, resource, asked, rows) if asked else {}
        for key in keys:
            name, there = (resource_name, key.casefold()), found.get(key, ())
            own_id = find_own_id(resource, key)
            if own_id is not None:
                ids[name] = own_id
            elif len(there) == 1:
                ids[name] = str(there[0].get("id", ""))
                known.outside[name] = there[0]
            elif there:
                several[name] = there
    inquiry = _Inquiry(
        session=session, existing=existing, known=known, ids=ids, several=several, out=all_out
    )
    for record in tuple(known.records.values()):
        known.drop(record, list(inquiry.find_problems(record)))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inquiry:
    """Finds what is wrong with references. `out` are rows that stay out from the start."""

    session: Session
    existing: Existing
    known: Known
    ids: Mapping[Name, str]
    several: Mapping[Name, Sequence[Body]]
    out: Container[Name]

    def find_problems(self, record: Record) -> Iterable[Problem]:
        """Problems of a record's references to what is nowhere, or not one thing."""
        for place, reference in placed_references(record):
            name = reference.to, reference.key.casefold()
            is_definition = self.session.catalog.definition(reference.to) is not None
            is_row = name in self.known.records or name in self.known.staying_out
            if not (is_definition or is_row or name in self.out or name in self.ids):
                yield self._unknown(place, reference)
        yield from self._named_twice(record)

    def _unknown(self, place: Place, reference: Reference) -> Problem:
        target = self.session.catalog.resource(reference.to)
        if target.called_by:
            # The list was read to its end when the name was not found in it.
            called = read_called(target, self.existing.listing(target).bodies)
            there = self.several.get((reference.to, reference.key.casefold()), ())
            return called_problem(target, called, read_called(target, there), place, reference.key)
        return kinds.REF_NOT_FOUND.at(
            place,
            found=f"{quoted(reference.key)}, which is neither on the sheet {target.sheet.name} "
            "nor at the service",
            expected=f"the External ID of a {target.title}",
            remedy=f"Correct the id, or add its row to the sheet {target.sheet.name}.",
        )

    def _named_twice(self, record: Record) -> Iterable[Problem]:
        """A name and an id of one record in one cell; the same text twice is found before.

        Two rows of the workbook may well turn out to be one record.
        """
        for line in record.lines:
            for header, value in line.values.items():
                seen: dict[str, Reference] = {}
                for each in references_in(value):
                    own_id = self.ids.get(_name(each), "")
                    first = seen.setdefault(own_id, each)
                    are_rows = {_name(first), _name(each)} <= self.known.records.keys()
                    if own_id and first is not each and not are_rows:
                        found = f"{quoted(first.key)} and {quoted(each.key)}, which are one"
                        yield kinds.REF_TWICE.at(line.place(header), found=found)


def _name(reference: Reference) -> Name:
    return reference.to, reference.key.casefold()


def placed_references(record: Record) -> Iterable[tuple[Place, Reference]]:
    """All references of a record, each with the cell that it stands in."""
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
