"""Reads a workbook: from a path to tables of raw cells, with every problem of file and sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importer.declare.definition import Saved
from importer.declare.sheet import Sheet
from importer.model.manner import Conventions
from importer.model.place import Place
from importer.model.problem import Problem, Severity
from importer.model.problem_kinds import FILE_NO_ROWS
from importer.model.table import Table
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.meta import find_made, read_meta
from importer.sheets.reading.grid import Contents
from importer.sheets.reading.header_row import list_headers
from importer.sheets.reading.likeness import find_likeness
from importer.sheets.reading.opening import open_contents
from importer.sheets.reading.rows import read_table
from importer.sheets.reading.statements import read_statements
from importer.sheets.template.definitions_page import read_definitions
from importer.sheets.titles import match_titles


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookRead:
    """What a file says.

    tables: in the order of the declared sheets, those that the file has.
    has_formulas: whether any cell of the file is computed.
    digest: SHA-256 of the file; empty where it could not be read.
    meta: what the template wrote down about itself; empty without its hidden sheet.
    saved: the definitions that it was made from, likewise.
    conventions: what its sheet `Start here` states of its dates and numbers.
    """

    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()
    has_formulas: bool = False
    digest: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    saved: Saved = field(default_factory=Saved)
    conventions: Conventions = field(default_factory=Conventions)


def read_workbook(path: Path, sheets: Sequence[Sheet], limits: Limits = LIMITS) -> WorkbookRead:
    """Read the declared sheets of a workbook, after the gate. Never raises for what is in it."""
    contents = open_contents(path, limits, headers=list_headers(sheets))
    if isinstance(contents, Problem):
        return WorkbookRead(problems=(contents,))
    meta = read_meta(contents.grids)
    conventions, unknown = read_statements(contents.grids)
    tables, problems = _read_tables(contents, sheets, meta)
    return WorkbookRead(
        tables=tables,
        problems=(*unknown, *problems),
        has_formulas=contents.has_formulas,
        digest=contents.digest,
        meta=meta,
        saved=read_definitions(contents.grids),
        conventions=conventions,
    )


def _read_tables(
    contents: Contents, sheets: Sequence[Sheet], meta: Mapping[str, str]
) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    grids = {grid.title: grid for grid in contents.grids}
    titles = match_titles(grids, sheets, find_made(meta))
    tables: list[Table] = []
    problems = [*contents.problems, *titles.problems]
    for sheet in sheets:
        for title in (each for each, name in titles.matched.items() if name == sheet.name):
            table, found = read_table(grids[title], sheet, meta)
            tables.append(table)
            problems.extend(found)
    for title in titles.unknown:
        problems.extend(find_likeness(grids[title], sheets))
    has_error = any(problem.severity is Severity.ERROR for problem in problems)
    if not has_error and not any(table.rows for table in tables):
        problems.append(FILE_NO_ROWS.at(Place(), found="no filled row on any known sheet"))
    return tuple(tables), tuple(problems)
