"""How much is read of a workbook is a setting; what goes beyond is said with the limit."""

from pathlib import Path

import pytest

from importer.model.problem import Problem
from importer.sheets.gate.limits import Limits
from importer.sheets.reading.grid import Contents
from importer.sheets.reading.opening import open_contents
from tests.workbooks.builder import Package, package, write

TEN = "<row>" + "<c><v>1</v></c>" * 10 + "</row>"


def said(*texts: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row>{cells}</row>"


def shared(*texts: str) -> Package:
    return package('<row><c t="s"><v>0</v></c></row>', strings=texts)


def opened(folder: Path, parts: Package, limits: Limits) -> Contents | Problem:
    return open_contents(write(folder / "large.xlsx", parts), limits)


@pytest.mark.parametrize(
    ("parts", "limits", "found"),
    [
        (package(TEN * 3), Limits(cells=29), "more than 29 filled cells"),
        (package(TEN, TEN, TEN), Limits(cells=29), "more than 29 filled cells"),
        (shared("x" * 1_000), Limits(characters=1_000), "1,000 characters"),
        (shared(*["x"] * 100), Limits(characters=1_000), "1,000 characters"),
        (shared("🌱" * 250), Limits(characters=1_000), "1,000 characters"),
        (shared(*["x"] * 30), Limits(cells=29), "more than 29 texts"),
        (package(said("x" * 1_000)), Limits(characters=1_000), "1,000 characters"),
        (package(said(*"abcdefghijklmnopqrstuvwxyz")), Limits(characters=1_000), "1,000 char"),
        (package(said("🌱" * 250)), Limits(characters=1_000), "1,000 characters"),
        (package(TEN), Limits(entries=5), "6 parts"),
        (package(TEN * 100), Limits(part_bytes=10_000), "unpacks to more than"),
        (package(TEN * 30, TEN * 30), Limits(total_bytes=10_000), "in all"),
        (package(TEN * 100), Limits(ratio=10, ratio_from=1_000), "10 times its packed size"),
    ],
)
def test_more_than_the_limit(parts: Package, limits: Limits, found: str, tmp_path: Path) -> None:
    problem = opened(tmp_path, parts, limits)
    assert isinstance(problem, Problem)
    assert problem.code == "FILE_TOO_LARGE"
    assert found in problem.found
    assert problem.expected
    assert problem.remedy


@pytest.mark.parametrize(
    ("parts", "limits"),
    [
        (package(TEN * 3), Limits(cells=30)),
        (package(TEN, TEN, TEN), Limits(cells=30)),
        (package(("<row>" + '<c s="1"/>' * 1_000 + "</row>") * 9 + TEN), Limits(cells=10)),
        (shared("x" * 900), Limits(characters=1_000)),
        (package(said(*["x" * 500] * 100)), Limits(characters=1_000)),
        (package(TEN), Limits(entries=6)),
    ],
)
def test_as_much_as_the_limit(parts: Package, limits: Limits, tmp_path: Path) -> None:
    assert isinstance(opened(tmp_path, parts, limits), Contents)
