"""New records that no row lets count: their figures would be missing, and nothing would say so."""

from collections.abc import Iterable, Mapping

from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.flows.defining import Name
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.checked import Checked
from importer.model.plan import Change, Create
from importer.model.problem import Problem, Severity, quoted
from importer.model.record import Record
from importer.planning.order import references_in


def find_uncounted(
    session: Session, checked: Checked, changes: Mapping[Name, Change]
) -> Mapping[Name, tuple[Problem, ...]]:
    """A word at each record that is to be made and that no row names."""
    found: dict[Name, tuple[Problem, ...]] = {}
    for resource in session.catalog.resources:
        if resource.counted_by and _is_seen_whole(session.catalog, resource, checked):
            named = set(_named(resource, checked.records))
            found |= {
                name: (_uncounted(resource, change.record),)
                for name, change in changes.items()
                if isinstance(change, Create)
                and change.record.resource == resource.name
                and name not in named
            }
    return found


def _is_seen_whole(catalog: Catalog, resource: Resource, checked: Checked) -> bool:
    """Whether no row stays out that may name it."""
    sheet = resource.counted_by
    owners = {
        each.name for each in catalog.resources if any(d.sheet.name == sheet for d in each.details)
    }
    return not any(name in owners for name, _ in checked.staying_out) and not any(
        each.severity is Severity.ERROR and each.place.sheet == sheet for each in checked.problems
    )


def _named(resource: Resource, records: Iterable[Record]) -> Iterable[Name]:
    for record in records:
        for line in record.details.get(resource.counted_by, ()):
            for value in line.values.values():
                yield from ((each.to, each.key.casefold()) for each in references_in(value))


def _uncounted(resource: Resource, record: Record) -> Problem:
    return kinds.ROW_COUNTS_NOWHERE.at(
        record.line.place(resource.key),
        found=f"{quoted(record.key)}, which no row on the sheet {resource.counted_by} names",
        remedy=f"Add its row on the sheet {resource.counted_by}, unless another workbook has it; "
        f"the {resource.title} is made all the same.",
    )
