"""Streams that take less than a terminal: ASCII, a reader that leaves, no colour, a full disk."""

import io
import json
import os
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
def test_a_terminal_without_colour(wrong: Path) -> None:
    environ = os.environ | {"TERM": "xterm-256color", "NO_COLOR": "1"}
    on_screen, out = watch_terminal(command(["check", "month.xlsx"]), environ)
    assert "month.xlsx: Checking" in on_screen
    assert "\x1b[3" not in on_screen
    assert on_screen.endswith("\x1b[2K")
    assert out.startswith("month.xlsx: 1 of 2 rows is in order; 1 needs a fix.\n")
    assert "\x1b" not in out


def watch_terminal(words: list[str], environ: dict[str, str]) -> tuple[str, str]:
    """Run with a terminal as stderr; what was seen there, and what stood on stdout."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=theirs, env=environ, text=True, encoding="utf-8"
    )
    os.close(theirs)
    out, _ = process.communicate(timeout=PATIENCE_SECONDS)
    seen = b""
    while part := _read(ours):
        seen += part
    os.close(ours)
    return seen.decode(), out


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


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
