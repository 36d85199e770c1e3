"""Uploads in the ledger: of two that move one, one wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from importer.ledger.store import SqlLedger
from importer.model.uploads import UploadChange, UploadState

RECEIVED, PLANNED, SENDING = UploadState.RECEIVED, UploadState.PLANNED, UploadState.SENDING


def add(ledger: SqlLedger, upload: str, previous: str = "") -> None:
    ledger.uploads.add(
        upload,
        previous=previous,
        name="Month.xlsx",
        stored=f"{upload}/Month.xlsx",
        evidence="",
        target="sandbox",
    )


def test_an_upload_comes_back(ledger: SqlLedger) -> None:
    add(ledger, "a")
    add(ledger, "b", previous="a")
    found = ledger.uploads.find("b")
    assert found is not None
    assert (found.name, found.previous, found.state, found.run) == ("Month.xlsx", "a", RECEIVED, 0)
    assert found.changed_at == found.received_at
    assert ledger.uploads.find("c") is None


def test_a_move_changes_what_is_said_and_nothing_else(ledger: SqlLedger) -> None:
    add(ledger, "a")
    run = ledger.open_run(verb="import", target="sandbox", file="Month.xlsx", digest="")
    change = UploadChange(report={"plan": [1, "zwei"]}, run=run, results="a/r.xlsx")
    assert ledger.uploads.move("a", out_of=(RECEIVED,), to=PLANNED, change=change)
    found = ledger.uploads.find("a")
    assert found is not None
    assert (found.state, found.report, found.run) == (PLANNED, {"plan": [1, "zwei"]}, run)
    assert (found.results, found.target, found.options) == ("a/r.xlsx", "sandbox", {})
    assert found.changed_at > found.received_at


def test_a_move_out_of_another_state_does_nothing(ledger: SqlLedger) -> None:
    add(ledger, "a")
    assert not ledger.uploads.move("a", out_of=(PLANNED,), to=SENDING)
    assert not ledger.uploads.move("b", out_of=(RECEIVED,), to=SENDING)
    found = ledger.uploads.find("a")
    assert found is not None
    assert found.state is RECEIVED


def test_a_move_after_another_change_does_nothing(ledger: SqlLedger) -> None:
    add(ledger, "a")
    seen = ledger.uploads.find("a")
    assert seen is not None
    moments = {"out_of": (RECEIVED,), "to": RECEIVED, "unchanged_since": seen.changed_at}
    assert ledger.uploads.move("a", **moments)
    assert not ledger.uploads.move("a", **moments)


def test_of_many_at_once_one_wins(ledger: SqlLedger) -> None:
    add(ledger, "a")
    start = Barrier(8)

    def move(_: int) -> bool:
        start.wait()
        return ledger.uploads.move("a", out_of=(RECEIVED,), to=SENDING)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(move, range(8))) == [False] * 7 + [True]


def test_the_latest_come_first_and_without_their_reports(ledger: SqlLedger) -> None:
    for upload in ("a", "b", "c"):
        add(ledger, upload)
        ledger.uploads.move(
            upload, out_of=(RECEIVED,), to=PLANNED, change=UploadChange(report={"large": True})
        )
    latest = ledger.uploads.latest(2)
    assert [(each.id, each.report) for each in latest] == [("c", {}), ("b", {})]
