"""Ctrl-C: what was sent is known, the results workbook is there, and the next run goes on."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from importer.flows.importing import import_file
from importer.sandbox.faults import Fault
from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import PATIENCE_SECONDS, Processes, Shell, files_in, finish, is_sound, writes

COUNT = 40
"""So many that a busy machine stops the command long before its last one."""


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def slow_posts() -> Fault:
    """Everything after the second post takes its time."""
    return Fault(
        method="POST", path="/mrv/v0/datapoints", kind="slow", after=2, times=COUNT, seconds=1
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send Ctrl-C to one process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_wish_to_stop_in_the_middle_of_an_import(
    folder: Path, here: Running, processes: Processes, shell: Shell, number: signal.Signals
) -> None:
    books.write(folder / "month.xlsx", books.build_datapoints(COUNT))
    books.write(folder / "next.xlsx", books.ONE)
    here.store.faults.add(slow_posts())
    process = processes.start("import", "month.xlsx", "next.xlsx", "--target", "sandbox")
    wait_for(lambda: len(writes(here)) > 2)
    process.send_signal(number)
    said = finish(process)
    assert said.code == 130, said.both
    assert is_sound(said)
    assert "month.xlsx: the run was cut short; " in said.out
    assert "Stopped: The import was interrupted." in said.out
    assert "nothing is sent twice" in said.out
    assert "next.xlsx:" not in said.out
    assert said.out.endswith("  importer import month.xlsx next.xlsx --target sandbox\n")
    assert files_in(folder) == {"month.xlsx", "month.results.xlsx", "next.xlsx"}
    assert len(writes(here)) < COUNT
    here.store.faults.clear()
    again = shell("import", "month.xlsx", "next.xlsx", "--target", "sandbox")
    assert again.code == 0, again.both
    assert f"month.xlsx: all {COUNT} rows are in order." in again.out
    assert len(writes(here)) == COUNT + 1


def test_ctrl_c_before_a_file_was_worked_on(
    folder: Path, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files that were done stay told, as text and in the document."""
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        books.write(folder / name, books.ONE)

    def press_at_b(session: object, file: object, **options: object) -> object:
        if file.path.name == "b.xlsx":  # type: ignore[attr-defined]  # a stand-in
            raise KeyboardInterrupt
        return import_file(session, file, **options)  # type: ignore[arg-type]  # keywords of a table

    monkeypatch.setattr("importer.cli.run.import_file", press_at_b)
    words = ("import", "a.xlsx", "b.xlsx", "c.xlsx", "--target", "sandbox")
    said = shell(*words)
    assert (said.code, said.err) == (130, "")
    assert "a.xlsx: its one row is in order.\n  created 1" in said.out
    assert "b.xlsx: it was not worked on.\n  Stopped: The command was asked to stop" in said.out
    assert "c.xlsx:" not in said.out
    assert said.out.endswith("  importer import a.xlsx b.xlsx c.xlsx --target sandbox\n")
    document = shell(*words, "--json").document
    assert document["exit_code"] == 130
    assert [each["file"] for each in document["files"]] == ["a.xlsx", "b.xlsx"]
    assert document["files"][1]["stopped"][0] == "The command was asked to stop (Ctrl-C)."


def test_ctrl_c_while_files_are_checked(
    folder: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    books.write(folder / "a.xlsx", books.ONE)
    monkeypatch.setattr("importer.cli.checking.check_file", press)
    said = shell("check", "a.xlsx", "--json")
    assert said.code == 130
    assert said.err.startswith("\nStopped.\n")
    assert said.err.endswith("Next:\n  importer check a.xlsx --json\n")
    assert said.document["error"]["message"] == "Stopped."
