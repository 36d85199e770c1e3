"""What can no longer be changed, said at its cell and never sent."""

import httpx
import pytest

from importer.sandbox.isometric.kinds import DATAPOINT, STATEMENT
from support.desk import Desk, by_row, problems, statuses
from support.plant import Month
from tests.flows import books
from tests.flows.closing_books import OCTOBER, import_and_submit
from tests.flows.months import build_batch, change, find_row, save

pytestmark = pytest.mark.slow

BATCH = "NB-2026-10-B1"
FOR_GOOD = ["VERIFIED", "CREDITS_ISSUED", "FAILED_VERIFICATION"]


def close(desk: Desk, status: str) -> None:
    """The batch is at the service, and its statement is so far."""
    import_and_submit(desk, OCTOBER)
    (statement,) = desk.twin.store.select(STATEMENT)
    if status != "AWAITING_VERIFICATION":
        url = f"{desk.twin.url}/_sandbox/judge/{statement.id}"
        httpx.post(url, params={"status": status}).raise_for_status()


def with_other_mass(month: Month) -> Month:
    """The month with another datapoint for the mass, in the entry alone."""
    mass = find_row(month, "Datapoints", f"{BATCH}-MASS")
    month["Datapoints"].append({**mass, "External ID": "MASS-2", "Value": 18300})
    return change(
        month, "Entry inputs", f"{BATCH}/Biochar carbon stored/biochar_mass", "Datapoints", "MASS-2"
    )


def with_second_entry(month: Month) -> Month:
    """The month with one more entry in the same weeks."""
    month["Entries"].append({**month["Entries"][0], "External ID": "NB-2"})
    month["Entry inputs"] += [{**row, "Entry": "NB-2"} for row in month["Entry inputs"]]
    return month


def entry_writes(desk: Desk) -> list[str]:
    return [each for each in desk.writes() if "ghg_entries" in each or "components" in each]


@pytest.mark.parametrize("status", FOR_GOOD)
@pytest.mark.parametrize("overwrite", [False, True])
def test_an_entry_of_a_closed_statement_is_a_conflict(
    desk: Desk, status: str, overwrite: bool
) -> None:
    close(desk, status)
    before = entry_writes(desk)
    report = desk.import_(save(desk, with_other_mass(build_batch())), overwrite=overwrite)
    assert problems(report) == {("API_LOCKED", "Entry inputs!D2")}
    assert statuses(report)["Entries"] == ["conflict"]
    (problem,) = by_row(report)["Entry inputs", 2].problems
    words = status.lower().replace("_", " ")
    assert problem.found.startswith(
        f"a change in the GHG statement of 2026-10-01 to 2026-10-31, which is {words}"
    )
    assert entry_writes(desk) == before


@pytest.mark.parametrize("status", FOR_GOOD)
def test_an_entry_is_not_made_in_a_closed_statement(desk: Desk, status: str) -> None:
    close(desk, status)
    before = desk.writes()
    report = desk.import_(save(desk, with_second_entry(build_batch())))
    assert problems(report) == {("API_LOCKED", "Entries!D3")}
    assert statuses(report)["Entries"] == ["unchanged", "invalid"]
    assert desk.writes() == before


def test_a_change_of_a_submitted_statement_goes_in_with_a_word(desk: Desk) -> None:
    close(desk, "AWAITING_VERIFICATION")
    report = desk.import_(save(desk, with_second_entry(with_other_mass(build_batch()))))
    assert problems(report) == {
        ("ROW_HELD_BACK", "Entry inputs!D2"),
        ("ROW_HELD_BACK", "Entries!D3"),
    }
    assert statuses(report)["Entries"] == ["updated", "created"]


def test_a_draft_takes_changes_without_a_word(desk: Desk) -> None:
    close(desk, "DRAFT")
    report = desk.import_(save(desk, with_second_entry(with_other_mass(build_batch()))))
    assert problems(report) == set()
    assert statuses(report)["Entries"] == ["updated", "created"]


def test_what_is_not_to_be_changed_costs_no_look_at_statements(desk: Desk) -> None:
    close(desk, "VERIFIED")
    before = len(desk.requests())
    report = desk.import_(save(desk, build_batch()))
    assert set(report.counts) == {"unchanged"}
    assert not [each for each in desk.requests()[before:] if "statements" in each]


LOCKS = {
    "locked_library_datapoint": "a datapoint of the library",
    "locked_time_series_datapoint": "a datapoint that a time series gives",
    "locked_measurement_sample_datapoint": "a datapoint of a measurement sample",
    "locked_forestry_field_measurement_datapoint": "a datapoint of a field measurement",
    "locked_model_output_datapoint": "a datapoint that a model gives",
    "locked_model_input_datapoint": "a datapoint that a model takes",
    "locked_material_datapoint": "a datapoint of a material",
    "locked_activity_datapoint": "a datapoint of an activity",
    "locked_used_in_verified_removal": "a datapoint that a verified entry uses",
    "locked_by_something_new": "a datapoint that is locked by something new",
}


@pytest.mark.parametrize(("status", "words"), LOCKS.items(), ids=LOCKS)
def test_a_locked_datapoint_says_what_locks_it(desk: Desk, status: str, words: str) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    stored = desk.stored(DATAPOINT)["D-1"]
    httpx.post(f"{desk.twin.url}/_sandbox/lock/{stored['id']}", params={"status": status})
    before = desk.writes()
    report = desk.import_(desk.book(books.DATAPOINTS.replace("840", "850")))
    (problem,) = report.all_problems
    assert (problem.code, problem.place.cell) == ("API_LOCKED", "D2")
    assert problem.found == f"{words}, and a change: Value: 840 → 850"
    assert "a new External ID" in problem.remedy
    assert desk.writes() == before


def test_a_verified_entry_locks_its_datapoints(desk: Desk) -> None:
    close(desk, "VERIFIED")
    before = desk.writes()
    month = change(build_batch(), "Datapoints", f"{BATCH}-MASS", "Value", 18300)
    report = desk.import_(save(desk, month))
    assert problems(report) == {("API_LOCKED", "Datapoints!D2")}
    assert desk.writes() == before
