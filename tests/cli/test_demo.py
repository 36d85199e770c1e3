"""`importer demo`: the main job, with nothing to configure and nothing touched."""

import re
from pathlib import Path

import pytest

from importer.sandbox.server import Running
from tests.cli.shell import Processes, Shell, files_in, is_sound


@pytest.mark.slow
def test_in_an_empty_folder_with_an_empty_environment(
    folder: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "IMPORTER_STATE_DIR", "COLUMNS"):
        monkeypatch.delenv(name)
    temporary = folder.parent / "temporary"
    temporary.mkdir()
    said = processes("demo", environ={"TMPDIR": str(temporary), "TEMP": str(temporary)})
    assert (said.code, said.err) == (0, "")
    assert is_sound(said)
    assert_acts(said.out)
    assert files_in(folder) == set()
    results = re.findall(r"^  (/.+\.results\.xlsx)$", said.out, re.MULTILINE)
    assert len(results) == 2
    assert all(Path(each).is_file() and temporary in Path(each).parents for each in results)
    assert not [each for each in files_in(temporary) if each.endswith((".part", ".address"))]


def test_it_leaves_the_user_s_own_ledger_and_sandbox_alone(
    state: Path, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPORTER_DATABASE_URL", f"sqlite:///{state}/mine.sqlite")
    monkeypatch.setenv("IMPORTER_CULA__BASE_URL", "https://api.example/v1")
    said = shell("demo", "--keep", "demo")
    assert (said.code, said.err) == (0, "")
    assert files_in(state) == {"sandbox.address"}
    assert here.store.requests() == ()
    assert Path("demo/biochar-plant-october.results.xlsx").is_file()


def assert_acts(text: str) -> None:
    """Three imports, each with a table that adds up, then where to look and what to type."""
    first, second, third = re.split(r"^\d\. .+$", text, flags=re.MULTILINE)[1:]
    assert "Emission logs" in first
    assert " created " in first
    assert "need a fix" not in first
    assert " unchanged\n" in second
    assert " created " not in second
    assert "✗ Datapoints!C3 (Type): found “MEASURED”" in third
    for act in (first, second, third):
        assert_adds_up(act)
    assert "Results workbooks, with ids and marked cells:" in third
    assert third.endswith(
        "  importer template -o month.xlsx\n  importer import month.xlsx --target sandbox\n"
    )


def assert_adds_up(act: str) -> None:
    table = re.findall(r"^  (.+?)  +(\d[\d ]*)$", act, re.MULTILINE)
    numbers = {name: [int(each) for each in cells.split()] for name, cells in table}
    total = numbers.pop("all")
    assert [sum(column) for column in zip(*numbers.values(), strict=True)] == total
    assert total[0] == sum(total[1:])
