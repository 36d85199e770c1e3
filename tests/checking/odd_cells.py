"""Cells and sheets as nobody expects them, for laws that hold whatever stands in a workbook."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from importer.declare.column import Column, Kind
from importer.declare.sheet import Sheet
from importer.model.table import BLANK_CELL, Cell, CellKind, RawValue, Row, Table
from importer.resources.catalog import CATALOG
from tests.checking.bench import make_cell

LAST_ROW = 1_048_576
_ANY_SIGN = st.characters(exclude_categories=())  # lone surrogates and control characters, too
_WORDS = st.sampled_from(
    """
    (clear)|(CLEAR) |;|; ;|a;A|1.234|1,234 %|12,5|1 234,5|1e400|1e-400|inf|nan|None|TRUE|yes|ja
    2025-10-31|03/04/2025|31.10.2025 14:30|2025-03-30 02:30|2025-10-26 02:30|0001-01-01 00:00+14:00
    9999-12-31 23:59-12:00|24:00|NB-1|nb-1|NB-1\u200b|\u00a0|\u200e|#REF!|=1+1|'1|REPORTED|reported
    Grid electricity|Electricity|kWh|MWh|row 5|“quoted”|{braces}|%s|\u0131|ß|ŉ|\ufdfa
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
_TEXTS = st.one_of(_WORDS, _WORDS, st.text(_ANY_SIGN), st.text(_ANY_SIGN, min_size=300))
_NUMBERS = st.one_of(
    st.integers(-5, 50_000),
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, -(10**400), 2**53, 10**15, -0.0, 0.1 + 0.2, 1e300, 5e-324]),
)
_TIMES = st.one_of(st.times(), st.timedeltas())
_DATES = st.one_of(
    st.datetimes(),
    st.dates(),
    st.sampled_from([datetime.min, datetime.max, date.min, date.max]),
)


def cells() -> st.SearchStrategy[Cell]:
    """One cell of any kind."""
    kinds = (CellKind.ERROR, CellKind.FORMULA_WITHOUT_VALUE)
    plain: st.SearchStrategy[RawValue] = st.one_of(_TEXTS, _NUMBERS, _DATES, _TIMES, st.booleans())
    return st.one_of(
        st.just(BLANK_CELL),
        plain.map(make_cell),
        _NUMBERS.map(lambda number: make_cell(number, percent=True)),
        st.builds(lambda kind: Cell(kind=kind, value="#REF!"), st.sampled_from(kinds)),
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, ...]:
    """Some sheets of the catalogue, some columns of each, and odd cells in odd rows."""
    sheets = draw(st.lists(st.sampled_from(CATALOG.sheets), unique=True, min_size=1, max_size=3))
    return tuple(draw(_table(sheet)) for sheet in sheets)


@st.composite
def _table(draw: st.DrawFn, sheet: Sheet) -> Table:
    headers = [column.header for column in sheet.columns if draw(st.integers(0, 9))]
    numbers = draw(st.lists(st.integers(2, LAST_ROW), unique=True, max_size=4))
    places = draw(st.lists(st.integers(1, 16_384), unique=True, min_size=9, max_size=9))
    return Table(
        sheet=sheet.name,
        title=draw(st.sampled_from([sheet.name, sheet.name.upper()])),
        columns=dict(zip(headers, [*places, *range(20_001, 20_100)], strict=False)),
        rows=tuple(
            Row(number=number, cells=_mostly_right(draw, sheet, headers))
            for number in sorted(numbers)
        ),
    )


def _mostly_right(draw: st.DrawFn, sheet: Sheet, headers: list[str]) -> Mapping[str, Cell]:
    """Up to three odd cells; the others hold the example of their column, or one of a few ids."""
    odd = draw(st.sets(st.sampled_from(headers), max_size=3)) if headers else set()
    return {
        header: draw(cells() if header in odd else _right(sheet.column(header)))
        for header in headers
    }


def _right(column: Column) -> st.SearchStrategy[Cell]:
    names_a_row = column.kind is Kind.KEY or CATALOG.definition(column.to) is None
    is_id = column.kind in (Kind.KEY, Kind.REFERENCE) and names_a_row
    return st.sampled_from(["K-0", "K-1", "K-2", "k-0"] if is_id else [column.example]).map(
        make_cell
    )


@st.composite
def shuffled(draw: st.DrawFn, given: tuple[Table, ...]) -> tuple[Table, ...]:
    """The same rows in another order, and the same columns in other places."""
    return tuple(draw(_shuffled_table(table)) for table in given)


@st.composite
def _shuffled_table(draw: st.DrawFn, table: Table) -> Table:
    rows = draw(st.permutations(table.rows))
    places = draw(st.permutations(tuple(table.columns.values())))
    return replace(
        table,
        columns=dict(zip(table.columns, places, strict=True)),
        rows=tuple(
            Row(number=place.number, cells=row.cells)
            for place, row in zip(table.rows, rows, strict=True)
        ),
    )


def is_writable(value: RawValue) -> bool:
    """Whether openpyxl can write it: no control characters, and no dates before its calendar."""
    match value:
        case str():
            surrogates = any("\ud800" <= sign <= "\udfff" for sign in value)
            return not surrogates and not ILLEGAL_CHARACTERS_RE.search(value)
        case int() | float():
            return abs(value) < 1e300
        case date():
            return value.year > 1900  # a year with a day in Excel that never was
        case timedelta():
            return abs(value) < timedelta(days=999_999)
    return True
