"""Rows of raw cells become lines of typed values."""

from collections.abc import Mapping
from dataclasses import dataclass

from importer.checking.cells import is_blank
from importer.checking.column_manners import observe_manners
from importer.checking.column_reader import ColumnReader, stand_at
from importer.checking.other_cells import OtherCells, OtherColumns
from importer.declare.column import Column, Kind
from importer.declare.sheet import Sheet
from importer.model.manner import PLAIN, Conventions, Manner
from importer.model.place import RowPlaces
from importer.model.problem import Problem, Severity
from importer.model.record import Line, Value
from importer.model.table import BLANK_CELL, Cell, CellKind, Cells, Row, Table

_NOT_STATED = Conventions()
_NO_VALUES: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLines:
    """The lines of a sheet, and the problems of cells that could not be read."""

    lines: tuple[Line, ...]
    problems: Mapping[tuple[int, str], tuple[Problem, ...]]

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """The problems of all cells, row by row."""
        return tuple(problem for each in self.problems.values() for problem in each)

    @property
    def unreadable(self) -> set[tuple[int, str]]:
        """Cells of which nothing more needs to be said."""
        return {
            cell
            for cell, problems in self.problems.items()
            if any(each.severity is Severity.ERROR for each in problems)
        }


def read_lines(
    table: Table,
    sheet: Sheet,
    *,
    zone: str,
    conventions: Conventions = _NOT_STATED,
    blanks: Mapping[str, Value] = _NO_VALUES,
) -> ReadLines:
    """Parse every cell of a sheet. `zone` (IANA) is that of moments which name none.

    blanks: what a blank cell means, by header; nothing where there is no such thing.
    """
    problems: dict[tuple[int, str], tuple[Problem, ...]] = {}
    manners = observe_manners(table, sheet, conventions)
    reader = _LineReader(table, sheet, zone, blanks, manners)
    lines = tuple(reader.read(row, problems) for row in table.rows)
    return ReadLines(lines=lines, problems=problems)


class _LineReader:
    """Reads the rows of one table."""

    def __init__(
        self,
        table: Table,
        sheet: Sheet,
        zone: str,
        blanks: Mapping[str, Value],
        manners: Mapping[int, Manner],
    ) -> None:
        self._table = table
        self._blanks = blanks
        self._sheet = sheet.name
        self._others = OtherColumns(title=table.title, headers=table.others, meant=table.meant)
        self._columns = {each.header: table.columns.get(each.header, 0) for each in sheet.columns}
        self._defined = [each.header for each in sheet.columns if each.kind is Kind.DEFINED]
        self._manners = manners
        self._readers = [
            (each.header, ColumnReader(each, zone, self._manner(each)).read)
            for each in sheet.columns
        ]

    def read(self, row: Row, problems: dict[tuple[int, str], tuple[Problem, ...]]) -> Line:
        """The row's typed values; the problems of its cells are put to the others."""
        places = RowPlaces(sheet=self._table.title, row=row.number, columns=self._columns)
        raw = self._raw(row) if self._defined else _NO_CELLS
        values: dict[str, Value] = {}
        find = row.cells.find if isinstance(row.cells, Cells) else row.cell
        for header, read in self._readers:
            cell = find(header)
            if cell is BLANK_CELL or header in raw:
                continue
            value, found = read(cell)
            if value is not None:
                values[header] = value
            if found:
                problems[row.number, header] = stand_at(places[header], found)
        for header, value in self._blanks.items():
            if is_blank(row.cell(header)):
                values[header] = value
        return Line(
            sheet=self._sheet,
            title=self._table.title,
            row=row.number,
            values=values,
            places=places,
            raw=raw,
            others=OtherCells(self._others, row.number, row.others) if row.others else (),
            manners=self._manners,
        )

    def _manner(self, column: Column) -> Manner:
        return self._manners.get(self._columns[column.header], PLAIN)

    def _raw(self, row: Row) -> Mapping[str, Cell]:
        cells = {header: row.cell(header) for header in self._defined}
        return {
            header: cell
            for header, cell in cells.items()
            if cell.kind not in _UNREADABLE and not is_blank(cell)
        }


_NO_CELLS: Mapping[str, Cell] = {}
_UNREADABLE = (CellKind.ERROR, CellKind.FORMULA_WITHOUT_VALUE)
