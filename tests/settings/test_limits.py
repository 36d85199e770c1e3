"""Variables that change how much of a file is opened and read."""

from dataclasses import fields

import pytest

from importer.flows.limits import build_limits
from importer.model.failure import SettingsInvalid
from importer.settings.limits import StatedLimits, find_limits
from importer.settings.setting import LIMITS
from importer.sheets.gate import limits


def test_without_variables_all_is_as_it_is_documented() -> None:
    assert build_limits(find_limits({})) == limits.LIMITS


def test_each_variable_has_its_limit() -> None:
    names = [each.name for each in LIMITS]
    assert names == [each.name for each in fields(StatedLimits)]
    found = build_limits(find_limits({f"IMPORTER_LIMITS__{each.upper()}": "7" for each in names}))
    assert (found.entries, found.ratio, found.cells, found.reader_seconds) == (7, 7, 7, 7)
    sizes = (found.part_bytes, found.total_bytes, found.reader_bytes)
    assert sizes == (7_000_000, 7_000_000, 7_000_000)
    assert found.characters == limits.LIMITS.characters


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("IMPORTER_LIMITS__CELS", "7", "IMPORTER_LIMITS__CELLS"),
        ("IMPORTER_LIMITS__CELLS", "many", "whole number above 0"),
        ("IMPORTER_LIMITS__CELLS", "0", "whole number above 0"),
    ],
)
def test_what_is_no_limit_is_refused(variable: str, value: str, said: str) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        find_limits({variable: value})
    assert said in f"{refused.value} {refused.value.remedy}"
