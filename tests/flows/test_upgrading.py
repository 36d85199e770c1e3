"""`importer template --upgrade`: rows of an old workbook stand in the template of today."""

import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.manner import read_conventions
from importer.model.outcome import Status
from importer.resources.catalog import CATALOG
from importer.sheets.reading.reader import read_workbook
from importer.sheets.template.prefilled import Listing, write_listing
from importer.sheets.template.rendering import render_template
from importer.sheets.upgrade.old_workbook import read_old_workbook
from support.desk import Desk, problems
from support.tables import write_book
from support.upgrades import changes, lost, upgrade
from tests.sheets.builder import change, change_part

pytestmark = pytest.mark.slow

MONTH = """
Datapoints
External ID | Name | Type     | Value | Unit | Measured at      | Description
D-1         | Mass | REPORTED | 12.5  | kg   | 2025-10-31 14:30 | weighed
D-2         | Heat | REPORTED | 3     | kWh  |                  | read
"""


def cells(path: Path, title: str, row: int) -> dict[str, Any]:
    page = load_workbook(path)[title]
    heads = {cell.column: str(cell.value).rstrip("*") for cell in page[1] if cell.value}
    return {
        heads[cell.column]: cell.value
        for cell in page[row]
        if cell.value is not None and cell.column in heads
    }


def template(path: Path, version: str = "0.0.1", book: str = "carbon-import") -> Path:
    path.write_bytes(render_template(CATALOG, CATALOG.book(book), version=version))
    return path


def put(path: Path, title: str, row: dict[str, Any], number: int = 2) -> Path:
    def write(book: Workbook) -> None:
        page = book[title]
        columns = {str(cell.value).rstrip("*"): cell.column for cell in page[1]}
        for header, value in row.items():
            page.cell(number, columns[header]).value = value

    return change(path, write)


DATAPOINT = {
    "External ID": "D-1",
    "Name": "Mass",
    "Type": "REPORTED",
    "Value": 12.5,
    "Unit": "kg",
    "Description": "weighed",
}


def test_a_workbook_without_a_template_gets_the_default_one(tmp_path: Path) -> None:
    new = upgrade(write_book(tmp_path / "old.xlsx", MONTH))
    assert cells(new, "Datapoints", 2) == {
        "External ID": "D-1",
        "Name": "Mass",
        "Type": "REPORTED",
        "Value": 12.5,
        "Unit": "kg",
        "Measured at": datetime(2025, 10, 31, 14, 30),
        "Description": "weighed",
    }
    assert load_workbook(new).sheetnames[:3] == ["Start here", "Changes", "Emission logs"]
    assert load_workbook(new).active.title == "Changes"
    (line,) = changes(new)
    assert line[0] == "Columns stand at other places."


def test_an_import_after_an_upgrade_changes_nothing(desk: Desk) -> None:
    path = desk.book(MONTH)
    assert desk.import_(path).counts == {Status.CREATED: 2}
    before = desk.writes()
    assert desk.import_(upgrade(path)).counts == {Status.UNCHANGED: 2}
    assert desk.writes() == before


def test_results_of_an_import_stay_behind_with_one_line(desk: Desk) -> None:
    path = put(template(desk.folder / "old.xlsx"), "Datapoints", {**DATAPOINT, "Value": "lots"})
    results = Path(desk.import_(path).results)
    new = upgrade(results)
    heads = [cell.value for cell in load_workbook(new)["Datapoints"][1]]
    assert not {"Import status", "Import ID", "Import message"} & set(heads)
    assert "Import summary" not in load_workbook(new).sheetnames
    assert [each[0] for each in changes(new)] == [
        "The columns, notes, marks and pages of earlier commands stay behind."
    ]
    assert load_workbook(new)["Datapoints"]["D2"].comment is None


def rename(page: Worksheet, old: str, new: str) -> None:
    for cell in page[1]:
        if str(cell.value).rstrip("*") == old:
            cell.value = f"{new}*" if str(cell.value).endswith("*") else new


def rename_in_meta(book: Workbook, old: str, new: str) -> None:
    for row in book["Meta"].iter_rows():
        row[0].value = str(row[0].value).replace(old, new)


def older(path: Path, title: str, old: str, new: str) -> Path:
    """A template of a time at which a column was called otherwise."""

    def alter(book: Workbook) -> None:
        rename(book[title], old, new)
        rename_in_meta(book, f"column: {title}: {old}", f"column: {title}: {new}")

    return change(path, alter)


@pytest.mark.parametrize("before", ["Amount of it", "Valeu"])
def test_a_column_that_was_called_otherwise(tmp_path: Path, before: str) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)
    new = upgrade(older(path, "Datapoints", "Value", before))
    assert cells(new, "Datapoints", 2) == DATAPOINT
    assert changes(new) == [
        (
            "The column has another name.",
            f"Datapoints!D1 ({before}*)",
            "Datapoints!D1 (Value*)",
            "",
        )
    ]


def test_a_sheet_that_was_called_otherwise(tmp_path: Path) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)

    def alter(book: Workbook) -> None:
        book["Datapoints"].title = "Data points of us"
        for word in ("sheet: ", "column: "):
            rename_in_meta(book, f"{word}Datapoints", f"{word}Data points of us")

    new = upgrade(change(path, alter))
    assert cells(new, "Datapoints", 2) == DATAPOINT
    assert ("The sheet has another name.", "sheet Data points of us", "sheet Datapoints", "") in (
        changes(new)
    )


def test_a_column_that_is_gone_lists_each_value(tmp_path: Path) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)

    def alter(book: Workbook) -> None:
        page, meta = book["Datapoints"], book["Meta"]
        page["M1"].value = "Colour"
        page["M2"].value, page["M3"].value = "=1+1", date(2025, 10, 31)
        page["M2"].data_type = "s"
        meta.append(["column: Datapoints: Colour", "colour"])
        page["A3"].value = "D-3"

    new = upgrade(change(path, alter))
    gone = "The column is not part of the template any more, so its value is only here."
    assert changes(new) == [
        (gone, "Datapoints!M2 (Colour)", "", "=1+1"),
        (gone, "Datapoints!M3 (Colour)", "", "2025-10-31"),
    ]
    kinds = {cell.data_type for row in load_workbook(new)["Changes"].iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert "Colour" not in cells(new, "Datapoints", 1).values()


def test_values_keep_kind_and_format(tmp_path: Path) -> None:
    path = put(
        template(tmp_path / "old.xlsx"),
        "Emission log values",
        {"Emission log": "L-1", "Data point": "001", "Value": 0.62, "Unit": "'=1"},
    )

    def alter(book: Workbook) -> None:
        page = book["Emission log values"]
        page["C2"].number_format = "0.00%"
        page["D2"].value, page["D2"].data_type = "=1+1", "s"
        for row, value in enumerate((timedelta(hours=36), True, 10**14, 0.1 + 0.2), 3):
            page.cell(row, 1).value, page.cell(row, 3).value = "L-1", value
        page["C7"].value = datetime(2025, 10, 31, 14, 30)
        page["C7"].number_format = "dd/mm/yyyy hh:mm"

    new = upgrade(change(path, alter))
    before, after = (load_workbook(each)["Emission log values"] for each in (path, new))
    for row in range(2, 8):
        one, other = before.cell(row, 3), after.cell(row, 3)
        assert (one.value, one.data_type, one.number_format) == (
            other.value,
            other.data_type,
            other.number_format,
        )
    assert (after["B2"].value, after["B2"].data_type) == ("001", "s")
    assert (after["D2"].value, after["D2"].data_type) == ("=1+1", "s")
    assert after["A9"].value is None
    assert changes(new) == []


def test_formulas_and_errors_are_told(tmp_path: Path) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", {**DATAPOINT, "Value": "=1+1"})
    path = put(path, "Datapoints", {**DATAPOINT, "External ID": "D-2", "Value": "#REF!"}, 3)
    new = upgrade(path)
    page = load_workbook(new)["Datapoints"]
    assert [(page[each].value, page[each].data_type) for each in ("D2", "D3")] == [
        ("#N/A", "e"),
        ("#REF!", "e"),
    ]
    (formula, error) = changes(new)
    assert formula[0].startswith("A formula without a saved value")
    assert formula[1:] == ("Datapoints!D2 (Value*)", "Datapoints!D2 (Value*)", "=1+1")
    assert error[1:] == ("Datapoints!D3 (Value*)", "Datapoints!D3 (Value*)", "#REF!")


def test_a_formula_with_a_saved_value_is_that_value(tmp_path: Path) -> None:
    path = write_book(tmp_path / "old.xlsx", MONTH)
    with_formula(path, "D2", "6*2", "12")
    new = upgrade(path)
    assert cells(new, "Datapoints", 2)["Value"] == 12
    assert (
        "A formula is the value now that was saved with it.",
        "Datapoints!D2 (Value)",
        "Datapoints!D2 (Value*)",
        "=6*2",
    ) in changes(new)


def with_formula(path: Path, cell: str, formula: str, value: str) -> None:

    pattern = rf'<c r="{cell}"[^>]*>.*?</c>'
    written = f'<c r="{cell}"><f>{formula}</f><v>{value}</v></c>'
    change_part(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(pattern, written, xml))


def test_columns_and_sheets_of_the_users_own_go_over(tmp_path: Path) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)

    def alter(book: Workbook) -> None:
        page = book["Datapoints"]
        page.insert_cols(2)
        page["B1"].value, page["B2"].value, page["B9"].value = "Truck", 7, "only here"
        page["C2"].comment = Comment("ask Eva", "Eva")
        own = book.create_sheet("Sums")
        own["A1"].value, own["B3"].value = "Total", 12.5
        own["C3"].value = "=B3*2"
        book.create_sheet("Changes")["A1"].value = "what we changed"

    new = upgrade(change(path, alter))
    book = load_workbook(new)
    page = book["Datapoints"]
    last = max(cell.column for cell in page[1] if cell.value)
    assert [page.cell(row, last).value for row in (1, 2, 9)] == ["Truck", 7, "only here"]
    assert page["B2"].comment.text == "ask Eva"
    assert (book["Sums"]["A1"].value, book["Sums"]["B3"].value) == ("Total", 12.5)
    assert book["Changes 2"]["A1"].value == "what we changed"
    said = {line[0].split(":")[0]: line for line in changes(new)}
    assert said["Columns stand at other places."][3].startswith("A is A") is False
    assert "A sheet of your own has another name" in said
    assert "A formula without a saved value" in said
    assert lost(path, new) == []


def test_rows_keep_their_numbers_however_many(tmp_path: Path) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)
    path = put(path, "Datapoints", {**DATAPOINT, "External ID": "D-9"}, 1500)
    path = change(path, lambda book: hide(book["Datapoints"], 1500))
    new = upgrade(path)
    assert cells(new, "Datapoints", 1500)["External ID"] == "D-9"
    assert changes(new) == [
        (
            "Rows that were hidden or filtered out are shown now.",
            "sheet Datapoints",
            "",
            "rows 1500",
        )
    ]


def hide(page: Worksheet, row: int) -> None:
    page.row_dimensions[row].hidden = True


def test_sheets_on_request_are_there_again(tmp_path: Path) -> None:
    text = (
        f"{MONTH}\nStatements\nEnd on\n2025-10-31\n\nEntry components\nEntry | Component\nE-1 | C-1"
    )
    new = upgrade(write_book(tmp_path / "old.xlsx", text))
    names = load_workbook(new).sheetnames
    assert {"Statements", "Components", "Entry components"} <= set(names)
    assert "Feedstock types" not in names
    assert cells(new, "Entry components", 2) == {"Entry": "E-1", "Component": "C-1"}


def test_a_book_that_lacks_a_filled_sheet_becomes_a_larger_one(tmp_path: Path) -> None:
    path = template(tmp_path / "old.xlsx", book="cula")

    def alter(book: Workbook) -> None:
        page = book.create_sheet("Datapoints")
        page.append(list(DATAPOINT))
        page.append(list(DATAPOINT.values()))

    new = upgrade(change(path, alter))
    assert cells(new, "Datapoints", 2) == DATAPOINT
    assert any(line[1:3] == ("book cula", "book carbon-import") for line in changes(new))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Datapoints\nExternal ID | Wert | Valeu\nD-1 | 1 | 2", "HEADER_NEAR"),
        ("Datapoints\nExternal ID | Value | VALUE\nD-1 | 1 | 2", "HEADER_TWICE"),
        ("Datapoint\nExternal ID | Value\nD-1 | 1", "SHEET_NAME_NEAR"),
        ("Sums\nx\n1", "SHEET_NONE_KNOWN"),
        ("Datapoints\nExternal ID | Name\nD-1 | x\nExternal ID | Name\nD-2", "SHEET_SECOND_TABLE"),
    ],
)
def test_what_is_not_clear_is_not_guessed(desk: Desk, text: str, code: str) -> None:
    """The same problem as in a check, in the same words."""
    path = desk.book(text)
    (first, *_) = read_old_workbook(path, CATALOG).problems
    assert first.code == code
    assert first in desk.report_check(path).problems


def test_a_title_above_the_header_is_told_and_left(desk: Desk) -> None:
    new = upgrade(desk.book("Datapoints\nOctober\nExternal ID | Name | Type\nD-1 | x | y"))
    assert cells(new, "Datapoints", 3) == {"External ID": "D-1", "Name": "x", "Type": "y"}
    assert any(line[0].startswith("What stands above") for line in changes(new))


def test_a_column_under_an_alias_goes_to_its_own(desk: Desk) -> None:
    new = upgrade(desk.book("Datapoints\nExternal ID | Name | Amount\nD-1 | x | 5"))
    assert cells(new, "Datapoints", 2) == {"External ID": "D-1", "Name": "x", "Value": 5}


def test_what_is_stated_of_dates_and_numbers_goes_over(desk: Desk) -> None:
    stated = "Start here\nDates as text | month first\nNumbers as text | comma"
    new = upgrade(desk.book(f"{MONTH}\n\n{stated}"))
    conventions = read_workbook(new, CATALOG.sheets).conventions
    assert conventions == read_conventions("mdy", "comma")


def test_an_upgrade_of_an_upgrade_has_nothing_to_tell(tmp_path: Path) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)
    once = upgrade(older(path, "Datapoints", "Value", "Amount of it"))
    twice = upgrade(once)
    assert cells(twice, "Datapoints", 2) == DATAPOINT
    assert changes(twice) == []
    assert "Changes 2" not in load_workbook(twice).sheetnames


def test_what_only_an_earlier_list_holds_is_told_again(tmp_path: Path) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)

    def alter(book: Workbook) -> None:
        page, letter = book["Datapoints"], page_end(book)
        page[f"{letter}1"].value, page[f"{letter}2"].value = "Gone", f" {'=x' * 9_000} "
        row = max(each.row for each in book["Meta"]["A"]) + 1
        book["Meta"].cell(row, 1).value = "column: Datapoints: Gone"
        book["Meta"].cell(row, 2).value = "gone"

    once = upgrade(change(path, alter))
    (first,) = changes_joined(once)
    assert first[3] == f" {'=x' * 9_000} "
    assert "its value is only here" in first[0]
    told = (f"An earlier upgrade told at {first[1]}: {first[0]}", "", "", first[3])
    for _ in range(2):
        once = upgrade(once)
        assert changes_joined(once) == [told]


def page_end(book: Workbook) -> str:
    """The first column that is free."""
    return str(book["Datapoints"].cell(1, book["Datapoints"].max_column + 1).column_letter)


def changes_joined(path: Path) -> list[tuple[str, str, str, str]]:
    """The lines of the list, long values in one."""
    found: list[tuple[str, str, str, str]] = []
    for line in changes(path):
        if line[0] == "… and on":
            found[-1] = (*found[-1][:3], found[-1][3] + line[3])
        else:
            found.append(line)
    return found


@pytest.mark.parametrize("title", ["Without External ID", "Not filled in"])
def test_what_a_template_listed_of_the_account_stays_behind(tmp_path: Path, title: str) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)
    listing = Listing(title=title, about="x", widths=(9,), heads=("Service",), lines=(("Cula",),))
    path = change(path, lambda book: write_listing(book.create_sheet(title), listing))
    new = upgrade(path)
    assert not {title, f"{title} 2"} & set(load_workbook(new).sheetnames)
    what = "The columns, notes, marks and pages of earlier commands stay behind."
    assert changes(new) == [(what, f"sheet {title}", "", "")]


@pytest.mark.parametrize("title", ["Without External ID", "Not filled in", "Changes"])
def test_a_sheet_of_the_users_own_under_such_a_name_goes_over(tmp_path: Path, title: str) -> None:
    path = put(template(tmp_path / "old.xlsx"), "Datapoints", DATAPOINT)

    def alter(book: Workbook) -> None:
        book.create_sheet(title)["A1"].value = "ask Eva"

    new = upgrade(change(path, alter))
    book = load_workbook(new)
    assert any(page["A1"].value == "ask Eva" for page in book.worksheets)


def test_pictures_and_macros_are_told(tmp_path: Path) -> None:

    path = write_book(tmp_path / "old.xlsx", MONTH)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/media/image1.png", b"x")
    assert ("What is no cell does not go over.", "", "", "pictures") in changes(upgrade(path))


def test_the_reader_leaves_the_list_of_changes_alone(desk: Desk) -> None:
    new = upgrade(desk.book(MONTH))
    assert {each[0] for each in problems(desk.plan(new))} == set()
