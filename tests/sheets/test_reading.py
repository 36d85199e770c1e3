"""From a workbook to tables: rows, cells, and what is wrong with a sheet."""

import hashlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from importer.model.problem import Problem, Severity
from importer.model.table import BLANK_CELL, Cell, CellKind, Table
from importer.sheets.reading.reader import WorkbookRead, read_workbook
from tests.sheets.builder import SHEETS, change, change_part, write_workbook

GOOD = """
Loads
Load* | Weight* | Weighed on
L-1   | 12.5    | 2025-10-31
"""

SHEET_1 = "xl/worksheets/sheet1.xml"


def read(path: Path, text: str) -> WorkbookRead:
    return read_workbook(write_workbook(path / "month.xlsx", text), SHEETS)


def edited(path: Path, edit: Any) -> WorkbookRead:
    write_workbook(path / "month.xlsx", GOOD)
    return read_workbook(change(path / "month.xlsx", edit), SHEETS)


def loads(found: WorkbookRead) -> Table:
    return next(table for table in found.tables if table.sheet == "Loads")


def codes(found: WorkbookRead) -> list[str]:
    return [problem.code for problem in found.problems]


def only(found: WorkbookRead) -> Problem:
    (problem,) = found.problems
    return problem


def cell_of(path: Path, value: Any, number_format: str = "General") -> Cell:
    def edit(workbook: Workbook) -> None:
        cell = workbook["Loads"].cell(2, 2, value)
        cell.number_format = number_format

    return loads(edited(path, edit)).rows[0].cell("Weight")


def test_a_sheet_becomes_a_table(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    table = loads(found)
    assert table.title == "Loads"
    assert table.columns == {"Load": 1, "Weight": 2, "Weighed on": 3}
    assert [row.number for row in table.rows] == [2]
    assert table.rows[0].cell("Load") == Cell(kind=CellKind.TEXT, value="L-1")
    assert table.rows[0].cell("Weight") == Cell(kind=CellKind.NUMBER, value=12.5)
    assert table.rows[0].cell("Weighed on").value == datetime(2025, 10, 31)
    assert table.rows[0].cell("Remark") == BLANK_CELL
    assert found.problems == ()
    assert not found.has_formulas


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    content = (tmp_path / "month.xlsx").read_bytes()
    assert found.digest == hashlib.sha256(content).hexdigest()


def test_the_gate_comes_first(tmp_path: Path) -> None:
    found = read_workbook(tmp_path / "nothing.xlsx", SHEETS)
    assert codes(found) == ["FILE_NOT_FOUND"]
    assert found.tables == ()


def test_blank_rows_are_skipped_and_never_the_end(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        Loads
        Load* | Weight* | My own
        L-1   | 1       |
        ~
        '\u00a0 \u200b | '  | a note to myself
        L-2   | 2       |
        """,
    )
    assert [row.number for row in loads(found).rows] == [2, 5]


def test_a_row_far_down_costs_nothing(tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        workbook["Loads"].cell(1_048_576, 1, "L-9")
        workbook["Loads"].cell(1_048_576, 16_384, "far right")

    assert [row.number for row in loads(edited(tmp_path, edit)).rows] == [2, 1_048_576]


def test_rows_with_our_answers_only_are_blank(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        Loads
        Load* | Weight* | Import status | Import ID | Import message | Carbon (kg)
        L-1   | 1       | created       | lod_1     |                | 12
              |         | created       | lod_2     | long gone      | 13
        """,
    )
    assert [row.number for row in loads(found).rows] == [2]
    assert found.problems == ()


def test_hidden_rows_are_read_with_one_warning(tmp_path: Path) -> None:
    def hide(workbook: Workbook) -> None:
        page = workbook["Loads"]
        for row in range(3, 7):
            page.cell(row, 1, f"L-{row}")
            page.row_dimensions[row].hidden = row in (4, 5)
        page.row_dimensions[9].hidden = True

    found = edited(tmp_path, hide)
    assert [row.number for row in loads(found).rows] == [2, 3, 4, 5, 6]
    problem = only(found)
    assert problem.code == "SHEET_HIDDEN_ROWS"
    assert problem.severity is Severity.WARNING
    assert problem.place.row == 4
    assert "2 filled rows" in problem.found
    assert "row 4" in problem.found


def test_rows_hidden_by_default_are_counted(tmp_path: Path) -> None:
    found = edited(tmp_path, lambda book: setattr(book["Loads"].sheet_format, "zeroHeight", True))
    assert "1 filled row that is hidden" in only(found).found


def test_a_hidden_sheet_is_read_with_a_warning(tmp_path: Path) -> None:
    def hide(workbook: Workbook) -> None:
        workbook.create_sheet("Notes")
        workbook["Loads"].sheet_state = "hidden"
        workbook.active = 1

    found = edited(tmp_path, hide)
    assert len(loads(found).rows) == 1
    assert "on a hidden sheet" in only(found).found


def test_a_formula_counts_by_its_saved_result(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", GOOD.replace("12.5", "=6+6.5"))
    change_part(path, SHEET_1, lambda xml: xml.replace("<v />", "<v>12.5</v>"))
    found = read_workbook(path, SHEETS)
    assert loads(found).rows[0].cell("Weight") == Cell(kind=CellKind.NUMBER, value=12.5)
    assert found.has_formulas


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD.replace("12.5", "=6+6.5"))
    cell = loads(found).rows[0].cell("Weight")
    assert cell == Cell(kind=CellKind.FORMULA_WITHOUT_VALUE, value="=6+6.5")
    assert found.has_formulas


def test_a_formula_that_yields_no_text_is_blank(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", GOOD.replace("12.5", '=""'))
    change_part(
        path,
        SHEET_1,
        lambda xml: xml.replace('<c r="B2"><f>""</f><v />', '<c r="B2" t="str"><f>""</f><v></v>'),
    )
    found = read_workbook(path, SHEETS)
    assert loads(found).rows[0].cell("Weight") == BLANK_CELL


def test_formulas_on_other_sheets_count_too(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD + "\nMine\n=1+1").has_formulas


def test_an_error_cell_keeps_its_text(tmp_path: Path) -> None:
    assert cell_of(tmp_path, "#REF!") == Cell(kind=CellKind.ERROR, value="#REF!")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, Cell(kind=CellKind.NUMBER, value=7)),
        (-0.1, Cell(kind=CellKind.NUMBER, value=-0.1)),
        (True, Cell(kind=CellKind.BOOLEAN, value=True)),
        ("  two  words ", Cell(kind=CellKind.TEXT, value="  two  words ")),
        ("two\nlines", Cell(kind=CellKind.TEXT, value="two\nlines")),
        ("a_x000D_\nb", Cell(kind=CellKind.TEXT, value="a\r\nb")),
    ],
)
def test_values_are_left_as_they_are(tmp_path: Path, value: Any, expected: Cell) -> None:
    assert cell_of(tmp_path, value) == expected


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (45961, "yyyy-mm-dd", datetime(2025, 10, 31)),
        (45961.604166666664, "yyyy-mm-dd hh:mm", datetime(2025, 10, 31, 14, 30)),
        (date(2025, 10, 31), "dd/mm/yyyy", datetime(2025, 10, 31)),
        (1, "yyyy-mm-dd", datetime(1900, 1, 1)),
    ],
)
def test_dates(tmp_path: Path, value: Any, number_format: str, expected: datetime) -> None:
    assert cell_of(tmp_path, value, number_format) == Cell(kind=CellKind.DATE, value=expected)


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [(0.5, "hh:mm", time(12)), (1.5, "[h]:mm", timedelta(hours=36))],
)
def test_times(tmp_path: Path, value: Any, number_format: str, expected: Any) -> None:
    assert cell_of(tmp_path, value, number_format) == Cell(kind=CellKind.TIME, value=expected)


def test_dates_of_the_1904_system(tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        workbook.epoch = CALENDAR_MAC_1904

    write_workbook(tmp_path / "month.xlsx", GOOD)
    change(tmp_path / "month.xlsx", edit)
    part = tmp_path / "month.xlsx"
    change_part(part, SHEET_1, lambda xml: xml)
    assert loads(read_workbook(part, SHEETS)).rows[0].cell("Weighed on").value == datetime(
        2025, 10, 31
    )


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [("0.0%", True), ("0%;[Red]-0%", True), ("General", False), ('0.0"%"', False), ("0\\%", False)],
)
def test_percent_is_what_the_number_format_says(
    tmp_path: Path, number_format: str, percent: bool
) -> None:
    assert cell_of(tmp_path, 0.5, number_format).percent is percent


def test_a_date_beyond_the_calendar_is_the_number_that_it_is(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", GOOD)
    change_part(path, SHEET_1, lambda xml: xml.replace("<v>45961</v>", "<v>99999999</v>"))
    cell = loads(read_workbook(path, SHEETS)).rows[0].cell("Weighed on")
    assert cell == Cell(kind=CellKind.NUMBER, value=99999999)


def test_rich_text_is_read_as_its_text(tmp_path: Path) -> None:
    rich = CellRichText("L-", TextBlock(InlineFont(b=True), "1"))
    found = edited(tmp_path, lambda book: book["Loads"].cell(2, 1, rich))
    assert loads(found).rows[0].cell("Load").value == "L-1"


@pytest.mark.parametrize("block", ["A3:B4", "A1:B1", "C2:F2"])
def test_merged_cells_are_refused_with_their_range(tmp_path: Path, block: str) -> None:
    found = edited(tmp_path, lambda book: book["Loads"].merge_cells(block))
    merged = [problem for problem in found.problems if problem.code == "SHEET_MERGED_CELLS"]
    assert len(merged) == 1
    assert block in merged[0].found
    assert merged[0].severity is Severity.ERROR
    assert merged[0].place.cell == block.split(":", maxsplit=1)[0]


def test_rows_beside_merged_cells_are_read_all_the_same(tmp_path: Path) -> None:
    found = edited(tmp_path, lambda book: book["Loads"].merge_cells("A4:B4"))
    assert [row.number for row in loads(found).rows] == [2]


def test_merged_cells_beside_the_data_are_the_users_own(tmp_path: Path) -> None:
    assert edited(tmp_path, lambda book: book["Loads"].merge_cells("E1:G8")).problems == ()


def test_no_rows_at_all(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nLoad* | Weight*\n\nLoad parts\nLoad* | Part*")
    assert codes(found) == ["FILE_NO_ROWS"]


def test_no_rows_is_not_said_beside_another_error(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "Loads\nLoad*")) == ["HEADER_MISSING"]


def test_a_sheet_with_nothing_on_it_is_just_empty(tmp_path: Path) -> None:
    found = edited(tmp_path, lambda book: book.create_sheet("Load parts"))
    assert found.problems == ()
    assert [(table.sheet, len(table.rows)) for table in found.tables] == [
        ("Loads", 1),
        ("Load parts", 0),
    ]


def test_a_sheet_that_is_listed_but_not_there_is_not_passed_over(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", GOOD + "\nLoad parts\nLoad* | Part*\nL-1 | top")
    change_part(
        path, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace("sheet2.xml", "sheet9.xml")
    )
    assert codes(read_workbook(path, SHEETS)) == ["FILE_DAMAGED"]


def test_parts_that_nobody_here_understands_are_no_trouble(tmp_path: Path) -> None:
    extension = '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" /></extLst></worksheet>'
    path = write_workbook(tmp_path / "month.xlsx", GOOD)
    change_part(path, SHEET_1, lambda xml: xml.replace("</worksheet>", extension))
    assert read_workbook(path, SHEETS).problems == ()
