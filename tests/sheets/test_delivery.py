"""Where results go, and that they are there as a whole or not at all."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from importer.model.failure import ResultsNotWritten
from importer.sheets.results.delivery import deliver
from importer.sheets.results.writing import results_path
from tests.sheets.builder import write_workbook
from tests.sheets.runs import annotate, outcome, report


def write(content: bytes) -> Callable[[Path, BinaryIO], None]:
    def render(_: Path, file: BinaryIO) -> None:
        file.write(content)

    return render


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("month.xlsx", "month.results.xlsx"),
        ("month.results.xlsx", "month.results.xlsx"),
        ("month.Results.xlsx", "month.results.xlsx"),
        ("month.results (2).xlsx", "month.results.xlsx"),
        ("month (2).xlsx", "month (2).results.xlsx"),
        ("plant.2025.10.xlsx", "plant.2025.10.results.xlsx"),
        ("month.XLSM", "month.results.xlsm"),
        ("month.results.xlsm", "month.results.xlsm"),
        ("month.xltx", "month.results.xlsx"),
        ("month.xltm", "month.results.xlsm"),
    ],
)
def test_the_name_of_results(source: str, name: str) -> None:
    assert results_path(Path("in", source), None) == Path("in", name)
    assert results_path(Path("in", source), Path("out")) == Path("out", name)


def test_a_file_is_put_in_place_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "month.results.xlsx"
    assert deliver(path, write(b"all")) == path
    assert path.read_bytes() == b"all"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "month.results.xlsx"
    path.write_bytes(b"old")
    deliver(path, write(b"new"))
    assert path.read_bytes() == b"new"


def test_a_failure_leaves_the_older_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "month.results.xlsx"
    path.write_bytes(b"old")

    def fill_up(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fill_up)
    with pytest.raises(ResultsNotWritten) as failure:
        deliver(path, write(b"new"))
    assert "No space left on device" in str(failure.value)
    assert "--results" in failure.value.remedy
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "month.results.xlsx"
    path.mkdir()
    with pytest.raises(ResultsNotWritten):
        deliver(path, write(b"new"))
    assert list(tmp_path.iterdir()) == [path]


def lock(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Play Windows, which does not let a file be replaced that another program has open."""
    replace = Path.replace

    def guarded(part: Path, target: Path) -> Path:
        if target.name in names:
            raise PermissionError(13, "in use by another process")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", guarded)


def test_a_locked_file_gets_a_neighbour_that_knows_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "month.results.xlsx"
    path.write_bytes(b"open in Excel")
    lock(monkeypatch, path.name)
    written = deliver(path, lambda each, file: file.write(each.name.encode()))
    assert written.name == "month.results (2).xlsx"
    assert written.read_bytes() == b"month.results (2).xlsx"
    assert path.read_bytes() == b"open in Excel"
    assert len(list(tmp_path.iterdir())) == 2


def test_when_all_names_are_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "month.results.xlsx"
    names = [path.name, *(f"month.results ({number}).xlsx" for number in range(2, 10))]
    for name in names:
        (tmp_path / name).write_bytes(b"open")
    lock(monkeypatch, *names)
    with pytest.raises(ResultsNotWritten, match="open in another program"):
        deliver(path, write(b"new"))
    assert len(list(tmp_path.iterdir())) == len(names)


def test_no_right_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "month.results.xlsx"
    lock(monkeypatch, path.name)
    with pytest.raises(ResultsNotWritten, match="could not be written"):
        deliver(path, write(b"new"))
    assert list(tmp_path.iterdir()) == []


class Full(BytesIO):
    """A file on a disk that fills up in the middle of a sheet."""

    def write(self, data: Any) -> int:
        if self.tell() > 700:
            raise OSError(28, "No space left on device")
        return super().write(data)


def test_a_disk_that_fills_up_is_no_fault_of_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_workbook(tmp_path / "month.xlsx", "Loads\nLoad* | Weight*\nL-1 | 1")

    def fill_up(destination: Path, render: Callable[[Path, BinaryIO], None]) -> Path:
        render(destination, Full())
        return destination

    monkeypatch.setattr("importer.sheets.results.giving_back.deliver", fill_up)
    with pytest.raises(OSError, match="No space left"):
        annotate(source, report([outcome(2)]))
