"""Keys and references across sheets: what belongs to what, and what is there twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from importer.checking.suggestions import suggest
from importer.declare.catalog import Catalog
from importer.declare.resource import Detail, Resource
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Line, Record

Lines = Mapping[str, Sequence[Line]]
"""Lines by declared sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """All records of the workbook, whether in order or not, and detail rows of no record."""

    records: tuple[Record, ...]
    orphans: tuple[Line, ...]
    problems: tuple[Problem, ...]


def assemble(catalog: Catalog, lines: Lines) -> Assembled:
    """Fold detail rows into their records, and look at keys across sheets."""
    records: list[Record] = []
    orphans: list[Line] = []
    problems: list[Problem] = []
    for resource in catalog.resources:
        own, lost, found = _assemble_resource(resource, lines)
        records += own
        orphans += lost
        problems += found
    problems += _shared_keys(catalog, records)
    return Assembled(records=tuple(records), orphans=tuple(orphans), problems=tuple(problems))


def _assemble_resource(
    resource: Resource, lines: Lines
) -> tuple[list[Record], list[Line], list[Problem]]:
    own = [line for line in lines.get(resource.sheet.name, ()) if line.text(resource.key)]
    first_of = {line.text(resource.key).casefold(): line.row for line in reversed(own)}
    folded: dict[int, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    orphans: list[Line] = []
    problems: list[Problem] = []
    for detail in resource.details:
        for line in lines.get(detail.sheet.name, ()):
            row = first_of.get(line.text(detail.parent).casefold())
            if row is not None:
                folded[row][detail.sheet.name].append(line)
                continue
            orphans.append(line)
            problems += _orphan_problem(resource, detail, line, own)
    records = [_record(resource, line, folded[line.row]) for line in own]
    return records, orphans, problems


def _record(resource: Resource, line: Line, details: Mapping[str, list[Line]]) -> Record:
    return Record(
        resource=resource.name,
        key=line.text(resource.key),
        line=line,
        details={sheet: tuple(lines) for sheet, lines in details.items()},
    )


def _orphan_problem(
    resource: Resource, detail: Detail, line: Line, own: Iterable[Line]
) -> Iterable[Problem]:
    wanted = line.text(detail.parent)
    if not wanted:
        return
    near = suggest(wanted, (each.text(resource.key) for each in own))
    yield kinds.REF_NOT_FOUND.at(
        line.place(detail.parent),
        found=f"{quoted(wanted)}, which is not on the sheet {resource.sheet.name}",
        expected=f"the {resource.key} of a row on the sheet {resource.sheet.name}",
        remedy=near or f"Correct the id, or add its row to the sheet {resource.sheet.name}.",
    )


def _shared_keys(catalog: Catalog, records: Iterable[Record]) -> Iterable[Problem]:
    """Ids that resources of one key space use on different sheets."""
    users: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        space = catalog.resource(record.resource).key_space
        if space:
            users[space, record.key.casefold()].append(record)
    for sharing in users.values():
        for record in sharing:
            others = [each for each in sharing if each.resource != record.resource]
            if others:
                yield _shared_key(catalog, record, others)


def _shared_key(catalog: Catalog, record: Record, others: Sequence[Record]) -> Problem:
    key = catalog.resource(record.resource).key
    where = ", ".join(f"{each.line.sheet} row {each.line.row}" for each in others)
    return kinds.KEY_TWICE.at(
        record.line.place(key),
        found=f"{quoted(record.key)}, also on {where}",
        expected="each External ID once over all sheets of this service",
    )
