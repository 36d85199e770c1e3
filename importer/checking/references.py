"""Keys and references across sheets: what belongs to what, and what is there twice."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from importer.checking.rows import name_lines
from importer.checking.suggestions import suggest_each
from importer.declare.catalog import Catalog
from importer.declare.resource import Detail, Resource
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Line, Record

Lines = Mapping[str, Sequence[Line]]
"""Lines by declared sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A detail row whose record is not in the workbook, or not to be seen in it."""

    resource: Resource
    detail: Detail
    line: Line

    @property
    def wanted(self) -> str:
        """The id of the record that it names; empty where it names none."""
        return self.line.text(self.detail.parent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """All records of the workbook, whether in order or not, and detail rows of no record."""

    records: tuple[Record, ...]
    orphans: tuple[Orphan, ...]
    problems: tuple[Problem, ...]


def assemble(catalog: Catalog, lines: Lines, *, unsound: Collection[str] = ()) -> Assembled:
    """Fold detail rows into their records, and look at keys across sheets.

    `unsound` are the declared sheets whose rows may not all be seen: a record that is not found
    on them may be there all the same, so nothing is said about it.
    """
    records: list[Record] = []
    orphans: list[Orphan] = []
    for resource in catalog.resources:
        own, lost = _assemble_resource(resource, lines)
        records += own
        orphans += lost
    problems = [
        *_orphan_problems(records, [e for e in orphans if e.resource.sheet.name not in unsound]),
        *_shared_keys(catalog, records),
    ]
    return Assembled(records=tuple(records), orphans=tuple(orphans), problems=tuple(problems))


def _assemble_resource(resource: Resource, lines: Lines) -> tuple[list[Record], list[Orphan]]:
    own = [line for line in lines.get(resource.sheet.name, ()) if line.text(resource.key)]
    if not any(lines.get(detail.sheet.name) for detail in resource.details):
        return [_record(resource, line, {}) for line in own], []
    first_of = {line.text(resource.key).casefold(): line.name for line in reversed(own)}
    folded: dict[tuple[str, int], dict[str, list[Line]]] = {}
    orphans: list[Orphan] = []
    for detail in resource.details:
        for line in lines.get(detail.sheet.name, ()):
            first = first_of.get(line.text(detail.parent).casefold())
            if first is None:
                orphans.append(Orphan(resource=resource, detail=detail, line=line))
            else:
                rows = folded.setdefault(first, {})
                rows.setdefault(detail.sheet.name, []).append(line)
    return [_record(resource, line, folded.get(line.name, {})) for line in own], orphans


def _record(resource: Resource, line: Line, details: Mapping[str, list[Line]]) -> Record:
    return Record(
        resource=resource.name,
        key=line.text(resource.key),
        line=line,
        details={sheet: tuple(lines) for sheet, lines in details.items()},
    )


def _orphan_problems(records: Sequence[Record], orphans: Iterable[Orphan]) -> Iterable[Problem]:
    by_resource: dict[str, list[Orphan]] = defaultdict(list)
    for orphan in orphans:
        if orphan.wanted:
            by_resource[orphan.resource.name].append(orphan)
    for name, lost in by_resource.items():
        keys = [record.key for record in records if record.resource == name]
        near = suggest_each({orphan.wanted for orphan in lost}, keys)
        for orphan in lost:
            yield _orphan_problem(orphan, near[orphan.wanted])


def _orphan_problem(orphan: Orphan, near: str) -> Problem:
    sheet = orphan.resource.sheet.name
    return kinds.REF_NOT_FOUND.at(
        orphan.line.place(orphan.detail.parent),
        found=f"{quoted(orphan.wanted)}, which is not on the sheet {sheet}",
        expected=f"the {orphan.resource.key} of a row on the sheet {sheet}",
        remedy=near or f"Correct the id, or add its row to the sheet {sheet}.",
    )


def _shared_keys(catalog: Catalog, records: Iterable[Record]) -> Iterable[Problem]:
    """Ids that resources of one key space use on different sheets."""
    spaces = {each.name: each.key_space for each in catalog.resources if each.key_space}
    resources: dict[tuple[str, str], str] = {}
    shared: set[tuple[str, str]] = set()
    for record in records:
        key = spaces.get(record.resource, ""), record.key.casefold()
        if key[0] and resources.setdefault(key, record.resource) != record.resource:
            shared.add(key)
    users: dict[tuple[str, str], dict[str, list[Record]]] = {}
    for record in records if shared else ():
        key = spaces.get(record.resource, ""), record.key.casefold()
        if key in shared:
            users.setdefault(key, {}).setdefault(record.resource, []).append(record)
    for sharing in users.values():
        for own in sharing:
            others = [each for resource, each in sharing.items() if resource != own]
            if others:
                where = name_lines(each.line for records in others for each in records)
                yield from (_shared_key(catalog, record, where) for record in sharing[own])


def _shared_key(catalog: Catalog, record: Record, where: str) -> Problem:
    return kinds.KEY_TWICE.at(
        record.line.place(catalog.resource(record.resource).key),
        found=f"{quoted(record.key)}, also on {where}",
        expected="each External ID once over all sheets of this service",
    )
