"""Rows of raw cells become lines of typed values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from importer.checking.cells import is_blank, parse_cell
from importer.checking.ground import Ground
from importer.declare.column import Kind
from importer.declare.sheet import Sheet
from importer.model.place import Place
from importer.model.problem import Problem, Severity
from importer.model.record import Line, OtherCell, Value
from importer.model.table import Cell, CellKind, Row, Table

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
    table: Table, sheet: Sheet, *, zone: str, blanks: Mapping[str, Value] = _NO_VALUES
) -> ReadLines:
    """Parse every cell of a sheet. `zone` (IANA) is that of moments which name none.

    blanks: what a blank cell means, by header; nothing where there is no such thing.
    """
    problems: dict[tuple[int, str], tuple[Problem, ...]] = {}
    lines = []
    for row in table.rows:
        line, found = _read_line(table, row, sheet, zone, blanks)
        lines.append(line)
        problems.update({(row.number, header): each for header, each in found.items() if each})
    return ReadLines(lines=tuple(lines), problems=problems)


def _read_line(
    table: Table, row: Row, sheet: Sheet, zone: str, blanks: Mapping[str, Value]
) -> tuple[Line, dict[str, tuple[Problem, ...]]]:
    values: dict[str, Value] = {}
    raw: dict[str, Cell] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    places = {column.header: table.place(row.number, column.header) for column in sheet.columns}
    for column in sheet.columns:
        cell = row.cell(column.header)
        if is_blank(cell):
            values |= {column.header: blanks[column.header]} if column.header in blanks else {}
            continue
        if column.kind is Kind.DEFINED and cell.kind not in _UNREADABLE:
            raw[column.header] = cell
            continue
        value, problems[column.header] = parse_cell(
            cell, Ground(column=column, place=places[column.header], zone=zone)
        )
        if value is not None:
            values[column.header] = value
    line = Line(
        sheet=sheet.name,
        title=table.title,
        row=row.number,
        values=values,
        places=places,
        raw=raw,
        others=tuple(_others(table, row)),
    )
    return line, problems


def _others(table: Table, row: Row) -> Iterator[OtherCell]:
    for column, cell in row.others.items():
        if not is_blank(cell):
            header = table.others[column]
            place = Place(sheet=table.title, row=row.number, column=column, header=header)
            yield OtherCell(
                header=header, cell=cell, place=place, meant=table.meant.get(column, "")
            )


_UNREADABLE = (CellKind.ERROR, CellKind.FORMULA_WITHOUT_VALUE)
