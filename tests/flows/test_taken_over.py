"""An import that was taken over while it stood still: it writes nothing more, and says so."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from importer.flows.connection import now
from importer.flows.writing import LEASE
from importer.ledger.store import open_ledger
from importer.ledger.writers import Fences
from importer.model.event import Event
from importer.model.outcome import Status
from support.desk import Desk, statuses
from tests.flows import books


def later() -> datetime:
    """The time of someone to whom the lease is long over."""
    return now() + 2 * LEASE


def test_who_is_taken_over_stops_and_leaves_the_results_to_the_other(desk: Desk) -> None:
    path = desk.book(books.build_datapoints(40))

    def take_over(event: Event) -> None:
        if (event.stage, event.done) == ("send", 3):
            url = f"sqlite:///{desk.folder / 'ledger.sqlite'}"
            with open_ledger(url, clock=later) as other:
                assert other.writers.claim(desk.session.scopes.values(), LEASE) is None

    desk.session = replace(desk.session, listener=take_over)
    report = desk.import_(path)
    assert "took over isometric" in report.stopped[0]
    assert set(report.counts) == {Status.CREATED, Status.SKIPPED}
    assert len(desk.writes()) == report.counts[Status.CREATED]
    assert report.results == ""
    assert not list(desk.folder.glob("*.results.xlsx"))


def test_nothing_is_sent_when_the_lease_ran_out_between_intent_and_send(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was paused there finds its intent written, and must not follow it."""
    path = desk.book(books.DATAPOINTS)
    monkeypatch.setattr(Fences, "find_over", lambda _: next(iter(desk.session.scopes.values())))
    report = desk.import_(path)
    assert statuses(report) == {"Datapoints": ["skipped"] * 3}
    assert desk.writes() == []
    monkeypatch.undo()
    assert statuses(desk.import_(path)) == {"Datapoints": ["created"] * 3}


def test_a_second_import_waits_until_the_first_has_let_go(desk: Desk) -> None:
    waits: list[Event] = []
    url = f"sqlite:///{desk.folder / 'ledger.sqlite'}"
    with open_ledger(url, clock=now) as other:
        other.writers.claim(desk.session.scopes.values(), timedelta(hours=1))

        def let_go(event: Event) -> None:
            if event.stage == "wait":
                waits.append(event)
                if len(waits) == 3:
                    other.writers.release(desk.session.scopes.values())

        desk.session = replace(desk.session, listener=let_go)
        report = desk.import_(desk.book(books.DATAPOINTS))
    assert statuses(report) == {"Datapoints": ["created"] * 3}
    assert len(waits) == 3
    assert "is importing" in waits[0].note


def test_who_waits_too_long_is_told_whom_it_met(desk: Desk) -> None:
    url = f"sqlite:///{desk.folder / 'ledger.sqlite'}"
    with open_ledger(url, clock=now, author="anna@laptop") as other:
        other.writers.claim(desk.session.scopes.values(), timedelta(hours=1))
        report = desk.import_(desk.book(books.DATAPOINTS))
    assert set(report.counts) == {Status.SKIPPED}
    assert "anna@laptop, process" in report.stopped[0]
    assert desk.time.seconds >= 1_000 + 600
    assert desk.writes() == []
