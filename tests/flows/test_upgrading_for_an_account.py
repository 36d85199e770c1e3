"""Upgrades of workbooks that were made for an account whose configs have changed since."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from importer.flows.belonging import find_foreign
from importer.model.outcome import Status
from importer.resources.catalog import CATALOG
from importer.sandbox.cula.kinds import CONFIG as CONFIG_KIND
from importer.sandbox.cula.kinds import CONFIG_VERSION
from importer.sheets.meta import find_organisations
from importer.sheets.upgrade.old_workbook import read_old_workbook
from support.desk import Desk, problems
from support.made import CONFIG, fill, make
from support.upgrades import changes, lost, upgrade
from tests.flows.account_books import FILLED, fill_in, make_unowned
from tests.flows.test_account_template import DIESEL, ELECTRICITY, GAS
from tests.flows.test_moved import add, alter, rename, take_out
from tests.flows.test_moved import change as change_config
from tests.sheets.builder import change

pytestmark = pytest.mark.slow

LOGS = "Emission logs"
GONE = "The column is not part of the template any more, so its value is only here."


def electricity(desk: Desk) -> Path:
    return fill(make(desk, {CONFIG: ("Grid electricity",)}, "old.xlsx"), {LOGS: [ELECTRICITY]})


def row(path: Path, title: str, number: int = 2) -> dict[str, Any]:
    page = load_workbook(path)[title]
    return {
        str(cell.value): page.cell(number, cell.column).value
        for cell in page[1]
        if cell.value and page.cell(number, cell.column).value is not None
    }


def test_an_account_that_did_not_move_changes_nothing(desk: Desk) -> None:
    path = fill_in(make_unowned(desk))
    new = upgrade(path, desk)
    assert changes(new) == []
    assert load_workbook(new).sheetnames[2:5] == list(FILLED)
    assert lost(path, new) == []
    assert problems(desk.plan(new)) == set()


def test_an_import_after_an_upgrade_is_unchanged(desk: Desk) -> None:
    path = electricity(desk)
    results = Path(desk.import_(path).results)
    before = desk.writes()
    assert desk.import_(upgrade(results, desk)).counts == {Status.UNCHANGED: 1}
    assert desk.writes() == before


def test_a_data_point_under_another_name(desk: Desk) -> None:
    path = electricity(desk)
    change_config(desk, "Grid electricity", rename("Meter number", "Meter"))
    new = upgrade(path, desk)
    assert row(new, LOGS)["Meter*"] == "735999100012"
    said = [line for line in changes(new) if "Meter" in line[1]]
    assert said[0] == (
        "The column has another name.",
        "Emission logs!J1 (Meter number*)",
        "Emission logs!J1 (Meter*)",
        "",
    )
    assert problems(desk.plan(new)) == set()


def test_a_data_point_that_is_gone(desk: Desk) -> None:
    path = electricity(desk)
    change_config(desk, "Grid electricity", take_out("Renewable share"))
    new = upgrade(path, desk)
    assert (GONE, "Emission logs!I2 (Renewable share)", "", "0.62") in changes(new)
    assert lost(path, new) == []
    assert problems(desk.plan(new)) == set()


def test_a_data_point_that_is_new(desk: Desk) -> None:
    path = electricity(desk)
    change_config(desk, "Grid electricity", add("Meter number", "Second meter"))
    (line,) = changes(upgrade(path, desk))
    assert line[0] == "A new column, and must be filled in."
    assert line[2].endswith("(Second meter*)")


def test_a_data_point_that_was_made_anew_is_found_by_its_name(desk: Desk) -> None:
    path = electricity(desk)
    change_config(desk, "Grid electricity", alter("Meter number", id="dpc_other"))
    new = upgrade(path, desk)
    assert row(new, LOGS)["Meter number*"] == "735999100012"
    assert [line[0] for line in changes(new)] == [
        "The column is another one of the same name in your account."
    ]
    assert problems(desk.plan(new)) == set()


def test_what_is_asked_for_is_told_at_the_column(desk: Desk) -> None:
    path = electricity(desk)
    change_config(
        desk,
        "Grid electricity",
        alter(
            "Renewable share",
            is_mandatory=True,
            default_input_value=None,
            validation={"min": 0, "max": 0.5},
        ),
    )
    new = upgrade(path, desk)
    said = [line[0] for line in changes(new)]
    assert "“Renewable share” must be filled in" in said
    assert any(each.startswith("“Renewable share” has other limits") for each in said)
    assert row(new, LOGS)["Renewable share*"] == 0.62
    assert ("CELL_RANGE", "Emission logs!I2") in problems(desk.plan(new))


def test_numbers_go_on_meaning_what_they_meant(desk: Desk) -> None:
    """84,230 kWh must not become 84,230 kg; that the unit does not fit is told by the plan."""
    path = electricity(desk)
    change_config(
        desk,
        "Grid electricity",
        alter("Electricity", amount_base="temperature", validation=None),
    )
    new = upgrade(path, desk)
    assert row(new, LOGS)["Electricity (kWh)*"] == 84230
    assert any(
        line[0].startswith("The unit is celsius now, and the heading keeps kWh")
        for line in changes(new)
    )
    assert "CELL_UNIT" in {code for code, _ in problems(desk.plan(new))}


def test_a_unit_that_gets_a_column_of_its_own(desk: Desk) -> None:
    path = electricity(desk)
    change_config(
        desk,
        "Grid electricity",
        alter("Electricity", amount_base="weight", validation=None),
    )
    new = upgrade(path, desk)
    assert row(new, LOGS)["Electricity*"] == 84230
    assert row(new, LOGS)["Electricity unit"] == "kWh"
    assert any(
        line[3] == "kWh" and line[0].startswith("The unit has a column") for line in changes(new)
    )


def test_a_unit_whose_column_is_gone(desk: Desk) -> None:
    path = fill(
        make(desk, {CONFIG: ("Natural gas",)}, "old.xlsx"),
        {LOGS: [{**GAS, "Gas volume unit": "l"}]},
    )
    change_config(desk, "Natural gas", rename("Gas volume", "Gas"))
    change_config(desk, "Natural gas", alter("Gas", amount_base="watt_hours"))
    new = upgrade(path, desk)
    filled = row(new, LOGS)
    assert (filled["Gas (kWh)*"], filled["Gas volume unit"]) == (1286.4, "l")
    assert ("CELL_UNIT", "Emission logs!L2") in problems(desk.plan(new))
    assert [line[1:3] for line in changes(new)][:1] == [
        ("Emission logs!H1 (Gas volume*)", "Emission logs!H1 (Gas (kWh)*)")
    ]


def rename_config(desk: Desk, old: str, new: str) -> None:
    store = desk.twin.store
    for each in store.select(CONFIG_KIND):
        version = store.read(CONFIG_VERSION, each.body["active_version_id"]).body
        if version["name"] == old:
            newer = {**version, "id": f"{version['id']}M", "name": new}
            store.insert(CONFIG_VERSION, newer, parent=each.id)
            store.change(CONFIG_KIND, each.id, {"active_version_id": newer["id"]})


def test_a_config_under_another_name(desk: Desk) -> None:
    path = electricity(desk)
    rename_config(desk, "Grid electricity", "Power")
    new = upgrade(path, desk)
    assert row(new, LOGS)["Config"] == "Power"
    assert (
        "What the cell names is called Power now.",
        "Emission logs!B2 (Config)",
        "Emission logs!B2 (Config)",
        "Grid electricity",
    ) in changes(new)
    assert problems(desk.plan(new)) == set()


def without(config: str) -> Callable[[Workbook], object]:
    """The workbook as if it had been made for a config that is not in the account any more."""

    def alter_meta(book: Workbook) -> None:
        for line in book["Meta"].iter_rows():
            if line[0].value == f"made for: {config}":
                line[1].value = "elc_gone"

    return alter_meta


@pytest.mark.parametrize(
    "configs", [("Diesel", "Grid electricity"), ("Diesel", "Grid electricity", "Natural gas")]
)
def test_rows_of_a_config_that_is_gone_stand_on_the_plain_sheet(
    desk: Desk, configs: tuple[str, ...]
) -> None:
    path = fill(make(desk, {CONFIG: configs}, "old.xlsx"), {each: FILLED[each] for each in configs})
    change(path, without("Diesel"))
    new = upgrade(path, desk)
    titles = load_workbook(new).sheetnames
    assert LOGS in titles
    assert "Diesel" not in titles
    assert set(configs[1:]) <= set(titles)
    carried = row(new, LOGS)
    assert {each.rstrip("*"): value for each, value in carried.items() if value is not None} == {
        each.rstrip("*"): row(path, "Diesel")[each] for each in row(path, "Diesel")
    }
    assert changes(new)[0][1:] == ("sheet Diesel", f"sheet {LOGS}", "Diesel (elc_gone)")
    assert problems(desk.plan(new)) == set()
    assert set(desk.import_(new).counts) == {"created"}


def test_a_blank_config_that_is_gone_stands_in_its_cell(desk: Desk) -> None:
    """A blank cell has meant the config of its sheet, and would mean nothing on the plain one."""
    path = fill(
        make(desk, {CONFIG: ("Diesel", "Grid electricity")}, "old.xlsx"),
        {
            "Diesel": [{**DIESEL, "External ID": "L-3", "Config": None}],
            "Grid electricity": [ELECTRICITY],
        },
    )
    new = upgrade(change(path, without("Diesel")), desk)
    assert row(new, LOGS)["Config*"] == "Diesel"
    what = "What a blank cell has meant on its sheet is filled in."
    told = (what, "Diesel!B2 (Config)", f"{LOGS}!B2 (Config*)", "Diesel")
    assert told in changes(new)
    assert problems(desk.plan(new)) == set()


def test_a_blank_config_that_is_still_there_stays_blank(desk: Desk) -> None:
    path = fill(make(desk, {CONFIG: ("Diesel",)}, "old.xlsx"), {LOGS: [{**DIESEL, "Config": None}]})
    new = upgrade(path, desk)
    assert "Config" not in row(new, LOGS)
    assert changes(new) == []


def test_rows_of_the_only_config_that_is_gone_are_not_passed_over(desk: Desk) -> None:
    path = fill(
        make(desk, {CONFIG: ("Diesel",)}, "old.xlsx"),
        {LOGS: [{**DIESEL, "Config": "Natural gas"}]},
    )
    new = upgrade(change(path, without(LOGS)), desk)
    found = problems(desk.plan(new))
    assert ("REF_UNKNOWN_NAME", "Emission logs!H2") in found


def test_a_workbook_of_another_account(desk: Desk) -> None:
    old = read_old_workbook(electricity(desk), CATALOG)
    made_for = find_organisations(old.meta)
    assert find_foreign(made_for, made_for) is None
    problem = find_foreign(made_for, {**made_for, "cula": "org_other"})
    assert problem is not None
    assert problem.code == "FILE_OTHER_ACCOUNT"
    assert "this target: org_other" in problem.found
