"""Data points whose names are read as one heading: each has its own, and a value its own point."""

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from support import made
from support.desk import Desk, problems
from tests.flows.test_account_template import ELECTRICITY
from tests.flows.test_moved import add, change
from tests.laws.slots import find_sheets


@pytest.mark.parametrize(
    "name", ["Meter-number", "METER NUMBER", "Files", "site", "Import status", "%", "Electricity"]
)
def test_a_value_goes_to_the_point_that_its_column_was_made_for(desk: Desk, name: str) -> None:
    change(desk, "Grid electricity", add("Meter number", name, is_mandatory=False))
    path = made.make(desk, {made.CONFIG: ("Grid electricity",)})
    made.fill(path, {"Emission logs": [ELECTRICITY]})
    assert find_sheets(path, "Config") == ["Emission logs"]
    assert problems(desk.plan(path)) == set()
    assert desk.import_(path).counts == {Status.CREATED: 1}
    (log,) = desk.stored(LOG).values()
    sent = {each["name"]: each["input_value"] for each in log["data_points"]}
    assert sent["Meter number"] == "735999100012"
    assert sent.get(name) in (None, {"unit": "kWh", "value": 84230})


@pytest.mark.parametrize("name", ["\r", "\u200b \u2060"])
def test_a_point_whose_name_nobody_sees_is_headed_by_its_id(desk: Desk, name: str) -> None:
    change(desk, "Grid electricity", add("Meter number", name, is_mandatory=False))
    path = made.make(desk, {made.CONFIG: ("Grid electricity",)})
    headings = [str(cell.value).rstrip("*") for cell in load_workbook(path)["Emission logs"][1]]
    (own_id,) = {each for each in headings if each.startswith("dpc_")}
    made.fill(path, {"Emission logs": [{**ELECTRICITY, own_id: "unseen"}]})
    assert desk.import_(path).counts == {Status.CREATED: 1}
    (log,) = desk.stored(LOG).values()
    sent = {each["name"]: each["input_value"] for each in log["data_points"]}
    assert sent[name] == "unseen"
