"""Grids as Hypothesis draws them, and the programs that write them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.place import column_letters


@dataclass(frozen=True, slots=True)
class Share:
    """A number that is shown in percent."""

    number: float


Value = str | int | float | bool | date | time | timedelta | Share
Merged = tuple[int, int, int, int]
"""First row and column, last row and column."""

FORMATS: Mapping[type, str] = {
    datetime: "yyyy-mm-dd hh:mm:ss.000",
    date: "yyyy-mm-dd",
    time: "hh:mm:ss.000",
    timedelta: "[h]:mm:ss.000",
    Share: "0.0%",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A worksheet: values by row and column."""

    title: str
    cells: Mapping[tuple[int, int], Value]
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    merged: Merged | None = None
    is_hidden: bool = False


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t =&<>\"'#_x0"),
    min_size=1,
    max_size=20,
)
# A day in thousandths, as spreadsheets keep it; their calendars agree from March 1900 on.
MOMENTS = st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)).map(
    lambda each: each.replace(microsecond=each.microsecond // 1_000 * 1_000)
)
WHOLE = st.integers(-(10**15) + 1, 10**15 - 1)
VALUES: st.SearchStrategy[Value] = st.one_of(
    TEXTS,
    WHOLE,
    # Excel's own bounds; in 16 digits a larger one may become none.
    st.floats(-9.99e307, 9.99e307),
    st.booleans(),
    MOMENTS,
    st.dates(date(1900, 3, 1)),
    MOMENTS.map(lambda each: each.time()),
    st.integers(0, 10**11).map(lambda each: timedelta(milliseconds=each)),
    st.floats(-10, 10).map(Share),
)
COLUMNS = st.integers(1, 12) | st.sampled_from([26, 27, 702, 703, 16_384])
TITLES = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs", "Cn", "Co"],
        exclude_characters="[]:*?/\\'\ufffe\uffff",
        max_codepoint=0xFFFF,
    ),
    min_size=1,
    max_size=31,
).filter(lambda each: each.casefold() != "history" and each.strip() == each)


@st.composite
def workbooks(draw: st.DrawFn, last_row: int = 1_048_576) -> list[Drawn]:
    """One to three sheets, the first of which is shown."""
    titles = draw(st.lists(TITLES, min_size=1, max_size=3, unique_by=str.casefold))
    return [draw(sheets(title, last_row, may_hide=at > 0)) for at, title in enumerate(titles)]


@st.composite
def sheets(draw: st.DrawFn, title: str, last_row: int, *, may_hide: bool) -> Drawn:
    # Merged ranges are blank and lie beside the cells: what is below one is lost when it is made.
    first_row, first_column = draw(st.integers(40, 50)), draw(st.integers(1, 20))
    merged = (first_row, first_column, first_row + 2, first_column + 3)
    rows = st.integers(1, 30) | st.sampled_from([1_000, last_row])
    return Drawn(
        title,
        draw(st.dictionaries(st.tuples(rows, COLUMNS), VALUES, max_size=12)),
        draw(st.frozensets(st.integers(1, 30), max_size=3)),
        draw(st.none() | st.just(merged)),
        may_hide and draw(st.booleans()),
    )


def write_with_openpyxl(path: Path, drawn: list[Drawn]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in drawn:
        _fill(workbook.create_sheet(sheet.title), sheet)
    workbook.save(path)
    return path


def _fill(page: Worksheet, sheet: Drawn) -> None:
    for (row, column), value in sheet.cells.items():
        cell = page.cell(row, column, value.number if isinstance(value, Share) else value)
        if isinstance(value, str):
            cell.data_type = "s"
        if type(value) in FORMATS:
            cell.number_format = FORMATS[type(value)]
    for row in sheet.hidden_rows:
        page.row_dimensions[row].hidden = True
    if sheet.merged:
        first_row, first_column, last_row, last_column = sheet.merged
        page.merge_cells(None, first_row, first_column, last_row, last_column)
    page.sheet_state = "hidden" if sheet.is_hidden else "visible"


def write_with_xlsxwriter(path: Path, drawn: list[Drawn]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        formats = {
            kind: workbook.add_format({"num_format": code}) for kind, code in FORMATS.items()
        }
        for sheet in drawn:
            page = workbook.add_worksheet(sheet.title)
            for (row, column), value in sheet.cells.items():
                place = (row - 1, column - 1)
                match value:
                    case str():
                        page.write_string(*place, value)
                    case bool():
                        page.write_boolean(*place, value)
                    case Share():
                        page.write_number(*place, value.number, formats[Share])
                    case int() | float():
                        page.write_number(*place, value)
                    case _:
                        page.write_datetime(*place, value, formats[type(value)])
            for row in sheet.hidden_rows:
                page.set_row(row - 1, None, None, {"hidden": True})
            if sheet.merged:
                page.merge_range(*(each - 1 for each in sheet.merged), "")
            if sheet.is_hidden:
                page.hide()
    return path


def block(merged: Merged) -> str:
    first_row, first_column, last_row, last_column = merged
    return f"{column_letters(first_column)}{first_row}:{column_letters(last_column)}{last_row}"
