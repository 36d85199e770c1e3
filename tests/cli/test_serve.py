"""`serve`: the page on this machine, until Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from importer.sandbox.faults import Fault
from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import PATIENCE_SECONDS, Processes, Shell, finish, is_sound, writes

pytestmark = pytest.mark.slow


def slow_posts() -> Fault:
    """Every post takes its time."""
    return Fault(method="POST", path="/mrv/v0/datapoints", kind="slow", times=None, seconds=0.3)


def address_of(process: subprocess.Popen[str]) -> str:
    """Where the page says that it is."""
    assert process.stdout is not None
    said = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    return found[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send Ctrl-C to one process")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_page_is_there_until_it_is_stopped(
    folder: Path, here: Running, processes: Processes, sign: signal.Signals
) -> None:
    process = processes.start("serve", "--port", "0", "--target", "sandbox")
    address = address_of(process)
    assert "Upload a workbook" in httpx.get(address).text
    process.send_signal(sign)
    said = finish(process)
    assert said.code == 0
    assert said.out.endswith("Stopped.\n")
    assert is_sound(said)
    assert said.err == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send Ctrl-C to one process")
def test_what_is_being_sent_is_finished_though_a_page_still_looks_on(
    folder: Path, here: Running, processes: Processes, shell: Shell
) -> None:
    book = books.write(folder / "month.xlsx", books.build_datapoints(12))
    process = processes.start("serve", "--port", "0", "--target", "sandbox")
    address = address_of(process)
    headers = {"origin": address}
    with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE_SECONDS) as client:
        files = {"workbook": ("month.xlsx", book.read_bytes())}
        url = client.post("/uploads", files=files).headers["location"]
        while "data-follow" in client.get(url).text:
            pass
        here.store.faults.add(slow_posts())
        assert client.post(f"{url}/send", data={"how": "valid"}).status_code == 303
        with client.stream("GET", f"{url}/events") as events:
            assert any("Sending" in line for line in events.iter_lines())
            process.send_signal(signal.SIGINT)
            said = finish(process)
    assert (said.code, said.err) == (0, "")
    assert len(writes(here)) == 12
    assert "finished  created 12" in shell("runs").out


def test_no_target_is_named(folder: Path, shell: Shell) -> None:
    said = shell("serve")
    assert said.code == 3
    assert "Targets: sandbox (built in)." in said.err
    assert said.err.endswith("Next:\n  importer serve --target sandbox\n")


def test_the_port_is_taken(folder: Path, here: Running, shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        said = shell("serve", "--target", "sandbox", "--port", str(port))
    assert said.code == 3
    assert f"The page cannot be served on port {port}" in said.err
    assert is_sound(said)
