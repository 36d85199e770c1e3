"""LibreOffice saves what it read, in both of its ways of keeping a workbook: we read the same.

What it loses: digits of numbers behind the 14th, and parts of a second far in the future.
"""

import math
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from importer.model.problem import Problem
from importer.model.table import Cell
from importer.sheets.reading.opening import open_contents
from tests.workbooks.drawn import Drawn, sheets, write_with_openpyxl
from tests.workbooks.test_drawn_workbooks import as_cell

pytestmark = [pytest.mark.office, pytest.mark.timeout(300)]

ALIKE = timedelta(seconds=1)


def convert(source: Path, folder: Path, kind: str) -> Path:
    office = shutil.which("soffice")
    assert office, "this test needs LibreOffice"
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, "--headless", profile, "--convert-to", kind, "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True, timeout=250)
    return folder / f"{source.stem}.{kind}"


def by_place(path: Path) -> dict[str, dict[tuple[int, int], Cell]]:
    contents = open_contents(path)
    assert not isinstance(contents, Problem), str(contents)
    return {
        grid.title: {(row, column): cell for row, cells in grid.rows.items()
                     for column, cell in cells.items()}
        for grid in contents.grids
    }  # fmt: skip


def draw_many() -> list[Drawn]:
    """Grids enough for one workbook: each conversion takes seconds."""
    drawn: list[Drawn] = []

    @settings(max_examples=60, phases=[Phase.generate], database=None)
    @given(sheet=sheets("Drawn", 30_000, may_hide=True))
    def draw(sheet: Drawn) -> None:
        drawn.append(replace(sheet, title=f"Drawn {len(drawn)}", is_hidden=False))

    draw()
    return drawn


@pytest.mark.parametrize("kept_as", ["xlsx", "ods"])
def test_what_libreoffice_saves(kept_as: str, tmp_path: Path) -> None:
    drawn = draw_many()
    source = write_with_openpyxl(tmp_path / "drawn.xlsx", drawn)
    saved = convert(source, tmp_path / "first", kept_as)
    if kept_as != "xlsx":
        saved = convert(saved, tmp_path / "second", "xlsx")
    expect_the_same(saved, drawn)


def expect_the_same(saved: Path, drawn: list[Drawn]) -> None:
    read = by_place(saved)
    assert read.keys() == {sheet.title for sheet in drawn}
    for sheet in drawn:
        expected = {place: as_cell(value) for place, value in sheet.cells.items()}
        assert read[sheet.title].keys() == expected.keys()
        for place, cell in read[sheet.title].items():
            assert are_alike(cell, expected[place]), (sheet.title, place, cell, expected[place])


def are_alike(one: Cell, other: Cell) -> bool:
    if (one.kind, one.percent) != (other.kind, other.percent):
        return False
    match one.value, other.value:
        case ((datetime() | timedelta()), _):
            return abs(one.value - other.value) <= ALIKE
        case time(), time():
            return abs(since_midnight(one.value) - since_midnight(other.value)) <= ALIKE
        case ((int() | float()), (int() | float())):
            return math.isclose(one.value, other.value, rel_tol=1e-14)
    return one.value == other.value


def since_midnight(moment: time) -> timedelta:
    return datetime.combine(date.min, moment) - datetime.min
