"""A check by the definitions that lie in a workbook: what a template was made from, offline."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from importer.checking.completeness import DefinedRecord, find_defined_violations
from importer.checking.made_records import Workshop
from importer.checking.record_names import called_problem, find_called, find_own_id, may_be_key
from importer.declare.catalog import Catalog
from importer.declare.definition import Saved
from importer.declare.resource import Resource
from importer.flows.account import Account
from importer.flows.called_records import restore_called
from importer.flows.made_records import check_made
from importer.flows.referring import placed_references
from importer.flows.understanding import Understanding
from importer.model import problem_kinds as kinds
from importer.model.checked import Checked
from importer.model.problem import Problem, Severity
from importer.model.record import Record

Name = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class SavedCheck:
    """What the saved definitions say of a file.

    covered: the records that they explain. named: what cells name that the account had.
    """

    problems: list[Problem] = field(default_factory=list)
    covered: set[Name] = field(default_factory=set)
    named: set[Name] = field(default_factory=set)


def check_saved(
    catalog: Catalog, checked: Checked, saved: Saved, *, zone: str, now: datetime
) -> SavedCheck:
    """Read what definitions explain, by those that were saved with the workbook.

    What a record lacks is a warning only: the service may hold it already, as nobody asks here.
    """
    found = SavedCheck()
    if not saved.items:
        return found
    account = Account.of_saved(catalog, saved.items)
    rows = {*(each.name for each in checked.records), *checked.staying_out}
    understanding = Understanding(Workshop(catalog=catalog, rows=rows, zone=zone), rows)
    made: list[Record] = []
    candidates: list[DefinedRecord] = []
    explained = {each.name: each for each in catalog.resources if _is_saved(catalog, account, each)}
    for record in checked.records:
        resource = explained.get(record.resource)
        if resource is None:
            continue
        found.covered.add(record.name)
        items, problems = account.read_items(resource, record, rows)
        found.problems += problems
        if problems:
            continue
        understood = understanding.read(resource, record, items)
        found.problems += understood.problems
        made += understood.record.makes
        if understood.defined.fields:
            candidates.append(
                DefinedRecord(
                    resource=resource, record=understood.record, defined=understood.defined
                )
            )
    for each in check_made(catalog, made, now=now, zone=zone).values():
        found.problems += each
    found.problems += map(_soften, find_defined_violations(candidates, now=now))
    _find_called(catalog, saved, [*checked.records, *made], rows, found)
    return found


def _find_called(
    catalog: Catalog,
    saved: Saved,
    records: Iterable[Record],
    rows: Container[Name],
    found: SavedCheck,
) -> None:
    """Look up what cells call by name. An id that was not there then may be there by now."""
    known = {
        each.name: (each, restore_called(saved.items[each.name]))
        for each in catalog.resources
        if each.called_by and each.name in saved.items
    }
    for record in records:
        for place, reference in placed_references(record):
            name = reference.to, reference.key.casefold()
            if reference.to not in known or name in rows:
                continue
            resource, called = known[reference.to]
            there = find_called(resource, called, reference.key)
            is_id = find_own_id(resource, reference.key) or may_be_key(resource, reference.key)
            if len(there) == 1:
                found.named.add(name)
            elif there or not is_id:
                found.problems.append(called_problem(resource, called, there, place, reference.key))


def _is_saved(catalog: Catalog, account: Account, resource: Resource) -> bool:
    """Whether all definitions that rows of a resource name were saved, if they name any."""
    named = [
        definition
        for column in resource.sheet.columns
        if (definition := catalog.definition(column.to)) is not None
    ]
    return bool(named) and all(account.reaches(each) for each in named)


def _soften(problem: Problem) -> Problem:
    if problem.code != kinds.REF_INCOMPLETE.code:
        return problem
    return replace(problem, severity=Severity.WARNING)
