"""Text files of separated values: what they are is told by evidence, and asked where there is none.

The declared sheet is *Loads*: Load*, Weight*, Weighed on, Material, Dry, Remark.
"""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.flows.check import check_file, report_check
from importer.model.problem import Problem
from importer.model.table import CellKind
from importer.sheets.formats.csv_reader import read_csv
from importer.sheets.gate.inspection import inspect
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.reading.grid import Contents, Grid
from importer.sheets.reading.header_row import list_headers
from importer.sheets.reading.opening import open_contents
from importer.sheets.reading.reader import read_workbook
from tests.sheets.builder import SHEETS, YARD

HEADERS = list_headers(SHEETS)
NOW = datetime(2025, 11, 3, tzinfo=UTC)


def written(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "Loads.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def opened(path: Path, limits: Limits = LIMITS) -> Contents:
    contents = open_contents(path, limits, headers=HEADERS)
    assert isinstance(contents, Contents), contents
    return contents


def refused(path: Path, limits: Limits = LIMITS) -> Problem:
    problem = open_contents(path, limits, headers=HEADERS)
    assert isinstance(problem, Problem), problem
    assert problem.found
    assert problem.remedy
    return problem


def texts(grid: Grid) -> dict[int, list[object]]:
    return {row: [cell.value for cell in cells.values()] for row, cells in grid.rows.items()}


def only(path: Path) -> dict[int, list[object]]:
    (grid,) = opened(path).grids
    assert grid.title == "Loads"
    assert {c.kind for cells in grid.rows.values() for c in cells.values()} <= {CellKind.TEXT}
    return texts(grid)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_separator_and_end_of_line(tmp_path: Path, sign: str, end: str) -> None:
    text = f"Load*|Weight*{end}L-1|12.5{end}".replace("|", sign)
    assert only(written(tmp_path, text)) == {1: ["Load*", "Weight*"], 2: ["L-1", "12.5"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_encoding_that_can_be_told(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "Load*;Remark\nL-1;Größe in €", encoding=encoding)
    assert only(path)[2] == ["L-1", "Größe in €"]


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-16-be"])
def test_letters_that_cannot_be_told_are_never_guessed(tmp_path: Path, encoding: str) -> None:
    problem = refused(written(tmp_path, "Load*;Remark\nL-1;Größe", encoding=encoding))
    assert problem.code in ("FILE_ENCODING", "FILE_NOT_A_WORKBOOK")
    if encoding == "cp1252":
        assert (problem.code, problem.place.sheet) == ("FILE_ENCODING", "Loads")
        assert "UTF-8" in problem.remedy


def test_a_letter_of_another_encoding_far_down(tmp_path: Path) -> None:
    path = written(tmp_path, "Load*;Remark\n" + "L-1;a\n" * 5_000 + "L-2;é\n", encoding="cp1252")
    assert refused(path).code == "FILE_ENCODING"


def test_a_nul_in_the_text(tmp_path: Path) -> None:
    path = written(tmp_path, "Load*;Remark\n" + "L-1;a\n" * 2_000 + "L-2;\0\n")
    problem = refused(path)
    assert problem.code == "FILE_ENCODING"
    assert "line 2002" in problem.found


def test_rows_are_numbered_as_a_spreadsheet_program_does(tmp_path: Path) -> None:
    text = 'Load*,Remark\n\nL-1,"two\r\nlines, ""quoted"""\n,,\nL-2,\n'
    found = only(written(tmp_path, text))
    assert found == {1: ["Load*", "Remark"], 3: ["L-1", 'two\nlines, "quoted"'], 5: ["L-2"]}


def test_the_line_that_excel_does_not_show(tmp_path: Path) -> None:
    path = written(tmp_path, "sep=|\r\nLoad*|Remark\r\nL-1|a,b;c\r\n")
    assert only(path) == {1: ["Load*", "Remark"], 2: ["L-1", "a,b;c"]}


def test_a_comma_decimal_under_semicolons(tmp_path: Path) -> None:
    assert only(written(tmp_path, "Load*;Weight*\nL-1;12,5\n"))[2] == ["L-1", "12,5"]


def test_a_comma_in_a_header_of_ones_own(tmp_path: Path) -> None:
    path = written(tmp_path, "Load*;Weight*;Driver, car\nL-1;12.5;Eva, B 1\n")
    assert only(path)[1] == ["Load*", "Weight*", "Driver, car"]


def test_a_title_above_the_header(tmp_path: Path) -> None:
    path = written(tmp_path, "Loads of October, all plants; checked\n\nLoad*;Weight*\nL-1;12,5\n")
    assert only(path)[4] == ["L-1", "12,5"]


def test_formulas_and_ids_stay_text(tmp_path: Path) -> None:
    assert only(written(tmp_path, "Load*,Remark\n007,=1+1\n"))[2] == ["007", "=1+1"]


def test_one_column(tmp_path: Path) -> None:
    assert only(written(tmp_path, "Load*\nL-1\nL-2\n")) == {1: ["Load*"], 2: ["L-1"], 3: ["L-2"]}


def test_two_separators_that_fit_are_asked_about(tmp_path: Path) -> None:
    problem = refused(written(tmp_path, "a,b;c\n1,2;3\n"))
    assert (problem.code, problem.place.sheet) == ("FILE_SEPARATOR", "Loads")


def test_of_unknown_headers_the_even_separator_counts(tmp_path: Path) -> None:
    assert only(written(tmp_path, "a;b\n1,5;2\n3;4\n"))[2] == ["1,5", "2"]


def test_a_comma_decimal_under_commas_is_not_split(tmp_path: Path) -> None:
    """Each number would be two values, and all behind it one column to the right."""
    problem = refused(written(tmp_path, "Load*,Weight*\nL-1,3\nL-2,12,5\nL-3,7,5\n"))
    assert problem.code == "FILE_SEPARATOR"
    assert (problem.place.sheet, problem.place.row) == ("Loads", 3)
    assert "2 rows" in problem.found
    assert "at most 2 values" in problem.expected


@pytest.mark.parametrize(
    "row", ['L-2,"never ends\nL-3,b\n', 'L-2,"a"b\n', f"L-2,{'x' * 200_000}\n"]
)
def test_a_quote_that_does_not_end(tmp_path: Path, row: str) -> None:
    problem = refused(written(tmp_path, f"Load*,Remark\nL-1,a\n{row}"))
    assert (problem.code, problem.place.row) == ("FILE_DAMAGED", 3)


def test_a_folder_of_such_files(tmp_path: Path) -> None:
    written(tmp_path, "Load*;Weight*\nL-1;2\n")
    written(tmp_path, "Load*,Part*\nL-1,a\n", name="load-parts.csv")
    written(tmp_path, "lock", name="~$Loads.csv")
    contents = opened(tmp_path)
    assert [grid.title for grid in contents.grids] == ["Loads", "load-parts"]
    read = read_workbook(tmp_path, SHEETS)
    assert not read.problems
    assert [table.sheet for table in read.tables] == ["Loads", "Load parts"]
    before = contents.digest
    written(tmp_path, "Load*;Weight*\nL-1;3\n")
    assert opened(tmp_path).digest != before


def zipped(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return path


def test_a_zip_of_such_files(tmp_path: Path) -> None:
    files = {
        "out/Loads.csv": "Load*;Weight*\nL-1;2\n",
        "out/Load parts.csv": "Load*,Part*\nL-1,a\n",
        "out/photo.jpg": "not read",
        "__MACOSX/out/._Loads.csv": "\0\1",
    }
    path = zipped(tmp_path / "month.zip", **files)
    assert inspect(path) is FileKind.CSV_ZIP
    assert [grid.title for grid in opened(path).grids] == ["Loads", "Load parts"]


def test_two_files_for_one_sheet(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a/Loads.csv": "Load*\n1\n", "b/loads.csv": "Load*\n2\n"})
    assert refused(path).code == "SHEET_TWICE"


def test_another_file_of_that_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"Loads.csv": "<html><table/></html>"})
    problem = refused(path)
    assert (problem.code, problem.place.sheet) == ("FILE_NOT_A_WORKBOOK", "Loads")


def test_more_than_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "Load*,Remark\n" + "L-1,a\n" * 10)
    assert refused(path, Limits(cells=10)).code == "FILE_TOO_LARGE"
    assert refused(path, Limits(characters=20)).code == "FILE_TOO_LARGE"


def test_numbers_and_days_are_read_from_the_text_and_asked_about(tmp_path: Path) -> None:
    text = "Load*;Weight*;Weighed on\nL-1;12,5;2025-10-31\nL-2;1.234;2025-10-31\nL-3;3;03/04/2025\n"
    checked = check_file(written(tmp_path, text), YARD, zone="UTC", now=NOW)
    report = report_check(checked, YARD)
    found = {(each.place.cell, each.code) for each in report.all_problems}
    assert found == {("B3", "CELL_AMBIGUOUS"), ("C4", "CELL_AMBIGUOUS")}
    assert checked.checked.records[0].line.values["Weight"] == 12.5


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t"), max_size=8
)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=6),
    sign=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], sign: str, encoding: str
) -> None:
    """Whatever the cells are, a header that is known decides, and quotes do the rest."""
    table = [["Load*", "Remark"], *rows]
    lines = [sign.join('"' + text.replace('"', '""') + '"' for text in row) for row in table]
    path = tmp_path_factory.mktemp("csv") / "Loads.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    contents = read_csv(path, FileKind.CSV, LIMITS, HEADERS)
    assert isinstance(contents, Contents), contents
    found = contents.grids[0]
    assert [
        [found.cell(n, c).value or "" for c in (1, 2)] for n in range(1, len(table) + 1)
    ] == table
