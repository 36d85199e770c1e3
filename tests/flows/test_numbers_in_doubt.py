"""What becomes of a row whose numbers could not all go in: one outcome, and it is the truth."""

from dataclasses import replace

import pytest

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT, ENTRY
from support.desk import Desk, by_row, problems
from tests.flows.breaking import BreakingLedger, Killed
from tests.flows.months import save
from tests.flows.number_books import (
    CARBON,
    DISTANCE,
    KEY,
    MASS,
    OF_MASS,
    build_datapoint,
    build_numbers,
    entry_of,
    made,
    numbers,
    place_of,
)

pytestmark = pytest.mark.slow

INPUTS = 13


def change_at_service(desk: Desk, magnitude: float) -> None:
    """Somebody corrects the mass on the service's own page."""
    (document,) = [each for each in desk.twin.store.select(DATAPOINT) if each.reference == OF_MASS]
    quantity = {**document.body["quantity"], "magnitude": magnitude}
    desk.twin.store.change(DATAPOINT, document.id, {"quantity": quantity})


def test_a_refused_datapoint_blocks_the_entry_at_its_cell(desk: Desk) -> None:
    desk.session = replace(desk.session, threads={"isometric": 1})
    desk.goes_wrong("status", "POST /datapoints", "isometric", status=400, times=1)
    month = build_numbers()
    report = desk.import_(save(desk, month))
    assert problems(report) == {("API_REFUSED", place_of(month, MASS))}
    outcome = entry_of(report)
    assert outcome.status is Status.BLOCKED
    assert "Waits for the datapoint of the number in Entries!F2" in outcome.message
    assert report.counts == {Status.BLOCKED: 1}
    assert desk.stored(ENTRY) == {}
    again = desk.import_(desk.folder / "month.xlsx")
    assert again.counts == {Status.CREATED: 1}
    assert len(made(desk)) == INPUTS


def test_a_refused_change_makes_the_row_fail(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    desk.goes_wrong("status", "PATCH /datapoints", "isometric", status=400, times=1)
    month = build_numbers({MASS: 18300})
    report = desk.import_(save(desk, month))
    assert problems(report) == {("API_REFUSED", place_of(month, MASS))}
    assert report.counts == {Status.FAILED: 1}
    assert desk.import_(desk.folder / "month.xlsx").counts == {Status.UPDATED: 1}


def test_one_change_is_refused_and_another_is_not(desk: Desk) -> None:
    desk.session = replace(desk.session, threads={"isometric": 1})
    desk.import_(save(desk, build_numbers()))
    desk.goes_wrong("status", "PATCH /datapoints", "isometric", status=400, times=1)
    month = build_numbers({MASS: 18300, DISTANCE: 47})
    outcome = entry_of(desk.import_(save(desk, month)))
    assert outcome.status is Status.FAILED
    assert outcome.message == f"Sent: {DISTANCE}: 46 → 47."


def test_a_number_that_was_changed_at_the_service(desk: Desk) -> None:
    path = save(desk, build_numbers())
    desk.import_(path)
    change_at_service(desk, 17000)
    before = desk.writes()
    report = desk.import_(path)
    assert problems(report) == {("API_CONFLICT", place_of(build_numbers(), MASS))}
    assert report.counts == {Status.CONFLICT: 1}
    assert "18240 → 17000" in entry_of(report).problems[0].found
    assert desk.writes() == before
    assert desk.import_(path, overwrite=True).counts == {Status.UPDATED: 1}
    assert numbers(desk)[MASS.casefold()] == 18240


def test_a_row_with_a_conflict_changes_no_other_number(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    change_at_service(desk, 17000)
    before = desk.writes()
    report = desk.import_(save(desk, build_numbers({DISTANCE: 47})))
    assert report.counts == {Status.CONFLICT: 1}
    assert desk.writes() == before


def test_a_conflict_of_the_entry_holds_its_numbers(desk: Desk) -> None:
    path = save(desk, build_numbers())
    desk.import_(path)
    (entry,) = [each for each in desk.twin.store.select(ENTRY) if each.reference == KEY]
    desk.twin.store.change(ENTRY, entry.id, {"feedstock_type_id": "ftt_1NRBARK01SBX0003"})
    before = desk.writes()
    report = desk.import_(save(desk, build_numbers({MASS: 18300})))
    assert problems(report) == {("API_CONFLICT", "Entries!E2")}
    assert report.counts == {Status.CONFLICT: 1}
    assert desk.writes() == before


def test_a_name_that_was_changed_at_the_service_is_kept(desk: Desk) -> None:
    """The row says the number, and not what it is called."""
    path = save(desk, build_numbers())
    desk.import_(path)
    (document,) = [each for each in desk.twin.store.select(DATAPOINT) if each.reference == OF_MASS]
    desk.twin.store.change(DATAPOINT, document.id, {"display_name": "Weighbridge"})
    assert desk.import_(path).counts == {Status.UNCHANGED: 1}
    assert (
        entry_of(desk.import_(save(desk, build_numbers({MASS: 18300})))).status.value == "updated"
    )
    assert desk.stored(DATAPOINT)[OF_MASS]["display_name"] == "Weighbridge"


def test_create_only_changes_no_number(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    before = desk.writes()
    month = build_numbers({MASS: 18300})
    report = desk.import_(save(desk, month), create_only=True)
    assert problems(report) == {("API_CONFLICT", place_of(month, MASS))}
    assert report.counts == {Status.CONFLICT: 1}
    assert desk.writes() == before


def test_too_many_changed_numbers_stop_at_the_gate(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    before = desk.writes()
    (entry,) = build_numbers()["Entries"]
    shifted = {
        name: float(str(value)) + 1
        for name, value in entry.items()
        if name.startswith(("Biochar", "Feedstock transport"))
    }
    path = save(desk, build_numbers(dict(shifted)))
    report = desk.import_(path)
    assert {code for code, _ in problems(report)} == {"FILE_MANY_UPDATES"}
    assert report.counts == {Status.SKIPPED: 1}
    assert "too many existing records" in entry_of(report).message
    assert desk.writes() == before
    assert desk.import_(path, accept_updates=True).counts == {Status.UPDATED: 1}


def test_all_or_nothing_counts_rows_and_not_what_their_numbers_make(desk: Desk) -> None:
    month = build_numbers()
    bad = {**build_datapoint("D-1"), "Value": "a lot"}
    report = desk.import_(save(desk, {**month, "Datapoints": [bad]}), all_or_nothing=True)
    assert report.counts == {Status.INVALID: 1, Status.SKIPPED: 1}
    assert desk.writes() == []
    assert desk.import_(save(desk, month), all_or_nothing=True).counts == {Status.CREATED: 1}


def test_two_entries_with_the_same_numbers_are_no_lookalikes(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    month = build_numbers({"External ID": "NB-2026-10-B2"})
    report = desk.import_(save(desk, month, "second.xlsx"))
    assert problems(report) == set()
    assert report.counts == {Status.CREATED: 1}


@pytest.mark.parametrize("kind", ["answer-lost", "reset"])
def test_an_answer_that_got_lost(desk: Desk, kind: str) -> None:
    desk.goes_wrong(kind, "POST /datapoints", "isometric", times=2)  # type: ignore[arg-type]  # drawn
    assert desk.import_(save(desk, build_numbers())).counts == {Status.CREATED: 1}
    assert len(made(desk)) == INPUTS


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("at", [1, 2, 2 * INPUTS, 2 * INPUTS + 1, 2 * INPUTS + 2])
def test_a_kill_between_numbers_and_entry_ends_in_one_of_each(
    desk: Desk, at: int, done: bool
) -> None:
    """Write 0 opens the run; intents and confirmations of the numbers follow, then the entry's."""
    desk.session = replace(desk.session, threads={"isometric": 1})
    path = save(desk, build_numbers())
    whole = desk.session.ledger
    broken = BreakingLedger(ledger=whole, at=at, done=done, failure=Killed)
    desk.session = replace(desk.session, ledger=broken)
    with pytest.raises(Killed):
        desk.import_(path)
    desk.session = replace(desk.session, ledger=whole)
    assert entry_of(desk.import_(path)).is_in_order
    posts = [each for each in desk.writes() if each.startswith("POST")]
    assert posts.count("POST /mrv/v0/datapoints") == INPUTS
    assert posts.count("POST /mrv/v0/ghg_entries") == 1
    assert len(made(desk)) == INPUTS
    assert desk.import_(path).counts == {Status.UNCHANGED: 1}


def test_a_service_that_is_gone_skips_or_doubts_the_row(desk: Desk) -> None:
    path = save(desk, build_numbers())
    desk.import_(path)
    month = save(desk, build_numbers({MASS: 18300}))
    desk.goes_wrong("answer-lost", "/", "isometric", after=3, times=None)
    report = desk.import_(month)
    assert report.stopped
    assert len(report.outcomes) == 1
    assert not entry_of(report).is_in_order
    desk.twin.store.faults.clear()
    assert entry_of(desk.import_(month)).is_in_order
    assert numbers(desk)[MASS.casefold()] == 18300


def test_a_row_is_in_doubt_with_the_first_of_its_numbers(desk: Desk) -> None:
    """The entry itself was never sent; what is to be told is that something may be there."""
    desk.session = replace(desk.session, threads={"isometric": 1})
    path = save(desk, build_numbers())
    desk.goes_wrong("answer-lost", "POST /datapoints", "isometric", times=None)
    desk.goes_wrong("reset", "GET /datapoints", "isometric", after=1, times=None)
    report = desk.import_(path)
    assert report.stopped
    assert report.counts == {Status.UNCERTAIN: 1}
    assert problems(report) == {("API_UNCERTAIN", place_of(build_numbers(), MASS))}
    desk.twin.store.faults.clear()
    assert entry_of(desk.import_(path)).is_in_order
    assert len(made(desk)) == INPUTS


def test_a_row_of_another_sheet_has_its_own_outcome(desk: Desk) -> None:
    month = {**build_numbers({CARBON: "1.234"}), "Datapoints": [build_datapoint("D-1")]}
    report = desk.import_(save(desk, month))
    assert by_row(report)["Datapoints", 2].status is Status.CREATED
    assert report.counts == {Status.CREATED: 1, Status.INVALID: 1}


def test_what_the_row_waits_for_holds_its_numbers(desk: Desk) -> None:
    """The feedstock type of the row stays out, so nothing of the row goes in."""
    month = build_numbers({"Feedstock type": "FS-OAK"})
    month["Feedstock types"] = [{"External ID": "FS-OAK", "Name": None}]
    path = save(desk, month)
    for report in (desk.plan(path), desk.import_(path)):
        outcome = entry_of(report)
        assert outcome.status is Status.BLOCKED
        assert outcome.message == (
            "Waits for the feedstock type in Feedstock types row 2, which stays out."
        )
    assert desk.writes() == []
