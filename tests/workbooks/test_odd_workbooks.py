"""Workbooks as other programs write them, and as nobody should: read to the last cell."""

from pathlib import Path

import pytest

from importer.model.problem import Problem
from importer.sheets.reading.opening import open_contents
from tests.workbooks.builder import write
from tests.workbooks.collection import SOUND
from tests.workbooks.odd import Odd, cells_of, seen, wanted


@pytest.mark.parametrize("case", SOUND, ids=str)
def test_it_is_read(case: Odd, tmp_path: Path) -> None:
    contents = open_contents(write(tmp_path / "odd.xlsx", case.parts))
    assert not isinstance(contents, Problem), str(contents)
    cells = cells_of(contents)
    read = {name: repr(seen(cell, case.cells.get(name))) for name, cell in cells.items()}
    assert read == {name: repr(wanted(each)) for name, each in case.cells.items()}
    first = contents.grids[0]
    assert first.hidden_rows == case.hidden_rows
    assert tuple(map(str, first.merged)) == case.merged
    assert tuple(grid.title for grid in contents.grids if grid.hidden) == case.hidden_sheets
    # Whoever looks at the rows one after the other meets them, and their cells, in order.
    for grid in contents.grids:
        assert list(grid.rows) == sorted(grid.rows)
        assert all(list(row) == sorted(row) for row in grid.rows.values())


def test_no_case_has_the_name_of_another() -> None:
    assert len({case.name for case in SOUND}) == len(SOUND)
