"""Every limit that a sheet of the catalogue declares is held by its schema, and by nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from importer.checking.workbook import check_tables
from importer.declare.catalog import Catalog
from importer.declare.column import Column
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.model.table import RawValue, Row, Table
from importer.resources.catalog import CATALOG
from tests.checking.bench import NOW, listed, make_cell

Cells = Mapping[str, RawValue]
SENT = [resource for resource in CATALOG.resources if resource.available]


def good_row(sheet: Sheet) -> dict[str, RawValue]:
    """A row of the examples that the header notes show."""
    return {
        column.header: column.example
        for column in sheet.columns
        if column.example and column.available
    }


def spoil(column: Column) -> Iterator[tuple[str, RawValue]]:
    """For each limit of a column, the problem's code and a value that breaks it."""
    if column.required:
        yield "CELL_REQUIRED", None
    if column.choices:
        yield "CELL_CHOICE", "NO SUCH CHOICE"
    if column.longest is not None:
        yield "CELL_LENGTH", "x" * (column.longest + 1)
    if column.pattern:
        yield "CELL_PATTERN", "not (such) an id!"
    if column.at_least is not None:
        yield "CELL_RANGE", column.at_least - 1
    if column.at_most is not None:
        yield "CELL_RANGE", column.at_most + 1
    if column.not_in_future:
        yield "ROW_FUTURE", "2062-10-15"


def spoiled_rows() -> Iterator[tuple[str, list[Cells], str, str]]:
    """Sheet, rows, and the code and header of the one problem in the last of them."""
    for sheet in (sheet for resource in SENT for sheet in resource.sheets):
        row = good_row(sheet)
        for column in (each for each in sheet.columns if each.available):
            for code, value in spoil(column):
                yield sheet.name, [{**row, column.header: value}], code, column.header
        for rule in sheet.rules:
            broken = ("2025-10-31", "2025-10-01") if len(rule.headers) > 1 else (0,)
            turned = {**row, **dict(zip(rule.headers, broken, strict=True))}
            yield sheet.name, [turned], rule.kind.code, rule.headers[-1]
        if sheet.unique:
            code = "KEY_TWICE" if len(sheet.unique) == 1 else "KEY_DETAIL_TWICE"
            yield sheet.name, [row, row], code, sheet.unique[-1]


CASES = [
    pytest.param(*case, id=f"{case[0]} {case[2]} {case[3]} {number}")
    for number, case in enumerate(spoiled_rows())
]


def tables_of(catalog: Catalog, name: str, rows: list[Cells]) -> list[Table]:
    """One row of examples on every sheet, and the given rows on one."""
    return [
        _table(sheet, rows if sheet.name == name else [good_row(sheet)])
        for resource in catalog.resources
        if resource.available
        for sheet in resource.sheets
    ]


def _table(sheet: Sheet, rows: list[Cells]) -> Table:
    return Table(
        sheet=sheet.name,
        title=sheet.name,
        columns={column.header: number for number, column in enumerate(sheet.columns, start=1)},
        rows=tuple(
            Row(number=number, cells={header: make_cell(value) for header, value in row.items()})
            for number, row in enumerate(rows, start=2)
        ),
    )


def problems(catalog: Catalog, name: str, rows: list[Cells]) -> list[str]:
    tables = tables_of(catalog, name, rows)
    return listed(check_tables(tables, catalog, found=(), zone="UTC", now=NOW).problems)


def without_lost_details(listing: list[str]) -> list[str]:
    """A spoiled key loses its detail rows, which say so."""
    return [each for each in listing if not each.startswith("REF_NOT_FOUND")]


def without_limits(resource: Resource) -> Resource:
    return replace(
        resource,
        sheet=resource.sheet.without_limits(),
        details=tuple(replace(e, sheet=e.sheet.without_limits()) for e in resource.details),
    )


FREED = replace(CATALOG, resources=tuple(without_limits(each) for each in CATALOG.resources))


def test_the_examples_of_the_header_notes_are_right() -> None:
    assert problems(CATALOG, "", []) == []


def test_the_cases_cover_every_sort_of_limit() -> None:
    codes = {case.values[2] for case in CASES}
    assert codes == {
        "CELL_REQUIRED",
        "CELL_CHOICE",
        "CELL_LENGTH",
        "CELL_PATTERN",
        "CELL_RANGE",
        "ROW_FUTURE",
        "ROW_ORDER",
        "KEY_TWICE",
        "KEY_DETAIL_TWICE",
    }


@pytest.mark.parametrize(("sheet", "rows", "code", "header"), CASES)
def test_a_limit_is_told_once_at_its_cell(
    sheet: str, rows: list[Cells], code: str, header: str
) -> None:
    headers = [column.header for column in _sheet(sheet).columns]
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[headers.index(header)]
    expected = [f"{code} {sheet}!{letter}{row}" for row in range(2, 2 + len(rows))]
    assert without_lost_details(problems(CATALOG, sheet, rows)) == expected


@pytest.mark.parametrize(("sheet", "rows", "code", "header"), CASES)
def test_without_limits_nobody_tells_it(
    sheet: str, rows: list[Cells], code: str, header: str
) -> None:
    assert without_lost_details(problems(FREED, sheet, rows)) == []


def _sheet(name: str) -> Sheet:
    return next(sheet for sheet in CATALOG.sheets if sheet.name == name)


def test_without_limits_no_sheet_declares_any() -> None:
    for sheet in FREED.sheets:
        assert (sheet.rules, sheet.unique) == ((), ())
        assert [spoiled for column in sheet.columns for spoiled in spoil(column)] == []
