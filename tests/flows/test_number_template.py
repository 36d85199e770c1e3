"""The template of a GHG entry template: a number per input, and what belongs to it folded away."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, problems
from tests.flows.number_books import MASS, OF_MASS, build_numbers
from tests.flows.test_account_template import TEMPLATE, fill, make

pytestmark = pytest.mark.slow

INPUT = "Biochar carbon stored, Biochar mass (kg)*"
BESIDE = ("standard deviation", "measured at", "sources")


def make_template(desk: Desk) -> tuple[Path, Worksheet]:
    path = make(desk, TEMPLATE, "Biochar production batch")
    return path, load_workbook(path)["Entries"]


def find_columns(page: Worksheet) -> dict[str, str]:
    """The letters of the columns by their headings."""
    return {str(cell.value): cell.column_letter for cell in page[1]}  # type: ignore[union-attr]  # never merged


def build_row(page: Worksheet) -> dict[str, object]:
    """The sample entry's row, by the headings of the template; a number for each input."""
    (entry,) = build_numbers()["Entries"]
    row: dict[str, object] = {}
    for name, value in entry.items():
        fitting = [
            each
            for each in find_columns(page)
            if each.split(" (")[0].rstrip("*").casefold() == name.casefold()
        ]
        row[fitting[0]] = value
    return row


def test_what_belongs_to_a_number_is_folded_away_beside_it(desk: Desk) -> None:
    _, page = make_template(desk)
    columns = find_columns(page)
    headings = list(columns)
    at = headings.index(INPUT)
    name = "Biochar carbon stored, Biochar mass"
    assert headings[at + 1 : at + 4] == [f"{name} {each}" for each in BESIDE]
    folded = {
        heading
        for heading, letter in columns.items()
        if page.column_dimensions[letter].outlineLevel == 1
    }
    assert folded == {each for each in headings if each.endswith(BESIDE)}
    assert len(folded) == 3 * 13
    assert all(page.column_dimensions[columns[each]].hidden for each in folded)
    assert page.column_dimensions[columns[INPUT]].collapsed
    assert page.sheet_properties.outlinePr.summaryRight is False


def test_a_cell_of_an_input_is_kept_as_the_number_that_was_typed(desk: Desk) -> None:
    _, page = make_template(desk)
    letter = find_columns(page)[INPUT]
    assert page.column_dimensions[letter].number_format == "General"
    assert "a plain number in kg, or the External ID" in str(page[f"{letter}1"].comment.text)
    (validation,) = [
        each for each in page.data_validations.dataValidation if f"{letter}2" in str(each.sqref)
    ]
    assert not validation.showErrorMessage, "typing a number is no mistake"


def test_it_is_filled_in_and_read_back(desk: Desk) -> None:
    path, page = make_template(desk)
    row = build_row(page)
    name = "Biochar carbon stored, Biochar mass"
    row |= {f"{name} standard deviation": 45, f"{name} measured at": datetime(2026, 10, 14, 9, 30)}
    fill(path, {"Entries": [row]})
    report = desk.import_(path)
    assert problems(report) == set()
    assert report.counts == {Status.CREATED: 1}
    found = desk.stored(DATAPOINT)[OF_MASS]
    assert found["quantity"] == {"magnitude": 18240, "unit": "kg", "standard_deviation": 45}
    before = desk.writes()
    for each in (path, desk.folder / "made.results.xlsx"):
        assert desk.import_(each).counts == {Status.UNCHANGED: 1}
    assert desk.writes() == before


def test_what_the_template_writes_down_about_such_a_column(desk: Desk) -> None:
    path, _ = make_template(desk)
    facts = {str(row[0].value): row[1].value for row in load_workbook(path)["Meta"].iter_rows()}
    fact = facts["column: Entries: Biochar carbon stored, Biochar mass measured at"]
    assert str(fact).endswith("/biochar_mass#measured-at")


@pytest.mark.parametrize("ending", BESIDE)
def test_a_row_with_nothing_but_a_cell_beside_a_number_is_a_row(desk: Desk, ending: str) -> None:
    path, _ = make_template(desk)
    heading = f"Biochar carbon stored, Biochar mass {ending}"
    fill(path, {"Entries": [{heading: date(2026, 10, 1)}]})
    assert desk.report_check(path).counts == {Status.INVALID: 1}


def test_a_workbook_without_the_hidden_sheet_is_read_by_its_headings(desk: Desk) -> None:
    path, page = make_template(desk)
    row = build_row(page)
    row["Biochar carbon stored, Biochar mass standard deviation"] = 45
    fill(path, {"Entries": [row]})
    book = load_workbook(path)
    del book["Meta"]
    book.save(path)
    assert desk.import_(path).counts == {Status.CREATED: 1}
    assert desk.stored(DATAPOINT)[OF_MASS]["quantity"]["standard_deviation"] == 45
    assert MASS.casefold() in INPUT.casefold()
