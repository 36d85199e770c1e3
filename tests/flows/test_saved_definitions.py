"""A check without network, by the definitions that lie in a workbook made for an account."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from support import made
from support.desk import Desk
from support.made import Cells, fill
from tests.flows.test_account_template import DIESEL, ELECTRICITY


def build(desk: Desk, config: str, row: Cells, **more: list[Cells]) -> Path:
    return fill(made.make(desk, {made.CONFIG: (config,)}), {"Emission logs": [row], **more})


def said(desk: Desk, path: Path) -> set[tuple[str, str, str]]:
    return {
        (each.code, str(each.place.cell), each.severity.value)
        for each in desk.report_check(path).all_problems
    }


def test_what_is_right_is_right_and_says_by_what(desk: Desk) -> None:
    asked = len(desk.requests())
    path = build(desk, "Grid electricity", ELECTRICITY)
    asked = len(desk.requests())
    report = desk.report_check(path)
    assert len(desk.requests()) == asked, "a check asks nobody"
    assert (report.counts, report.all_problems) == ({Status.SKIPPED: 1}, ())
    (source,) = report.notes
    assert source.startswith("Checked by the configs and templates as they were at ")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"Config": "Steam"}, ("REF_UNKNOWN_NAME", "B2", "error")),
        ({"Site*": "Nowhere"}, ("REF_UNKNOWN_NAME", "C2", "error")),
        ({"Electricity (kWh)*": "much"}, ("CELL_NOT_A_NUMBER", "H2", "error")),
        ({"Renewable share": 1.5}, ("CELL_RANGE", "I2", "error")),
        ({"Estimated reading": "perhaps"}, ("CELL_NOT_YES_OR_NO", "L2", "error")),
        ({"Meter number*": None}, ("REF_INCOMPLETE", "B2", "warning")),
    ],
)
def test_a_wrong_cell_is_named(desk: Desk, row: Cells, problem: tuple[str, str, str]) -> None:
    path = build(desk, "Grid electricity", {**ELECTRICITY, **row})
    assert said(desk, path) == {problem}


def test_a_choice_of_the_config_and_its_detail_rows(desk: Desk) -> None:
    rows: list[Cells] = [{"Emission log*": "L-1", "Data point*": "Nonsense", "Value*": 1}]
    path = build(desk, "Diesel", {**DIESEL, "Fuel grade": "Coal"}, **{"Emission log values": rows})
    assert {(code, severity) for code, _, severity in said(desk, path)} == {
        ("CELL_CHOICE", "error"),
        ("REF_UNKNOWN_NAME", "error"),
    }


def test_results_keep_the_definitions(desk: Desk) -> None:
    path = build(desk, "Grid electricity", ELECTRICITY)
    results = Path(desk.import_(path).results)
    workbook = load_workbook(results)
    assert workbook["Definitions"].sheet_state == "hidden"
    assert desk.report_check(results).all_problems == ()
    assert desk.report_check(results).notes[0].startswith("Checked by the configs")
