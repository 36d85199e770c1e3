"""A sheet as it was read: rows of raw cells under the headers of a declaration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TypeVar

from importer.model.place import Place

RawValue = str | int | float | bool | date | datetime | time | timedelta | None


class CellKind(Enum):
    """What a cell holds, before anything is made of it."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    ERROR = "error"
    FORMULA_WITHOUT_VALUE = "formula without value"


@dataclass(slots=True, kw_only=True, unsafe_hash=True)
class Cell:
    """One cell: what it holds, and what its number format says about it.

    format: the number format's code, such as `0.00` or `yyyy-mm-dd`. formula: the text of the one
    that computed the value; empty for what was typed. Two cells that hold the same are equal
    whatever those are.

    Not frozen, for speed alone (a workbook holds a million, and they are made three times as
    fast): nobody changes one.
    """

    kind: CellKind
    value: RawValue = None
    percent: bool = False
    format: str = field(default="General", compare=False)
    formula: str = field(default="", compare=False)


BLANK_CELL = Cell(kind=CellKind.BLANK)

Name = TypeVar("Name", int, str)
"""By what a cell of a row is called: its column's number or its header."""


class Cells(Mapping[Name, Cell]):
    """A row's cells in little room: rows that fill the same columns share the layout.

    layout: name → index of its cell.
    """

    __slots__ = ("_cells", "layout")

    def __init__(self, layout: Mapping[Name, int], cells: tuple[Cell, ...]) -> None:
        self.layout: Mapping[Name, int] = layout
        self._cells = cells

    def __getitem__(self, name: Name) -> Cell:
        return self._cells[self.layout[name]]

    def __iter__(self) -> Iterator[Name]:
        return iter(self.layout)

    def __len__(self) -> int:
        return len(self.layout)

    def get(  # type: ignore[override]  # a mapping's own takes a default of any type
        self, name: Name, default: Cell | None = None
    ) -> Cell | None:
        """As that of any mapping, without the detour over an exception."""
        index = self.layout.get(name)
        return default if index is None else self._cells[index]

    def find(self, name: Name) -> Cell:
        """The cell of that name; blank where there is none."""
        index = self.layout.get(name)
        return BLANK_CELL if index is None else self._cells[index]

    def under(self, layout: Mapping["Other", int]) -> "Cells[Other]":
        """The same cells, some of them or all, under other names."""
        return Cells(layout, self._cells)


Other = TypeVar("Other", int, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One non-blank row, by header of the declaration. `number` is Excel's own.

    others: cells of columns that the declaration does not have, by Excel's column number.
    """

    number: int
    cells: Mapping[str, Cell]
    others: Mapping[int, Cell] = field(default_factory=dict)

    def cell(self, header: str) -> Cell:
        """The cell under that header; blank where the sheet lacks the column."""
        return self.cells.get(header, BLANK_CELL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet. `sheet` is the declared name, `title` the one in the user's file.

    header_row: Excel's number of the row of headers; the rows stand below it.
    others: the headers of columns that the declaration does not have, by Excel's column number.
    meant: what the template wrote down about some of those: the name within a definition.
    made_for: name and id of the definition that the template made it for; empty for most.
    """

    sheet: str
    title: str
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    header_row: int = 1
    others: Mapping[int, str] = field(default_factory=dict)
    meant: Mapping[int, str] = field(default_factory=dict)
    made_for: tuple[str, str] = ("", "")

    def place(self, row: int, header: str = "") -> Place:
        """The place of a cell, or of the row where the sheet lacks that column."""
        column = self.columns.get(header, 0)
        return Place(sheet=self.title, row=row, column=column, header=header if column else "")
