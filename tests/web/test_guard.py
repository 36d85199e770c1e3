"""The guard: only our own pages send forms, and every answer carries the same headers."""

import re
from pathlib import Path

import httpx
import pytest

from importer.flows.reception import Reception
from importer.model.failure import LedgerUnavailable
from importer.sandbox.server import Running
from support.tables import write_book
from tests.cli.books import ONE
from tests.cli.shell import files_in, writes
from tests.web.tab import Tab, open_tab, read, wait_until

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="says nothing"),
        pytest.param({"sec-fetch-site": "cross-site"}, id="another site"),
        pytest.param({"sec-fetch-site": "same-site"}, id="another port"),
        pytest.param({"sec-fetch-site": "none"}, id="typed"),
        pytest.param({"origin": "https://evil.example"}, id="another origin"),
        pytest.param({"origin": "null"}, id="no origin"),
        pytest.param(
            {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:1"}, id="both differ"
        ),
    ],
)
def test_a_form_of_another_page_does_nothing(
    server: str, state: Path, tmp_path: Path, twin: Running, headers: dict[str, str]
) -> None:
    book = write_book(tmp_path / "month.xlsx", ONE)
    with open_tab(server) as own:
        url = own.upload(book)
    before = files_in(state / "uploads")
    with httpx.Client(base_url=server, headers=headers) as client:
        for address in ("/uploads", f"{url}/send", f"{url}/plan", f"{url}/go-on"):
            answer = client.post(address, files={"workbook": ("month.xlsx", book.read_bytes())})
            assert answer.status_code == 403
            assert "not sent by a page of this server" in read(answer)
    assert files_in(state / "uploads") == before
    assert writes(twin) == []


@pytest.mark.parametrize("one", ["origin", "sec-fetch-site"])
def test_one_of_the_two_headers_is_enough(server: str, tmp_path: Path, one: str) -> None:
    with open_tab(server) as tab:
        del tab.client.headers[one]
        tab.upload(write_book(tmp_path / "month.xlsx", ONE))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_name_that_leads_here_is_refused(server: str, host: str) -> None:
    answer = httpx.get(server, headers={"host": host})
    assert answer.status_code in (400, 403)
    assert "Upload a workbook" not in answer.text


def test_the_names_of_this_machine_are_taken(server: str) -> None:
    port = server.rpartition(":")[2]
    for name in ("127.0.0.1", "localhost", "[::1]"):
        assert httpx.get(server, headers={"host": f"{name}:{port}"}).status_code == 200


def test_every_answer_carries_the_headers(
    tab: Tab, tmp_path: Path, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", ONE))
    tab.send(url)
    addresses = ["/", "/runs", url, f"{url}/results", "/templates/cula.xlsx", "/nowhere"]
    answers = [tab.client.get(each) for each in addresses]
    answers.append(tab.submit(f"{url}/send"))
    for answer in answers:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, answer.url


def test_a_mistake_of_ours_shows_no_inside(
    tab: Tab, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(reception: Reception) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr(Reception, "runs", fail)
    answer = tab.client.get("/runs")
    assert answer.status_code == 500
    assert "a mistake that is not yours" in read(answer)
    assert "inside" not in answer.text
    assert answer.headers["connection"] == "close"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    wait_until(lambda: "RuntimeError: the inside" in caplog.text)
    assert tab.client.get("/").status_code == 200


def test_a_ledger_that_is_gone_is_told(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(reception: Reception) -> None:
        raise LedgerUnavailable("The ledger is full.", remedy="Type: run the same command again.")

    monkeypatch.setattr(Reception, "runs", fail)
    answer = tab.client.get("/runs")
    assert answer.status_code == 500
    assert "The ledger is full. Type: try again." in read(answer)


def test_no_page_has_a_style_or_script_of_its_own(tab: Tab, tmp_path: Path) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", ONE))
    pages = [tab.html(each) for each in ("/", "/runs", url, "/nowhere")]
    for page in pages:
        assert not re.search(r"<style| style=| on[a-z]+=|<script(?! src=)|javascript:", page)


def test_what_a_workbook_says_is_text(tab: Tab, tmp_path: Path) -> None:
    evil = ONE.replace("Weighbridge", "<script>alert(1)</script>").replace("840", "<b>much</b>")
    url = tab.upload(write_book(tmp_path / "month.xlsx", evil), name="<img src=x>.xlsx")
    page = tab.html(url)
    assert "<script>alert" not in page
    assert "<b>much" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
