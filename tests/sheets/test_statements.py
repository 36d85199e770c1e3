"""What a workbook states of its dates and numbers on the sheet `Start here`."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from importer.model.manner import Conventions, DateOrder, DecimalSign
from importer.model.problem import Severity
from importer.resources.catalog import CATALOG
from importer.sheets.reading.reader import WorkbookRead, read_workbook
from tests.sheets.builder import SHEETS, change, write_workbook

TEMPLATE = Path(__file__).parents[2] / "templates" / "carbon-import.xlsx"


def read(folder: Path, stated: str) -> WorkbookRead:
    text = f"Loads\nLoad | Weight\nL-1 | 1\n\nStart here\nGuide\n{stated}"
    return read_workbook(write_workbook(folder / "month.xlsx", text), SHEETS)


@pytest.mark.parametrize(
    ("stated", "conventions"),
    [
        (" | Dates as text | day first", Conventions(dates=DateOrder.DAY_FIRST)),
        ("dates as text | Month first", Conventions(dates=DateOrder.MONTH_FIRST)),
        ("Dates as text | DMY", Conventions(dates=DateOrder.DAY_FIRST)),
        ("Numbers as text | decimal comma", Conventions(decimal=DecimalSign.COMMA)),
        ("Numbers as text | point", Conventions(decimal=DecimalSign.POINT)),
        ("Dates as text | ", Conventions()),
        ("Dates as text | ' ", Conventions()),
        ("Dates | day first", Conventions()),
    ],
)
def test_what_is_stated(tmp_path: Path, stated: str, conventions: Conventions) -> None:
    found = read(tmp_path, stated)
    assert found.conventions == conventions
    assert found.problems == ()


def test_a_word_that_nobody_knows_states_nothing_and_has_its_place(tmp_path: Path) -> None:
    found = read(tmp_path, "Dates as text | day first\nNumbers as text | Komma")
    assert found.conventions == Conventions(dates=DateOrder.DAY_FIRST)
    (problem,) = found.problems
    assert (problem.code, str(problem.place)) == (
        "SHEET_WORD_UNKNOWN",
        "Start here!B3 (Numbers as text)",
    )
    assert problem.severity is Severity.WARNING
    assert "“decimal point” or “decimal comma”" in problem.expected


def test_a_sheet_of_another_name_states_nothing(tmp_path: Path) -> None:
    text = "Loads\nLoad | Weight\nL-1 | 1\n\nNotes\nDates as text | day first"
    found = read_workbook(write_workbook(tmp_path / "month.xlsx", text), SHEETS)
    assert found.conventions == Conventions()


def test_the_template_has_a_choice_for_each(tmp_path: Path) -> None:
    """Every word that its lists offer is understood."""
    page = load_workbook(TEMPLATE)["Start here"]
    choices = {
        str(each.sqref): each.formula1.strip('"').split(",")
        for each in page.data_validations.dataValidation
    }
    read_back = set()
    for cell, words in choices.items():
        for word in words:

            def pick(book: Workbook, cell: str = cell, word: str = word) -> None:
                book["Start here"][cell] = word

            path = tmp_path / "month.xlsx"
            path.write_bytes(TEMPLATE.read_bytes())
            found = read_workbook(change(path, pick), CATALOG.sheets)
            assert [each.code for each in found.problems] == ["FILE_NO_ROWS"]
            read_back |= {found.conventions.dates, found.conventions.decimal}
    assert read_back == {None, *DateOrder, *DecimalSign}
    assert read_workbook(TEMPLATE, CATALOG.sheets).conventions == Conventions()
