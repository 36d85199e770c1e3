"""Workbooks in other formats come back as .xlsx, with a status in each row and every mark."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.flows.batch import collect_files
from importer.resources.catalog import CATALOG
from importer.sheets.reading.opening import open_contents
from support.desk import Desk, problems, statuses

TEXT = """External ID;Name;Type;Value;Unit;Description
D-1;Biochar produced;REPORTED;840,5;kg;=Weighbridge
D-2;Diesel on site;REPORTED;1.234;L;Fuel log
"""
ENTRIES = "External ID;Template;Started on;Completed on\n"


def column(path: Path, header: str, sheet: str = "Datapoints") -> list[object]:
    page = load_workbook(path)[sheet]
    (number,) = [cell.column for cell in page[1] if cell.value == header]
    return [page.cell(row, number).value for row in range(2, page.max_row + 1)]


def test_a_text_file_comes_back_as_a_workbook(desk: Desk) -> None:
    path = desk.folder / "Datapoints.csv"
    path.write_text(TEXT)
    report = desk.import_(path)
    assert statuses(report) == {"Datapoints": ["created", "invalid"]}
    assert problems(report) == {("CELL_AMBIGUOUS", "Datapoints!D3")}
    results = desk.folder / "Datapoints.results.xlsx"
    assert report.results == str(results)
    assert column(results, "Import status") == ["created", "invalid"]
    assert column(results, "Description") == ["=Weighbridge", "Fuel log"]
    assert path.read_text() == TEXT
    again = desk.import_(results)
    assert statuses(again) == {"Datapoints": ["unchanged", "invalid"]}


def test_a_folder_of_text_files_is_one_workbook(desk: Desk) -> None:
    folder = desk.folder / "october"
    folder.mkdir()
    (folder / "Datapoints.csv").write_text(TEXT)
    (folder / "entries.csv").write_text(ENTRIES)
    (folder / "~$Datapoints.csv").write_text("lock")
    (folder / "notes.csv").write_text("a;b\n")
    collected = collect_files([folder], CATALOG.sheets)
    assert collected.files == (folder,)
    assert any("no sheet is called notes" in note for note in collected.notes)
    report = desk.import_(folder)
    assert statuses(report) == {"Datapoints": ["created", "invalid"]}
    assert report.results == str(desk.folder / "october.results.xlsx")


def test_a_folder_with_another_workbook_is_taken_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "Datapoints.csv").write_text(TEXT)
    (tmp_path / "october.ods").write_bytes(b"")
    names = [each.name for each in collect_files([tmp_path], CATALOG.sheets).files]
    assert names == ["Datapoints.csv", "october.ods"]


def test_a_folder_that_is_named_by_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Datapoints.csv").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    assert collect_files([Path()], CATALOG.sheets).files == (tmp_path,)


def test_a_zip_brings_its_evidence_along(desk: Desk) -> None:
    path = desk.folder / "october.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "Sources.csv",
            "External ID;Name;File;Published on\nS-1;Bridge log;log.pdf;2025-10-31\n",
        )
        package.writestr("log.pdf", b"%PDF-1.7 weighed")
    report = desk.import_(path)
    assert statuses(report) == {"Sources": ["created"]}
    assert column(desk.folder / "october.results.xlsx", "Import status", "Sources") == ["created"]


def test_what_a_reader_does_not_see_is_said_in_the_results(desk: Desk) -> None:
    path = desk.folder / "loads.xls"
    path.write_bytes((Path(__file__).parents[1] / "sheets/formats/loads.xls").read_bytes())
    report = desk.import_(path)
    assert ("FILE_SEEN_IN_PART", "!0") in problems(report)
    contents = open_contents(desk.folder / "loads.results.xlsx")
    assert [grid.title for grid in contents.grids][:2] == ["Loads", "Secret"]
