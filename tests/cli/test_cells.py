"""`importer check FILE --cells`: each cell as it is read, one JSON line each."""

import json
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from importer.model.table import CellKind
from tests.cli.shell import Said, Shell, own_environment

ROOT = Path(__file__).parents[2]


def build(path: Path) -> Path:
    workbook = Workbook()
    page = workbook.active
    page.title = "Whatever"
    page.append(["Größe", 12.5, 7, True, date(2025, 10, 31), datetime(2025, 10, 31, 14, 30)])
    page.append([time(1, 30), timedelta(hours=30, minutes=15, seconds=1.5), "#N/A", "=B1*2"])
    page["B1"].number_format = "0.00"
    page["B2"].number_format = "[h]:mm:ss"
    secret = workbook.create_sheet("Secret")
    secret["C3"] = "deep"
    secret.sheet_state = "veryHidden"
    workbook.save(path)
    return path


def lines(said: Said) -> list[dict[str, Any]]:
    assert said.err == ""
    return [json.loads(line) for line in said.out.splitlines()]


def test_every_cell_is_a_line(tmp_path: Path, shell: Shell) -> None:
    said = shell("check", build(tmp_path / "a.xlsx"), "--cells")
    assert said.code == 0
    found = lines(said)
    assert all(
        list(each) == ["sheet", "cell", "kind", "value", "formula", "format"] for each in found
    )
    assert [(each["cell"], each["kind"], each["value"]) for each in found] == [
        ("A1", "text", "Größe"),
        ("B1", "number", 12.5),
        ("C1", "number", 7),
        ("D1", "boolean", True),
        ("E1", "date", "2025-10-31T00:00:00"),
        ("F1", "date", "2025-10-31T14:30:00"),
        ("A2", "time", "01:30:00"),
        ("B2", "time", "PT30H15M1.5S"),
        ("C2", "error", "#N/A"),
        ("D2", "formula without value", None),
        ("C3", "text", "deep"),
    ]
    assert {each["kind"] for each in found} < {kind.value for kind in CellKind}
    assert (found[1]["format"], found[1]["formula"]) == ("0.00", None)
    assert (found[9]["formula"], found[9]["sheet"]) == ("=B1*2", "Whatever")
    assert found[10]["sheet"] == "Secret"


SHARED = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$C$1+SUM(A$1:A1)</f><v>1</v></c></row>
<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>
<row r="3"><c r="B3"><f t="shared" si="0"/></c></row>
</sheetData></worksheet>"""


def test_a_shared_formula_reads_as_it_does_in_each_cell(tmp_path: Path, shell: Shell) -> None:
    path = build(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, SHARED if name.endswith("sheet1.xml") else content)
    found = lines(shell("check", path, "--cells"))[:3]
    assert [each["formula"] for each in found] == [
        "=A1*$C$1+SUM(A$1:A1)",
        "=A2*$C$1+SUM(A$1:A2)",
        "=A3*$C$1+SUM(A$1:A3)",
    ]
    assert [each["value"] for each in found] == [1, 2, None]


def test_other_formats(tmp_path: Path, shell: Shell) -> None:
    path = tmp_path / "Anything.csv"
    path.write_text("a;b\n\n1;2,5\n")
    found = lines(shell("check", path, "--cells"))
    assert [(each["sheet"], each["cell"], each["value"]) for each in found] == [
        ("Anything", "A1", "a"),
        ("Anything", "B1", "b"),
        ("Anything", "A3", "1"),
        ("Anything", "B3", "2,5"),
    ]
    formats = Path(__file__).parents[1] / "sheets" / "formats"
    said = shell("check", formats / "loads.xls", "--cells")
    assert said.code == 0
    assert json.loads(said.err)["severity"] == "warning"


def test_a_file_that_cannot_be_read_is_a_line_on_stderr(tmp_path: Path, shell: Shell) -> None:
    path = build(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            is_page = name.endswith("sheet1.xml")
            package.writestr(name, content.replace(b"12.5", b"twelve") if is_page else content)
    said = shell("check", path, tmp_path / "none.xlsx", "--cells")
    assert said.code == 1
    damaged, missing = (json.loads(line) for line in said.err.splitlines())
    assert (damaged["code"], damaged["sheet"], damaged["cell"]) == (
        "FILE_DAMAGED",
        "Whatever",
        "B1",
    )
    assert damaged["file"] == str(path)
    assert damaged["remedy"]
    assert (missing["code"], missing["sheet"]) == ("FILE_NOT_FOUND", None)


@pytest.mark.skipif(os.name == "nt", reason="head is no command there")
def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet("Long")
    for number in range(3_000):
        page.append([f"a rather long text {number}" * 5])
    workbook.save(tmp_path / "a.xlsx")
    command = [sys.executable, "-m", "importer", "check", "a.xlsx", "--cells"]
    environ = os.environ | own_environment(tmp_path) | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environ
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["cell"] == "A1"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
