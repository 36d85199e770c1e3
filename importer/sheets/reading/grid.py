"""A worksheet as it stands in the file, before any declaration is held against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from importer.model.place import column_letters
from importer.model.problem import Problem
from importer.model.table import BLANK_CELL, Cell, Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A rectangle of cells, bounds included, in Excel's own numbers."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = f"{column_letters(self.first_column)}{self.first_row}"
        last = f"{column_letters(self.last_column)}{self.last_row}"
        return f"{first}:{last}"


class Layouts:
    """Packs the cells of rows: rows that fill the same columns get the same layout."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], Mapping[int, int]] = {}

    def pack(self, cells: Mapping[int, Cell]) -> Cells[int]:
        """A row's cells by column, from left to right."""
        columns = tuple(cells)
        layout = self._known.get(columns)
        if layout is None:
            if list(columns) != sorted(columns):
                return self.pack(dict(sorted(cells.items())))
            layout = self._known[columns] = {each: index for index, each in enumerate(columns)}
        return Cells(layout, tuple(cells.values()))


def pack_rows(rows: Mapping[int, Mapping[int, Cell]]) -> Mapping[int, Cells[int]]:
    """The rows of a sheet, packed."""
    layouts = Layouts()
    return {number: layouts.pack(cells) for number, cells in rows.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The filled cells of a worksheet: by row, then by column.

    hidden_rows: those of its rows that are hidden or filtered out.
    hidden: whether the whole sheet is.
    """

    title: str
    rows: Mapping[int, Cells[int]]
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    merged: tuple[Block, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """The cell at that place, blank where nothing stands."""
        cells = self.rows.get(row)
        return BLANK_CELL if cells is None else cells.find(column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All worksheets of a file in its order.

    has_formulas: whether any cell of the file is computed. digest: SHA-256 of the file.
    problems: what is to be known about the reading itself.
    """

    grids: tuple[Grid, ...] = field(default_factory=tuple)
    has_formulas: bool = False
    digest: str = ""
    problems: tuple[Problem, ...] = ()
