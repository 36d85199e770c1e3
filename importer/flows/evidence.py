"""Evidence of a workbook: found when it is checked, read again when it is sent."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from importer.declare.catalog import Catalog
from importer.declare.evidence import Evidence
from importer.declare.resource import Resource
from importer.model import problem_kinds as kinds
from importer.model.checked import Checked
from importer.model.failure import DocumentChanged
from importer.model.ports import Upload
from importer.model.problem import Problem
from importer.model.record import Document, Line, Record
from importer.sheets.reading.evidence import Allowed, EvidenceFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The check with documents in place of their paths, and the problems of those."""

    checked: Checked
    problems: tuple[Problem, ...]


def attach_documents(catalog: Catalog, checked: Checked, workbook: Path) -> Attached:
    """Find the document of every record that has one, and say which nothing refers to."""
    folder = EvidenceFolder(workbook)
    records: list[Record] = []
    problems: list[Problem] = []
    for record in checked.records:
        resource = catalog.resource(record.resource)
        if resource.evidence is None:
            records.append(record)
            continue
        attached, found = _attach(resource, resource.evidence, record, folder)
        records.append(attached)
        problems += found
        problems += _unused(resource, record, checked)
    return Attached(checked=replace(checked, records=tuple(records)), problems=tuple(problems))


def _attach(
    resource: Resource, evidence: Evidence, record: Record, folder: EvidenceFolder
) -> tuple[Record, tuple[Problem, ...]]:
    del resource
    allowed = Allowed(largest=evidence.largest, types=dict(evidence.types))
    place = record.line.place(evidence.header)
    found = folder.find(record.line.text(evidence.header), place, allowed)
    if isinstance(found, Problem):
        return record, (found,)
    line = replace(record.line, values={**record.line.values, evidence.header: found})
    return replace(record, line=line), ()


def _unused(resource: Resource, record: Record, checked: Checked) -> Iterable[Problem]:
    """What may be named beside a number is not called unused; a file cannot be named there."""
    is_mentioned = not resource.content_key and record.key.casefold() in checked.mentioned
    if record.name not in checked.named and not is_mentioned:
        kind = kinds.ROW_UNUSED_FILE if resource.content_key else kinds.ROW_UNUSED
        yield kind.at(record.line.place(resource.key), found=f"“{record.key}”, which no row names")


def read_upload(workbook: Path, evidence: Evidence, line: Line) -> Upload:
    """The document of a row, to be sent. Raises DocumentChanged if it is not what was checked."""
    document = line.values.get(evidence.header)
    if not isinstance(document, Document):
        raise TypeError(f"{line.where} has no document")
    try:
        content = EvidenceFolder(workbook).read(document.named, largest=evidence.largest)
    except (OSError, ValueError) as failure:
        raise _changed(document) from failure
    if hashlib.sha256(content).hexdigest() != document.digest:
        raise _changed(document)
    return Upload(name=document.name, content_type=document.content_type, content=content)


def _changed(document: Document) -> DocumentChanged:
    return DocumentChanged(
        f"{document.named} changed while the import was running.",
        remedy="Import the file again once nobody writes to its evidence.",
    )
