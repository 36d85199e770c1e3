"""A blank Config or Template on a sheet that was made for one means that one."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.isometric.kinds import ENTRY
from support import made
from support.desk import Desk, by_row, problems
from support.made import CONFIG, TEMPLATE, fill
from tests.flows.account_books import FILLED
from tests.flows.test_account_template import DIESEL, ELECTRICITY, GAS
from tests.flows.test_number_template import build_row

BLANK = {**ELECTRICITY, "Config": None}
LOGS = "Emission logs"


def build(desk: Desk, *rows: made.Cells) -> Path:
    return fill(made.make(desk, {CONFIG: ("Grid electricity",)}), {LOGS: list(rows)})


def rewrite(path: Path, fact: str, value: str | None) -> Path:
    """The workbook with another fact on its hidden sheet."""
    book = load_workbook(path)
    (cells,) = (each for each in book["Meta"].iter_rows() if each[0].value == fact)
    cells[1].value = value
    book.save(path)
    return path


def test_a_log_without_a_config(desk: Desk) -> None:
    path = build(desk, BLANK)
    assert desk.report_check(path).all_problems == ()
    assert problems(desk.plan(path)) == set()
    report = desk.import_(path)
    assert report.counts == {Status.CREATED: 1}
    assert desk.import_(Path(report.results)).counts == {Status.UNCHANGED: 1}
    assert desk.import_(build(desk, ELECTRICITY)).counts == {Status.UNCHANGED: 1}
    assert len(desk.stored(LOG)) == 1


def test_an_entry_without_a_template(desk: Desk) -> None:
    path = made.make(desk, {TEMPLATE: ("Biochar production batch",)})
    page = load_workbook(path)["Entries"]
    fill(path, {"Entries": [{**build_row(page), "Template": None}]})
    assert desk.import_(path).counts == {Status.CREATED: 1}
    assert len(desk.stored(ENTRY)) == 1


def test_each_of_several_sheets_has_its_own(desk: Desk) -> None:
    path = made.make(desk, {CONFIG: tuple(FILLED)})
    fill(path, {name: [{**row, "Config": None} for row in rows] for name, rows in FILLED.items()})
    report = desk.import_(path)
    assert (report.counts, report.all_problems) == ({Status.CREATED: 3}, ())


def test_the_column_says_so_and_is_not_marked(desk: Desk) -> None:
    page = load_workbook(made.make(desk, {CONFIG: ("Diesel",)}))[LOGS]
    assert page["B1"].value == "Config"
    assert "Optional: blank means Diesel." in page["B1"].comment.text


def test_another_config_in_the_cell_is_a_problem_still(desk: Desk) -> None:
    path = build(desk, {**ELECTRICITY, "Config": "Natural gas"})
    assert ("REF_UNKNOWN_NAME", f"{LOGS}!H2") in problems(desk.plan(path))


def test_a_mistake_in_such_a_row_calls_the_config_by_its_name(desk: Desk) -> None:
    rows: list[made.Cells] = [{"Emission log": "L-1", "Data point": "Nonsense", "Value": 1}]
    path = fill(build(desk, BLANK), {"Emission log values": rows})
    for report in (desk.plan(path), desk.report_check(path)):
        (problem,) = report.all_problems
        assert problem.found == "“Nonsense”, which “Grid electricity” does not have"


def test_a_config_under_another_name_by_now_is_the_same(desk: Desk) -> None:
    path = rewrite(build(desk, BLANK), "made for the name: Emission logs", "Power")
    assert desk.import_(path).counts == {Status.CREATED: 1}


def test_a_config_that_is_gone_is_named(desk: Desk) -> None:
    path = rewrite(build(desk, BLANK), "made for: Emission logs", "elc_gone")
    (problem,) = desk.plan(path).all_problems
    assert (problem.code, problem.place.cell) == ("REF_UNKNOWN_NAME", "B2")
    assert "“Grid electricity”" in problem.found


def test_blank_and_named_rows_of_one_config_overlap(desk: Desk) -> None:
    path = build(desk, BLANK, {**ELECTRICITY, "External ID": "L-2"})
    assert [each.code for each in desk.report_check(path).all_problems] == ["ROW_OVERLAP"] * 2


@pytest.mark.parametrize("row", [GAS, DIESEL])
def test_a_sheet_that_was_made_for_none_needs_one(desk: Desk, row: made.Cells) -> None:
    own = {name: row[name] for name in list(row)[:5]}
    path = fill(made.make(desk, {}), {LOGS: [{**own, "Config": None}]})
    report = desk.plan(path)
    assert ("CELL_REQUIRED", f"{LOGS}!B2") in problems(report)
    assert by_row(report)[LOGS, 2].status is Status.INVALID


def test_a_sheet_under_another_name_needs_one(desk: Desk) -> None:
    """It is not known any more what it was made for."""
    path = rewrite(build(desk, BLANK), "made for: Emission logs", None)
    assert ("CELL_REQUIRED", f"{LOGS}!B2") in problems(desk.plan(path))
