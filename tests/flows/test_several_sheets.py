"""A workbook made for several configs: each has its sheet, and all of them are emission logs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.flows.present import build_days
from importer.flows.with_existing import write_existing
from importer.model.outcome import Status
from importer.resources.catalog import CATALOG
from importer.sandbox.cula.kinds import LOG
from importer.sheets.titles import SheetNamer
from support import made
from support.desk import Desk, problems
from support.made import CONFIG, Cells, fill
from tests.flows.test_account_template import DIESEL, ELECTRICITY, GAS

THREE = ("Grid electricity", "Natural gas", "Diesel")
FILLED: dict[str, list[Cells]] = {
    "Grid electricity": [ELECTRICITY],
    "Natural gas": [{**GAS, "External ID*": "L-2"}],
    "Diesel": [{**DIESEL, "External ID*": "L-3"}],
}


def make(desk: Desk, *configs: str) -> Path:
    return made.make(desk, {CONFIG: configs})


def test_each_config_has_a_sheet_of_its_own(desk: Desk) -> None:
    workbook = load_workbook(make(desk, *THREE))
    assert workbook.sheetnames[1:4] == list(THREE)
    assert "Emission logs" not in workbook.sheetnames
    headings = {name: [cell.value for cell in workbook[name][1]] for name in THREE}
    assert "Electricity (kWh)*" in headings["Grid electricity"]
    assert "Electricity (kWh)*" not in headings["Diesel"]
    assert all(each[:2] == ["External ID*", "Config"] for each in headings.values())


def test_a_config_that_is_named_twice_has_one_sheet(desk: Desk) -> None:
    workbook = load_workbook(make(desk, "Diesel", "diesel", "Natural gas"))
    assert workbook.sheetnames[1:3] == ["Diesel", "Natural gas"]


def test_all_sheets_go_in_and_are_unchanged_afterwards(desk: Desk) -> None:
    path = fill(make(desk, *THREE), FILLED)
    assert problems(desk.plan(path)) == set()
    report = desk.import_(path)
    assert [(each.sheet, each.row, each.status) for each in report.outcomes] == [
        (name, 2, Status.CREATED) for name in THREE
    ]
    assert len(desk.stored(LOG)) == 3
    results = load_workbook(report.results)
    for name in THREE:
        headings = {cell.value: cell.column for cell in results[name][1]}
        assert results[name].cell(2, headings["Import status"]).value == "created"
        assert str(results[name].cell(2, headings["Import ID"]).value).startswith("eml_")
    before = desk.writes()
    again = desk.import_(Path(report.results))
    assert again.counts == {Status.UNCHANGED: 3}
    assert desk.writes() == before


def test_a_problem_stands_on_the_sheet_that_has_it(desk: Desk) -> None:
    wrong = {**FILLED, "Natural gas": [{**FILLED["Natural gas"][0], "Share of biogas": 1.5}]}
    report = desk.import_(fill(make(desk, *THREE), wrong))
    (problem,) = report.all_problems
    assert (problem.code, problem.place.sheet, problem.place.row) == (
        "CELL_RANGE",
        "Natural gas",
        2,
    )
    assert [each.status.value for each in report.outcomes] == ["created", "invalid", "created"]


def test_one_id_on_two_sheets_is_told_on_both(desk: Desk) -> None:
    twice = {**FILLED, "Diesel": [{**DIESEL, "External ID*": "l-1"}]}
    report = desk.plan(fill(make(desk, *THREE), twice))
    said = {(each.code, str(each.place), each.found) for each in report.all_problems}
    assert said == {
        ("KEY_TWICE", "Grid electricity!A2 (External ID)", "“L-1”, also on Diesel row 2"),
        ("KEY_TWICE", "Diesel!A2 (External ID)", "“l-1”, also on Grid electricity row 2"),
    }


def test_detail_rows_belong_to_a_row_of_any_of_the_sheets(desk: Desk) -> None:
    short = {key: value for key, value in DIESEL.items() if key != "Machine hours*"}
    path = fill(
        make(desk, *THREE),
        {
            **FILLED,
            "Diesel": [{**short, "External ID*": "L-3"}],
            "Emission log values": [
                {"Emission log*": "L-3", "Data point*": "Machine hours", "Value*": 178.5}
            ],
        },
    )
    report = desk.import_(path)
    assert report.counts == {Status.CREATED: 4}


def test_a_sheet_whose_name_nobody_knows_any_more_is_told(desk: Desk) -> None:
    path = fill(make(desk, *THREE), FILLED)
    workbook = load_workbook(path)
    workbook["Diesel"].title = "Machines"
    workbook.save(path)
    report = desk.import_(path)
    assert report.counts == {Status.CREATED: 2}
    (problem,) = report.all_problems
    assert (problem.code, problem.place.sheet) == ("SHEET_LEFT_OUT", "Machines")
    assert problem.found.startswith("1 row under the headers of “Emission logs”")


def test_a_slip_in_the_name_of_a_made_sheet_is_an_error(desk: Desk) -> None:
    path = fill(make(desk, *THREE), FILLED)
    workbook = load_workbook(path)
    workbook["Natural gas"].title = "Natural gass"
    workbook.save(path)
    (problem,) = desk.plan(path).all_problems
    assert (problem.code, problem.place.sheet) == ("SHEET_NAME_NEAR", "Natural gass")
    assert "“Natural gas”" in problem.expected


def test_overlapping_periods_on_two_sheets_are_found(desk: Desk) -> None:
    """The config counts, not the sheet on which someone typed it."""
    moved = {**ELECTRICITY, "External ID*": "L-9", "Period start*": date(2025, 10, 15)}
    rows: dict[str, list[Cells]] = {
        **FILLED,
        "Diesel": [{key: moved[key] for key in list(moved)[:5]}],
        "Emission log values": [
            {"Emission log*": "L-9", "Data point*": "Electricity", "Value*": 12, "Unit": "kWh"},
            {"Emission log*": "L-9", "Data point*": "Meter number", "Value*": "77"},
        ],
    }
    report = desk.plan(fill(make(desk, *THREE), rows))
    assert {(each.code, each.place.sheet) for each in report.all_problems} == {
        ("ROW_OVERLAP", "Grid electricity"),
        ("ROW_OVERLAP", "Diesel"),
    }


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["Diesel", "diesel ", "DIESEL"], ["Diesel", "diesel 2", "DIESEL 3"]),
        (["Files", "meta", "History"], ["Files 2", "meta 2", "History 2"]),
        (["a/b:c*d?[e]\\f", "'quoted'"], ["a-b-c-d-e-f", "quoted"]),
        (["!!!", ""], ["Sheet", "Sheet 2"]),
        (["x" * 40, "x" * 40], ["x" * 30 + "…", "x" * 28 + "… 2"]),
    ],
)
def test_names_that_excel_takes(wanted: list[str], names: list[str]) -> None:
    namer = SheetNamer(["Files"])
    assert [namer.name(each) for each in wanted] == names


def test_what_is_there_stands_on_the_sheet_of_its_config(desk: Desk) -> None:
    desk.import_(fill(make(desk, *THREE), FILLED))
    book, path = replace(CATALOG.books[0], extras=()), desk.folder / "there.xlsx"
    asked = {CONFIG: ("Diesel", "Natural gas")}
    told = write_existing(desk.session, book, path, asked=asked, days=build_days(None, None))
    assert (told.filled["Diesel"], told.filled["Natural gas"]) == (1, 1)
    workbook = load_workbook(path)
    assert [workbook[name].cell(2, 1).value for name in ("Diesel", "Natural gas")] == ["L-3", "L-2"]
    before = desk.writes()
    report = desk.import_(path)
    assert set(report.counts) == {Status.UNCHANGED}
    assert {each.sheet for each in report.outcomes} >= {"Diesel", "Natural gas"}
    assert desk.writes() == before
