"""A sheet that could not be read as a whole: what may be missing on it goes nowhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from importer.checking.soundness import is_of_sheet
from importer.flows.check import check_file
from importer.model import problem_kinds as kinds
from importer.model.checked import Checked
from importer.model.place import Place
from importer.resources.catalog import CATALOG
from support.tables import write_book
from tests.checking.bench import NOW, keys, listed, unexplained

BOOK = """
Emission logs
External ID* | Config*          | Site*    | Period start* | Period end* | Display key
ELEC-10      | Grid electricity | NB-PLANT | 2026-10-01    | 2026-10-31  | Electricity
GAS-10       | Natural gas      | NB-PLANT | 2026-10-01    | 2026-10-31  |

Emission log values
Emission log* | Data point*  | Value* | Unit
ELEC-10       | Electricity  | 84230  | kWh
GAS-10        | Gas volume   | 1286.4 | m3

Datapoints
External ID* | Name* | Type*    | Value* | Standard deviation | Description*
D-1          | Mass  | REPORTED | 12.5   | 0.5                | weighed
D-2          | Mass  | REPORTED | 12.5   |                    | weighed
D-3          | Mass  | REPORTED | 12.5   |                    | weighed
"""
ALL = ["ELEC-10", "GAS-10", "D-1", "D-2", "D-3"]
POINTS, LOGS = ALL[2:], ALL[:2]


def check_book(
    folder: Path, text: str = BOOK, edit: Callable[[Workbook], object] | None = None
) -> Checked:
    path = write_book(folder / "book.xlsx", text)
    if edit is not None:
        workbook = load_workbook(path)
        edit(workbook)
        workbook.save(path)
    checked = check_file(path, CATALOG, zone="UTC", now=NOW).checked
    assert unexplained(checked) == []
    return checked


def test_the_book_as_it_is_has_no_problem(tmp_path: Path) -> None:
    checked = check_book(tmp_path)
    assert checked.problems == ()
    assert keys(checked) == ALL


def test_a_missing_header_is_told_once_and_holds_all_rows_of_its_sheet(tmp_path: Path) -> None:
    checked = check_book(tmp_path, BOOK.replace("Name*", "Label"))
    assert listed(checked.problems) == ["HEADER_MISSING Datapoints!1"]
    assert keys(checked) == LOGS
    assert set(checked.held.values()) == {
        "Stays out because the sheet Datapoints has a problem; see the sheet Import summary."
    }


def test_a_missing_key_column_says_nothing_wrong_of_the_detail_rows(tmp_path: Path) -> None:
    checked = check_book(tmp_path, BOOK.replace("External ID* | Config*", "Number | Config*"))
    assert listed(checked.problems) == ["HEADER_MISSING Emission logs!1"]
    assert keys(checked) == POINTS
    assert checked.held["Emission log values", 2] == (
        "Stays out because the sheet Emission logs, where its record belongs, has a problem; "
        "see the sheet Import summary."
    )


def test_a_detail_sheet_with_an_error_holds_the_records_of_its_rows(tmp_path: Path) -> None:
    checked = check_book(tmp_path, BOOK.replace("Data point*", "What"))
    assert listed(checked.problems) == ["HEADER_MISSING Emission log values!1"]
    assert keys(checked) == POINTS
    assert checked.held["Emission logs", 2] == (
        "Stays out because the sheet Emission log values, which may have more rows of the same "
        "record, has a problem; see the sheet Import summary."
    )


def test_an_error_in_another_column_is_told_beside_that_of_the_header(tmp_path: Path) -> None:
    checked = check_book(tmp_path, BOOK.replace("Name*", "Label").replace("12.5", "much", 1))
    assert listed(checked.problems) == [
        "CELL_NOT_A_NUMBER Datapoints!D2",
        "HEADER_MISSING Datapoints!1",
    ]


def merge(cells: str) -> Callable[[Workbook], object]:
    return lambda workbook: workbook["Datapoints"].merge_cells(cells)


@pytest.mark.parametrize("cells", ["E2:E4", "A1:B1", "F3:F4", "D5:E5"])
def test_merged_cells_hold_all_rows_of_their_sheet(tmp_path: Path, cells: str) -> None:
    checked = check_book(tmp_path, edit=merge(cells))
    assert "SHEET_MERGED_CELLS" in {problem.code for problem in checked.problems}
    assert keys(checked) == LOGS


@pytest.mark.parametrize(
    "title", ["Emission log value", "Emision log values", "Log emission values"]
)
def test_a_detail_sheet_that_is_nearly_called_so_holds_the_records(
    tmp_path: Path, title: str
) -> None:
    checked = check_book(tmp_path, BOOK.replace("\nEmission log values\n", f"\n{title}\n"))
    assert [problem.code for problem in checked.problems] == ["SHEET_NAME_NEAR"]
    assert keys(checked) == POINTS
    assert checked.held["Emission logs", 2].startswith(f"Stays out because the sheet {title}, ")


def test_a_sheet_of_records_that_is_nearly_called_so_holds_their_details(tmp_path: Path) -> None:
    checked = check_book(tmp_path, BOOK.replace("\nEmission logs\n", "\nEmission lgos\n", 1))
    assert [problem.code for problem in checked.problems] == ["SHEET_NAME_NEAR"]
    assert keys(checked) == POINTS
    assert [row.row for row in checked.rows if row.sheet == "Emission log values"] == [2, 3]


def test_a_detail_sheet_that_is_there_twice_holds_the_records(tmp_path: Path) -> None:
    def add(workbook: Workbook) -> None:
        second = workbook.create_sheet("Emission-log values")
        second.append(["Emission log", "Data point", "Value", "Unit"])
        second.append(["ELEC-10", "Meter number", 7])

    checked = check_book(tmp_path, edit=add)
    assert [problem.code for problem in checked.problems] == ["SHEET_TWICE"]
    assert keys(checked) == POINTS


def test_a_header_that_is_there_twice_holds_its_sheet(tmp_path: Path) -> None:
    checked = check_book(tmp_path, BOOK.replace("Standard deviation", "value"))
    assert [problem.code for problem in checked.problems] == ["HEADER_TWICE"]
    assert keys(checked) == LOGS


def test_a_title_that_is_spelled_in_another_way_is_that_of_its_sheet(tmp_path: Path) -> None:
    sources = """
    S o u r c e s
    External ID* | Label*  | File*     | Published on* | Public*
    S-1          | Tickets | scale.pdf | 2026-11-03    | no
    """
    checked = check_book(tmp_path, BOOK + sources)
    assert listed(checked.problems) == ["HEADER_MISSING S o u r c e s!1"]
    assert keys(checked) == ALL
    assert set(checked.held) == {("S o u r c e s", 2)}


@pytest.mark.parametrize(
    ("code", "row", "is_so"),
    [("SHEET_MERGED_CELLS", 7, True), ("CELL_RANGE", 1, True), ("CELL_RANGE", 2, False)],
)
def test_a_problem_is_of_the_sheet_by_its_code_or_above_the_first_row_of_data(
    code: str, row: int, is_so: bool
) -> None:
    kind = next(kind for kind in kinds.CATALOGUE if kind.code == code)
    assert is_of_sheet(kind.at(Place(sheet="Datapoints", row=row), found="x")) is is_so


def test_hidden_rows_are_a_warning_and_hold_nothing(tmp_path: Path) -> None:
    def hide(workbook: Workbook) -> None:
        workbook["Datapoints"].row_dimensions[3].hidden = True

    checked = check_book(tmp_path, edit=hide)
    assert [problem.code for problem in checked.problems] == ["SHEET_HIDDEN_ROWS"]
    assert keys(checked) == ALL


def test_an_absent_optional_column_is_nothing_to_tell(tmp_path: Path) -> None:
    checked = check_book(tmp_path, BOOK.replace("Standard deviation", "Scale of ours"))
    assert checked.problems == ()
    assert keys(checked) == ALL
