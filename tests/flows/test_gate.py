"""A shifted column must not overwrite a year: the gate, and imports that only create."""

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, problems
from tests.flows.books import build_datapoints


def patches(desk: Desk) -> int:
    return len([each for each in desk.writes() if each.startswith("PATCH")])


def shift(count: int, *, of: int) -> str:
    """So many of the first datapoints with another value."""
    lines = build_datapoints(of).splitlines()
    return "\n".join(
        line.replace(" | kg", ".5 | kg") if 2 <= number < 2 + count else line
        for number, line in enumerate(lines)
    )


def test_too_many_changes_stop_before_the_first(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(10)))
    report = desk.import_(desk.book(shift(4, of=10)))
    assert report.counts == {Status.UNCHANGED: 6, Status.SKIPPED: 4}
    assert {code for code, _ in problems(report)} == {"FILE_MANY_UPDATES"}
    assert "changes to 4 of 10 existing records" in report.problems[0].found
    assert not report.is_in_order
    assert patches(desk) == 0
    assert report.results


def test_new_rows_wait_at_the_gate_too(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(10)))
    more = shift(4, of=10) + "\nD-NEW | New | REPORTED | 1 | kg | Weighed"
    report = desk.import_(desk.book(more))
    assert report.counts == {Status.UNCHANGED: 6, Status.SKIPPED: 5}
    assert "D-NEW" not in desk.stored(DATAPOINT)


def test_a_plan_shows_what_the_gate_would_hold(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(10)))
    report = desk.plan(desk.book(shift(4, of=10)))
    assert report.counts == {Status.UPDATED: 4, Status.UNCHANGED: 6}
    assert {code for code, _ in problems(report)} == {"FILE_MANY_UPDATES"}


def test_accept_updates_opens_the_gate(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(10)))
    report = desk.import_(desk.book(shift(4, of=10)), accept_updates=True)
    assert report.counts == {Status.UPDATED: 4, Status.UNCHANGED: 6}
    assert report.is_in_order


def test_thirty_percent_pass(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(10)))
    report = desk.import_(desk.book(shift(3, of=10)))
    assert report.counts == {Status.UPDATED: 3, Status.UNCHANGED: 7}


def test_nine_records_are_too_few_for_a_gate(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(9)))
    report = desk.import_(desk.book(shift(9, of=9)))
    assert report.counts == {Status.UPDATED: 9}


def test_new_records_do_not_open_the_gate(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(10)))
    many = build_datapoints(40).splitlines()[12:]
    report = desk.import_(desk.book("\n".join([*shift(4, of=10).splitlines(), *many])))
    assert report.counts == {Status.UNCHANGED: 6, Status.SKIPPED: 34}


def test_overwriting_many_is_held_at_the_gate(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(10)))
    desk.forget()
    report = desk.import_(desk.book(shift(4, of=10)), overwrite=True)
    assert report.counts == {Status.UNCHANGED: 6, Status.SKIPPED: 4}
    assert patches(desk) == 0


def test_create_only_never_updates(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(2)))
    more = shift(1, of=2) + "\nD-NEW | New | REPORTED | 1 | kg | Weighed"
    report = desk.import_(desk.book(more), create_only=True)
    assert report.counts == {Status.CREATED: 1, Status.UNCHANGED: 1, Status.CONFLICT: 1}
    assert problems(report) == {("API_CONFLICT", "Datapoints!D2")}
    assert "--create-only" in report.all_problems[0].remedy
    assert patches(desk) == 0


def test_create_only_wins_over_overwrite(desk: Desk) -> None:
    desk.import_(desk.book(build_datapoints(2)))
    report = desk.import_(desk.book(shift(1, of=2)), create_only=True, overwrite=True)
    assert report.counts == {Status.UNCHANGED: 1, Status.CONFLICT: 1}
    assert patches(desk) == 0
