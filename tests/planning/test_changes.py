"""What is to become of a record, and the words of a conflict."""

from typing import Any

import pytest

from importer.model.plan import Change, Conflict, Create, Unchanged, Update
from importer.model.ports import Confirmation
from importer.model.problem import Problem
from importer.model.record import Json, Record, State
from importer.planning.changes import Leave, agrees, decide
from importer.planning.states import desired_state, read_remote
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from planning.account import ELECTRICITY, electricity_log, stored_point
from planning.makers import amount, confirmation, datapoint, nowhere, read_record

ROW = """
External ID | Name | Type     | Value | Unit | Standard deviation | Measured at      | Description
D-1         | Mass | REPORTED | {value} | {unit} | {deviation}   | 2025-10-14 09:30 | {description}
"""


def row(
    value: object = 12.5, unit: str = "kg", deviation: object = 0.5, description: str = "weighed"
) -> Record:
    text = ROW.format(value=value, unit=unit, deviation=deviation, description=description)
    return read_record(DATAPOINT, text)


def state(record: Record) -> State:
    return desired_state(DATAPOINT, record, {}, nowhere)


def seen(**members: Any) -> State:
    return read_remote(DATAPOINT, datapoint(**members), {}).state


def quantity(value: float, unit: str = "kilogram", deviation: float | None = 0.5) -> dict[str, Any]:
    return {"quantity": {"magnitude": value, "unit": unit, "standard_deviation": deviation}}


def decided(
    record: Record, *history: Confirmation, leave: Leave | None = None, **members: Any
) -> Change:
    remote = read_remote(DATAPOINT, datapoint(**members), {})
    return decide(DATAPOINT, record, remote, state(record), history, leave=leave or Leave())


CONFIRMED = confirmation(state(row()), seen())


def only_problem(change: Change) -> Problem:
    assert isinstance(change, Conflict)
    (problem,) = change.problems
    return problem


def test_what_the_service_does_not_have_is_created() -> None:
    record = row()
    change = decide(DATAPOINT, record, None, state(record), [], leave=Leave())
    assert change == Create(record=record)


def test_what_the_service_has_is_unchanged() -> None:
    change = decided(row(), CONFIRMED)
    assert isinstance(change, Unchanged)
    assert change.confirmed


@pytest.mark.parametrize(
    ("workbook", "service"),
    [
        ("kg", "kilogram"),
        ("t", "metric_ton"),
        ("tonne * km", "kilometer * metric_ton"),
        ("kg / m^3", "kilogram / meter ** 3"),
        ("%", "percent"),
        ("", "dimensionless"),
    ],
)
def test_a_known_respelling_is_no_change_even_if_never_confirmed(
    workbook: str, service: str
) -> None:
    change = decided(row(unit=workbook), **quantity(12.5, service))
    assert isinstance(change, Unchanged)
    assert not change.confirmed


def test_an_unknown_respelling_is_trusted_through_the_confirmation() -> None:
    record, service = row(unit="Nm3"), quantity(12.5, "normal_meter ** 3")
    assert isinstance(decided(record, **service), Conflict)
    history = confirmation(state(record), seen(**service))
    assert isinstance(decided(record, history, **service), Unchanged)


def test_another_unit_is_a_change() -> None:
    change = decided(row(unit="t"), CONFIRMED)
    assert isinstance(change, Update)
    assert [str(each) for each in change.differences] == ["Unit: kilogram → t"]


def test_a_change_of_the_workbook_is_an_update_that_names_old_and_new() -> None:
    change = decided(row(value=14), CONFIRMED)
    assert isinstance(change, Update)
    assert [str(each) for each in change.differences] == ["Value: 12.5 → 14"]


def test_a_blank_cell_keeps_what_the_service_has() -> None:
    change = decided(row(deviation=""), CONFIRMED)
    assert isinstance(change, Unchanged)


def test_clear_is_a_change_as_long_as_something_is_there() -> None:
    change = decided(row(deviation="(clear)"), CONFIRMED)
    assert isinstance(change, Update)
    assert [str(each) for each in change.differences] == ["Standard deviation: 0.5 → (nothing)"]
    cleared = quantity(12.5, deviation=None)
    assert isinstance(decided(row(deviation="(clear)"), CONFIRMED, **cleared), Unchanged)


def test_a_cleared_unit_is_the_plain_number() -> None:
    change = decided(row(unit="(clear)"), **quantity(12.5, "dimensionless"))
    assert isinstance(change, Unchanged)


CONFLICTS = {
    "changed in the service": (
        row(),
        (CONFIRMED,),
        14.0,
        "Value is 14 in the service and 12.5 here; "
        "changed in the service since 3 Nov 2025: 12.5 → 14",
    ),
    "changed on both sides": (
        row(value=13),
        (CONFIRMED,),
        14.0,
        "Value is 14 in the service and 13 here; "
        "changed in the service since 3 Nov 2025: 12.5 → 14, and in the workbook, too",
    ),
    "an old file": (
        row(),
        (CONFIRMED, confirmation(state(row(value=14)), seen(**quantity(14.0)))),
        14.0,
        "Value is 14 in the service and 12.5 here; this is an earlier state, and a later one "
        "was imported on 3 Nov 2025: an old file, it seems",
    ),
    "never confirmed": (
        row(),
        (),
        14.0,
        "Value is 14 in the service and 12.5 here, and was never imported from here",
    ),
}


@pytest.mark.parametrize(
    ("record", "history", "value", "words"), CONFLICTS.values(), ids=CONFLICTS.keys()
)
def test_a_conflict_names_the_cell_both_values_and_the_day(
    record: Record, history: tuple[Confirmation, ...], value: float, words: str
) -> None:
    problem = only_problem(decided(record, *history, **quantity(value)))
    assert problem.code == "API_CONFLICT"
    assert problem.place.cell == "D2"
    assert problem.found == words
    assert "--overwrite" in problem.remedy


@pytest.mark.parametrize(
    ("record", "history", "value", "words"), CONFLICTS.values(), ids=CONFLICTS.keys()
)
def test_overwrite_sends_the_workbook_all_the_same(
    record: Record, history: tuple[Confirmation, ...], value: float, words: str
) -> None:
    change = decided(record, *history, leave=Leave(overwrite=True), **quantity(value))
    assert isinstance(change, Update)
    assert [each.field for each in change.differences] == ["quantity.magnitude"]


def test_a_conflict_says_of_each_cell_on_which_side_it_changed() -> None:
    change = decided(
        row(value=13, description="weighed twice"),
        CONFIRMED,
        **quantity(12.5, deviation=0.5),
        description="weighed by others",
    )
    assert isinstance(change, Conflict)
    value, description = change.problems
    assert value.found == (
        "Value is 12.5 in the service and 13 here; "
        "other cells of the row changed in the service since 3 Nov 2025"
    )
    assert description.found == (
        "Description is weighed by others in the service and weighed twice here; changed in the "
        "service since 3 Nov 2025: weighed → weighed by others, and in the workbook, too"
    )
    assert [each.place.cell for each in change.problems] == ["D2", "I2"]


def test_a_conflict_that_both_sides_settled_is_confirmed_anew() -> None:
    """Otherwise the next change here would look like one on both sides."""
    settled = decided(row(value=14), CONFIRMED, **quantity(14.0))
    assert isinstance(settled, Unchanged)
    assert not settled.confirmed
    history = (CONFIRMED, confirmation(state(row(value=14)), seen(**quantity(14.0))))
    assert isinstance(decided(row(value=15), *history, **quantity(14.0)), Update)


@pytest.mark.parametrize("leave", [Leave(), Leave(overwrite=True), Leave(update=False)])
@pytest.mark.parametrize("history", [(), (CONFIRMED,)], ids=["never confirmed", "confirmed"])
def test_a_create_only_field_is_never_overwritten(
    leave: Leave, history: tuple[Confirmation, ...]
) -> None:
    problem = only_problem(
        decided(row(), *history, leave=leave, measured_at="2025-10-14T10:00:00Z")
    )
    assert problem.code == "API_FIXED"
    assert problem.place.cell == "G2"
    assert problem.found == "Measured at: 2025-10-14T09:30:00Z"
    assert problem.expected == "2025-10-14T10:00:00Z, as the service has it"


def test_only_the_fixed_field_is_told_where_others_differ_too() -> None:
    problem = only_problem(decided(row(value=99), CONFIRMED, measured_at="2024-01-01T00:00:00Z"))
    assert problem.code == "API_FIXED"


def test_the_same_moment_with_an_offset_is_no_change() -> None:
    change = decided(row(), measured_at="2025-10-14T11:30:00+02:00")
    assert isinstance(change, Unchanged)


@pytest.mark.parametrize("leave", [Leave(), Leave(overwrite=True)])
def test_a_locked_record_is_left_alone_and_says_what_would_change(leave: Leave) -> None:
    locked = {"locked_status": "locked_used_in_verified_removal"}
    problem = only_problem(decided(row(value=14), CONFIRMED, leave=leave, **locked))
    assert problem.code == "API_LOCKED"
    assert problem.place.cell == "D2"
    assert "a datapoint that a verified entry uses" in problem.found
    assert "Value: 12.5 → 14" in problem.found


def test_a_locked_record_that_says_the_same_is_unchanged() -> None:
    assert isinstance(decided(row(), locked_status="locked_used_in_verified_removal"), Unchanged)


def test_with_create_only_an_existing_record_is_not_updated() -> None:
    problem = only_problem(decided(row(value=14), CONFIRMED, leave=Leave(update=False)))
    assert (problem.code, problem.place.cell) == ("API_CONFLICT", "D2")
    assert problem.found == "a change: Value: 12.5 → 14"
    assert problem.expected == "no change of existing records"
    assert problem.remedy == "Import without --create-only to update them."


@pytest.mark.parametrize(
    ("leave", "status"),
    [(Leave(), "locked_used_in_verified_removal"), (Leave(update=False), "not_locked")],
    ids=["locked", "create only"],
)
def test_all_that_would_change_is_told_in_one_problem(leave: Leave, status: str) -> None:
    record = row(value=14, description="weighed twice")
    problem = only_problem(decided(record, CONFIRMED, leave=leave, locked_status=status))
    assert problem.place.cell == "D2"
    assert problem.found.endswith(
        "a change: Value: 12.5 → 14; Description: weighed → weighed twice"
    )


def test_with_create_only_what_is_there_and_the_same_is_unchanged() -> None:
    assert isinstance(decided(row(), CONFIRMED, leave=Leave(update=False)), Unchanged)


def test_what_the_service_only_respells_agrees_with_what_was_sent() -> None:
    assert agrees(DATAPOINT, state(row()), seen())
    assert not agrees(DATAPOINT, state(row(unit="t")), seen())


def decided_log(stored: dict[str, Json]) -> Change:
    """The change of a log that states 84230 kWh and was never confirmed."""
    record = read_record(EMISSION_LOG, ELECTRICITY.row, defined={"dpc_kwh": amount(84230, "kWh")})
    remote = read_remote(EMISSION_LOG, stored, ELECTRICITY.items)
    desired = desired_state(EMISSION_LOG, record, ELECTRICITY.items, nowhere)
    return decide(EMISSION_LOG, record, remote, desired, [], leave=Leave())


def test_an_amount_is_one_value_and_not_compared_in_part() -> None:
    gross: Json = {"value": 84230, "unit": "kWh", "basis": "gross"}
    stored = electricity_log(data_points=[stored_point("dpc_kwh", gross)])
    problem = only_problem(decided_log(stored))
    assert problem.found.startswith("Value is 84230 kWh gross in the service and 84230 kWh here")


def test_a_difference_of_a_data_point_stands_at_the_cell_of_its_value() -> None:
    problem = only_problem(decided_log(electricity_log(kwh=80000)))
    assert (problem.place.sheet, problem.place.cell) == ("Emission log values", "C2")
    assert problem.found.startswith("Value is 80000 kWh in the service and 84230 kWh here")
