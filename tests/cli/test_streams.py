"""Streams that take less than a terminal: ASCII, a reader that leaves, no colour, a full disk."""

import io
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from importer.cli.main import run
from importer.cli.speech import find_width, prepare_streams, say, spell
from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import PATIENCE_SECONDS, Processes, Shell, command, files_in


@pytest.fixture
def wrong(folder: Path) -> Path:
    return books.write(folder / "month.xlsx", books.WRONG_CELL)


def put_ascii_stdout(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """From now on stdout takes ASCII only; what it gets."""
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="ascii"))
    prepare_streams()
    return written


def test_a_stream_that_takes_ascii_only(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ascii_stdout = put_ascii_stdout(monkeypatch)
    assert run(["check", "month.xlsx"]) == 1
    out = ascii_stdout.getvalue().decode("ascii")
    assert "?" not in out
    assert 'x Datapoints!D3 (Value): found "much"; expected' in out


def test_json_on_a_stream_of_ascii_only(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ascii_stdout = put_ascii_stdout(monkeypatch)
    assert run(["check", "month.xlsx", "--json"]) == 1
    document = json.loads(ascii_stdout.getvalue().decode("ascii"))
    assert document["files"][0]["rows"][1]["problems"][0]["found"] == "“much”"


def test_what_no_plain_sign_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ascii_stdout = put_ascii_stdout(monkeypatch)
    say("Größe → ✗")
    assert ascii_stdout.getvalue() == b"Gr??e -> x\n"


def test_a_reader_that_leaves_does_not_stop_the_import(
    folder: Path, here: Running, processes: Processes
) -> None:
    """As after `| head -1`: the work goes on, and nothing complains."""
    for name in ("a.xlsx", "b.xlsx"):
        books.write(folder / name, books.ONE.replace("D-1", name))
    process = processes.start("import", "a.xlsx", "b.xlsx", "--target", "sandbox")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("Target sandbox")
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, err) == (0, "")
    assert {"a.results.xlsx", "b.results.xlsx"} < files_in(folder)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_is_full(
    wrong: Path, folder: Path, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr("sys.stdout", full)
        said = shell("import", "month.xlsx", "--target", "sandbox")
    assert (said.code, said.both) == (1, "")
    assert files_in(folder) == {"month.xlsx", "month.results.xlsx"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_a_terminal(wrong: Path, folder: Path, here: Running) -> None:
    """The bar comes and goes; what stays on the screen is the text, and without colour."""
    environ = os.environ | {"TERM": "xterm-256color", "NO_COLOR": "1"}
    written = watch_terminal(command(["import", "month.xlsx", "--target", "sandbox"]), environ)
    assert "month.xlsx: Checking" in written
    assert "month.xlsx: Sending" in written
    assert "\x1b[3" not in written
    screen = show(written)
    assert screen[0].startswith("Target sandbox: cula and isometric at 127.0.0.1:")
    assert "month.xlsx: 1 of 2 rows is in order; 1 needs a fix." in screen
    assert screen[-3:] == [
        "Next: mend the marked cells in month.results.xlsx, save, then:",
        "  importer import month.results.xlsx --target sandbox",
        "",
    ]
    assert not any("━" in line or "Sending" in line for line in screen)


def watch_terminal(words: list[str], environ: dict[str, str]) -> str:
    """All that a process writes to its terminal."""
    ours, theirs = os.openpty()
    with subprocess.Popen(words, stdout=theirs, stderr=theirs, env=environ) as process:
        os.close(theirs)
        written = b""
        while part := _read(ours):
            written += part
        process.wait(PATIENCE_SECONDS)
    os.close(ours)
    return written.decode()


def _read(terminal: int) -> bytes:
    """Linux reports an error where others report the end."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def show(written: str) -> list[str]:
    """What the screen shows in the end, as far as a bar and plain lines need it."""
    lines, row, column = [""], 0, 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", written):
        if part == "\r":
            column = 0
        elif part == "\n":
            row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
        elif part == "\x1b[2K":
            lines[row] = ""
        elif part.endswith("A") and part.startswith("\x1b"):
            row -= int(part[2:-1] or 1)
        elif not part.startswith("\x1b"):
            lines[row] = lines[row][:column].ljust(column) + part + lines[row][column + len(part) :]
            column += len(part)
    return lines


def test_a_closed_stdout_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    prepare_streams()
    say("nobody hears this")


@pytest.mark.parametrize(("columns", "width"), [("20", 60), ("90", 90), ("400", 120)])
def test_text_is_as_wide_as_is_good_to_read(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert find_width() == width


def test_lines_end_at_the_width(wrong: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = shell("check", "month.xlsx")
    assert max(map(len, said.out.splitlines())) <= 60


@pytest.mark.parametrize(
    ("system", "spelled"),
    [("posix", "importer check 'my month.xlsx'"), ("nt", 'importer check "my month.xlsx"')],
)
def test_a_command_can_be_pasted(
    system: str, spelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importer.cli.speech.os.name", system)
    found = spell(["importer", "check", "my month.xlsx"])
    monkeypatch.undo()
    assert found == spelled
