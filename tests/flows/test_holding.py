"""Rows that are fine go in, others stay out with what waits for them; or all, or nothing."""

from dataclasses import replace
from itertools import count
from typing import cast

import pytest

from importer.model.event import Event
from importer.model.outcome import Status
from importer.model.ports import Answer, Call, Service
from importer.sandbox.isometric.kinds import DATAPOINT, ENTRY
from importer.sandbox.switches import Switches
from support.desk import Desk, by_row, problems, statuses
from support.plant import Month, build_month
from tests.flows import books
from tests.flows.conftest import DeskAt
from tests.flows.months import build_batch, change, save, save_whole

pytestmark = pytest.mark.slow

ENTRY_KEY = "NB-2026-10-B1"
MASS = f"{ENTRY_KEY}-MASS"


def without_description() -> Month:
    return change(build_batch(), "Datapoints", MASS, "Description", None)


def test_what_waits_for_an_invalid_row_is_blocked_and_names_it(desk: Desk) -> None:
    report = desk.import_(save(desk, without_description()))
    assert by_row(report)["Datapoints", 2].status is Status.INVALID
    assert set(statuses(report)["Datapoints"][1:]) == {"created"}
    assert set(statuses(report)["Entries"] + statuses(report)["Entry inputs"]) == {"blocked"}
    entry = by_row(report)["Entries", 2]
    assert entry.message == "Waits for the datapoint in Datapoints row 2, which stays out."
    assert not desk.stored(ENTRY)


def test_once_it_is_mended_only_what_is_still_open_is_sent(desk: Desk) -> None:
    desk.import_(save(desk, without_description()))
    before = len(desk.writes())
    report = desk.import_(save(desk, build_batch()))
    assert desk.writes()[before:] == ["POST /mrv/v0/datapoints", "POST /mrv/v0/ghg_entries"]
    assert report.is_in_order


def test_what_waits_for_a_conflict_is_blocked(desk: Desk) -> None:
    month = build_batch()
    month["Entries"], month["Entry inputs"] = [], []
    desk.import_(save(desk, month))
    body = desk.stored(DATAPOINT)[MASS]
    desk.twin.store.change(DATAPOINT, body["id"], {"description": "Counted"})
    report = desk.import_(save(desk, build_batch()))
    assert by_row(report)["Datapoints", 2].status is Status.CONFLICT
    assert set(statuses(report)["Entries"]) == {"blocked"}
    assert "Datapoints row 2" in by_row(report)["Entries", 2].message


def test_an_entry_that_is_there_already_does_not_wait_for_a_conflict(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    body = desk.stored(DATAPOINT)[MASS]
    desk.twin.store.change(DATAPOINT, body["id"], {"description": "Counted"})
    report = desk.import_(save(desk, build_batch()))
    assert by_row(report)["Datapoints", 2].status is Status.CONFLICT
    assert set(statuses(report)["Entries"]) == {"unchanged"}


def test_what_the_service_refuses_blocks_what_waits_for_it(desk: Desk) -> None:
    desk.goes_wrong(
        "status", "POST /datapoints", "isometric", status=400, body={"detail": "No, thanks"}
    )
    report = desk.import_(save(desk, build_batch()))
    assert by_row(report)["Datapoints", 2].status is Status.FAILED
    assert set(statuses(report)["Entries"]) == {"blocked"}


def test_it_goes_on_over_two_steps(desk: Desk) -> None:
    path = save_whole(desk, build_month())
    (desk.folder / "evidence" / "weighbridge-b1.csv").unlink()
    report = desk.import_(path)
    rows = by_row(report)
    assert rows["Sources", 2].status is Status.INVALID
    weighed = rows["Datapoints", 2]
    assert weighed.message == "Waits for the source in Sources row 2, which stays out."
    assert statuses(report)["Entries"] == ["blocked", "created"]
    assert "Datapoints row" in rows["Entries", 2].message
    assert set(desk.stored(ENTRY)) == {"NB-2026-10-B2"}


HELD = "Not sent: not every row is fine (--all-or-nothing)."
INVALID = books.DATAPOINTS.replace("ASSUMPTION", "GUESS")


def test_all_or_nothing_sends_nothing_when_a_row_is_invalid(desk: Desk) -> None:
    report = desk.import_(desk.book(INVALID), all_or_nothing=True)
    assert statuses(report) == {"Datapoints": ["skipped", "skipped", "invalid"]}
    assert by_row(report)["Datapoints", 2].message == HELD
    assert not desk.writes()


def test_all_or_nothing_sends_nothing_when_there_is_a_conflict(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    body = desk.stored(DATAPOINT)["D-1"]
    desk.twin.store.change(DATAPOINT, body["id"], {"description": "Counted"})
    before = desk.writes()
    changed = books.DATAPOINTS.replace("104", "105")
    report = desk.import_(desk.book(changed), all_or_nothing=True)
    assert statuses(report) == {"Datapoints": ["conflict", "skipped", "unchanged"]}
    assert desk.writes() == before


def test_all_or_nothing_sends_nothing_when_a_row_is_blocked(desk: Desk) -> None:
    report = desk.import_(save(desk, without_description()), all_or_nothing=True)
    assert set(statuses(report)["Entries"]) == {"blocked"}
    assert not desk.writes()


def test_all_or_nothing_sends_nothing_when_the_account_lacks_a_name(desk: Desk) -> None:
    unknown = books.BOTH.replace("Meter number ", "Metre number ")
    report = desk.import_(desk.book(unknown), all_or_nothing=True)
    assert set(statuses(report)["Datapoints"]) == {"skipped"}
    assert not desk.writes()


def test_all_or_nothing_sends_nothing_when_a_sheet_could_not_be_read(desk: Desk) -> None:
    misspelt = desk.book(books.BOTH.replace("Datapoints\n", "Datapoint\n"))
    report = desk.import_(misspelt, all_or_nothing=True)
    assert ("SHEET_NAME_NEAR", "Datapoint!0") in problems(report)
    assert not desk.writes()


def test_all_or_nothing_sends_all_when_every_row_is_fine(desk: Desk) -> None:
    report = desk.import_(desk.book(books.BOTH), all_or_nothing=True)
    assert set(report.counts) == {Status.CREATED}


def test_a_conflict_is_told_although_the_run_was_cut_short_before_it(desk: Desk) -> None:
    desk.import_(desk.book(books.BOTH))
    body = desk.stored(DATAPOINT)["D-1"]
    desk.twin.store.change(DATAPOINT, body["id"], {"description": "Counted"})
    desk.goes_wrong("status", "PUT /periodic-emission-logs", "cula", status=401, times=9)
    report = desk.import_(desk.book(books.BOTH.replace("84230", "84231")))
    assert report.stopped
    assert set(statuses(report)["Emission logs"]) == {"skipped"}
    assert statuses(report)["Datapoints"] == ["conflict", "unchanged", "unchanged"]
    assert ("API_CONFLICT", "Datapoints!G2") in problems(report)


def test_a_row_is_not_called_uncertain_when_nothing_was_sent(desk: Desk) -> None:
    desk.goes_wrong("status", "POST /datapoints", "isometric", status=401, times=9)
    report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["skipped"] * 3}
    assert len(report.stopped) == 2
    assert report.results


@pytest.mark.parametrize("number", [0, 1])
def test_ctrl_c_leaves_one_row_in_doubt_and_the_rest_unsent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    service = desk.session.services["isometric"]
    send, sent = service.send, count()

    def interrupted(call: Call) -> Answer:
        answer = send(call)
        if next(sent) == number:
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr(service, "send", interrupted)
    path = desk.book(books.DATAPOINTS)
    report = desk.import_(path)
    before, after = ["created"] * number, ["skipped"] * (2 - number)
    assert statuses(report) == {"Datapoints": [*before, "uncertain", *after]}
    assert report.interrupted
    assert report.results
    again = desk.import_(path)
    assert statuses(again) == {
        "Datapoints": ["unchanged"] * (number + 1) + ["created"] * len(after)
    }
    assert len(desk.writes()) == 3


def test_ctrl_c_between_two_rows_ends_what_has_begun_and_begins_nothing(desk: Desk) -> None:
    def stop(event: Event) -> None:
        if (event.stage, event.done) == ("send", 1):
            raise KeyboardInterrupt

    desk.session = replace(desk.session, listener=stop)
    report = desk.import_(desk.book(books.build_datapoints(50)))
    ends = statuses(report)["Datapoints"]
    assert ends == sorted(ends)
    assert set(ends) == {"created", "skipped"}
    assert len(desk.writes()) == ends.count("created")
    assert report.interrupted
    assert report.results


def test_ctrl_c_while_figures_are_read_loses_nothing(desk_at: DeskAt) -> None:
    desk = desk_at(Switches(calculation_seconds=9))
    service = desk.session.services["cula"]

    class Impatient:
        """Cula, and a user who stops it once the log was sent and is looked up for its figure."""

        def __getattr__(self, name: str) -> object:
            if name == "find" and desk.writes():
                raise KeyboardInterrupt
            return getattr(service, name)

    desk.session = replace(
        desk.session, services={**desk.session.services, "cula": cast(Service, Impatient())}
    )
    report = desk.import_(desk.book(books.LOG))
    assert set(report.counts) == {Status.CREATED}
    assert report.interrupted
