"""What is no workbook, or a broken or harmful one, ends in one clear line; it costs little."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from importer.model.problem import Problem
from importer.sheets.reading.opening import open_contents
from tests.workbooks.hostile import Hostile
from tests.workbooks.hostile_cells import CELLS
from tests.workbooks.hostile_files import FILES, READ_ALL_THE_SAME
from tests.workbooks.odd import cells_of

pytest.importorskip("resource", reason="limits of a process are set here as Linux and macOS do")

SECONDS = 10
HOSTILE = (*CELLS, *FILES)
CONFINED = Path(__file__).with_name("confined.py")

Answer = dict[str, Any]


def open_confined(paths: Iterable[Path], *, seconds: int = SECONDS) -> list[Answer]:
    """What comes of each file in a process of 500 MB."""
    done = subprocess.run(
        [sys.executable, CONFINED, *paths], capture_output=True, timeout=seconds * 6, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("hostile")
    paths = [folder / f"{number}.xlsx" for number in range(len(HOSTILE))]
    for case, path in zip(HOSTILE, paths, strict=True):
        path.write_bytes(case.make())
    found = open_confined(paths)
    return {case.name: answer for case, answer in zip(HOSTILE, found, strict=True)}


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_it_ends_in_one_clear_line(case: Hostile, answers: dict[str, Answer]) -> None:
    answer = answers[case.name]
    assert answer.get("code") == case.code, answer
    assert answer["place"] == case.place, answer
    assert case.says in answer["found"]
    assert answer["expected"]
    assert answer["remedy"]
    assert len(answer["found"]) < 300
    assert answer["seconds"] < 2


@pytest.mark.parametrize("name", READ_ALL_THE_SAME)
def test_an_odd_zip_is_read_all_the_same(name: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    path.write_bytes(READ_ALL_THE_SAME[name])
    contents = open_contents(path)
    assert not isinstance(contents, Problem), str(contents)
    assert cells_of(contents)["A1"].value == 1


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    found = open_contents(tmp_path)
    assert isinstance(found, Problem)
    assert (found.code, found.found) == ("FILE_NOT_A_WORKBOOK", "a folder")


def test_no_case_has_the_name_of_another() -> None:
    assert len({case.name for case in HOSTILE}) == len(HOSTILE)
