"""An upgrade for an entry template that was changed since the workbook was filled in."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT, ENTRY
from importer.sandbox.isometric.kinds import TEMPLATE as STORED
from support.desk import Desk, problems
from support.made import TEMPLATE, fill, make
from support.upgrades import changes, lost, upgrade
from tests.flows.number_books import OF_MASS
from tests.flows.test_number_template import build_row
from tests.flows.test_upgrading_for_an_account import GONE, row

pytestmark = pytest.mark.slow

ENTRIES, NAME = "Entries", "Biochar production batch"
MASS = "Biochar carbon stored, Biochar mass"
METHANE = "Stack methane, Flue gas volume (m^3)*"

Component = dict[str, Any]


def change(desk: Desk, alter: Callable[[list[Component]], list[Component]]) -> None:
    """Change the components of each group of the template, as someone does in Certify."""
    store = desk.twin.store
    (template,) = store.select(STORED)
    groups = deepcopy(template.body["groups"])
    for group in groups:
        group["components"] = alter(list(group["components"]))
    store.change(STORED, template.id, {"groups": groups})
    if desk.session.account:
        desk.session.account.forget(TEMPLATE)


def rename_input(components: list[Component]) -> list[Component]:
    for component in components:
        for each in component["inputs"]:
            if each["display_name"] == "Biochar mass":
                each["display_name"] = "Dry mass"
    return components


def rename_component(components: list[Component]) -> list[Component]:
    for each in components:
        if each["display_name"] == "Biochar carbon stored":
            each["display_name"] = "Carbon in biochar"
    return components


def take_out(components: list[Component]) -> list[Component]:
    return [each for each in components if each["display_name"] != "Stack methane"]


def add(components: list[Component]) -> list[Component]:
    found = [each for each in components if each["display_name"] == "Diesel on site"]
    more = [{**each, "id": f"{each['id']}N", "display_name": "Chipper"} for each in found]
    return [*components, *more]


@pytest.fixture
def filled(desk: Desk) -> Path:
    """An entry with a number for each input, and the deviation of the mass."""
    path = make(desk, {TEMPLATE: (NAME,)}, "old.xlsx")
    cells = build_row(load_workbook(path)[ENTRIES])
    return fill(path, {ENTRIES: [{**cells, f"{MASS} standard deviation": 45}]})


def value_of(path: Path, start: str) -> object:
    (value,) = (value for header, value in row(path, ENTRIES).items() if header.startswith(start))
    return value


def test_a_template_that_did_not_move_changes_nothing(desk: Desk, filled: Path) -> None:
    new = upgrade(filled, desk)
    assert changes(new) == []
    assert row(new, ENTRIES) == row(filled, ENTRIES)


@pytest.mark.parametrize(
    ("alter", "heading"),
    [
        (rename_input, "Biochar carbon stored, Dry mass"),
        (rename_component, "Carbon in biochar, Biochar mass"),
    ],
)
def test_an_input_under_another_name_is_the_same_datapoint(
    desk: Desk, filled: Path, alter: Callable[[list[Component]], list[Component]], heading: str
) -> None:
    desk.import_(filled)
    before = desk.stored(DATAPOINT)
    change(desk, alter)
    new = upgrade(filled, desk)
    assert value_of(new, f"{heading} (kg)") == 18240
    assert value_of(new, f"{heading} standard deviation") == 45
    assert ("The column has another name.", f"{MASS} (kg)*", f"{heading} (kg)*") in [
        (what, old.partition("(")[2][:-1], now.partition("(")[2][:-1])
        for what, old, now, _ in changes(new)
    ]
    assert list(row(new, ENTRIES).values()) == list(row(filled, ENTRIES).values())
    assert desk.import_(new).counts == {Status.UNCHANGED: 1}
    assert desk.stored(DATAPOINT) == before


def test_inputs_that_are_gone_are_listed(desk: Desk, filled: Path) -> None:
    change(desk, take_out)
    new = upgrade(filled, desk)
    told = {(what, value) for what, old, now, value in changes(new) if METHANE in old and not now}
    assert told == {(GONE, str(row(filled, ENTRIES)[METHANE]))}
    assert not any(header.startswith("Stack methane") for header in row(new, ENTRIES))
    assert lost(filled, new) == []
    assert desk.import_(new).counts == {Status.CREATED: 1}
    assert len(desk.stored(ENTRY)) == 1


def test_an_input_that_is_new_waits_to_be_filled_in(desk: Desk, filled: Path) -> None:
    change(desk, add)
    new = upgrade(filled, desk)
    told = {(what, now.partition("(")[2]) for what, _, now, _ in changes(new)}
    assert ("A new column, and must be filled in.", "Chipper, Diesel volume (L)*)") in told
    assert problems(desk.plan(new)) == {("REF_INCOMPLETE", "Entries!B2")}
    fill(new, {ENTRIES: [{"Chipper, Diesel volume (L)*": 12}]})
    assert desk.import_(new).counts == {Status.CREATED: 1}
    assert desk.stored(DATAPOINT)[OF_MASS]["quantity"]["magnitude"] == 18240


def test_all_at_once(desk: Desk, filled: Path) -> None:
    change(desk, lambda components: add(take_out(rename_input(components))))
    new = upgrade(filled, desk)
    kept = (each for name, each in row(filled, ENTRIES).items() if "Stack methane" not in name)
    assert list(row(new, ENTRIES).values()) == list(kept)
    assert [value for what, _, _, value in changes(new) if what == GONE] == [
        str(each) for name, each in row(filled, ENTRIES).items() if "Stack methane" in name
    ]
    fill(new, {ENTRIES: [{"Chipper, Diesel volume (L)*": 12}]})
    assert problems(desk.plan(new)) == set()
    assert desk.import_(new).counts == {Status.CREATED: 1}
