"""What is committed is what the declarations give."""

from collections.abc import Callable

import pytest

from support.generated import ROOT, list_files


@pytest.mark.parametrize(("name", "make"), list_files().items(), ids=list_files().keys())
def test_committed_file_is_up_to_date(name: str, make: Callable[[], bytes]) -> None:
    assert (ROOT / name).read_bytes() == make(), "run: python tests/regenerate.py"
