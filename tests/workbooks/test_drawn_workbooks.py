"""Any grid that another program writes reads back as the same values at the same places.

What the writers lose is not drawn, or lost here in the same way:

- Both write 16 digits of a number, and a few numbers have 17.
- openpyxl writes a text that looks like `_x000D_` as it is, which is the spelling of a return.
- Neither writes times more exactly than the floating point number of days holds: thousandths.
"""

import re
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings

from importer.model.problem import Problem
from importer.model.table import Cell, CellKind
from importer.sheets.reading.opening import open_contents
from tests.workbooks.drawn import (
    Drawn,
    Share,
    Value,
    block,
    workbooks,
    write_with_openpyxl,
    write_with_xlsxwriter,
)
from tests.workbooks.odd import kind_of

_SPELLED = re.compile("_x[0-9A-Fa-f]{4}_")


def as_cell(value: Value) -> Cell:
    match value:
        case Share(number):
            return Cell(kind=CellKind.NUMBER, value=number, percent=True)
        case date() if not isinstance(value, datetime):
            return Cell(kind=CellKind.DATE, value=datetime.combine(value, time()))
    return Cell(kind=kind_of(value), value=value)


def in_digits(value: Value, digits: int) -> Value:
    match value:
        case Share(number):
            return Share(float(f"{number:.{digits}G}"))
        case float():
            return float(f"{value:.{digits}G}")
    return value


def expect_the_same(path: Path, drawn: list[Drawn]) -> None:
    contents = open_contents(path)
    assert not isinstance(contents, Problem), str(contents)
    assert [grid.title for grid in contents.grids] == [sheet.title for sheet in drawn]
    for grid, sheet in zip(contents.grids, drawn, strict=True):
        read = {
            (row, column): cell
            for row, cells in grid.rows.items()
            for column, cell in cells.items()
        }
        assert read == {
            place: as_cell(in_digits(value, 16)) for place, value in sheet.cells.items()
        }
        assert grid.hidden_rows == sheet.hidden_rows & grid.rows.keys()
        assert list(map(str, grid.merged)) == ([block(sheet.merged)] if sheet.merged else [])
        assert grid.hidden == sheet.is_hidden


def check_openpyxl(drawn: list[Drawn]) -> None:
    texts = [v for sheet in drawn for v in sheet.cells.values() if isinstance(v, str)]
    assume(not any(map(_SPELLED.search, texts)))
    with TemporaryDirectory() as folder:
        path = write_with_openpyxl(Path(folder) / "drawn.xlsx", drawn)
        expect_the_same(path, drawn)


def check_xlsxwriter(drawn: list[Drawn]) -> None:
    with TemporaryDirectory() as folder:
        path = write_with_xlsxwriter(Path(folder) / "drawn.xlsx", drawn)
        expect_the_same(path, drawn)


@settings(max_examples=30)
@given(drawn=workbooks())
def test_what_openpyxl_writes(drawn: list[Drawn]) -> None:
    check_openpyxl(drawn)


# XlsxWriter walks over every row up to the last one: far ones are left to the long run.
@settings(max_examples=30)
@given(drawn=workbooks(last_row=2_000))
def test_what_xlsxwriter_writes(drawn: list[Drawn]) -> None:
    check_xlsxwriter(drawn)


@pytest.mark.many
@settings(max_examples=500)
@given(drawn=workbooks())
def test_much_of_what_openpyxl_writes(drawn: list[Drawn]) -> None:
    check_openpyxl(drawn)


@pytest.mark.many
@pytest.mark.timeout(900)
@settings(max_examples=500)
@given(drawn=workbooks())
def test_much_of_what_xlsxwriter_writes(drawn: list[Drawn]) -> None:
    check_xlsxwriter(drawn)
