"""What detail rows name of their record's definition, such as a component of a template."""

import re
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, replace

from importer.checking.rows import name_rows
from importer.checking.suggestions import enumerate_names, suggest
from importer.checking.texts import squeeze
from importer.declare.catalog import Catalog
from importer.declare.definition import Defined, Named, Naming
from importer.declare.resource import Detail, Resource
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Line, Record, Value

Name = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A record whose cells say what they name, and its definition without what rows take off."""

    record: Record
    defined: Defined
    problems: tuple[Problem, ...] = ()


def read_names(
    catalog: Catalog, resource: Resource, record: Record, defined: Defined, rows: Container[Name]
) -> Read:
    """Put the definition's own names in place of what cells call them.

    rows: names of the workbook's records: a cell names one of them before anything else.
    """
    if not record.details:
        return Read(record=record, defined=defined)
    problems: list[Problem] = []
    details = dict(record.details)
    for detail in resource.details:
        sheet = detail.sheet.name
        reader = _Reader(
            catalog=catalog,
            detail=detail,
            naming=tuple(each for each in defined.naming if each.sheet == sheet),
            called=record.line.text(resource.defined_by),
            rows=rows,
        )
        typed = details.get(sheet, ())
        found = [reader.read(line) for line in typed]
        details[sheet] = tuple(line for line, _ in found)
        problems += [each for _, own in found for each in own]
        problems += _named_twice(detail, typed, details[sheet])
    named = replace(record, details={sheet: lines for sheet, lines in details.items() if lines})
    return Read(
        record=named,
        defined=_without(defined, set(_taken_off(resource, named))),
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the rows of one detail sheet. `called` is how the record calls its definition."""

    catalog: Catalog
    detail: Detail
    naming: tuple[Naming, ...]
    called: str
    rows: Container[Name]

    def read(self, line: Line) -> tuple[Line, list[Problem]]:
        """The row with the definition's own names, and its problems."""
        values: dict[str, Value] = dict(line.values)
        problems: list[Problem] = []
        for naming in self.naming:
            if naming.header not in values:
                continue
            found = _find(naming.things, line.text(naming.header))
            if self._names_row(naming, line):
                problems += [self._also_a_row(line, naming, each) for each in found[:1]]
            elif len(found) == 1:
                values[naming.header] = found[0].inner
            elif found or not self._may_be_record(naming, line):
                problems.append(self._unnamed(line, naming, found))
        named = replace(line, values=values)
        return named, problems or list(_misfits(self.detail, named))

    def _names_row(self, naming: Naming, line: Line) -> bool:
        to = self.detail.sheet.column(naming.header).to
        return naming.or_record and (to, line.text(naming.header).casefold()) in self.rows

    def _may_be_record(self, naming: Naming, line: Line) -> bool:
        """Whether a cell could be an external id or a service's id, by its signs."""
        if not naming.or_record:
            return False
        key = self.catalog.resource(self.detail.sheet.column(naming.header).to).key_column
        return bool(re.fullmatch(key.pattern or ".*", line.text(naming.header)))

    def _also_a_row(self, line: Line, naming: Naming, thing: Named) -> Problem:
        """The word means two things, and without the row it would mean the other one."""
        text, place = line.text(naming.header), line.place(naming.header)
        sheet = self.catalog.resource(self.detail.sheet.column(naming.header).to).sheet.name
        return kinds.REF_SEVERAL.at(
            place,
            found=f"{quoted(text)}, which is on the sheet {sheet} and in {quoted(self.called)}",
            expected="a name or an id that only one of them has",
            remedy=f"Write {thing.inner} for the one in {quoted(self.called)}; for the other one "
            "its id at the service, or give its row an External ID of its own.",
        )

    def _unnamed(self, line: Line, naming: Naming, found: Sequence[Named]) -> Problem:
        """Why a cell names nothing of the definition, or more than one thing."""
        text, place = line.text(naming.header), line.place(naming.header)
        if found:
            ids, last = [each.inner for each in found], [each.spellings[-1] for each in found]
            return kinds.REF_SEVERAL.at(
                place,
                found=f"{quoted(text)}, which {quoted(self.called)} has {len(found)} times",
                expected=f"one of {enumerate_names(last if len(set(last)) == len(ids) else ids)}",
            )
        names = [each.spellings[min(1, len(each.spellings) - 1)] for each in naming.things]
        return kinds.REF_UNKNOWN_NAME.at(
            place,
            found=f"{quoted(text)}, which {quoted(self.called)} does not have",
            expected=f"one of {enumerate_names(names)}" if names else "an empty cell",
            remedy=suggest(text, names) or "Correct the name.",
        )


def _find(things: Sequence[Named], text: str) -> tuple[Named, ...]:
    """What a cell may mean; the first way of naming that fits decides."""
    wanted = squeeze(text)
    for way in range(max((len(each.spellings) for each in things), default=0)):
        found = tuple(
            each
            for each in things
            if way < len(each.spellings) and squeeze(each.spellings[way]) == wanted
        )
        if found:
            return found
    return ()


def _misfits(detail: Detail, line: Line) -> Iterable[Problem]:
    for each in detail.misfits(line.values) if detail.misfits else ():
        yield each.kind.at(
            line.place(each.header), found=each.found, expected=each.expected, remedy=each.remedy
        )


def _named_twice(detail: Detail, typed: Sequence[Line], lines: Sequence[Line]) -> Iterable[Problem]:
    """Id and name are two spellings of one thing, so only the definition shows the repeat."""
    if detail.value:
        return
    rows: dict[str, list[Line]] = {}
    for written, line in zip(typed, lines, strict=True):
        rows.setdefault(detail.inner_of(line.values), []).append(written)
    header = detail.keys[-1]
    for alike in rows.values():
        for line in alike if len(alike) > 1 else ():
            others = name_rows([other.row for other in alike], but=line.row)
            yield kinds.KEY_DETAIL_TWICE.at(
                line.place(header),
                found=f"{quoted(line.text(header))}, which stands in {others}, too",
                expected=f"each {header.lower()} once per record",
            )


def _taken_off(resource: Resource, record: Record) -> Iterable[str]:
    """The inner names of the parts that rows take off."""
    for detail in resource.details:
        for line in record.details.get(detail.sheet.name, ()) if detail.takes_off else ():
            if detail.takes_off is not None and detail.takes_off(line.values):
                yield detail.inner_of(line.values)


def _without(defined: Defined, parts: Collection[str]) -> Defined:
    if not parts:
        return defined
    fields = tuple(
        replace(each, taken_off=True) if each.part and each.part in parts else each
        for each in defined.fields
    )
    return replace(defined, fields=fields)
