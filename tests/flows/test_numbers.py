"""A plain number for an input of an entry: a datapoint is made of it, and the entry is bound."""

import re
from datetime import datetime

import pytest

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT, ENTRY
from support.desk import Desk, by_row, problems
from support.plant import CellValue
from tests.flows.months import save
from tests.flows.number_books import (
    CARBON,
    DISTANCE,
    KEY,
    MASS,
    OF_CARBON,
    OF_MASS,
    bound,
    build_datapoint,
    build_numbers,
    entry_of,
    made,
    numbers,
    place_of,
)

INPUTS = 13


def test_numbers_become_datapoints_which_the_entry_is_bound_to(desk: Desk) -> None:
    month = build_numbers()
    path = save(desk, month)
    report = desk.import_(path)
    assert report.counts == {Status.CREATED: 1}, [str(each) for each in report.all_problems]
    (entry,) = month["Entries"]
    typed = {name.casefold(): value for name, value in entry.items() if ", " in name}
    assert len(typed) == INPUTS
    assert numbers(desk) == typed
    assert {body["id"] for body in made(desk).values()} <= bound(desk)
    assert len(desk.stored(ENTRY)) == 1


def test_what_a_datapoint_says_beside_its_number(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    found = desk.stored(DATAPOINT)[OF_MASS]
    assert re.fullmatch(rf"{KEY}\.[0-9a-f]{{8}}", OF_MASS)
    assert found["display_name"] == "Biochar carbon stored, Biochar mass"
    assert found["type"] == "REPORTED"
    assert found["quantity"] == {"magnitude": 18240, "unit": "kg", "standard_deviation": None}
    assert found["description"] == (
        "Biochar mass for Biochar carbon stored, as reported for a GHG entry made from the "
        "template Biochar production batch."
    )


def test_the_second_import_writes_nothing(desk: Desk) -> None:
    path = save(desk, build_numbers())
    desk.import_(path)
    before = desk.writes()
    for each in (path, desk.folder / "month.results.xlsx"):
        assert desk.import_(each).counts == {Status.UNCHANGED: 1}
    desk.forget()
    assert desk.import_(path).counts == {Status.UNCHANGED: 1}
    assert desk.import_(path, trust_ledger=True).counts == {Status.UNCHANGED: 1}
    assert desk.writes() == before


def test_a_changed_number_changes_its_datapoint_and_nothing_else(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    before = desk.writes()
    old = desk.stored(DATAPOINT)[OF_MASS]["id"]
    path = save(desk, build_numbers({MASS: 18300}))
    planned = entry_of(desk.plan(path))
    outcome = entry_of(desk.import_(path))
    assert desk.writes()[len(before) :] == [f"PATCH /mrv/v0/datapoints/{old}"]
    assert numbers(desk)[MASS.casefold()] == 18300
    for each in (planned, outcome):
        assert each.status is Status.UPDATED
        assert each.message == f"{MASS}: 18240 → 18300"
    assert desk.import_(path).counts == {Status.UNCHANGED: 1}


def test_a_figure_of_an_entry_follows_its_number(desk: Desk) -> None:
    first = dict(entry_of(desk.import_(save(desk, build_numbers()))).results)
    second = dict(entry_of(desk.import_(save(desk, build_numbers({MASS: 19000})))).results)
    net = "Net removed (kg CO2e)"
    assert float(str(second[net])) > float(str(first[net]))


def test_a_changed_number_and_another_cell_of_the_row(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    path = save(desk, build_numbers({MASS: 18300, "Feedstock type": "Birch bark"}))
    outcome = entry_of(desk.import_(path))
    assert outcome.status is Status.UPDATED
    assert outcome.message == f"{MASS}: 18240 → 18300"
    assert len([each for each in desk.writes() if each.startswith("PATCH")]) == 2


def test_a_list_takes_one_number(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers({CARBON: 80.5})))
    assert numbers(desk)[CARBON.casefold()] == 80.5
    assert desk.stored(DATAPOINT)[OF_CARBON]["id"] in bound(desk)


def test_a_number_in_place_of_a_reference_and_back(desk: Desk) -> None:
    """The entry is bound anew; what was made of the number stays at the service."""
    by_hand = {"Datapoints": [build_datapoint("BY-HAND")]}
    desk.import_(save(desk, {**build_numbers({MASS: "BY-HAND"}), **by_hand}))
    assert OF_MASS not in desk.stored(DATAPOINT)
    report = desk.import_(save(desk, {**build_numbers(), **by_hand}))
    assert entry_of(report).status is Status.UPDATED
    assert desk.stored(DATAPOINT)[OF_MASS]["id"] in bound(desk)
    assert desk.stored(DATAPOINT)["BY-HAND"]["id"] not in bound(desk)
    back = save(desk, {**build_numbers({MASS: "BY-HAND"}), **by_hand})
    assert entry_of(desk.import_(back)).status is Status.CONFLICT, "an old file, it seems"
    assert entry_of(desk.import_(back, overwrite=True)).status is Status.UPDATED
    assert desk.stored(DATAPOINT)["BY-HAND"]["id"] in bound(desk)


@pytest.mark.parametrize("text", ["18240", "18 240", "18,240.0", "1.824e4"])
def test_a_text_that_reads_as_a_number_is_one(desk: Desk, text: str) -> None:
    desk.import_(save(desk, build_numbers({MASS: text})))
    assert numbers(desk)[MASS.casefold()] == 18240


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        ("1.234", "CELL_AMBIGUOUS", "which may be 1.234 or 1234"),
        (True, "CELL_NOT_A_NUMBER", "TRUE"),
        (datetime(2026, 10, 1), "CELL_NOT_A_NUMBER", "the date 2026-10-01"),
        ("NO-SUCH-ID", "REF_NOT_FOUND", "“NO-SUCH-ID”"),
        ("(clear)", "CELL_NOT_CLEARABLE", "(clear)"),
    ],
)
def test_what_is_no_number_and_no_id(desk: Desk, value: CellValue, code: str, says: str) -> None:
    month = build_numbers({MASS: value})
    report = desk.import_(save(desk, month))
    assert problems(report) == {(code, place_of(month, MASS))}
    assert says in entry_of(report).problems[0].found
    assert report.counts == {Status.INVALID: 1}
    assert desk.writes() == [], "what other numbers of the row would make stays out with it"


def test_a_row_that_stays_out_keeps_back_what_its_numbers_make(desk: Desk) -> None:
    month = build_numbers({"Feedstock type": "Oak"})
    assert problems(desk.import_(save(desk, month))) == {("REF_UNKNOWN_NAME", "Entries!E2")}
    assert desk.writes() == []


def test_a_blank_cell_keeps_what_is_there(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    before = desk.writes()
    assert desk.import_(save(desk, build_numbers({MASS: None}))).counts == {Status.UNCHANGED: 1}
    assert desk.writes() == before


def test_a_check_without_network_has_nothing_against_numbers(desk: Desk) -> None:
    report = desk.report_check(save(desk, build_numbers()))
    assert problems(report) == set()
    assert report.counts == {Status.SKIPPED: 1}


@pytest.mark.parametrize(
    ("typed", "key"), [(1001, "1001"), ("1001", "1001"), ("1001.0", "1001"), ("1001.0", "1001.0")]
)
def test_a_number_that_is_the_id_of_a_row_may_mean_either(
    desk: Desk, typed: CellValue, key: str
) -> None:
    month = build_numbers({MASS: typed})
    month["Datapoints"] = [build_datapoint(key)]
    report = desk.import_(save(desk, month))
    assert problems(report) == {("CELL_AMBIGUOUS", place_of(month, MASS))}
    (problem,) = entry_of(report).problems
    assert "the number 1001" in problem.found
    assert "of the sheet Datapoints" in problem.found
    assert by_row(report)["Datapoints", 2].status is Status.CREATED
    assert entry_of(report).status is Status.INVALID


def test_a_number_that_is_an_id_at_the_service(desk: Desk) -> None:
    desk.import_(save(desk, {"Datapoints": [build_datapoint("18240")]}, "before.xlsx"))
    month = build_numbers()
    report = desk.import_(save(desk, month))
    assert problems(report) == {("CELL_AMBIGUOUS", place_of(month, MASS))}
    assert "the datapoint “18240” of the service" in entry_of(report).problems[0].found


@pytest.mark.parametrize("sheet", ["Datapoints", "Components"])
def test_an_id_that_a_row_has_already_is_a_problem_at_both(desk: Desk, sheet: str) -> None:
    month = build_numbers()
    if sheet == "Datapoints":
        month[sheet] = [build_datapoint(OF_MASS.upper())]
    else:
        month[sheet] = [
            {
                "External ID": OF_MASS.upper(),
                "Blueprint": "Electricity use",
                "Name": "Dryer",
                "Activity started at": "2026-10-01 00:00",
                "Activity completed at": "2026-10-02 00:00",
            }
        ]
    report = desk.import_(save(desk, month))
    found = {each for each in problems(report) if each[0] == "KEY_TWICE"}
    assert found == {("KEY_TWICE", place_of(month, MASS)), ("KEY_TWICE", f"{sheet}!A2")}
    assert report.counts == {Status.INVALID: 2}
    assert desk.writes() == []


def test_an_id_that_becomes_too_long(desk: Desk) -> None:
    month = build_numbers({"External ID": "E" * 92})
    report = desk.import_(save(desk, month))
    assert ("CELL_LENGTH", place_of(month, MASS)) in problems(report)
    problem = entry_of(report).problems[0]
    assert "of 101 characters" in problem.found
    assert "Shorten the External ID of the row" in problem.remedy
    assert desk.writes() == []
    whole = build_numbers({"External ID": "E" * 91})
    assert desk.import_(save(desk, whole)).counts == {Status.CREATED: 1}


def test_a_unit_of_its_own_has_to_be_that_of_the_input(desk: Desk) -> None:
    month = build_numbers({MASS: 18.24, f"{MASS} unit": "tonne"})
    report = desk.import_(save(desk, month))
    assert problems(report) == {("CELL_UNIT", place_of(month, f"{MASS} unit"))}
    same = build_numbers({f"{MASS} unit": "kg"})
    assert desk.import_(save(desk, same)).counts == {Status.CREATED: 1}
    alone = build_numbers({MASS: None, f"{MASS} unit": "kg"})
    assert desk.import_(save(desk, alone)).counts == {Status.UNCHANGED: 1}


def test_a_number_in_a_row_of_entry_inputs_is_still_an_id(desk: Desk) -> None:
    month = build_numbers({DISTANCE: None})
    row = {"Entry": KEY, "Component": "Feedstock transport", "Input": "distance", "Datapoints": 46}
    report = desk.plan(save(desk, {**month, "Entry inputs": [row]}))
    assert problems(report) == {("REF_NOT_FOUND", "Entry inputs!D2")}
