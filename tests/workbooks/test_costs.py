"""Whatever a workbook costs, it is read or refused within 10 seconds and 500 MB."""

from pathlib import Path
from zipfile import ZIP_STORED

import pytest

from tests.workbooks.builder import write
from tests.workbooks.costly import COSTLY, Costly
from tests.workbooks.test_hostile_workbooks import SECONDS, open_confined


@pytest.mark.slow
@pytest.mark.parametrize("case", COSTLY, ids=str)
def test_it_costs_little(case: Costly, tmp_path: Path) -> None:
    path = write(tmp_path / "costly.xlsx", case.make(), method=ZIP_STORED)
    [answer] = open_confined([path])
    path.unlink()
    assert answer.get("cells", answer.get("code")) == case.expected, str(answer)[:500]
    assert answer["seconds"] < SECONDS
