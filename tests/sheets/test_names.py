"""Sheets and headers are found by their names, however they are spelled, and never guessed."""

from pathlib import Path

import pytest

from importer.model.problem import Problem
from importer.resources.catalog import CATALOG
from importer.sheets.names import fold
from importer.sheets.own import HEADERS
from importer.sheets.own import SHEETS as OWN_SHEETS
from importer.sheets.reading.reader import WorkbookRead, read_workbook
from tests.sheets.builder import SHEETS, change, write_workbook


def read(folder: Path, text: str) -> WorkbookRead:
    return read_workbook(write_workbook(folder / "month.xlsx", text), SHEETS)


def only(found: WorkbookRead) -> Problem:
    (problem,) = found.problems
    assert problem.remedy
    return problem


@pytest.mark.parametrize(
    "header", ["Weighed on", "WEIGHED ON*", " weighed-on ", "Weighed_On", "weighedon"]
)
def test_spellings_of_one_header(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, f"Loads\nLoad | Weight | '{header}\nL-1 | 1 | 2025-10-31")
    assert found.problems == ()
    assert found.tables[0].columns["Weighed on"] == 3


@pytest.mark.parametrize("title", ["Loads", "loads", "LOADS ", "Loads.", "-Loads-"])
def test_spellings_of_one_sheet(tmp_path: Path, title: str) -> None:
    write_workbook(tmp_path / "month.xlsx", "Sheet\nLoad | Weight\nL-1 | 1")
    change(tmp_path / "month.xlsx", lambda book: setattr(book["Sheet"], "title", title))
    found = read_workbook(tmp_path / "month.xlsx", SHEETS)
    assert found.problems == ()
    assert (found.tables[0].sheet, found.tables[0].title) == ("Loads", title)


def test_columns_may_stand_in_any_order_among_others(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nMine | Weight | Yours | Load\nx | 1 | y | L-1")
    assert found.problems == ()
    assert found.tables[0].columns == {"Weight": 2, "Load": 4}
    assert set(found.tables[0].rows[0].cells) == {"Weight", "Load"}


def test_each_missing_required_column_is_a_problem(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nRemark\nhello")
    assert [problem.code for problem in found.problems] == ["HEADER_MISSING"] * 2
    assert "“Load”" in found.problems[0].found
    assert "“Weight*”" in found.problems[1].expected
    assert (found.problems[0].place.sheet, found.problems[0].place.row) == ("Loads", 1)


def test_optional_columns_may_be_missing(tmp_path: Path) -> None:
    assert read(tmp_path, "Loads\nLoad | Weight\nL-1 | 1").problems == ()


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Wieght", "Weight"),
        ("Weights", "Weight"),
        ("On weighed", "Weighed on"),
        ("Matrial", "Material"),
    ],
)
def test_a_header_that_is_nearly_right(tmp_path: Path, header: str, meant: str) -> None:
    rest = [each for each in ("Load", "Weight") if each != meant]
    problem = only(read(tmp_path, f"Loads\n{' | '.join([*rest, header])}\nL-1 | 1 | 1"))
    assert problem.code == "HEADER_NEAR"
    assert f"“{meant}”" in problem.expected
    assert problem.place.cell == ("B1" if meant == "Weight" else "C1")
    assert problem.place.header == header


@pytest.mark.parametrize(
    "header", ["Net weight of the truck", "Weather", "Driver", "Notes", "2025"]
)
def test_columns_of_the_users_own_are_left_alone(tmp_path: Path, header: str) -> None:
    assert read(tmp_path, f"Loads\nLoad | Weight | '{header}\nL-1 | 1 | x").problems == ()


def test_a_name_beside_the_one_it_is_like_is_another_column(tmp_path: Path) -> None:
    assert read(tmp_path, "Loads\nLoad | Weight | Weights\nL-1 | 1 | 2").problems == ()


def test_a_header_twice(tmp_path: Path) -> None:
    found = read(tmp_path, "Loads\nLoad | Weight | weight*\nL-1 | 1 | 2")
    problem = only(found)
    assert problem.code == "HEADER_TWICE"
    assert problem.place.cell == "C1"
    assert "column B" in problem.found
    assert found.tables[0].rows[0].cell("Weight").value == 1


def test_columns_of_the_users_own_may_have_one_name(tmp_path: Path) -> None:
    assert read(tmp_path, "Loads\nLoad | Weight | x | x\nL-1 | 1").problems == ()


@pytest.mark.parametrize("title", ["Load", "Laods", "Loads 2"])
def test_a_sheet_that_is_nearly_right(tmp_path: Path, title: str) -> None:
    problem = only(read(tmp_path, f"Load parts\nLoad | Part\nL-1 | top\n\n{title}\nLoad | Weight"))
    assert problem.code == "SHEET_NAME_NEAR"
    assert "“Loads”" in problem.expected
    assert problem.place.sheet == title


def test_other_sheets_are_left_alone(tmp_path: Path) -> None:
    text = "Loads\nLoad | Weight\nL-1 | 1\n\nPivot\nx\n\nLoading plan\nx"
    assert read(tmp_path, text).problems == ()


def test_a_sheet_twice(tmp_path: Path) -> None:
    text = "Loads\nLoad | Weight\nL-1 | 1\n\nLo-ads\nLoad | Weight\nL-2 | 2"
    found = read(tmp_path, text)
    problem = only(found)
    assert problem.code == "SHEET_TWICE"
    assert problem.place.sheet == "Lo-ads"
    assert "“Loads”" in problem.found
    assert len(found.tables) == 1


def test_no_known_sheet(tmp_path: Path) -> None:
    found = read(tmp_path, "Table 1\nx\n\nPivot\ny\n\nStart here\nz")
    problem = only(found)
    assert problem.code == "SHEET_NONE_KNOWN"
    assert problem.found == "the sheets “Table 1”, “Pivot”"
    assert "“Loads”" in problem.expected
    assert "“Load parts”" in problem.expected


def test_our_own_sheets_are_nobodys_near_name(tmp_path: Path) -> None:
    blocks = [f"{title}\nx" for title in OWN_SHEETS]
    text = "Loads\nLoad | Weight\nL-1 | 1\n\n" + "\n\n".join(blocks)
    found = read(tmp_path, text)
    assert found.problems == ()
    assert [table.sheet for table in found.tables] == ["Loads"]


def test_our_own_columns_are_nobodys_near_name(tmp_path: Path) -> None:
    found = read(tmp_path, f"Loads\nLoad | Weight | {' | '.join(HEADERS)}\nL-1 | 1")
    assert found.problems == ()
    assert set(found.tables[0].columns) == {"Load", "Weight"}


def test_tables_come_in_the_declared_order(tmp_path: Path) -> None:
    text = "Load parts\nLoad | Part\nL-1 | top\n\nLoads\nLoad | Weight\nL-1 | 1"
    assert [table.sheet for table in read(tmp_path, text).tables] == ["Loads", "Load parts"]


def test_no_two_names_of_the_catalogue_are_one() -> None:
    """Declared names that fold to one would never be told apart; nor would their aliases."""
    for sheet in CATALOG.sheets:
        names = [name for each in sheet.columns for name in (each.header, *each.aliases)]
        assert len(set(map(fold, names))) == len(names)


def read_values(folder: Path, headers: str) -> WorkbookRead:
    text = f"Emission log values\n{headers}\nL-1 | Diesel | 5 | 6"
    return read_workbook(write_workbook(folder / "month.xlsx", text), CATALOG.sheets)


@pytest.mark.parametrize("alias", ["Amount", "QUANTITY", "amount*"])
def test_a_column_is_found_by_what_people_call_it(tmp_path: Path, alias: str) -> None:
    found = read_values(tmp_path, f"Emission log | Data point | {alias}")
    assert found.problems == ()
    assert found.tables[0].columns["Value"] == 3


def test_beside_the_header_itself_an_alias_is_a_column_of_ones_own(tmp_path: Path) -> None:
    found = read_values(tmp_path, "Emission log | Data point | Amount | Value")
    assert found.problems == ()
    assert found.tables[0].columns["Value"] == 4
    assert found.tables[0].others == {3: "Amount"}


def test_of_two_aliases_none_is_chosen(tmp_path: Path) -> None:
    problem = only(read_values(tmp_path, "Emission log | Data point | Amount | Quantity"))
    assert (problem.code, problem.place.cell) == ("HEADER_TWICE", "D1")
    assert problem.found == "“Quantity” in column D, and already “Amount” in column C"
