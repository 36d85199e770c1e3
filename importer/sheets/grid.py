"""A worksheet as it stands in the file, before any declaration is held against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from importer.model.place import column_letters
from importer.model.problem import Problem
from importer.model.table import BLANK_CELL, Cell


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


class RowCells(Mapping[int, Cell]):
    """A row's cells by column, in little room: rows that fill the same columns share the layout.

    layout: column → index of its cell.
    """

    __slots__ = ("_cells", "_layout")

    def __init__(self, layout: Mapping[int, int], cells: tuple[Cell, ...]) -> None:
        self._layout, self._cells = layout, cells

    def __getitem__(self, column: int) -> Cell:
        return self._cells[self._layout[column]]

    def __iter__(self) -> Iterator[int]:
        return iter(self._layout)

    def __len__(self) -> int:
        return len(self._cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The filled cells of a worksheet: by row, then by column.

    hidden_rows: those of its rows that are hidden or filtered out.
    hidden: whether the whole sheet is.
    """

    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    merged: tuple[Block, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """The cell at that place, blank where nothing stands."""
        return self.rows.get(row, {}).get(column, BLANK_CELL)


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
