"""`importer --help` is there at once: it loads nothing of what the commands need."""

import json
import subprocess
import sys
import time

HEAVY = {
    "pandas",
    "pandera",
    "numpy",
    "openpyxl",
    "httpx",
    "sqlalchemy",
    "fastapi",
    "starlette",
    "uvicorn",
    "rich",
    "pydantic",
    "importer.flows",
    "importer.checking",
    "importer.sandbox",
}

ALL_HELP = """
import json, sys
from importer.cli.main import cli, run
for words in [["--help"], ["--version"], *([name, "--help"] for name in cli.commands)]:
    assert run(words) == 0, words
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""

ROUNDS, PER_ROUND = 8, 5


def test_no_help_loads_what_a_command_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALL_HELP], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stderr))
    assert loaded & HEAVY == set()
    assert "Usage: importer import [OPTIONS] FILES..." in done.stdout


def test_check_loads_nothing_that_speaks_to_a_service() -> None:
    code = "import importer.cli.checking, json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)) & {"httpx", "sqlalchemy", "fastapi", "uvicorn"} == set()


def test_help_takes_at_most_twice_the_time_of_importing_click() -> None:
    # A busy machine delays any single start, so the best of several counts, in several rounds.
    assert any(_is_quick() for _ in range(ROUNDS))


def _is_quick() -> bool:
    pairs = [(_seconds("-c", "import click"), _help_seconds()) for _ in range(PER_ROUND)]
    return min(ours for _, ours in pairs) <= 2 * min(clicks for clicks, _ in pairs)


def _help_seconds() -> float:
    return _seconds("-m", "importer", "--help")


def _seconds(*words: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
