"""The verb *check*: every problem of a workbook in one pass, without network."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from importer.checking.workbook import check_tables
from importer.declare.catalog import Catalog
from importer.declare.definition import Saved
from importer.flows.collecting import collecting_later
from importer.flows.evidence import attach_documents
from importer.flows.outcomes import build_outcomes, no_settled
from importer.flows.saved_definitions import SavedCheck, check_saved
from importer.model.checked import Checked
from importer.model.manner import Conventions
from importer.model.problem import Problem, Severity
from importer.model.record import Record
from importer.model.report import FileReport
from importer.planning.order import references_of
from importer.planning.overlap import find_overlaps, span_of
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.meta import find_organisations
from importer.sheets.reading.reader import WorkbookRead, read_workbook

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_NOT_STATED = Conventions()
_VALUES = "values that a config or template defines"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file with what its check found. `digest` is the SHA-256 of its content.

    made_for: the organisations that its template was made for, by service; none for most.
    saved: the definitions that its template was made from.
    zone, now: what it was checked by; the zone (IANA) is that of moments which name none.
    conventions: what was stated of its dates and numbers, by it or by the command.
    limits: by which it was read, and is read again when results are written into a copy.
    """

    path: Path
    checked: Checked
    digest: str = ""
    made_for: Mapping[str, str] = field(default_factory=dict)
    saved: Saved = field(default_factory=Saved)
    zone: str = "UTC"
    now: datetime = _LONG_AGO
    conventions: Conventions = _NOT_STATED
    limits: Limits = LIMITS

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know beyond problems."""
        return self.conventions.notes

    @property
    def is_workbook(self) -> bool:
        """Whether the file could be opened at all, so that results can be written into it."""
        return bool(self.digest)


def check_file(
    path: Path,
    catalog: Catalog,
    *,
    zone: str,
    now: datetime,
    stated: Conventions = _NOT_STATED,
    limits: Limits = LIMITS,
) -> CheckedFile:
    """Read and check one workbook. What the command states counts before what the workbook does."""
    with collecting_later():
        read = read_workbook(path, catalog.sheets, limits)
        found = check_read(path, read, catalog, zone=zone, now=now, stated=stated)
        return replace(found, limits=limits)


def check_read(
    path: Path,
    read: WorkbookRead,
    catalog: Catalog,
    *,
    zone: str,
    now: datetime,
    stated: Conventions = _NOT_STATED,
) -> CheckedFile:
    """Check a workbook that was read."""
    conventions = stated.over(read.conventions)
    checked = check_tables(
        read.tables, catalog, found=read.problems, zone=zone, now=now, conventions=conventions
    )
    attached = attach_documents(catalog, checked, path)
    return CheckedFile(
        path=path,
        checked=hold_out(attached.checked, attached.problems),
        digest=read.digest,
        made_for=find_organisations(read.meta),
        saved=read.saved,
        zone=zone,
        now=now,
        conventions=conventions,
    )


def hold_out(checked: Checked, problems: Iterable[Problem]) -> Checked:
    """The check with further errors of whole records: those stay out, too."""
    found = tuple(problems)
    errors = [each for each in found if each.severity is Severity.ERROR]
    bad = {(each.place.sheet, each.place.row) for each in errors}
    if not bad:
        return replace(checked, problems=(*checked.problems, *found))
    out = {
        record.name: record.line.where
        for record in checked.records
        if any(line.name in bad for line in record.lines)
    }
    return replace(
        checked,
        records=tuple(each for each in checked.records if each.name not in out),
        problems=(*checked.problems, *found),
        staying_out={**checked.staying_out, **out},
    )


def report_check(file: CheckedFile, catalog: Catalog) -> FileReport:
    """The end of a check: which rows are fine, and what it could not look at.

    A plan looks for overlaps itself: it knows what the names mean, and what the user allows.
    """
    with collecting_later():
        return _report(file, catalog)


def _report(file: CheckedFile, catalog: Catalog) -> FileReport:
    known = check_saved(catalog, file.checked, file.saved, zone=file.zone, now=file.now)
    overlaps = _overlaps(catalog, file.checked.records)
    checked = hold_out(file.checked, [*known.problems, *overlaps])
    return FileReport(
        file=str(file.path),
        verb="check",
        outcomes=build_outcomes(catalog, checked, (), settled=no_settled),
        problems=tuple(each for each in checked.problems if is_of_file(each)),
        notes=(
            *file.notes,
            *_name_source(file.saved),
            *_unchecked(catalog, checked.records, known),
        ),
    )


def is_of_file(problem: Problem) -> bool:
    """Whether a problem belongs to the file or a sheet rather than to a data row.

    That of a sheet may stand at a blank row, such as merged cells below the data.
    """
    return problem.place.row <= 1 or problem.code.startswith(("SHEET_", "HEADER_"))


def _overlaps(catalog: Catalog, records: Iterable[Record]) -> Iterable[Problem]:
    """Overlapping periods within the workbook, as far as equal names show equal things."""
    for resource in catalog.resources:
        if resource.overlap is None:
            continue
        spans = []
        for record in records:
            if record.resource == resource.name:
                of = tuple(record.line.text(each).casefold() for each in resource.overlap.within)
                span = span_of(resource, record, of)
                spans += [(record, span)] if span is not None else []
        yield from find_overlaps(resource, spans)


def _name_source(saved: Saved) -> tuple[str, ...]:
    """Where the check knows the account from, if it does."""
    if not saved.items:
        return ()
    return (
        f"Checked by the configs and templates as they were at {saved.at}, when the workbook "
        "was made; an import asks the account itself.",
    )


def _unchecked(catalog: Catalog, records: Sequence[Record], known: SavedCheck) -> tuple[str, ...]:
    """One line about what only the account can tell, and no definition in the workbook does."""
    counts: Counter[str] = Counter()
    names: set[tuple[str, str]] = set()
    for record in records:
        is_covered = record.name in known.covered
        if not is_covered:
            counts[_VALUES] += sum(len(line.raw) for line in record.lines if line.raw)
        for reference in references_of(record):
            names = names or {each.name for each in records} | known.named
            if (reference.to, reference.key.casefold()) in names:
                continue
            if catalog.definition(reference.to) is not None:
                counts["names of configs, sites, templates and the like"] += not is_covered
            else:
                counts["references to records that are not in this workbook"] += 1
    found = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
    return (f"Not checked, because only the account can tell: {found}.",) if found else ()
