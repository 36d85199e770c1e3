"""The whole check of a workbook, all problems in one pass, without network."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from importer.checking.lines import read_lines
from importer.checking.references import Lines, assemble
from importer.checking.repeats import find_repeats_across
from importer.checking.soundness import Soundness, judge_sheets
from importer.checking.verdict import sort_out
from importer.checking.violations import find_violations
from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.model import problem_kinds as kinds
from importer.model.checked import Checked
from importer.model.manner import Conventions
from importer.model.problem import Problem
from importer.model.record import Line, Reference
from importer.model.table import Table

_NOT_STATED = Conventions()

Row = tuple[str, int]
"""A row by the title of its sheet in the user's file, and its number."""


def check_tables(
    tables: Sequence[Table],
    catalog: Catalog,
    *,
    found: Sequence[Problem],
    zone: str,
    now: datetime,
    conventions: Conventions = _NOT_STATED,
) -> Checked:
    """Check the sheets that were read. `found` are the problems of reading them.

    `zone` (IANA) is that of moments which name none; `now` decides what lies in the future;
    `conventions` settle what could be read in two ways.
    """
    soundness = judge_sheets(catalog, tables, found)
    notes = {(each.place.sheet, each.place.row) for each in found if _is_note(each)}
    problems = list(found)
    lines: dict[str, tuple[Line, ...]] = {}
    for resource in catalog.resources:
        for sheet in resource.sheets:
            for table in (each for each in tables if each.sheet == sheet.name):
                read = read_lines(
                    table,
                    sheet,
                    zone=zone,
                    conventions=conventions,
                    blanks=_read_blanks(resource, table),
                )
                lines[sheet.name] = (*lines.get(sheet.name, ()), *read.lines)
                if resource.available:
                    settled = read.unreadable | _absent_cells(table, sheet, soundness)
                    settled |= _note_cells(table, sheet, notes)
                    problems += read.all_problems
                    problems += find_violations(
                        sheet, read.lines, settled=settled, zone=zone, now=now
                    ).values()
                else:
                    problems += _not_yet(sheet, read.lines)
            problems += find_repeats_across(sheet, lines.get(sheet.name, ()))
    assembled = assemble(catalog, _without(notes, lines), unsound=soundness.unsound)
    problems += assembled.problems
    return sort_out(
        catalog,
        tables,
        lines=lines,
        assembled=assembled,
        soundness=soundness,
        problems=problems,
    )


def _read_blanks(resource: Resource, table: Table) -> Mapping[str, Reference]:
    """What a blank cell means on a sheet that was made for one definition: that one."""
    name, own_id = table.made_for
    if not own_id or not resource.defined_by or table.sheet != resource.sheet.name:
        return {}
    to = resource.sheet.column(resource.defined_by).to
    return {resource.defined_by: Reference(to=to, key=own_id, called=name)}


def _absent_cells(table: Table, sheet: Sheet, soundness: Soundness) -> set[tuple[int, str]]:
    """Cells of columns that the sheet lacks, where the problem of the header says all of them."""
    if sheet.name not in soundness.unsound:
        return set()
    headers = [each.header for each in sheet.columns if each.header not in table.columns]
    return {(row.number, header) for row in table.rows for header in headers}


def _is_note(problem: Problem) -> bool:
    return problem.code == kinds.ROW_NOTE.code


def _note_cells(table: Table, sheet: Sheet, notes: Collection[Row]) -> set[tuple[int, str]]:
    """All cells of rows that are a note: of those nothing more needs to be said."""
    rows = [row for title, row in notes if title == table.title]
    return {(row, column.header) for row in rows for column in sheet.columns}


def _without(notes: Collection[Row], lines: Mapping[str, tuple[Line, ...]]) -> Lines:
    """The lines of which records may be made."""
    if not notes:
        return lines
    return {
        sheet: tuple(line for line in of_sheet if line.name not in notes)
        for sheet, of_sheet in lines.items()
    }


def _not_yet(sheet: Sheet, lines: Iterable[Line]) -> Iterable[Problem]:
    for line in lines:
        yield kinds.CELL_NOT_YET.at(
            line.place(sheet.columns[0].header),
            found=f"a row on the sheet {sheet.name}",
            expected=f"no rows on the sheet {sheet.name}",
        )
