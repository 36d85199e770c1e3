"""Two other readers see the same cells, or it is written down why they do not."""

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from importer.model.problem import Problem
from importer.sheets.reading.grid import Contents
from importer.sheets.reading.opening import open_contents
from tests.workbooks.builder import write
from tests.workbooks.collection import SOUND
from tests.workbooks.differences import CALAMINE, DIFFERENCES, OPENPYXL, TOO_FAR
from tests.workbooks.odd import Odd
from tests.workbooks.witnesses import Seen, by_calamine, by_openpyxl, ours, without_errors

ROOT = Path(__file__).parents[2]
OF_THE_PROJECT = sorted(
    path for folder in ("samples", "templates", "tests/templates_released")
    for path in (ROOT / folder).rglob("*.xlsx")
)  # fmt: skip


def read(path: Path) -> Contents:
    contents = open_contents(path)
    assert not isinstance(contents, Problem), str(contents)
    return contents


def ask(witness: Callable[[Path], Seen], path: Path) -> Seen | str:
    """What the witness sees, or the name of what it raises."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return witness(path)
        except Exception as error:  # noqa: BLE001  # whatever it does not like
            return type(error).__name__


@pytest.mark.parametrize("case", SOUND, ids=str)
def test_the_three_agree_or_it_is_known_why_not(case: Odd, tmp_path: Path) -> None:
    path = write(tmp_path / "odd.xlsx", case.parts)
    contents = read(path)
    expected = DIFFERENCES.get(case.name, {})
    differ = set()
    if ask(by_openpyxl, path) != ours(contents):
        differ.add(OPENPYXL)
    if case.name in TOO_FAR or ask(by_calamine, path) != without_errors(contents):
        differ.add(CALAMINE)
    assert differ == expected.keys()


@pytest.mark.parametrize("path", OF_THE_PROJECT, ids=lambda path: path.name)
def test_the_three_agree_on_the_workbooks_of_the_project(path: Path) -> None:
    contents = read(path)
    assert contents.grids
    assert by_openpyxl(path) == ours(contents)
    assert by_calamine(path) == without_errors(contents)


def test_each_difference_is_one_of_a_case() -> None:
    assert DIFFERENCES.keys() <= {case.name for case in SOUND}
