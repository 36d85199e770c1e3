"""Cells as their owner sees them."""

from datetime import date, datetime, time, timedelta

import pytest

from importer.model.table import BLANK_CELL, Cell, CellKind, RawValue, Row, Table
from importer.model.view import SheetView, text_of_cell, view_table


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (CellKind.NUMBER, 12.5, "12.5"),
        (CellKind.NUMBER, 18240.0, "18240"),
        (CellKind.NUMBER, 0.1 + 0.2, "0.3"),
        (CellKind.NUMBER, 1001, "1001"),
        (CellKind.BOOLEAN, True, "TRUE"),
        (CellKind.DATE, datetime(2026, 10, 31), "2026-10-31"),
        (CellKind.DATE, datetime(2026, 10, 31, 14, 30), "2026-10-31 14:30"),
        (CellKind.DATE, date(2026, 10, 31), "2026-10-31"),
        (CellKind.TIME, time(14, 30), "14:30:00"),
        (CellKind.TIME, timedelta(hours=30), "1 day, 6:00:00"),
        (CellKind.ERROR, "#REF!", "#REF!"),
        (CellKind.TEXT, "two\nlines", "two lines"),
    ],
)
def test_a_cell(kind: CellKind, value: RawValue, text: str) -> None:
    assert text_of_cell(Cell(kind=kind, value=value)) == text


def test_a_percentage_a_blank_and_a_long_text() -> None:
    assert text_of_cell(Cell(kind=CellKind.NUMBER, value=0.071, percent=True)) == "7.1 %"
    assert text_of_cell(BLANK_CELL) == ""
    assert len(text_of_cell(Cell(kind=CellKind.TEXT, value="x" * 5000))) == 300


def test_a_table_left_to_right() -> None:
    cells = {"Value": Cell(kind=CellKind.NUMBER, value=1), "Name": BLANK_CELL}
    table = Table(
        sheet="Datapoints",
        title="My datapoints",
        columns={"Value": 27, "Name": 2},
        rows=(Row(number=4, cells=cells),),
    )
    view = view_table(table)
    assert isinstance(view, SheetView)
    assert (view.letters, view.rows[0].number, view.rows[0].texts) == (("B", "AA"), 4, ("", "1"))
