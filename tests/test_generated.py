"""What is committed is what the declarations give."""

import pytest

from support.generated import ROOT, build_files


@pytest.mark.parametrize(("name", "content"), build_files().items(), ids=build_files().keys())
def test_committed_file_is_up_to_date(name: str, content: bytes) -> None:
    assert (ROOT / name).read_bytes() == content, "run: python tests/regenerate.py"
