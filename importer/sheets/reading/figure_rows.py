"""A results workbook as `refresh` reads it: rows with an Import ID, and their figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.problem_kinds import FILE_NO_RESULTS
from importer.model.table import RawValue
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.meta import find_made, read_meta
from importer.sheets.names import fold
from importer.sheets.own import HEADERS, ID, MESSAGE, STATUS
from importer.sheets.reading.cell import text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.reading.header_row import find_header_row
from importer.sheets.reading.headers import read_headers
from importer.sheets.reading.opening import open_contents
from importer.sheets.titles import match_titles


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A row that was sent. `figures` are by header of the result column; None for a blank one.

    columns: where our columns stand, by header. place: the cell of the external id.
    """

    resource: str
    key: str
    id: str
    status: str
    message: str
    figures: Mapping[str, RawValue]
    columns: Mapping[str, int]
    place: Place

    @property
    def is_open(self) -> bool:
        """Whether a figure is still to come."""
        return any(value is None for value in self.figures.values())


def read_figure_rows(
    path: Path, catalog: Catalog, limits: Limits = LIMITS
) -> tuple[tuple[FigureRow, ...], tuple[Problem, ...]]:
    """The rows of a results workbook that have a figure column, or why there are none."""
    contents = open_contents(path, limits)
    if isinstance(contents, Problem):
        return (), (contents,)
    grids = {each.title: each for each in contents.grids}
    made = find_made(read_meta(grids.values()))
    titles = match_titles(grids, catalog.sheets, made).matched
    rows: list[FigureRow] = []
    has_results = False
    for resource in catalog.resources:
        for title in (each for each, name in titles.items() if name == resource.sheet.name):
            columns = _own_columns(grids[title], resource)
            if ID in columns:
                has_results = True
                rows += _rows(grids[title], resource, columns)
    if not has_results:
        return (), (FILE_NO_RESULTS.at(Place(), found=f"no column {ID} on any known sheet"),)
    return tuple(rows), ()


def _own_columns(grid: Grid, resource: Resource) -> Mapping[str, int]:
    """Our columns by header. A figure counts only right behind another: people have such, too."""
    own = {fold(header): header for header in HEADERS}
    figures = {fold(each.header): each.header for each in resource.results}
    found: dict[str, int] = {}
    before = 0
    row = find_header_row(grid, resource.sheet)
    for number, cell in sorted(grid.rows.get(row, {}).items()):
        name = fold(text_of(cell))
        is_behind = before == number - 1 and name in figures
        if name in own or is_behind:
            found[own.get(name) or figures[name]] = before = number
    return found


def _rows(grid: Grid, resource: Resource, columns: Mapping[str, int]) -> Iterator[FigureRow]:
    found = read_headers(grid, resource.sheet)
    headers = [each.header for each in resource.results if each.header in columns]
    for number in sorted(grid.rows) if headers else ():
        texts = {
            header: text_of(grid.cell(number, columns[header])) if header in columns else ""
            for header in HEADERS
        }
        if number <= found.row or not texts[ID]:
            continue
        column = found.columns.get(resource.key, 0)
        message = grid.cell(number, columns[MESSAGE]).value if MESSAGE in columns else ""
        yield FigureRow(
            resource=resource.name,
            key=text_of(grid.cell(number, column)) if column else "",
            id=texts[ID],
            status=texts[STATUS],
            message=str(message or ""),
            figures={header: grid.cell(number, columns[header]).value for header in headers},
            columns=columns,
            place=Place(
                sheet=grid.title, row=number, column=column, header=resource.key if column else ""
            ),
        )
