"""A config that was changed after the workbook was made from it: said, and what fits goes in."""

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from importer.reporting.page_words import reword
from importer.sandbox.cula.kinds import CONFIG, CONFIG_VERSION
from support import made
from support.desk import Desk
from support.made import fill
from tests.flows.test_account_template import DIESEL, ELECTRICITY

Points = list[dict[str, Any]]


def change(desk: Desk, config: str, alter: Callable[[Points], Points]) -> None:
    """A new active version of a config, as someone makes it on the service's own page."""
    store = desk.twin.store
    for each in store.select(CONFIG):
        version = store.read(CONFIG_VERSION, each.body["active_version_id"]).body
        if version["name"] != config:
            continue
        points = alter([dict(point) for point in version["data_point_configs"]])
        newer = {**version, "id": f"{version['id']}N", "data_point_configs": points}
        store.insert(CONFIG_VERSION, newer, parent=each.id)
        store.change(CONFIG, each.id, {"active_version_id": newer["id"]})
    desk.session.account.forget("emission-log-config") if desk.session.account else None


def rename(old: str, new: str) -> Callable[[Points], Points]:
    return lambda points: [
        {**each, "name": new} if each["name"] == old else each for each in points
    ]


def take_out(name: str) -> Callable[[Points], Points]:
    return lambda points: [each for each in points if each["name"] != name]


def alter(name: str, **changes: object) -> Callable[[Points], Points]:
    return lambda points: [{**each, **changes} if each["name"] == name else each for each in points]


def add(like: str, name: str, **changes: object) -> Callable[[Points], Points]:
    """A further data point like one that is there."""

    def added(points: Points) -> Points:
        (pattern,) = (each for each in points if each["name"] == like)
        return [*points, {**pattern, "id": "dpc_new", "name": name, **changes}]

    return added


def electricity(desk: Desk) -> Any:
    return fill(
        made.make(desk, {made.CONFIG: ("Grid electricity",)}), {"Emission logs": [ELECTRICITY]}
    )


def said(desk: Desk, path: Any) -> list[tuple[str, str, str]]:
    return [(each.code, each.place.cell, each.found) for each in desk.plan(path).all_problems]


def test_an_account_that_did_not_move_says_nothing(desk: Desk) -> None:
    assert said(desk, electricity(desk)) == []


@pytest.mark.parametrize(
    ("alter", "words"),
    [
        (rename("Meter number", "Meter serial"), "“Meter number” is called “Meter serial”"),
        (alter("Meter number", is_mandatory=False), "“Meter number” may stay blank"),
        (add("Meter number", "Shift", is_mandatory=False), "“Shift” is new"),
        (
            alter("Renewable share", default_input_value=0.2),
            "“Renewable share” left blank is 20 % in a new record",
        ),
        (
            alter("Renewable share", validation={"min": 0.1, "max": 0.9}),
            "“Renewable share” has other limits: 0.1 or more and 0.9 or less",
        ),
    ],
)
def test_what_still_fits_goes_in_beside_the_difference(
    desk: Desk, alter: Callable[[Points], Points], words: str
) -> None:
    path = electricity(desk)
    change(desk, "Grid electricity", alter)
    report = desk.import_(path)
    (problem,) = report.all_problems
    assert (problem.code, problem.place.sheet) == ("SHEET_DEFINITION_MOVED", "Emission logs")
    assert problem.found.endswith(f": {words}")
    assert "importer template --upgrade FILE --target NAME -o NEW.xlsx" in problem.remedy
    (on_page,) = reword(report).all_problems
    assert "--" not in on_page.remedy, "a page takes no options"
    assert "on the command line of the importer" in on_page.remedy
    assert report.counts == {Status.CREATED: 1}


def test_a_value_for_what_is_gone_is_told_at_its_cell(desk: Desk) -> None:
    path = electricity(desk)
    change(desk, "Grid electricity", take_out("Meter number"))
    moved, gone = said(desk, path)
    assert moved[2].endswith("“Meter number” is gone")
    assert gone[:2] == ("REF_UNKNOWN_NAME", "J2")


def test_what_must_be_filled_in_now_is_named(desk: Desk) -> None:
    path = electricity(desk)
    change(desk, "Grid electricity", add("Meter number", "Contract"))
    moved, missing = said(desk, path)
    assert moved[2].endswith("“Contract” is new and must be filled in")
    assert missing[0] == "REF_INCOMPLETE"
    assert "“Contract”" in missing[2]


def test_a_choice_that_is_no_more_is_told_with_those_of_today(desk: Desk) -> None:
    path = made.make(desk, {made.CONFIG: ("Diesel",)})
    fill(path, {"Emission logs": [DIESEL]})
    options = {"options": [{"label": "Synthetic diesel", "value": "synthetic"}]}
    change(desk, "Diesel", alter("Fuel grade", select_config=options))
    moved, wrong = said(desk, path)
    assert moved[2].endswith("“Fuel grade” is one of Synthetic diesel")
    assert wrong[0] == "CELL_CHOICE"


def test_another_unit_is_told(desk: Desk) -> None:
    path = electricity(desk)
    change(desk, "Grid electricity", alter("Electricity", amount_base="weight"))
    found = said(desk, path)
    assert "“Electricity” is in kg, t, lbs, shortton, not in kWh" in found[0][2]
    assert {each[0] for each in found[1:]} == {"CELL_UNIT"}


def test_a_damaged_definitions_sheet_is_as_good_as_none(desk: Desk) -> None:
    path = electricity(desk)
    workbook = load_workbook(path)
    workbook["Definitions"].cell(2, 3).value = "{"
    workbook.save(path)
    change(desk, "Grid electricity", rename("Meter number", "Meter serial"))
    assert said(desk, path) == []


def test_a_name_of_the_account_is_never_a_formula(desk: Desk) -> None:
    change(desk, "Grid electricity", rename("Meter number", "=1+1"))
    workbook = load_workbook(made.make(desk, {made.CONFIG: ("Grid electricity",)}))
    cells = [cell for page in workbook for row in page.iter_rows() for cell in row]
    (heading,) = (cell for cell in cells if cell.value == "=1+1*")
    assert heading.data_type == "s"
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
