"""Cells of another format as an .xlsx: what is read from the copy is what was read before."""

from datetime import datetime, time, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from importer.model.table import Cell, CellKind, RawValue
from importer.sheets.formats.conversion import as_xlsx, write_contents
from importer.sheets.reading.grid import Contents, Grid
from importer.sheets.reading.opening import open_contents
from tests.sheets.builder import write_workbook

KINDS = {bool: CellKind.BOOLEAN, str: CellKind.TEXT, datetime: CellKind.DATE}
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t"),
    min_size=1,
    max_size=8,
)
VALUES: st.SearchStrategy[RawValue] = st.one_of(
    TEXT.filter(lambda text: text not in ("\ufffe", "\uffff")),
    st.sampled_from(["=1+1", "#N/A", "007", "TRUE", "2025-10-31"]),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.times().map(lambda each: time(each.hour, each.minute)),
    st.integers(1, 10**7).map(lambda seconds: timedelta(days=1, seconds=seconds)),
)
ROWS = st.dictionaries(
    st.integers(1, 30), st.dictionaries(st.integers(1, 8), VALUES, min_size=1, max_size=4)
)


def cell(value: RawValue) -> Cell:
    if isinstance(value, time | timedelta):
        return Cell(kind=CellKind.TIME, value=value)
    return Cell(kind=KINDS.get(type(value), CellKind.NUMBER), value=value)


def through_a_copy(path: Path, *grids: Grid) -> Contents:
    write_contents(Contents(grids=grids), path)
    contents = open_contents(path)
    assert isinstance(contents, Contents), contents
    return contents


@settings(max_examples=20, deadline=None)
@given(rows=ROWS)
def test_every_cell_comes_back(
    tmp_path_factory: object, rows: dict[int, dict[int, RawValue]]
) -> None:
    made = {
        row: {column: cell(value) for column, value in sorted(cells.items())}
        for row, cells in sorted(rows.items())
    }
    folder = tmp_path_factory.mktemp("copy")  # type: ignore[attr-defined]  # pytest's
    (grid,) = through_a_copy(folder / "a.xlsx", Grid(title="Loads", rows=made)).grids
    assert {row: dict(cells) for row, cells in grid.rows.items()} == made


def test_what_xml_cannot_hold_is_shown_as_such(tmp_path: Path) -> None:
    rows = {1: {1: cell("a\x01b"), 2: cell("x" * 40_000), 3: cell(datetime(1850, 1, 1))}}
    (grid,) = through_a_copy(tmp_path / "a.xlsx", Grid(title="Loads", rows=rows)).grids
    assert grid.cell(1, 1).value == "a\N{REPLACEMENT CHARACTER}b"
    assert len(str(grid.cell(1, 2).value)) == 32_767
    assert grid.cell(1, 3).value == "1850-01-01 00:00:00"


def test_hidden_sheets_and_percent(tmp_path: Path) -> None:
    share = Cell(kind=CellKind.NUMBER, value=0.07, percent=True)
    contents = through_a_copy(
        tmp_path / "a.xlsx",
        Grid(title="Loads", rows={1: {1: share}}),
        Grid(title="Secret", rows={}, hidden=True),
    )
    assert contents.grids[0].cell(1, 1) == share
    assert [(grid.title, grid.hidden) for grid in contents.grids] == [
        ("Loads", False),
        ("Secret", True),
    ]


def test_an_xlsx_is_itself(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xls", "Loads\nLoad*\nL-1")
    with as_xlsx(path) as copy:
        assert copy == path


def test_a_copy_does_not_outlive_its_use(tmp_path: Path) -> None:
    path = tmp_path / "Loads.csv"
    path.write_text("Load*;Weight*\nL-1;2\n")
    with as_xlsx(path) as copy:
        assert copy != path
        assert isinstance(open_contents(copy), Contents)
    assert not copy.exists()
