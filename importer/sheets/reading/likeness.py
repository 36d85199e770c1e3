"""A sheet that looks like a declared one and is not called so: nothing of it goes in unnoticed."""

from collections.abc import Iterator, Sequence

from importer.declare.sheet import Sheet
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import SHEET_LEFT_OUT
from importer.sheets.names import fold
from importer.sheets.reading.cell import is_blank, text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.reading.header_row import find_header_row


def find_likeness(grid: Grid, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """A warning about a sheet of the user's own that has rows under a declared sheet's headers."""
    for sheet in sheets:
        row = find_header_row(grid, sheet)
        rows = [number for number in grid.rows if number > row and _is_filled(grid, number)]
        headers = {fold(text_of(cell)) for cell in grid.rows.get(row, {}).values()}
        required = {fold(column.header) for column in sheet.columns if column.required}
        if rows and len(required) > 1 and required <= headers:
            count = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
            yield SHEET_LEFT_OUT.at(
                Place(sheet=grid.title),
                found=f"{count} under the headers of {quoted(sheet.name)}, "
                f"on a sheet that is called {quoted(grid.title)}",
                remedy=f"If they are to go in, put them on a sheet called {quoted(sheet.name)}; "
                "else leave the sheet as it is.",
            )
            return


def _is_filled(grid: Grid, number: int) -> bool:
    return any(not is_blank(cell) for cell in grid.rows[number].values())
