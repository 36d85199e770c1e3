"""Numbers beside what else a run may hold: further files, further rows, a period to close."""

from importer.flows.batch import hold_contradictions
from importer.flows.check import report_check
from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, by_row, problems, statuses
from tests.flows.closing_books import OCTOBER, add_statements, submit
from tests.flows.months import save
from tests.flows.number_books import (
    DISTANCE,
    MASS,
    OF_MASS,
    bound,
    build_numbers,
    entry_of,
    made,
    place_of,
)


def test_a_period_is_not_closed_over_another_number_than_the_row_says(desk: Desk) -> None:
    desk.import_(save(desk, build_numbers()))
    path = add_statements(save(desk, build_numbers({MASS: 18300})), OCTOBER)
    report = submit(desk, path)
    assert entry_of(report).status is Status.SKIPPED
    assert "Entries row 2 is still open" in by_row(report)["Statements", 2].message
    desk.import_(path)
    assert statuses(submit(desk, path)) == {"Entries": ["unchanged"], "Statements": ["created"]}


def test_two_files_with_two_numbers_for_one_entry(desk: Desk) -> None:
    files = [
        desk.check(save(desk, build_numbers({MASS: number}), f"{number}.xlsx"))
        for number in (18240, 18300)
    ]
    held = hold_contradictions(files, desk.session.catalog)
    for file in held:
        report = report_check(file, desk.session.catalog)
        assert problems(report) == {("FILE_SAME_KEY_ELSEWHERE", "Entries!A2")}


def test_another_row_may_name_what_a_number_made(desk: Desk) -> None:
    month = build_numbers()
    second = {**month["Entries"][0], "External ID": "NB-2026-10-B2", MASS: OF_MASS}
    path = save(desk, {"Entries": [*month["Entries"], second]})
    report = desk.import_(path)
    assert report.counts == {Status.CREATED: 2}
    assert desk.stored(DATAPOINT)[OF_MASS]["id"] in bound(desk)
    assert len([each for each in desk.stored(DATAPOINT) if each.endswith(".895e71cb")]) == 1
    assert desk.import_(path).counts == {Status.UNCHANGED: 2}


def test_many_entries_with_one_that_is_wrong(desk: Desk) -> None:
    (entry,) = build_numbers()["Entries"]
    rows = [{**entry, "External ID": f"B-{number}"} for number in range(1, 6)]
    rows[2][MASS] = "1.234"
    report = desk.import_(save(desk, {"Entries": rows}))
    assert report.counts == {Status.CREATED: 4, Status.INVALID: 1}
    assert problems(report) == {("CELL_AMBIGUOUS", "Entries!F4")}
    keys = {each.split(".")[0] for each in desk.stored(DATAPOINT) if each.startswith("B-")}
    assert keys == {"B-1", "B-2", "B-4", "B-5"}


def test_two_wrong_numbers_of_one_row_are_told_at_once(desk: Desk) -> None:
    month = build_numbers({MASS: "1.234", f"{MASS} standard deviation": -1})
    month["Entries"][0][DISTANCE] = "2.345"
    report = desk.import_(save(desk, month))
    assert problems(report) == {
        ("CELL_AMBIGUOUS", place_of(month, MASS)),
        ("CELL_RANGE", place_of(month, f"{MASS} standard deviation")),
        ("CELL_AMBIGUOUS", place_of(month, DISTANCE)),
    }
    assert made(desk) == {}


def test_a_datapoint_that_a_verified_entry_uses(desk: Desk) -> None:
    """The service locks it, and the reason stands at the number."""
    desk.import_(save(desk, build_numbers()))
    (document,) = [each for each in desk.twin.store.select(DATAPOINT) if each.reference == OF_MASS]
    locked = {"locked_status": "locked_used_in_verified_removal"}
    desk.twin.store.change(DATAPOINT, document.id, locked)
    month = build_numbers({MASS: 18300})
    report = desk.import_(save(desk, month))
    assert problems(report) == {("API_LOCKED", place_of(month, MASS))}
    assert report.counts == {Status.CONFLICT: 1}
