"""Every example of a column is a cell that the column's own checks let pass."""

from datetime import UTC, datetime

import pytest

from importer.checking.cells import parse_cell
from importer.checking.ground import Ground
from importer.checking.violations import find_violations
from importer.declare.column import Kind
from importer.declare.sheet import Sheet
from importer.model.place import Place
from importer.model.record import Line, Value
from importer.model.table import Cell, CellKind
from importer.resources.catalog import CATALOG

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def as_cell(example: str, kind: Kind) -> Cell:
    """The cell that a person makes of an example: a number where a number is wanted."""
    if kind is Kind.NUMBER:
        return Cell(kind=CellKind.NUMBER, value=float(example))
    return Cell(kind=CellKind.TEXT, value=example)


@pytest.mark.parametrize("sheet", CATALOG.sheets, ids=lambda sheet: sheet.name)
def test_a_row_of_examples_is_a_row_without_a_problem(sheet: Sheet) -> None:
    values: dict[str, Value] = {}
    places = {
        column.header: Place(sheet=sheet.name, row=2, column=number, header=column.header)
        for number, column in enumerate(sheet.columns, start=1)
    }
    raw = {}
    for column in sheet.columns:
        if not column.example:
            continue
        cell = as_cell(column.example, column.kind)
        if column.kind is Kind.DEFINED:
            raw[column.header] = cell
            continue
        ground = Ground(column=column, place=places[column.header])
        value, problems = parse_cell(cell, ground)
        assert value is not None
        assert not problems
        values[column.header] = value
    line = Line(sheet=sheet.name, title=sheet.name, row=2, values=values, places=places, raw=raw)
    assert not find_violations(sheet, [line], settled=(), now=NOW)
