"""`import --watch`: a process that stays, and imports what is put into its folder."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import Processes, Shell, finish, writes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")

FAST = (
    "-c",
    "import importer.cli.watching as watching\n"
    "watching.LOOK_EVERY = 0.05\n"
    "from importer.cli.main import main\n"
    "main()",
)


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Until something has happened; the process must not end before."""
    for _ in range(600):
        if happened():
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError("it did not happen")


@pytest.mark.slow
def test_what_comes_into_the_folder_is_imported_once(
    folder: Path, here: Running, processes: Processes
) -> None:
    inbox, out = folder / "inbox", folder / "out"
    inbox.mkdir()
    words = ("import", "inbox", "--target", "sandbox", "--results", "out", "--watch", "--json")
    process = processes.start(*words, start=FAST)

    books.write(inbox / "may.xlsx", books.ONE)
    wait_for((out / "may.results.xlsx").exists, process)
    books.write(inbox / "june.xlsx", books.WRONG_CELL)
    wait_for((out / "june.results.xlsx").exists, process)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    said = finish(process)

    documents = [json.loads(line) for line in said.out.splitlines()]
    assert [Path(each["files"][0]["file"]).name for each in documents] == ["may.xlsx", "june.xlsx"]
    assert [each["exit_code"] for each in documents] == [0, 1]
    assert said.code == 1
    assert "Watching inbox" in said.err
    assert "Stopped watching." in said.err
    sent = writes(here)

    again = processes.start(*words, start=FAST)
    wait_for(lambda: bool(select_line(again)), again)
    time.sleep(0.5)
    again.send_signal(signal.SIGINT)
    assert finish(again).out == ""
    assert writes(here) == sent


def select_line(process: subprocess.Popen[str]) -> str:
    """The first line that the process says on stderr."""
    assert process.stderr is not None
    return process.stderr.readline()


def test_a_folder_that_is_not_there_is_a_slip(folder: Path, shell: Shell) -> None:
    said = shell("import", "inbox", "--target", "sandbox", "--watch")
    assert (said.code, said.out) == (2, "")
    assert "There is no inbox to watch." in said.err
