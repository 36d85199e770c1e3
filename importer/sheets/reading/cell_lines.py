"""Every cell of a file as it is read, before any sheet is asked for."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from importer.model.place import column_letters
from importer.model.problem import Problem
from importer.model.table import Cell
from importer.sheets.gate.inspection import inspect
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.ooxml.contents import open_sheets
from importer.sheets.ooxml.markup import PartDamaged, TooMuch
from importer.sheets.ooxml.shared_formulas import move_formula
from importer.sheets.reading.opening import explain, open_contents


@dataclass(slots=True, kw_only=True)
class PlacedCell:
    """A filled cell and where it stands. `name` is such as `B2`."""

    sheet: str
    name: str
    cell: Cell


def read_cells(
    path: Path, limits: Limits = LIMITS, *, headers: Set[str] = frozenset()
) -> Iterator[PlacedCell | Problem]:
    """The filled cells in the order of the file, hidden sheets included, and what is wrong with it.

    Of an .xlsx memory is bounded, whatever it holds. A formula that cells share is told as it reads
    in each. headers: as for `open_contents`.
    """
    kind = inspect(path, limits)
    if kind is FileKind.XLSX:
        yield from _read_xlsx(path, limits)
        return
    contents = kind if isinstance(kind, Problem) else open_contents(path, limits, headers=headers)
    if isinstance(contents, Problem):
        yield contents
        return
    yield from contents.problems
    for grid in contents.grids:
        for row, cells in grid.rows.items():
            yield from _place(grid.title, row, cells)


def _read_xlsx(path: Path, limits: Limits) -> Iterator[PlacedCell | Problem]:
    try:
        with path.open("rb") as file:
            for sheet in open_sheets(file, limits, move=move_formula):
                for row in sheet.rows:
                    yield from _place(sheet.title, row.number, row.cells)
    except (PartDamaged, TooMuch) as failure:
        yield explain(failure)


def _place(sheet: str, row: int, cells: Mapping[int, Cell]) -> Iterator[PlacedCell]:
    for column, cell in cells.items():
        yield PlacedCell(sheet=sheet, name=f"{column_letters(column)}{row}", cell=cell)
