"""The benchmarks run, at a size that says nothing about speed."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_a_small_run_prints_the_whole_table() -> None:
    command = [sys.executable, str(Path(__file__).with_name("run.py")), "--rows=500", "--runs=1"]
    done = subprocess.run(
        [*command, "--sent=20"], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    header, rule, *rows = done.stdout.splitlines()
    assert (header, rule) == ("| what | ours | the plain way | ratio |", "|---|---|---|---|")
    assert [row.count(" | ") for row in rows] == [3] * 19
    assert "500 rows: check" in done.stdout
    assert "check of 1,500 rows" in done.stdout
    assert "second import of the same 20" in done.stdout
