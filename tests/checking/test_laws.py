"""What holds whatever stands in a workbook: no row is lost, and their order does not count."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import Cell as FileCell

from importer.checking.completeness import DefinedRecord, find_defined_violations
from importer.checking.definitions import DefinedReader
from importer.checking.workbook import check_tables
from importer.flows.check import check_file
from importer.model.checked import Checked
from importer.model.problem import Problem
from importer.model.table import Cell, Row, Table
from importer.resources.catalog import CATALOG
from tests.checking.bench import NOW, make_cell, unexplained
from tests.checking.diesel_log import DIESEL, LOG
from tests.checking.odd_cells import cells, is_writable, shuffled, tables

BY_DEFAULT, MANY = 20, 500
STOCKHOLM = "Europe/Stockholm"
Law = Callable[..., None]


def check(given_tables: tuple[Table, ...]) -> Checked:
    return check_tables(given_tables, CATALOG, found=(), zone=STOCKHOLM, now=NOW)


def assert_told(problem: Problem) -> None:
    """A problem has its place, and words that no programmer is needed for."""
    assert problem.place.sheet
    assert problem.place.row
    for words in (problem.found, problem.expected, problem.remedy):
        assert words.strip()
        ours = re.sub("“[^”]*”?", "", words)
        assert not re.search(r"\b(None|nan|inf)\b|datetime|Reference\(|Amount\(|Clear\.", ours)


def nothing_is_lost(given_tables: tuple[Table, ...]) -> None:
    checked = check(given_tables)
    rows = [(row.sheet, row.row) for row in checked.rows]
    assert sorted(rows) == sorted((t.sheet, row.number) for t in given_tables for row in t.rows)
    assert unexplained(checked) == []
    for problem in checked.problems:
        assert_told(problem)


def order_does_not_count(data: st.DataObject) -> None:
    given_tables = data.draw(tables())
    one, other = check(given_tables), check(data.draw(shuffled(given_tables)))
    assert _told(one) == _told(other)
    assert _in(one) == _in(other)


def _told(checked: Checked) -> Counter[tuple[str, ...]]:
    """Problems and reasons, whatever the numbers of their rows."""
    problems = [
        (
            e.code,
            e.place.sheet,
            e.place.header,
            *map(_without_rows, (e.found, e.expected, e.remedy)),
        )
        for e in checked.problems
    ]
    return Counter([*problems, *((_without_rows(each),) for each in checked.held.values())])


def _without_rows(words: str) -> str:
    return re.sub(r"\brows? \d+(, \d+)*( and \d+ more)?", "rows", words)


def _in(checked: Checked) -> Counter[tuple[str, str, int]]:
    return Counter((each.resource, each.key, len(each.lines)) for each in checked.records)


def files_are_checked(given_tables: tuple[Table, ...]) -> None:
    with TemporaryDirectory() as folder:
        path = _write(Path(folder) / "book.xlsx", given_tables)
        checked = check_file(path, CATALOG, zone=STOCKHOLM, now=NOW).checked
    assert unexplained(checked) == []
    for problem in checked.problems:
        assert problem.found
        assert problem.expected
        assert problem.remedy


def _write(path: Path, given_tables: tuple[Table, ...]) -> Path:
    """The tables as a file, without what no file can hold."""
    workbook = Workbook()
    workbook["Sheet"].title = "Sheet of our own"
    for table in given_tables:
        sheet = workbook.create_sheet(table.title)
        for column, header in enumerate(table.columns, start=1):
            sheet.cell(1, column, header)
            for number, row in enumerate(table.rows, start=2):
                _write_cell(sheet.cell(number, column), row.cell(header))
    workbook.save(path)
    return path


def _write_cell(target: FileCell, cell: Cell) -> None:
    if is_writable(cell.value):
        target.value = cell.value
        target.number_format = "0.0%" if cell.percent else target.number_format


def definitions_are_read(rows: list[tuple[str, Cell, Cell]]) -> None:
    """Odd values and units of each data point."""
    book = _log_with(rows)
    checked = check_tables(book, CATALOG, found=(), zone=STOCKHOLM, now=NOW)
    for record in checked.records:
        filled, problems = DefinedReader(LOG, DIESEL, STOCKHOLM).read(record)
        each = DefinedRecord(resource=LOG, record=filled, defined=DIESEL)
        for problem in (*problems, *find_defined_violations([each], now=NOW)):
            assert_told(problem)
        assert set(filled.defined) <= set(filled.defined_places)


def _log_with(rows: list[tuple[str, Cell, Cell]]) -> tuple[Table, Table]:
    log = {
        "External ID": "L-1",
        "Config": "Diesel",
        "Site": "YARD",
        "Period start": "2026-10-01",
        "Period end": "2026-10-31",
    }
    values = [
        {"Emission log": make_cell("L-1"), "Data point": make_cell(name), "Value": v, "Unit": unit}
        for name, v, unit in rows
    ]
    return (
        _table("Emission logs", [{header: make_cell(text) for header, text in log.items()}]),
        _table("Emission log values", values),
    )


def _table(title: str, rows: list[dict[str, Cell]]) -> Table:
    columns = {header: number for number, header in enumerate(rows[0] if rows else {}, start=1)}
    numbered = (Row(number=number, cells=row) for number, row in enumerate(rows, start=2))
    return Table(sheet=title, title=title, columns=columns, rows=tuple(numbered))


POINTS = st.sampled_from([spelling for f in DIESEL.fields for spelling in f.spellings[0]])
VALUES = st.lists(st.tuples(POINTS, cells(), cells()), max_size=8)
LAWS = [
    pytest.param(nothing_is_lost, tables(), id="nothing is lost"),
    pytest.param(order_does_not_count, st.data(), id="order does not count"),
    pytest.param(files_are_checked, tables(), id="files are checked"),
    pytest.param(definitions_are_read, VALUES, id="definitions are read"),
]


@pytest.mark.parametrize(("law", "strategy"), LAWS)
def test_law(law: Law, strategy: st.SearchStrategy[object]) -> None:
    settings(max_examples=BY_DEFAULT)(given(strategy)(law))()


@pytest.mark.many
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("law", "strategy"), LAWS)
def test_law_many(law: Law, strategy: st.SearchStrategy[object]) -> None:
    settings(max_examples=MANY, derandomize=False)(given(strategy)(law))()
