"""What people write around their data: titles, totals, notes, further tables."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.checking.workbook import check_tables
from importer.model.outcome import Outcome, Status
from importer.model.problem import Problem, Severity
from importer.model.table import Table
from importer.resources.catalog import CATALOG
from importer.sheets.reading.reader import WorkbookRead, read_workbook
from tests.checking.bench import NOW
from tests.sheets.builder import SHEETS, change, change_part, write_workbook
from tests.sheets.runs import annotate, report


def read(folder: Path, text: str) -> WorkbookRead:
    return read_workbook(write_workbook(folder / "month.xlsx", text), SHEETS)


def loads(found: WorkbookRead) -> Table:
    return next(table for table in found.tables if table.sheet == "Loads")


def rows(found: WorkbookRead) -> list[int]:
    return [row.number for row in loads(found).rows]


def only(found: WorkbookRead) -> Problem:
    (problem,) = found.problems
    return problem


def test_the_header_is_found_below_a_title(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nTrucks of October\n~\nMine | Weight* | Load*\nx | 12 | L-1")
    assert found.problems == ()
    assert loads(found).header_row == 3
    assert loads(found).columns == {"Weight": 2, "Load": 3}
    assert rows(found) == [4]


def test_a_title_may_be_merged_over_the_columns(tmp_path: Path) -> None:
    write_workbook(tmp_path / "month.xlsx", "Loads\nTrucks\nLoad | Weight\nL-1 | 12")
    change(tmp_path / "month.xlsx", lambda book: book["Loads"].merge_cells("A1:C1"))
    assert read_workbook(tmp_path / "month.xlsx", SHEETS).problems == ()


def test_row_1_is_the_header_wherever_it_can_be(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nLoad | Weight\nL-1 | 12\nL-2 | 13")
    assert loads(found).header_row == 1


def test_the_row_with_the_most_columns_is_the_header(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nsee below\nDry | Remark\nLoad | Weight | Dry | Remark\nL-1 | 12")
    assert loads(found).header_row == 3
    assert rows(found) == [4]


def test_no_header_is_looked_for_far_down(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nx\n" + "~\n" * 19 + "Load | Weight\nL-1 | 12")
    assert {each.code for each in found.problems} == {"HEADER_MISSING"}
    assert {each.place.row for each in found.problems} == {1}


def test_what_is_wrong_with_a_lower_header_has_its_place(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nTrucks\nLoad | Dry | dry | Materail\nL-1")
    told = {each.code: each for each in found.problems}
    assert told["HEADER_TWICE"].place.cell == "C2"
    assert told["HEADER_NEAR"].place.cell == "D2"
    assert told["HEADER_MISSING"].place.row == 2
    assert "row 2" in told["HEADER_MISSING"].expected


def test_data_above_the_header_are_not_passed_over(tmp_path: Path) -> None:
    problem = only(read(tmp_path, "Loads\nL-1 | 12\nLoad | Weight\nL-2 | 13"))
    assert (problem.code, problem.place.cell) == ("SHEET_ROWS_ABOVE", "A1")
    assert problem.severity is Severity.ERROR
    assert "row 2" in problem.found


def test_a_results_workbook_has_its_columns_beside_the_header(tmp_path: Path) -> None:
    """Law 6 with a title: what comes in again means the same."""
    text = "Loads\nTrucks\n~\nLoad | Weight\nL-1 | 12\nTotal | 12"
    source = write_workbook(tmp_path / "month.xlsx", text)
    original = read_workbook(source, SHEETS)
    outcome = Outcome(sheet="Loads", row=4, key="L-1", status=Status.CREATED, id="lod_1")
    first = annotate(source, report([outcome]))
    page = load_workbook(first)["Loads"]
    assert (page["C3"].value, page["C4"].value, page["C1"].value) == (
        "Import status",
        "created",
        None,
    )
    once = read_workbook(first, SHEETS)
    again = read_workbook(annotate(first, report([outcome])), SHEETS)
    assert once.tables == again.tables == original.tables
    assert once.problems == again.problems == original.problems
    assert [cell.value for cell in load_workbook(first)["Loads"][3]].count("Import status") == 1


@pytest.mark.parametrize(
    ("total", "cell"),
    [
        ("Total | 25", "A4"),
        ("TOTAL: | 25", "A4"),
        ("Sub-total | 25", "A4"),
        ("Summe | 25", "A4"),
        ("Total October | 25 | | wood", "A4"),
        (" | =SUM(B2:B3)", "B4"),
        (" | =subtotal(9,B2:B3)", "B4"),
        ("Sum | =SUM(B2:B3)", "A4"),
    ],
)
def test_a_total_is_passed_over_and_told(tmp_path: Path, total: str, cell: str) -> None:
    text = f"Loads\nLoad | Weight | Dry | Material\nL-1 | 12\nL-2 | 13\n{total}\nL-3 | 1"
    found = read(tmp_path, text)
    assert rows(found) == [2, 3, 5]
    problem = only(found)
    assert (problem.code, problem.place.cell) == ("SHEET_TOTAL_ROW", cell)
    assert problem.severity is Severity.WARNING
    assert "row 4" in problem.found


def test_the_label_of_a_total_may_stand_in_a_column_of_ones_own(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nMine | Load | Weight\n | L-1 | 12\nTotal | | 12")
    assert (only(found).code, only(found).place.cell) == ("SHEET_TOTAL_ROW", "A3")


@pytest.mark.parametrize(
    "record",
    [
        "SUM-1 | 25",
        "Sumatra | 25",
        "Total | heavy",
        "L-3 | =SUM(B2:B3)",
        " | 25",
        " | =A2+A3",
        " | =SUM(B2:B3) | 2025-10-31 | wood",
    ],
)
def test_a_row_that_may_be_a_record_is_one(tmp_path: Path, record: str) -> None:
    found = read(tmp_path, f"Loads\nLoad | Weight | Weighed on | Material\nL-1 | 12\n{record}")
    assert rows(found) == [2, 3]
    assert found.problems == ()


def test_the_rows_of_a_total_alone_are_no_rows(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nLoad | Weight\nTotal | 0")
    assert [each.code for each in found.problems] == ["SHEET_TOTAL_ROW", "FILE_NO_ROWS"]


@pytest.mark.parametrize(
    ("note", "cell"),
    [("Scale was broken until noon", "A3"), ("Notes:", "A3"), (" | | see the list", "C3")],
)
def test_a_note_is_one_problem_at_its_place(tmp_path: Path, note: str, cell: str) -> None:
    text = f"Entry inputs\nEntry | Component | Input | Datapoints\nE-1 | C | I | D-1\n{note}"
    found = read_workbook(write_workbook(tmp_path / "month.xlsx", text), CATALOG.sheets)
    (problem,) = found.problems
    assert (problem.code, problem.place.cell) == ("ROW_NOTE", cell)
    assert [row.number for row in found.tables[0].rows] == [2, 3]
    checked = check_tables(found.tables, CATALOG, found=found.problems, zone="UTC", now=NOW)
    assert [each.code for each in checked.problems if each.place.row == 3] == ["ROW_NOTE"]
    assert [row.row for row in checked.rows] == [2, 3]


@pytest.mark.parametrize("begun", ["E-2", "E-2 | C", " | | 5", "E-2 | | | D-1"])
def test_a_row_that_was_begun_has_the_problems_of_its_cells(tmp_path: Path, begun: str) -> None:
    text = f"Entry inputs\nEntry | Component | Input | Datapoints\nE-1 | C | I | D-1\n{begun}"
    assert read_workbook(write_workbook(tmp_path / "m.xlsx", text), CATALOG.sheets).problems == ()


def test_a_second_header_refuses_the_sheet_at_its_place(tmp_path: Path) -> None:
    table = "Load | Weight | Remark\nL-1 | 12 | ok"
    found = read(tmp_path, f"Loads\n{table}\n~\nNo. | Weight | Load\nL-2 | 13\nL-3 | 14")
    problem = only(found)
    assert (problem.code, problem.place.cell) == ("SHEET_SECOND_TABLE", "A4")
    assert problem.severity is Severity.ERROR
    assert "2 filled rows" in problem.found
    assert rows(found) == [2]


def test_headers_that_stand_a_second_time_at_the_right_are_a_second_table(tmp_path: Path) -> None:
    text = "Loads\nLoad | Weight | Dry | | Load | Weight | Dry\nL-1 | 12 | yes | | L-2 | 13 | no"
    problem = only(read(tmp_path, text))
    assert (problem.code, problem.place.cell) == ("SHEET_SECOND_TABLE", "E1")
    assert "column E to column G" in problem.found


def test_words_like_headers_do_not_make_one(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nLoad | Weight | Remark | Material\nL-1 | 12 | Weight | Load")
    assert found.problems == ()
    assert rows(found) == [2]


def test_a_fresh_template_has_no_row_to_import(tmp_path: Path) -> None:
    template = Path(__file__).parents[2] / "templates" / "carbon-import.xlsx"
    assert only(read_workbook(template, CATALOG.sheets)).code == "FILE_NO_ROWS"


def test_a_formula_without_its_result_may_be_a_total(tmp_path: Path) -> None:
    """As in a results workbook, which keeps formulas without their results."""
    assert only(read(tmp_path, "Loads\nLoad | Weight\nL-1 | 1\n | =SUM(B2:B2)")).code == (
        "SHEET_TOTAL_ROW"
    )


def test_a_total_that_was_computed_is_one_by_its_formula(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", "Loads\nLoad | Weight\nL-1 | 1\n | =SUM(B2:B2)")
    change_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<v />", "<v>1</v>"))
    (problem,) = read_workbook(path, SHEETS).problems
    assert (problem.code, problem.found) == ("SHEET_TOTAL_ROW", "a total in row 3: =SUM(B2:B2)")
