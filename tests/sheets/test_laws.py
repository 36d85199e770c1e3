"""Law 6: a results workbook is a valid input and means the same as its original."""

import re
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from importer.model.outcome import Outcome, Status
from importer.model.place import Place
from importer.model.problem_kinds import CELL_NOT_A_NUMBER, CELL_TRIMMED
from importer.sheets.reading.reader import WorkbookRead, read_workbook
from tests.sheets.builder import LOAD_PARTS, LOADS, SHEETS, read_parts
from tests.sheets.runs import annotate, report

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t ="),
    max_size=12,
)
NUMBER = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
MOMENT = st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
PLAIN = st.text(" \n\u00a0\u200bab1=", max_size=3)
"""Texts of which it is easy to say, by another rule than the reader's, whether anything shows."""

OTHER = st.one_of(
    st.none(),
    NUMBER,
    st.booleans(),
    MOMENT,
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.times().map(lambda each: time(each.hour, each.minute)),
)
_SIZE = re.compile(rb"<dimension[^>]*>")
HEADERS = [column.title for column in LOADS.columns]


@st.composite
def grids(draw: st.DrawFn, text: st.SearchStrategy[str]) -> list[list[Any]]:
    """A header row in any order with columns of the user's own, and rows, blank ones among them."""
    headers = draw(st.permutations([*HEADERS, "Mine", "Carbon (kg)"]))
    row = st.lists(OTHER | text, min_size=len(headers), max_size=len(headers))
    blank = st.just([None] * len(headers))
    return [headers, *draw(st.lists(row | blank, max_size=5))]


def write(path: Path, grid: list[list[Any]]) -> None:
    workbook = Workbook()
    workbook.worksheets[0].title = "loads"
    workbook.create_sheet(LOAD_PARTS.name).append(["Load", "Part"])
    for row, values in enumerate(grid, 1):
        for column, value in enumerate(values, 1):
            cell = workbook.worksheets[0].cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    workbook.save(path)


def answer(found: WorkbookRead, draw: st.DataObject) -> list[Outcome]:
    """An outcome for each row, some with problems on cells of it."""
    outcomes: list[Outcome] = []
    for table in found.tables:
        for row in table.rows:
            columns = draw.draw(st.lists(st.integers(1, 12), max_size=3))
            kinds = st.sampled_from([CELL_NOT_A_NUMBER, CELL_TRIMMED])
            outcomes.append(
                Outcome(
                    sheet=table.sheet,
                    row=row.number,
                    key="",
                    status=draw.draw(st.sampled_from(Status)),
                    id=draw.draw(TEXT),
                    message=draw.draw(TEXT),
                    problems=tuple(
                        draw.draw(kinds).at(
                            Place(sheet=table.title, row=row.number, column=column), found="x"
                        )
                        for column in columns
                    ),
                    results=(("Carbon (kg)", draw.draw(NUMBER | TEXT)),),
                )
            )
    return outcomes


@settings(max_examples=20, deadline=None)
@given(grid=grids(TEXT), draw=st.data())
def test_results_and_results_of_results_read_as_their_source(
    grid: list[list[Any]], draw: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        source = Path(folder) / "month.xlsx"
        write(source, grid)
        original = read_workbook(source, SHEETS)
        first = annotate(source, report(answer(original, draw)))
        once = read_workbook(first, SHEETS)
        second = annotate(first, report(answer(once, draw)))
        twice = read_workbook(second, SHEETS)
    assert once.tables == twice.tables == original.tables
    assert once.problems == twice.problems == original.problems
    assert once.meta == twice.meta == original.meta


@settings(max_examples=8, deadline=None)
@given(grid=grids(TEXT), draw=st.data())
def test_what_we_write_comes_off_without_a_trace(
    grid: list[list[Any]], draw: st.DataObject
) -> None:
    """But for the size that a sheet declares, which counts for nothing."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "month.xlsx"
        write(source, grid)
        written = source
        for _ in range(2):
            found = read_workbook(written, SHEETS)
            # openpyxl rounds the largest numbers up, to ones that there are not.
            assume(not any(problem.code == "FILE_DAMAGED" for problem in found.problems))
            written = annotate(written, report(answer(found, draw)))
        before, after = read_parts(source), read_parts(annotate(written, report()))
    sheets = [name for name in before if name.startswith("xl/worksheets/")]
    for name in sheets:
        assert _SIZE.sub(b"", after[name]) == _SIZE.sub(b"", before[name])
    own = {"xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet1.xml.rels"}
    assert set(after) - set(before) <= own


@settings(max_examples=20, deadline=None)
@given(grid=grids(PLAIN))
def test_every_row_with_something_declared_in_it_is_read(grid: list[list[Any]]) -> None:
    """Law 1 as far as it is ours: no filled row is lost, and none is read twice."""

    def is_filled(header: str, value: Any) -> bool:
        shows = not isinstance(value, str) or value.strip(" \n\u00a0\u200b")
        return header in HEADERS and value is not None and bool(shows)

    with TemporaryDirectory() as folder:
        source = Path(folder) / "month.xlsx"
        write(source, grid)
        found = read_workbook(source, SHEETS).tables[0]
    numbers = [row.number for row in found.rows]
    seen = {
        number
        for number, row in enumerate(grid[1:], 2)
        if any(is_filled(*pair) for pair in zip(grid[0], row, strict=True))
    }
    assert set(numbers) == seen
    assert len(numbers) == len(set(numbers))
