"""The main job as a person does it: import, import again, change a cell, send an old file."""

import shutil
import socketserver
import sqlite3
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from importer.sandbox.server import Running
from support.plant import build_month
from tests.cli import books
from tests.cli.shell import Processes, Shell, files_in, finish, is_sound, writes
from tests.flows import books as flow_books

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
GOOD = "biochar-plant-october.xlsx"
ON_SANDBOX = ("--target", "sandbox")


def ask(state: Path, query: str) -> list[tuple[str, ...]]:
    """What the sandbox of the state folder holds, read when no command runs."""
    connection = sqlite3.connect(state / "sandbox.sqlite")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def sent(state: Path) -> list[tuple[str, ...]]:
    """The writes that the sandbox of the state folder has seen so far."""
    return ask(
        state, "SELECT method, path FROM requests WHERE method != 'GET' AND service != 'token'"
    )


def datapoints(state: Path) -> list[str]:
    """The references of its datapoints that came from a workbook of a test."""
    found = ask(state, "SELECT reference FROM documents WHERE reference LIKE 'D-%'")
    return sorted(reference for (reference,) in found)


@pytest.mark.slow
def test_the_good_month_in_two_processes(folder: Path, state: Path, processes: Processes) -> None:
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    rows = sum(len(table) for table in build_month().values())
    first = processes("import", GOOD, *ON_SANDBOX)
    assert (first.code, first.err) == (0, "")
    assert f"{GOOD}: all {rows} rows are in order.\n  created {rows}\n" in first.out
    written = sent(state)
    second = processes("import", GOOD, *ON_SANDBOX)
    assert (second.code, second.err) == (0, "")
    assert f"  unchanged {rows}\n" in second.out
    assert sent(state) == written
    assert second.out.endswith(
        "Next: nothing is left to send. When a row changes, import the file again:\n"
        f"  importer import {GOOD} --target sandbox\n"
    )


def test_one_change_is_one_update_and_the_old_file_reverts_nothing(
    folder: Path, shell: Shell, here: Running
) -> None:
    books.write(folder / "old.xlsx", books.TWO)
    books.write(folder / "new.xlsx", books.TWO.replace("840", "841"))
    assert shell("import", "old.xlsx", *ON_SANDBOX).code == 0
    before = writes(here)
    planned = shell("plan", "new.xlsx", *ON_SANDBOX)
    assert planned.code == 0
    assert "  to update 1 · unchanged 1\n  ~ Datapoints row 2 D-1: Value: 840" in planned.out
    assert writes(here) == before
    assert shell("import", "new.xlsx", *ON_SANDBOX).code == 0
    assert len(writes(here)) == len(before) + 1
    old = shell("import", "old.xlsx", *ON_SANDBOX)
    assert old.code == 1
    assert "  unchanged 1 · conflict 1\n" in old.out
    assert "API_CONFLICT" in old.out
    assert "--overwrite" in old.out.split("Next:")[0]
    assert len(writes(here)) == len(before) + 1
    assert shell("import", "old.xlsx", *ON_SANDBOX, "--overwrite").code == 0
    assert len(writes(here)) == len(before) + 2


def test_the_gate_shows_how_to_pass_it(folder: Path, shell: Shell, here: Running) -> None:
    books.write(folder / "month.xlsx", books.build_datapoints(12))
    assert shell("import", "month.xlsx", *ON_SANDBOX).code == 0
    before = writes(here)
    books.write(folder / "month.xlsx", books.build_datapoints(12, value=20))
    stopped = shell("import", "month.xlsx", *ON_SANDBOX, "--results", "out")
    assert stopped.code == 1
    assert "month.xlsx: nothing was sent; 0 of 12 rows are in order." in stopped.out
    assert stopped.out.endswith(
        "Next: look at what would change; if it is what you mean, send it:\n"
        "  importer plan month.xlsx --target sandbox\n"
        "  importer import month.xlsx --target sandbox --results out --accept-updates\n"
    )
    assert writes(here) == before
    passed = shell("import", "month.xlsx", *ON_SANDBOX, "--accept-updates")
    assert passed.code == 0
    assert "--accept-updates" not in passed.out


def test_all_or_nothing_sends_nothing(folder: Path, shell: Shell, here: Running) -> None:
    books.write(folder / "month.xlsx", books.WRONG_CELL)
    said = shell("import", "month.xlsx", *ON_SANDBOX, "--all-or-nothing")
    assert said.code == 1
    assert "month.xlsx: nothing was sent; 0 of 2 rows are in order." in said.out
    assert said.out.endswith(
        "  importer import month.results.xlsx --target sandbox --all-or-nothing\n"
    )
    assert writes(here) == []


def test_results_of_two_files_never_share_a_name(folder: Path, shell: Shell, here: Running) -> None:
    for place in ("north", "south"):
        (folder / place).mkdir()
        books.write(folder / place / "month.xlsx", books.ONE)
    said = shell("import", "north", "south", *ON_SANDBOX, "--results", "out")
    assert (said.code, said.out) == (2, "")
    assert "north/month.xlsx and south/month.xlsx would have one results workbook" in said.err
    assert writes(here) == []
    apart = shell("import", "north", "south", *ON_SANDBOX)
    assert apart.code == 0
    assert "\nnorth/month.xlsx: its one row is in order." in apart.out
    assert "\nsouth/month.xlsx: its one row is in order." in apart.out
    assert {"north/month.results.xlsx", "south/month.results.xlsx"} < files_in(folder)


def test_a_results_workbook_goes_on(folder: Path, shell: Shell, here: Running) -> None:
    books.write(folder / "month.xlsx", books.ONE)
    shell("import", "month.xlsx", *ON_SANDBOX)
    again = shell("import", "month.results.xlsx", *ON_SANDBOX)
    assert again.code == 0
    assert "month.results.xlsx: its one row is in order.\n  unchanged 1" in again.out
    assert files_in(folder) == {"month.xlsx", "month.results.xlsx"}


@pytest.mark.slow
def test_two_processes_on_one_state_folder(
    folder: Path, state: Path, processes: Processes, shell: Shell
) -> None:
    # Each serves the sandbox's file for itself, and one waits until the other has written.
    for name in ("a.xlsx", "b.xlsx"):
        books.write(folder / name, books.build_datapoints(30))
    pair = [processes.start("import", name, *ON_SANDBOX) for name in ("a.xlsx", "b.xlsx")]
    ends = [finish(each) for each in pair]
    assert all(is_sound(each) for each in ends), [each.both for each in ends]
    assert {each.code for each in ends} == {0}, [each.both for each in ends]
    last = shell("import", "a.xlsx", *ON_SANDBOX)
    assert last.code == 0, last.both
    assert datapoints(state) == [f"D-{number:03}" for number in range(1, 31)]
    assert not (state / "sandbox.address").exists()


class _OtherServer(BaseHTTPRequestHandler):
    """Something that took the port of a sandbox that is gone."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"program": "another one"}')

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def other_server() -> Iterator[str]:
    with socketserver.TCPServer(("127.0.0.1", 0), _OtherServer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def addresses(closed_port: int, other_server: str) -> dict[str, str]:
    """What an address file may hold that leads to no sandbox."""
    return {
        "nobody": f"http://127.0.0.1:{closed_port}",
        "another": other_server,
        "garbage": "\x00\xff",
        "elsewhere": "http://sandbox.example",
    }


@pytest.mark.parametrize("left", ["nobody", "another", "garbage", "elsewhere"])
def test_a_stale_address_of_a_sandbox(
    left: str, folder: Path, state: Path, shell: Shell, addresses: dict[str, str]
) -> None:
    state.mkdir()
    (state / "sandbox.address").write_text(addresses[left], encoding="latin-1")
    books.write(folder / "month.xlsx", books.ONE)
    said = shell("import", "month.xlsx", *ON_SANDBOX)
    assert (said.code, said.err) == (0, "")
    assert "settings: built in." in " ".join(said.out.split())
    assert datapoints(state) == ["D-1"]


def test_definitions_are_read_once_for_all_files(folder: Path, here: Running, shell: Shell) -> None:
    for number in (1, 2, 3):
        books.write(folder / f"{number}.xlsx", flow_books.LOG.replace("L-OCT", f"L-{number}"))
    shell("import", ".", *ON_SANDBOX, "--allow-overlap")
    read = [each.path for each in here.store.requests() if each.method == "GET"]
    assert read.count("/tracking/v1/periodic-emission-log-configs") == 1
