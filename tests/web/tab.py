"""A browser's tab without a browser: real HTTP, with the headers that a form of the page has."""

import html
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab at the page."""

    client: httpx.Client

    def see(self, url: str) -> str:
        """The text of a page, tags left out."""
        answer = self.client.get(url)
        assert answer.status_code == 200, answer.text
        return read(answer)

    def html(self, url: str) -> str:
        """The page as it is."""
        return self.client.get(url).text

    def submit(self, url: str, **fields: str) -> httpx.Response:
        """Send a small form."""
        return self.client.post(url, data=fields)

    def send_file(
        self, workbook: Path, *, evidence: Path | None = None, previous: str = "", name: str = ""
    ) -> httpx.Response:
        """Send the upload form."""
        files = {"workbook": (name or workbook.name, workbook.read_bytes())}
        if evidence is not None:
            files["evidence"] = (evidence.name, evidence.read_bytes())
        return self.client.post("/uploads", files=files, data={"previous": previous})

    def upload(
        self, workbook: Path, *, evidence: Path | None = None, previous: str = "", name: str = ""
    ) -> str:
        """Send the upload form, and wait for the plan; answers with its address."""
        answer = self.send_file(workbook, evidence=evidence, previous=previous, name=name)
        assert answer.status_code == 303, answer.text
        return self.wait(answer.headers["location"])

    def send(self, url: str, **fields: str) -> str:
        """Press the button of the plan, and wait for the result."""
        answer = self.submit(f"{url}/send", **{"how": "valid", **fields})
        assert answer.status_code == 303, read(answer)
        return self.wait(url)

    def wait(self, url: str) -> str:
        """Reload until nothing is under way any more."""
        wait_until(lambda: "data-follow" not in self.html(url))
        return url


@contextmanager
def open_tab(address: str, **headers: str) -> Iterator[Tab]:
    """A tab whose forms come from the page itself."""
    own = {"origin": address, "sec-fetch-site": "same-origin", **headers}
    with httpx.Client(base_url=address, headers=own, timeout=PATIENCE_SECONDS) as client:
        yield Tab(client=client)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again, for as long as a busy machine may need."""
    end, pause = time.monotonic() + PATIENCE_SECONDS, threading.Event()
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        pause.wait(0.02)


def read(answer: httpx.Response) -> str:
    """What stands on a page, on one line."""
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", answer.text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def cell(page: str, anchor: str) -> str:
    """The text of a cell of the sheet, by its anchor."""
    found = re.search(rf'(?s)<t[dh][^>]* id="{anchor}"[^>]*>(.*?)</t[dh]>', page)
    assert found, anchor
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[1])).split())
