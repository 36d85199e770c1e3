"""For any filling of a template: an upgrade loses no cell, and tells only what changed."""

from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from importer.model.table import CellKind
from importer.resources.catalog import CATALOG
from importer.sheets.template.rendering import render_template
from importer.sheets.upgrade.old_sheet import OldCell
from importer.sheets.upgrade.old_workbook import read_old_workbook
from support.strategies import Filled, filled_workbooks
from support.upgrades import changes, lost, upgrade

pytestmark = pytest.mark.slow

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t =#"),
    min_size=1,
    max_size=12,
)
_VALUE = st.one_of(
    _TEXT,
    st.sampled_from(["=1+1", "#REF!", "001", "TRUE", "2025-10-31", "_x000D_", "(clear)"]),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(
        lambda e: e.replace(microsecond=0)
    ),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.times().map(lambda each: time(each.hour, each.minute)),
)
_SHEETS = [sheet.name for sheet in CATALOG.sheets_of(CATALOG.books[0])]
_SPOT = st.tuples(st.sampled_from(_SHEETS), st.integers(2, 1_200), st.integers(1, 14))
Cells = dict[tuple[str, int, int], Any]


def write(path: Path, cells: Cells) -> None:
    """Fill a template anywhere; a column behind its own is one of the user's."""
    path.write_bytes(render_template(CATALOG, CATALOG.books[0], version="0.0.1"))
    workbook = load_workbook(path)
    for (title, row, column), value in cells.items():
        page = workbook[title]
        if page.cell(1, column).value is None:
            page.cell(1, column).value = f"Mine {column}"
        page.cell(row, column).value = value
        if isinstance(value, str):
            page.cell(row, column).data_type = "s"
    workbook.save(path)


@settings(max_examples=15, deadline=None)
@given(cells=st.dictionaries(_SPOT, _VALUE, max_size=12))
def test_no_cell_is_lost_wherever_it_stands(cells: Cells) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "old.xlsx"
        write(path, cells)
        new = upgrade(path)
        assert lost(path, new) == []
        assert {line[0] for line in changes(new)} <= {"Columns stand at other places."}
        assert grids(path) == grids(new)


@settings(max_examples=10, deadline=None)
@given(filled=filled_workbooks())
def test_no_row_of_a_workbook_without_a_template_is_lost(filled: Filled) -> None:
    with TemporaryDirectory() as folder:
        path = filled.write(Path(folder) / "old.xlsx")
        new = upgrade(path)
        assert lost(path, new) == []
        assert upgraded_again(new) == grids(new)


def grids(path: Path) -> dict[str, Any]:
    """What our reader sees, by header and row."""
    return {
        sheet.title: {
            (row, sheet.headers.get(column, "").rstrip("*")): (cell.cell, shown(cell))
            for row, cells in sheet.rows.items()
            for column, cell in cells.items()
        }
        for sheet in read_old_workbook(path, CATALOG).sheets
        if sheet.declared
    }


def shown(cell: OldCell) -> str:
    """How a value is shown; a text looks as its column does."""
    return "" if cell.cell.kind is CellKind.TEXT else cell.number_format


def upgraded_again(path: Path) -> dict[str, Any]:
    return grids(upgrade(path))
