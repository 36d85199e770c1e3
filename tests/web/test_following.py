"""Progress: what is under way is told while it happens, and after a restart it goes on."""

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from importer.flows import upload_work
from importer.flows.check import CheckedFile
from importer.flows.reception import Reception
from importer.flows.session import Options, Session
from importer.flows.upload_view import store_options
from importer.model.event import Event
from importer.model.report import FileReport
from importer.model.uploads import UploadChange, UploadState
from importer.sandbox.server import Running
from importer.web.server import serving
from support.tables import write_book
from tests.cli.books import TWO
from tests.cli.shell import writes
from tests.web.halting import halted
from tests.web.serving import served
from tests.web.tab import Tab, open_tab


def test_a_page_that_was_closed_shows_where_it_is(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
    with halted(monkeypatch) as going_on:
        assert tab.submit(f"{url}/send", how="valid").status_code == 303
        seen = []
        for _ in range(2):  # the second one is a page that was opened anew
            with tab.client.stream("GET", f"{url}/events") as events:
                assert events.headers["content-type"].startswith("text/event-stream")
                for line in events.iter_lines():
                    if "Sending" in line:
                        seen.append(line)
                        break
        assert seen == ['data: {"words": "Sending", "done": 1, "total": 2}'] * 2
        assert "Sending : 1 of 2" in tab.see(url)
        assert '<meta http-equiv="refresh" content="2">' in tab.html(url)
        going_on.set()
        with tab.client.stream("GET", f"{url}/events") as events:
            assert "event: end" in list(events.iter_lines())
    assert "2 created" in tab.see(url)


def test_events_of_what_is_not_under_way_end_at_once(tab: Tab, tmp_path: Path) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
    assert tab.client.get(f"{url}/events").text.endswith("event: end\ndata: {}\n\n")


def test_after_a_restart_sending_goes_on(state: Path, tmp_path: Path, twin: Running) -> None:
    with served(state) as (address, reception), open_tab(address) as tab:
        url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
        reception.work.connected.ledger.uploads.move(
            url.rpartition("/")[2],
            out_of=(UploadState.PLANNED,),
            to=UploadState.SENDING,
            change=UploadChange(
                options=store_options(Options(), Event(stage="send", done=1, total=2))
            ),
        )
    with served(state) as (address, _), open_tab(address) as tab:
        page = tab.see(url)
        assert "Sending was interrupted, because the page's server ended, after 1 of 2" in page
        assert "Go on sending to sandbox" in page
        assert tab.submit(f"{url}/send", how="valid").status_code == 409
        assert tab.submit(f"{url}/go-on").status_code == 303
        assert "2 created" in tab.see(tab.wait(url))
        assert tab.submit(f"{url}/go-on").status_code == 409
    assert len(writes(twin)) == 2


def test_what_was_not_planned_is_planned_by_the_next_server(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write_book(tmp_path / "month.xlsx", TWO)
    with served(state) as (address, reception), open_tab(address) as tab:
        monkeypatch.setattr(type(reception.work.worker), "plan", lambda *_: None)
        url = tab.send_file(book).headers["location"]
        monkeypatch.undo()
    with served(state) as (address, _), open_tab(address) as tab:
        assert "Send 2 rows to sandbox" in tab.see(tab.wait(url))


def test_an_upload_of_another_target_is_not_sent(
    tab: Tab, tmp_path: Path, reception: Reception, twin: Running
) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
    other = UploadChange(target="plant-north")
    upload = url.rpartition("/")[2]
    moved = reception.work.connected.ledger.uploads.move(
        upload, out_of=(UploadState.PLANNED,), to=UploadState.PLANNED, change=other
    )
    assert moved
    answer = tab.submit(f"{url}/send", how="valid")
    assert answer.status_code == 409
    assert "was made for the target plant-north; this page sends to sandbox" in answer.text
    assert writes(twin) == []


def test_a_job_that_breaks_ends_itself_only(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, twin: Running
) -> None:
    told: list[BaseException] = []

    def fail(session: Session, file: CheckedFile, **_: object) -> FileReport:
        raise RuntimeError("the inside")

    monkeypatch.setattr(upload_work, "import_file", fail)
    with served(state, complain=told.append) as (address, _), open_tab(address) as tab:
        url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
        page = tab.see(tab.send(url))
        assert "a mistake that is not yours" in page
        assert "the inside" not in page
        monkeypatch.undo()
        assert "2 created" in tab.see(_plan_and_send(tab, url))
    assert [str(each) for each in told] == ["the inside"]


def _plan_and_send(tab: Tab, url: str) -> str:
    tab.submit(f"{url}/plan")
    return tab.send(tab.wait(url))


def test_a_page_that_looks_on_does_not_keep_the_server_up(reception: Reception) -> None:
    reception.work.worker.reserve("endless")
    with ExitStack() as stack:
        server = stack.enter_context(ExitStack())
        tab = stack.enter_context(open_tab(server.enter_context(serving(reception, port=0))))
        events = stack.enter_context(tab.client.stream("GET", "/uploads/endless/events"))
        lines = events.iter_lines()
        assert next(lines) == "retry: 1000"
        begin = time.monotonic()
        server.close()
        assert time.monotonic() - begin < 3
        assert "event: end" not in list(lines)
