"""How rows end, how they are counted, and when a file is in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.model import problem_kinds as kinds
from importer.model.outcome import Outcome, Status, count, planned_status
from importer.model.place import Place
from importer.model.plan import (
    Blocked,
    Change,
    Conflict,
    Create,
    Difference,
    Unchanged,
    Update,
    shown,
)
from importer.model.problem import Problem
from importer.model.record import Json, Line, Record, Remote
from importer.model.report import FileReport


def outcomes(*statuses: Status) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(sheet="Datapoints", row=row, key=f"D-{row}", status=status)
        for row, status in enumerate(statuses, start=2)
    )


def report(
    *statuses: Status, verb: str = "import", problems: tuple[Problem, ...] = ()
) -> FileReport:
    return FileReport(file="a.xlsx", verb=verb, outcomes=outcomes(*statuses), problems=problems)


@given(st.lists(st.sampled_from(Status)))
def test_the_counts_add_up_to_the_rows(statuses: list[Status]) -> None:
    counts = count(outcomes(*statuses))
    assert sum(counts.values()) == len(statuses)
    assert all(counts.values())
    assert list(counts) == [each for each in Status if each in statuses]


IN_ORDER = {Status.CREATED, Status.UPDATED, Status.UNCHANGED}


@pytest.mark.parametrize("status", Status)
def test_a_row_is_in_order_when_the_service_holds_what_it_says(status: Status) -> None:
    assert status.is_in_order is (status in IN_ORDER)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("verb", ["import", "plan", "check"])
def test_a_file_is_in_order_when_every_row_is(status: Status, verb: str) -> None:
    fine = IN_ORDER | ({Status.SKIPPED} if verb == "check" else set())
    assert report(status, verb=verb).is_in_order is (status in fine)
    assert report(Status.CREATED, status, verb=verb).is_in_order is (status in fine)


def test_a_file_without_rows_is_not_in_order() -> None:
    assert not report().is_in_order


ERROR = kinds.FILE_MANY_UPDATES.at(Place(), found="x")
WARNING = kinds.SHEET_HIDDEN_ROWS.at(Place(sheet="Datapoints"), found="2 hidden rows")


def test_a_warning_does_not_disturb_and_an_error_does() -> None:
    assert report(Status.CREATED, problems=(WARNING,)).is_in_order
    assert not report(Status.CREATED, problems=(WARNING, ERROR)).is_in_order


def test_the_problems_of_rows_come_behind_those_of_the_file() -> None:
    row = Outcome(sheet="Datapoints", row=2, key="D-1", status=Status.CREATED, problems=(ERROR,))
    found = FileReport(file="a.xlsx", verb="import", outcomes=(row,), problems=(WARNING,))
    assert found.all_problems == (WARNING, ERROR)
    assert not found.is_in_order


RECORD = Record(
    resource="datapoint",
    key="D-1",
    line=Line(sheet="Datapoints", title="Datapoints", row=2, values={}, places={}),
)
REMOTE = Remote(id="dtp_1", key="D-1", body={}, state={})
PLANNED: list[tuple[Change, Status]] = [
    (Create(record=RECORD), Status.CREATED),
    (Update(record=RECORD, remote=REMOTE, differences=()), Status.UPDATED),
    (Unchanged(record=RECORD, remote=REMOTE), Status.UNCHANGED),
    (Conflict(record=RECORD, remote=REMOTE, problems=()), Status.CONFLICT),
    (Blocked(record=RECORD, by="x"), Status.BLOCKED),
]


@pytest.mark.parametrize(("change", "status"), PLANNED, ids=[s.value for _, s in PLANNED])
def test_a_planned_change_has_the_status_that_it_will_have(change: Change, status: Status) -> None:
    assert planned_status(change) is status


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "(nothing)"),
        ("", "(nothing)"),
        ([], "(nothing)"),
        (0, "0"),
        (False, "no"),
        (True, "yes"),
        (12.5, "12.5"),
        ("kg", "kg"),
        ({"value": 840, "unit": "kWh"}, "840 kWh"),
        (["dtp_1", "dtp_2"], "dtp_1, dtp_2"),
        ([True, None], "yes, (nothing)"),
    ],
)
def test_a_value_of_a_state_is_shown_as_people_write_it(value: Json, words: str) -> None:
    assert shown(value) == words


def test_a_difference_names_the_cell_and_both_values() -> None:
    change = Difference(field="quantity.unit", header="Unit", before="kg", after=None)
    assert str(change) == "Unit: kg → (nothing)"
