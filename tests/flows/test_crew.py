"""Several records at once: what was sequential ends the same, only sooner."""

import _thread
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from importer.flows.crew import Crew, gather
from importer.model.event import Event
from importer.model.outcome import Status
from support.desk import Desk, open_desk, statuses
from support.holdings import spell_holdings
from support.plant import build_month
from tests.flows import books
from tests.flows.months import save_whole

MANY = {"cula": 8, "isometric": 4}


@pytest.fixture
def crowded(desk: Desk) -> Desk:
    desk.session = replace(desk.session, threads=MANY)
    return desk


def test_each_record_is_sent_once_and_results_stand_in_sheet_order(crowded: Desk) -> None:
    report = crowded.import_(crowded.book(books.build_datapoints(120)))
    assert [each.row for each in report.outcomes] == list(range(2, 122))
    assert report.counts == {Status.CREATED: 120}
    assert len(crowded.writes()) == 120


def test_no_more_are_under_way_than_the_service_may_have(crowded: Desk) -> None:
    service = crowded.session.services["isometric"]
    send, lock = service.send, threading.Lock()
    under_way, most = 0, 0

    def count(call: object) -> object:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        try:
            return send(call)  # type: ignore[arg-type]  # passed on as it came
        finally:
            with lock:
                under_way -= 1

    service.send = count  # type: ignore[assignment,method-assign]  # a spy
    crowded.import_(crowded.book(books.build_datapoints(60)))
    assert 1 < most <= MANY["isometric"]


def test_one_document_under_many_ids_is_sent_once(crowded: Desk) -> None:
    (crowded.folder / "invoice.pdf").write_bytes(b"%PDF one")
    rows = "\n".join(f"        F-{n} | invoice.pdf | NB-PLANT" for n in range(12))
    used = "; ".join(f"F-{n}" for n in range(12))
    report = crowded.import_(
        crowded.book(f"""
        Emission logs
        External ID | Config           | Site     | Period start | Period end | Files
        L-1         | Grid electricity | NB-PLANT | 2026-10-01   | 2026-10-31 | {used}

        Emission log values
        Emission log | Data point   | Value | Unit
        L-1          | Electricity  | 12    | kWh
        L-1          | Meter number | "77"  |

        Files
        External ID | File | Site
{rows}
    """)
    )
    assert report.is_in_order, statuses(report)
    assert len([each for each in crowded.writes() if each.endswith("/files")]) == 1


def test_progress_counts_up_to_the_end(crowded: Desk) -> None:
    seen: list[Event] = []
    crowded.session = replace(crowded.session, listener=seen.append)
    crowded.import_(crowded.book(books.build_datapoints(30)))
    done = [each.done for each in seen if each.stage == "send"]
    assert done == sorted(done)
    assert (done[-1], seen[-1].total) == (30, 30)


def test_ctrl_c_waits_for_what_has_begun() -> None:
    begun, go_on, pressed = threading.Event(), threading.Event(), []

    def work() -> str:
        begun.set()
        go_on.wait(5)
        return "done"

    def note() -> None:
        pressed.append(1)
        go_on.set()

    with Crew[str]({"a": 1}) as crew:
        task = crew.start("a", work)
        begun.wait(5)
        timer = threading.Timer(0.1, _press_ctrl_c)
        timer.start()
        ended = [each.result() for each in gather([task], on_interrupt=note)]
        timer.join()
    assert (ended, pressed) == (["done"], [1])


def _press_ctrl_c() -> None:
    _thread.interrupt_main()


@pytest.mark.slow
def test_the_sample_month_ends_as_it_does_one_by_one(crowded: Desk, tmp_path: Path) -> None:
    """Its entries refer to datapoints, those to sources, and logs to files."""
    report = crowded.import_(save_whole(crowded, build_month()))
    assert set(report.counts) == {Status.CREATED}
    held, number = spell_holdings(crowded.twin), len(crowded.writes())
    (tmp_path / "alone").mkdir()
    with open_desk(tmp_path / "alone", crowded.twin.reset()) as alone:
        alone.import_(save_whole(alone, build_month()))
        assert spell_holdings(alone.twin) == held
        assert len(alone.writes()) == number
