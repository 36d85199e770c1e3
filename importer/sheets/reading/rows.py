"""The rows of a sheet: all that are filled in, under Excel's own numbers."""

from collections.abc import Iterator, Mapping

from importer.declare.sheet import Sheet
from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.problem_kinds import SHEET_HIDDEN_ROWS, SHEET_MERGED_CELLS
from importer.model.table import Name, Row, Table
from importer.sheets.meta import find_made_for, find_meant
from importer.sheets.names import fold
from importer.sheets.reading.cell import is_blank
from importer.sheets.reading.grid import Block, Grid
from importer.sheets.reading.headers import Headers, read_headers
from importer.sheets.reading.structure import Structure, read_structure

_NO_META: Mapping[str, str] = {}


def read_table(
    grid: Grid, sheet: Sheet, meta: Mapping[str, str] = _NO_META
) -> tuple[Table, tuple[Problem, ...]]:
    """A sheet's rows, and what is wrong with the sheet; one with nothing on it is just empty.

    meta: what the template wrote down about itself.
    """
    if not any(not is_blank(cell) for cells in grid.rows.values() for cell in cells.values()):
        return Table(sheet=sheet.name, title=grid.title, columns={}, rows=()), ()
    headers = read_headers(grid, sheet)
    meant = dict(find_meant(grid.title, headers.others, meta))
    structure = read_structure(grid, sheet, headers, meant)
    table = Table(
        sheet=sheet.name,
        title=grid.title,
        columns=headers.columns,
        rows=tuple(_rows(grid, headers, structure)),
        header_row=headers.row,
        others=headers.others,
        meant=meant,
        made_for=_find_made_for(grid.title, meta),
    )
    found = (*headers.problems, *structure.problems)
    return table, (*found, *_merged(grid, table), *_hidden(grid, table))


def _find_made_for(title: str, meta: Mapping[str, str]) -> tuple[str, str]:
    made = ((fold(each), made_for) for each, made_for in find_made_for(meta).items())
    return dict(made).get(fold(title), ("", ""))


def _rows(grid: Grid, headers: Headers, structure: Structure) -> Iterator[Row]:
    """Rows with something in a column that is declared, or that the template made.

    What stands in other columns alone is the user's own.
    """
    others = {column: column for column in headers.others}
    naming = {id(cells.layout): cells.layout for cells in grid.rows.values()}
    declared = {each: _rename(layout, headers.columns) for each, layout in naming.items()}
    further = {each: _rename(layout, others) for each, layout in naming.items()}
    for number in structure.data_rows:
        cells = grid.rows[number]
        layout = id(cells.layout)
        yield Row(
            number=number,
            cells=cells.under(declared[layout]),
            others=cells.under(further[layout]),
        )


def _rename(layout: Mapping[int, int], columns: Mapping[Name, int]) -> Mapping[Name, int]:
    """The layout by other names than the columns' own, without columns that have none."""
    return {name: layout[column] for name, column in columns.items() if column in layout}


def _merged(grid: Grid, table: Table) -> Iterator[Problem]:
    for block in grid.merged:
        if _touches(block, table):
            yield SHEET_MERGED_CELLS.at(
                Place(sheet=grid.title, row=block.first_row, column=block.first_column),
                found=f"the merged cells {block}",
            )


def _touches(block: Block, table: Table) -> bool:
    return block.last_row >= table.header_row and any(
        block.first_column <= column <= block.last_column for column in table.columns.values()
    )


def _hidden(grid: Grid, table: Table) -> Iterator[Problem]:
    """One warning that counts the rows which are read although nobody sees them."""
    hidden = [row.number for row in table.rows if grid.hidden or row.number in grid.hidden_rows]
    if not hidden:
        return
    rows = "1 filled row that is" if len(hidden) == 1 else f"{len(hidden):,} filled rows that are"
    why = "on a hidden sheet" if grid.hidden else "hidden or filtered out"
    yield SHEET_HIDDEN_ROWS.at(
        Place(sheet=grid.title, row=hidden[0]),
        found=f"{rows} {why}, the first in row {hidden[0]}",
    )
