"""One thing under two names: only its id at the service shows that two rows are about it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from importer.checking.rows import name_rows
from importer.declare.resource import Detail
from importer.flows.defining import Known, Name
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem
from importer.model.record import Line, Record, Reference


def find_named_twice(
    session: Session, known: Known, ids: Mapping[Name, str]
) -> Mapping[Name, tuple[Problem, ...]]:
    """Problems of records two rows of which would say two things of one part."""
    found: dict[Name, tuple[Problem, ...]] = {}
    for name, record in known.records.items():
        for detail in session.catalog.resource(record.resource).details:
            if detail.identify:
                found[name] = tuple(_twice_in(detail, known, record, ids))
    return found


def _twice_in(
    detail: Detail, known: Known, record: Record, ids: Mapping[Name, str]
) -> Iterator[Problem]:
    remote = known.remotes.get(record.name)
    header = detail.keys[-1]
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in record.details.get(detail.sheet.name, ()):
        called = _resolved(line, header, ids)
        own = detail.identify(remote.body, called) if detail.identify and remote else called
        lines[own].append(line)
    for alike in lines.values():
        for line in alike if len(alike) > 1 else ():
            others = name_rows([each.row for each in alike], but=line.row)
            yield kinds.KEY_DETAIL_TWICE.at(
                line.place(header),
                found=f"another name of what stands in {others}",
                expected=f"each {header.lower()} once per record",
            )


def _resolved(line: Line, header: str, ids: Mapping[Name, str]) -> str:
    """The id of the record that a cell names, as far as it is known; else what stands there."""
    value = line.values.get(header, "")
    if isinstance(value, Reference):
        return ids.get((value.to, value.key.casefold()), value.key)
    return str(value)
