"""With a real office program: it opens what we write, and what it saves reads back the same."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from importer.model.outcome import Status
from importer.resources.catalog import CATALOG
from importer.sheets.gate.inspection import inspect
from importer.sheets.gate.kinds import FileKind
from importer.sheets.reading.reader import read_workbook
from importer.sheets.template.rendering import render_template
from tests.sheets.builder import SHEETS, YARD, change, write_workbook
from tests.sheets.runs import annotate, not_a_number, outcome, report, trimmed

pytestmark = [pytest.mark.office, pytest.mark.timeout(180)]

RUN = report(
    [
        outcome(2, carbon=1234.5),
        outcome(3, Status.INVALID, not_a_number(3)),
        outcome(4, Status.CREATED, trimmed(4)),
    ]
)
AGAIN = report([outcome(2), outcome(3), outcome(4)])


def convert(source: Path, folder: Path, kind: str) -> Path:
    office = shutil.which("soffice")
    assert office, "this test needs LibreOffice"
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, "--headless", profile, "--convert-to", kind, "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True, timeout=150)  # ours
    return folder / f"{source.stem}.{kind}"


@pytest.fixture
def month(tmp_path: Path) -> Path:
    path = tmp_path / "month.xlsx"
    path.write_bytes(render_template(YARD, YARD.books[0], version="1.2.3"))

    def fill(workbook: Workbook) -> None:
        page = workbook["Loads"]
        for row, values in enumerate((("L-1", 12.5), ("L-2", "heavy"), ("007", 7)), 2):
            for column, value in enumerate(values, 1):
                page.cell(row, column, value)

    return change(path, fill)


def test_the_template_becomes_a_document(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(render_template(CATALOG, CATALOG.books[0], version="1"))
    assert convert(path, tmp_path / "out", "pdf").read_bytes().startswith(b"%PDF")


def test_results_survive_the_office_program(tmp_path: Path, month: Path) -> None:
    original = read_workbook(month, SHEETS)
    saved = convert(annotate(month, RUN), tmp_path / "out", "xlsx")
    found = read_workbook(saved, SHEETS)
    assert [table.rows for table in found.tables] == [table.rows for table in original.tables]
    assert found.problems == ()
    assert found.meta["template version"] == "1.2.3"


def test_results_go_to_and_fro_between_us_and_the_office_program(
    tmp_path: Path, month: Path
) -> None:
    """With a formula, a picture of the numbers, and notes of both sides."""

    def decorate(workbook: Workbook) -> None:
        page = workbook["Loads"]
        page["B4"], page["F2"] = "=6+6.5", "mine"
        page["F2"].comment = Comment("ask Peter", "Maria")
        chart = BarChart()
        chart.add_data(Reference(page, min_col=2, min_row=1, max_row=4))
        page.add_chart(chart, "N4")

    path = convert(change(month, decorate), tmp_path / "0", "xlsx")
    original = read_workbook(path, SHEETS)
    assert original.tables[0].rows[2].cell("Weight").value == 12.5
    for turn in "12":
        path = annotate(path, RUN)
        assert read_workbook(path, SHEETS).tables == original.tables
        path = convert(path, tmp_path / turn, "xlsx")
        found = read_workbook(path, SHEETS)
        assert [table.rows for table in found.tables] == [t.rows for t in original.tables]
    page = load_workbook(path)["Loads"]
    assert page["F2"].comment.text == "ask Peter"
    assert len(page._charts) == 1
    assert [cell.value for cell in page[1]].count("Import status") == 1


def test_marks_and_notes_are_known_again_after_it(tmp_path: Path, month: Path) -> None:
    saved = convert(annotate(month, RUN), tmp_path / "out", "xlsx")
    before = load_workbook(saved)["Loads"]
    assert before["B3"].comment is not None
    assert any("N(" in each.rules[0].formula[0] for each in before.conditional_formatting)
    page = load_workbook(annotate(saved, AGAIN))["Loads"]
    assert page["B3"].comment is None
    assert page["A1"].comment is not None
    formulas = [rule.formula[0] for each in page.conditional_formatting for rule in each.rules]
    assert len(formulas) == 3
    assert all("OR(" in formula for formula in formulas)
    headers = [cell.value for cell in page[1]]
    assert headers.count("Import status") == 1


def test_an_old_workbook_is_named(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", "Loads\nLoad | Weight\nEncryptedPackage | 1")
    assert inspect(convert(path, tmp_path / "out", "xls")) is FileKind.XLS


def test_an_open_document_is_named(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", "Loads\nLoad | Weight\nL-1 | 1")
    assert inspect(convert(path, tmp_path / "out", "ods")) is FileKind.ODS


def test_formulas_get_their_results_when_saved_once(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", "Loads\nLoad | Weight\nL-1 | =6+6.5")
    saved = convert(annotate(path, report([outcome(2)])), tmp_path / "out", "xlsx")
    assert read_workbook(saved, SHEETS).tables[0].rows[0].cell("Weight").value == 12.5


def test_a_list_of_an_account_may_be_long(tmp_path: Path) -> None:
    """Over 255 characters and over 1,000 items: a range on the hidden sheet, there as here."""
    sites = tuple(
        f"Site {number:04} of a company with a rather long name" for number in range(1500)
    )
    logs = CATALOG.resource("emission-log")
    columns = tuple(
        replace(each, choices=sites) if each.header == "Site" else each
        for each in logs.sheet.columns
    )
    made = replace(logs, sheet=replace(logs.sheet, columns=columns))
    others = tuple(made if each is logs else each for each in CATALOG.resources)
    path = tmp_path / "long.xlsx"
    catalog = replace(CATALOG, resources=others)
    path.write_bytes(render_template(catalog, CATALOG.books[0], version="1"))
    workbook = load_workbook(convert(path, tmp_path / "out", "xlsx"))
    page = workbook["Emission logs"]
    (column,) = (cell.column_letter for cell in page[1] if cell.value == "Site*")
    (rule,) = (each for each in page.data_validations.dataValidation if f"{column}2" in each.sqref)
    sheet, _, block = str(rule.formula1).replace("$", "").partition("!")
    offered = [cell.value for (cell,) in workbook[sheet.strip("'")][block]]
    assert (rule.type, tuple(offered)) == ("list", sites)
    assert workbook["Lists"].sheet_state == "hidden"
