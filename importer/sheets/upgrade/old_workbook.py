"""A filled workbook as an upgrade reads it: every cell, and what the template wrote down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from importer.declare.catalog import Catalog
from importer.declare.definition import Saved
from importer.model.manner import Conventions
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import (
    FILE_DAMAGED,
    FILE_NOT_A_WORKBOOK,
    HEADER_NEAR,
    HEADER_TWICE,
    SHEET_ROWS_ABOVE,
    SHEET_SECOND_TABLE,
)
from importer.model.upgrade import Told
from importer.sheets.board import find_title
from importer.sheets.gate.inspection import inspect
from importer.sheets.gate.kinds import FileKind
from importer.sheets.meta import find_columns, find_made, find_resources, read_meta
from importer.sheets.names import fold
from importer.sheets.own import (
    CHANGES,
    NOT_FILLED,
    START_HERE,
    SUMMARY,
    WITHOUT_KEY,
    is_own_sheet,
)
from importer.sheets.reading.cell import text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.reading.header_row import TOP_ROW, find_header_row
from importer.sheets.reading.headers import read_headers
from importer.sheets.reading.statements import read_statements
from importer.sheets.reading.structure import read_structure
from importer.sheets.template.definitions_page import read_definitions
from importer.sheets.titles import match_titles
from importer.sheets.upgrade.changes_page import read_changes
from importer.sheets.upgrade.old_sheet import OldSheet, read_old_sheet
from importer.sheets.upgrade.workbook import ODD_CONTENT, open_twice, read_grid

_ENOUGH = 2
"""Headers that two sheets have in common when one is the other under a new name."""

_LISTINGS = {fold(WITHOUT_KEY), fold(NOT_FILLED)}
_LEFT = {fold(SUMMARY), *_LISTINGS}

_PARTS = (
    ("xl/media/", "pictures"),
    ("xl/charts/", "charts"),
    ("xl/chartsheets/", "sheets that are a chart"),
    ("xl/vbaProject", "macros"),
    ("xl/pivotTables/", "pivot tables"),
    ("xl/externalLinks/", "links to other workbooks"),
)
"""Where a package keeps what an upgrade cannot carry, and what that is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldWorkbook:
    """What an upgrade starts from.

    sheets: those for rows, and those of the user's own; none of ours.
    problems: why it cannot be upgraded, in the words of a check; nothing else is there then.
    ours: titles of sheets that earlier commands wrote and that are left behind.
    told: what an earlier upgrade listed with a value, which may stand nowhere else.
    lost: what there is beside cells and does not go over, in words.
    """

    sheets: tuple[OldSheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    saved: Saved = field(default_factory=Saved)
    conventions: Conventions = field(default_factory=Conventions)
    ours: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()


def read_old_workbook(path: Path, catalog: Catalog) -> OldWorkbook:
    """Read a workbook of any version, after the gate. Never raises for what is in it."""
    kind = inspect(path)
    if isinstance(kind, Problem):
        return OldWorkbook(problems=(kind,))
    if kind is not FileKind.XLSX:
        refusal = FILE_NOT_A_WORKBOOK.at(Place(), found=kind.value, expected=FileKind.XLSX.value)
        return OldWorkbook(problems=(refusal,))
    try:
        content = path.read_bytes()
        written, values = open_twice(content)
        pairs = {each.title: (each, values[each.title]) for each in written.worksheets}
        grids = {title: read_grid(*pair) for title, pair in pairs.items()}
        lost = tuple(_find_lost(content))
    except ODD_CONTENT as error:
        found = f"a part that cannot be read: {type(error).__name__} {quoted(error)}"
        return OldWorkbook(problems=(FILE_DAMAGED.at(Place(), found=found),))
    meta = read_meta(grids.values())
    ours = tuple(each for each in grids if _is_ours(grids[each], meta))
    made = {**_find_renamed(grids, catalog, meta), **find_made(meta)}
    titles = match_titles([each for each in grids if each not in ours], catalog.sheets, made)
    problems = [*titles.problems]
    for title, name in titles.matched.items():
        problems += _find_unclear(grids[title], catalog, name, meta)
    if problems:
        return OldWorkbook(problems=tuple(problems))
    return OldWorkbook(
        sheets=tuple(
            read_old_sheet(
                *pair,
                grids[title],
                declared=titles.matched.get(title, ""),
                header_row=_find_header_row(grids[title], catalog, titles.matched.get(title)),
                figures=_figures(catalog, titles.matched.get(title, "")),
                meta=meta,
            )
            for title, pair in pairs.items()
            if title not in ours
        ),
        meta=meta,
        saved=read_definitions(grids.values()),
        conventions=read_statements(grids.values())[0],
        ours=tuple(each for each in ours if fold(each) in _LEFT),
        lost=lost,
        told=tuple(
            line
            for each in ours
            if fold(each) == fold(CHANGES)
            for line in read_changes(grids[each]) or ()
        ),
    )


def _is_ours(grid: Grid, meta: Mapping[str, str]) -> bool:
    """Whether a sheet is one that we wrote: people may have a sheet of such a name, too."""
    if not is_own_sheet(grid.title):
        return False
    if fold(grid.title) == fold(SUMMARY):
        return True
    if fold(grid.title) == fold(CHANGES):
        return read_changes(grid) is not None
    if fold(grid.title) in _LISTINGS:
        return fold(find_title(grid)) == fold(grid.title)
    return bool(meta) and (grid.hidden or fold(grid.title) == fold(START_HERE))


def _find_renamed(
    grids: Mapping[str, Grid], catalog: Catalog, meta: Mapping[str, str]
) -> Mapping[str, str]:
    """Sheets that an older version called otherwise: their titles, and what they are called now."""
    owners = {fold(title): name for title, name in find_resources(meta).items()}
    known = {fold(each.name) for each in catalog.sheets}
    resources = {each.name: each for each in catalog.resources}
    found: dict[str, str] = {}
    for title, grid in grids.items():
        resource = resources.get(owners.get(fold(title), ""))
        if resource is None or fold(title) in known:
            continue
        scores = {
            sheet.name: len(
                {fold(text) for text in _headers(grid, find_header_row(grid, sheet)).values()}
                & {fold(each.header) for each in sheet.columns}
            )
            for sheet in resource.sheets
        }
        best = max(scores, key=lambda name: scores[name])
        if scores[best] >= _ENOUGH:
            found[title] = best
    return found


def _find_unclear(
    grid: Grid, catalog: Catalog, name: str, meta: Mapping[str, str]
) -> Iterator[Problem]:
    """Headers of which it is not certain what they mean: nothing is carried on a guess."""
    if not grid.rows:
        return
    sheet = next(each for each in catalog.sheets if each.name == name)
    headers = read_headers(grid, sheet)
    known = find_columns(grid.title, _headers(grid, headers.row), meta)
    for problem in (*headers.problems, *read_structure(grid, sheet, headers).problems):
        match problem.code:
            case HEADER_TWICE.code | SHEET_SECOND_TABLE.code | SHEET_ROWS_ABOVE.code:
                yield problem
            case HEADER_NEAR.code if problem.place.column not in known:
                yield problem


def _find_header_row(grid: Grid, catalog: Catalog, name: str | None) -> int:
    sheet = next((each for each in catalog.sheets if each.name == name), None)
    return TOP_ROW if sheet is None else find_header_row(grid, sheet)


def _headers(grid: Grid, row: int) -> Mapping[int, str]:
    return {column: text_of(cell) for column, cell in grid.rows.get(row, {}).items()}


def _figures(catalog: Catalog, name: str) -> Sequence[str]:
    return [
        each.header
        for resource in catalog.resources
        if resource.sheet.name == name
        for each in resource.results
    ]


def _find_lost(content: bytes) -> Iterable[str]:
    with ZipFile(BytesIO(content)) as package:
        names = package.namelist()
    for start, called in _PARTS:
        if any(name.startswith(start) for name in names):
            yield called
