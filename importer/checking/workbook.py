"""The whole check of a workbook, all problems in one pass, without network."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from importer.checking.lines import ReadLines, read_lines
from importer.checking.references import Assembled, Lines, assemble
from importer.checking.violations import find_violations
from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.model import problem_kinds as kinds
from importer.model.checked import Checked, ReadRow
from importer.model.problem import Problem, Severity
from importer.model.record import Line, Record
from importer.model.table import Table

FIRST_DATA_ROW = 2


def check_tables(
    tables: Sequence[Table],
    catalog: Catalog,
    *,
    found: Sequence[Problem],
    zone: str,
    now: datetime,
) -> Checked:
    """Check the sheets that were read. `found` are the problems of reading them.

    `zone` (IANA) is that of moments which name none; `now` decides what lies in the future.
    """
    by_sheet = {table.sheet: table for table in tables}
    problems = list(found)
    lines: dict[str, tuple[Line, ...]] = {}
    for resource in catalog.resources:
        for sheet in resource.sheets:
            table = by_sheet.get(sheet.name)
            if table is None:
                continue
            read = read_lines(table, sheet, zone=zone)
            lines[sheet.name] = read.lines
            problems += _sheet_problems(resource, sheet, read, now)
    assembled = assemble(catalog, lines)
    problems += assembled.problems
    return sort_out(catalog, tables, lines, assembled, problems)


def _sheet_problems(
    resource: Resource, sheet: Sheet, read: ReadLines, now: datetime
) -> Iterable[Problem]:
    if not resource.available:
        return _not_yet(sheet, read.lines)
    unread = [problem for each in read.problems.values() for problem in each]
    violations = find_violations(sheet, read.lines, settled=read.unreadable, now=now)
    return [*unread, *violations.values()]


def _not_yet(sheet: Sheet, lines: Iterable[Line]) -> Iterable[Problem]:
    for line in lines:
        yield kinds.CELL_NOT_YET.at(
            line.place(sheet.columns[0].header),
            found=f"a row on the sheet {sheet.name}",
            expected=f"no rows on the sheet {sheet.name}",
        )


def sort_out(
    catalog: Catalog,
    tables: Sequence[Table],
    lines: Lines,
    assembled: Assembled,
    problems: Sequence[Problem],
) -> Checked:
    """Part the records that are in order from those that stay out, with the reason."""
    bad_rows, bad_sheets = _errors(problems)
    title_of = {table.sheet: table.title for table in tables}
    held: dict[tuple[str, int], str] = {}
    staying_out: dict[tuple[str, str], str] = {}
    fine: list[Record] = []
    for record in assembled.records:
        own_sheets = [sheet.name for sheet in catalog.resource(record.resource).sheets]
        faults = _faults(record, own_sheets, title_of, bad_rows, bad_sheets)
        if not faults:
            fine.append(record)
            continue
        staying_out[record.name] = f"{title_of[record.line.sheet]} row {record.line.row}"
        held.update(_held_rows(record, title_of, bad_rows, faults[0]))
    for sheet in bad_sheets:
        held.update(_held_sheet(tables, sheet, bad_rows))
    return Checked(
        rows=tuple(_read_rows(catalog, tables, lines)),
        records=tuple(each for each in fine if each.name not in staying_out),
        problems=tuple(dict.fromkeys(problems)),
        staying_out=staying_out,
        held=held,
    )


def _errors(problems: Iterable[Problem]) -> tuple[set[tuple[str, int]], set[str]]:
    """Rows, and sheets, that an error keeps out; by the names in the user's file."""
    rows: set[tuple[str, int]] = set()
    sheets: set[str] = set()
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            continue
        if problem.place.row >= FIRST_DATA_ROW:
            rows.add((problem.place.sheet, problem.place.row))
        elif problem.place.sheet:
            sheets.add(problem.place.sheet)
    return rows, sheets


def _faults(
    record: Record,
    own_sheets: Iterable[str],
    title_of: Mapping[str, str],
    bad_rows: set[tuple[str, int]],
    bad_sheets: set[str],
) -> list[str]:
    """What keeps a record out: its rows with an error, and sheets that may hide rows of it."""
    rows = [
        f"{title_of[line.sheet]} row {line.row}"
        for line in record.lines
        if (title_of[line.sheet], line.row) in bad_rows
    ]
    titles = [title_of[sheet] for sheet in own_sheets if sheet in title_of]
    return rows + [f"the sheet {title}" for title in titles if title in bad_sheets]


def _held_rows(
    record: Record, title_of: Mapping[str, str], bad_rows: set[tuple[str, int]], fault: str
) -> Mapping[tuple[str, int], str]:
    reason = f"Stays out because {fault}, which belongs to the same record, has a problem."
    return {
        (title_of[line.sheet], line.row): reason
        for line in record.lines
        if (title_of[line.sheet], line.row) not in bad_rows
    }


def _held_sheet(
    tables: Iterable[Table], title: str, bad_rows: set[tuple[str, int]]
) -> Mapping[tuple[str, int], str]:
    reason = "Stays out because the sheet has a problem; see the sheet Import summary."
    return {
        (title, row.number): reason
        for table in tables
        if table.title == title
        for row in table.rows
        if (title, row.number) not in bad_rows
    }


def _read_rows(catalog: Catalog, tables: Iterable[Table], lines: Lines) -> Iterable[ReadRow]:
    """Every row, with the key that it has or that it points to."""
    headers = {resource.sheet.name: resource.key for resource in catalog.resources}
    headers.update({detail.sheet.name: detail.parent for _, detail in catalog.details})
    for table in tables:
        for line in lines[table.sheet]:
            yield ReadRow(
                sheet=table.sheet,
                title=table.title,
                row=line.row,
                key=line.text(headers[table.sheet]),
            )
