"""Whether records fit: their quantities the inputs that they are bound to, all of it a request."""

from collections.abc import Iterable, Mapping

from importer.checking.units import fits
from importer.declare.column import Column
from importer.flows.defining import Known, Name
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.plan import Change
from importer.model.problem import Problem, quoted
from importer.model.record import Record, Reference, State
from importer.planning.order import references_in
from importer.planning.sizes import find_oversize
from importer.planning.wire import find_member


def find_unfit(
    session: Session, known: Known, desired: Mapping[Name, State]
) -> Mapping[Name, tuple[Problem, ...]]:
    """Problems of records that name a quantity in a unit which does not convert.

    A unit that is not known here is for the service to judge. So is that of a record which
    is named by the service's own id and has no row: it was not read.
    """
    return {
        name: found
        for name, record in known.records.items()
        if (found := tuple(_unfit_in(session, known, record, desired)))
    }


def find_oversized(
    session: Session,
    known: Known,
    changes: Mapping[Name, Change],
    desired: Mapping[Name, State],
) -> Mapping[Name, tuple[Problem, ...]]:
    """Problems of records that say more than a request of their service may hold."""
    found: dict[Name, tuple[Problem, ...]] = {}
    for name, record in known.records.items():
        resource = session.catalog.resource(record.resource)
        settings = session.service_of(resource).settings
        found[name] = find_oversize(
            resource, changes[name], desired[name], known.items[name], settings
        )
    return found


def _unfit_in(
    session: Session, known: Known, record: Record, desired: Mapping[Name, State]
) -> Iterable[Problem]:
    fields = known.defined[record.name].fields
    columns = {each.inner: each.column for each in fields if each.column.unit_like}
    for inner, value in record.defined.items():
        for reference in references_in(value) if inner in columns else ():
            unit = _unit_of(session, known, reference, desired)
            if unit is not None and fits(unit, columns[inner].unit_like) is False:
                yield _unfit(record, inner, reference, unit, columns[inner])


def _unit_of(
    session: Session, known: Known, reference: Reference, desired: Mapping[Name, State]
) -> str | None:
    """The unit of what a cell names; empty for a plain number, None where it is not known."""
    resource = session.catalog.resource(reference.to)
    field = resource.sheet.column(resource.unit).field
    name = reference.to, reference.key.casefold()
    if field in desired.get(name, {}):
        return str(desired[name][field] or "")
    if name in known.remotes:  # of what the ledger is trusted for there is a state, and no body
        return str(known.remotes[name].state.get(field) or "")
    if name in known.outside:
        return str(find_member(known.outside[name], field)[1] or "")
    return "" if name in desired else None


def _unfit(record: Record, inner: str, reference: Reference, unit: str, column: Column) -> Problem:
    found = f"the unit {quoted(unit)}" if unit else "no unit"
    return kinds.REF_UNIT.at(
        record.defined_places[inner],
        found=f"{quoted(reference.key)}, which has {found}",
        expected=f"a quantity in a unit that converts to {column.unit_like}",
    )
