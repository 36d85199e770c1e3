"""What bad input gets: one clear line; the server stays up, and nothing is sent twice."""

import socket
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from importer.apis.breaker import Breaker
from importer.apis.patience import Patience
from importer.flows.intake import LIMITS, Part
from importer.flows.reception import Reception
from importer.flows.stopping import Stop
from importer.flows.twin import as_target
from importer.model.failure import UploadTaken
from importer.model.uploads import UploadState
from importer.sandbox.faults import Fault
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sandbox.server import Running
from support.tables import write_book
from tests.cli.books import NO_ROWS, ONE, OTHER_SHEETS, TWO, write_cut, write_ole
from tests.cli.shell import files_in, writes
from tests.web.serving import served
from tests.web.tab import Tab, open_tab, read, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def still_there(tab: Tab) -> Iterator[None]:
    """Whatever a test sends, the first page is there afterwards."""
    yield
    assert tab.client.get("/").status_code == 200


def test_a_text_that_is_called_a_workbook(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "month.xlsx").write_text("not a workbook at all")
    page = tab.see(tab.upload(tmp_path / "month.xlsx"))
    assert "month.xlsx cannot be read" in page
    assert "Found a text file; expected an Excel workbook (.xlsx or .xlsm), or" in page
    assert "Nothing was sent." in page
    assert "Upload the corrected file" in page


def test_an_old_workbook_and_a_cut_one(tab: Tab, tmp_path: Path) -> None:
    old = tab.see(tab.upload(write_ole(tmp_path / "old.xls", "Workbook")))
    assert "old.xls cannot be read" in old
    cut = tab.see(tab.upload(write_cut(tmp_path / "cut.xlsx")))
    assert "cut.xlsx cannot be read" in cut


def test_a_zip_bomb(tab: Tab, tmp_path: Path) -> None:
    bomb = write_book(tmp_path / "bomb.xlsx", ONE)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/large.bin", bytes(60_000_000))
    assert bomb.stat().st_size < 200_000
    page = tab.see(tab.upload(bomb))
    assert "bomb.xlsx cannot be read" in page
    assert "Split it into several workbooks" in page


@pytest.mark.parametrize(("text", "words"), [(NO_ROWS, "no filled row"), (OTHER_SHEETS, "Costs")])
def test_a_workbook_with_nothing_to_send(tab: Tab, tmp_path: Path, text: str, words: str) -> None:
    page = tab.see(tab.upload(write_book(tmp_path / "month.xlsx", text)))
    assert words in page
    assert "to sandbox" not in page


def test_a_file_that_is_too_large_leaves_nothing_behind(
    tab: Tab, server: str, state: Path, tmp_path: Path
) -> None:
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    with large.open("rb") as file:
        answer = tab.client.post("/uploads", files={"workbook": ("large.xlsx", file)})
    assert answer.status_code == 413
    assert "“large.xlsx” is larger than the 50 MB that are taken as workbook." in read(answer)
    assert files_in(state / "uploads") == set()
    assert list((state / "uploads").iterdir()) == []


def test_a_sender_that_listens_only_in_the_end_is_told(tab: Tab, server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    head = b'--B\r\nContent-Disposition: form-data; name="workbook"; filename="a.xlsx"\r\n\r\n'
    lines = [
        "POST /uploads HTTP/1.1",
        f"Host: {host}:{port}",
        f"Origin: {server}",
        "Content-Type: multipart/form-data; boundary=B",
        f"Content-Length: {len(head) + 100_000_000}",
        "Connection: close",
    ]
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + head)
        for _ in range(100):
            connection.sendall(bytes(1_000_000))
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_sender_that_hangs_up_leaves_nothing_behind(tab: Tab, state: Path) -> None:
    uploads = state / "uploads"

    def cut() -> Iterator[bytes]:
        yield b'--B\r\nContent-Disposition: form-data; name="workbook"; filename="a.xlsx"\r\n\r\n'
        yield bytes(200_000)
        wait_until(lambda: uploads.is_dir() and bool(files_in(uploads)))
        raise ConnectionAbortedError

    headers = {"content-type": "multipart/form-data; boundary=B", "content-length": "900000"}
    with pytest.raises(ConnectionAbortedError):
        tab.client.post("/uploads", content=cut(), headers=headers)
    wait_until(lambda: list(uploads.iterdir()) == [])


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("application/x-www-form-urlencoded", b"workbook=month.xlsx"),
        ("application/json", b"{}"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=B", b"nothing of the kind"),
        ("multipart/form-data; boundary=B", b"--B\r\nContent-Disposition: form-data"),
        ("multipart/form-data; boundary=B", b""),
        ("", b""),
    ],
)
def test_a_form_that_is_none(tab: Tab, state: Path, content_type: str, content: bytes) -> None:
    answer = tab.client.post("/uploads", content=content, headers={"content-type": content_type})
    assert answer.status_code == 400
    assert "is not the upload form of this page" in read(answer)
    assert files_in(state / "uploads") == set()


def test_no_file_two_files_and_a_zip_that_is_none(tab: Tab, state: Path, tmp_path: Path) -> None:
    none = tab.client.post("/uploads", files={"workbook": ("", b"")})
    empty = tab.client.post("/uploads", files={"workbook": ("month.xlsx", b"")})
    two = tab.client.post("/uploads", files=[("workbook", ("a.xlsx", b"PK"))] * 2)
    book = write_book(tmp_path / "month.xlsx", ONE)
    zipped = tab.send_file(book, evidence=write_text(tmp_path / "evidence.zip"))
    assert [each.status_code for each in (none, empty, two, zipped)] == [400] * 4
    assert "No workbook came with the form." in read(none)
    assert "No workbook came with the form." in read(empty)
    assert "Two files came where one is asked for." in read(two)
    assert "“evidence.zip” is not a zip" in read(zipped)
    assert files_in(state / "uploads") == set()


def write_text(path: Path) -> Path:
    path.write_text("not a zip")
    return path


@pytest.mark.parametrize(
    "name", ["../../../evil.xlsx", "C:\\evil.xlsx", ".xlsx", "..", "a\0b.xlsx", "x" * 300, "con"]
)
def test_a_name_leads_nowhere_else(tab: Tab, state: Path, tmp_path: Path, name: str) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", ONE), name=name)
    tab.send(url)
    assert tab.client.get(f"{url}/results").status_code == 200
    (folder,) = (state / "uploads").iterdir()
    assert files_in(tmp_path) - files_in(state.parent) == set()
    assert {Path(each).suffix for each in files_in(folder)} == {".xlsx"}


def test_a_stale_link(tab: Tab) -> None:
    for url in ("/uploads/nope", "/uploads/nope/results", "/templates/nope.xlsx"):
        answer = tab.client.get(url)
        assert answer.status_code == 404
        assert "Not here" in read(answer)
    assert tab.submit("/uploads/nope/send").status_code == 404
    assert "There is no page at this address." in read(tab.client.get("/nowhere"))


def test_no_results_before_it_is_sent(tab: Tab, tmp_path: Path) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", ONE))
    answer = tab.client.get(f"{url}/results")
    assert answer.status_code == 404
    assert "It is made when the upload is sent." in read(answer)


def test_two_tabs_send_one_plan(tab: Tab, server: str, tmp_path: Path, twin: Running) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
    start = threading.Barrier(4)

    def press(_: int) -> int:
        with open_tab(server) as mine:
            start.wait()
            answer = mine.submit(f"{url}/send", how="valid")
            if answer.status_code == 409:
                assert "already taken up, in another tab" in read(answer)
            return answer.status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(press, range(4)))
    assert codes == [303, 409, 409, 409]
    assert "2 created" in tab.see(tab.wait(url))
    assert len(writes(twin)) == 2


def test_two_servers_go_on_with_one_upload(
    tab: Tab, tmp_path: Path, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both saw it interrupted; the one that comes second is told."""
    url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
    upload = url.rpartition("/")[2]
    uploads = reception.work.connected.ledger.uploads
    assert uploads.move(upload, out_of=(UploadState.PLANNED,), to=UploadState.SENDING)
    seen = uploads.find(upload)
    assert uploads.move(upload, out_of=(UploadState.SENDING,), to=UploadState.SENDING)
    monkeypatch.setattr(Reception, "_find", lambda *_: seen)
    with pytest.raises(UploadTaken):
        reception.go_on(upload)


def have_no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause between attempts, and an outage is not waited out."""
    monkeypatch.setattr(Patience, "pause", lambda *_: 0.0)
    monkeypatch.setattr(Breaker, "is_endured", lambda _: False)
    monkeypatch.setattr(Breaker, "pause", lambda _: 0.0)
    monkeypatch.setattr(Stop, "sleep", lambda *_: None)


def test_the_service_is_down(
    tmp_path: Path, state: Path, twin: Running, monkeypatch: pytest.MonkeyPatch, closed_port: int
) -> None:
    have_no_patience(monkeypatch)
    target = as_target(twin, "a test")
    assert target.isometric is not None
    away = replace(target.isometric, base_url=f"http://127.0.0.1:{closed_port}/mrv/v0")
    book = write_book(tmp_path / "month.xlsx", TWO)
    down = replace(target, cula=None, isometric=away)
    with served(state, down) as (address, _), open_tab(address) as tab:
        url = tab.upload(book)
        page = tab.see(url)
        assert "No plan could be made, so nothing can be sent yet." in page
        assert "Isometric cannot be reached" in page or "isometric" in page.lower()
        assert "Try again" in page
        assert tab.submit(f"{url}/send", how="valid").status_code == 409
    with served(state, replace(target, cula=None)) as (address, _), open_tab(address) as tab:
        assert tab.submit(f"{url}/plan").status_code == 303
        assert "Send 2 rows to sandbox" in tab.see(tab.wait(url))


def test_the_service_goes_away_while_rows_are_sent(
    tab: Tab, tmp_path: Path, twin: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    have_no_patience(monkeypatch)
    url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
    twin.store.faults.add(
        Fault(method="*", path="/mrv/v0/datapoints", kind="reset", after=2, times=None)
    )
    page = tab.see(tab.send(url))
    assert "Go on sending to sandbox" in page
    assert "uncertain" in page
    twin.store.faults.clear()
    assert tab.submit(f"{url}/go-on").status_code == 303
    assert "All 2 rows are in order." in tab.see(tab.wait(url))
    keys = [each.reference for each in twin.store.select(DATAPOINT)]
    assert sorted(each for each in keys if each and each.startswith("D-")) == ["D-1", "D-2"]


def test_the_limits_are_told_before(tab: Tab) -> None:
    assert LIMITS == {Part.WORKBOOK: 50_000_000, Part.EVIDENCE: 500_000_000}
    seen = tab.see("/")
    assert ".xlsx" in seen
    assert "of up to 50 MB" in seen
