"""A workbook as its owner knows it, for showing: texts of cells under Excel's own numbers."""

from dataclasses import dataclass
from datetime import datetime, time

from importer.model.place import column_letters
from importer.model.table import Cell, CellKind, Table

_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row: its number, and the texts of its cells in the order of the columns."""

    number: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """One sheet. `sheet` is the declared name, `title` the one in the user's file.

    columns: Excel's column number and the header of each, left to right.
    header_row: Excel's number of the row in which those stand.
    """

    sheet: str
    title: str
    columns: tuple[tuple[int, str], ...]
    rows: tuple[RowView, ...]
    header_row: int = 1

    @property
    def letters(self) -> tuple[str, ...]:
        """Excel's names of the columns."""
        return tuple(column_letters(number) for number, _ in self.columns)


def view_table(table: Table) -> SheetView:
    """The sheet of a table, as far as its columns are known."""
    columns = tuple(sorted((number, header) for header, number in table.columns.items()))
    return SheetView(
        sheet=table.sheet,
        title=table.title,
        columns=columns,
        rows=tuple(
            RowView(
                number=row.number,
                texts=tuple(text_of_cell(row.cell(header)) for _, header in columns),
            )
            for row in table.rows
        ),
        header_row=table.header_row,
    )


def text_of_cell(cell: Cell) -> str:
    """What a reader sees in the cell, on one line and cut to a readable length."""
    if cell.value is None:
        return ""
    text = " ".join(_spell(cell).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _spell(cell: Cell) -> str:
    match cell.value:
        case bool():
            return str(cell.value).upper()
        case float() | int() if cell.percent:
            return f"{cell.value * 100:.12g} %"
        case float():
            return f"{cell.value:.15g}"
        case datetime():
            is_day = cell.kind is CellKind.DATE and cell.value.time() == time()
            return f"{cell.value:%Y-%m-%d}" if is_day else f"{cell.value:%Y-%m-%d %H:%M}"
        case _:
            return str(cell.value)
