"""Workbooks in the formats .xls, .xlsb and .ods, and what may become of the reading process.

`formats/loads.xls` and `formats/loads.ods` were saved by LibreOffice, and hold:

    Load* | Weight*   | Weighed on       | Dry   | Remark     | Duration | Share
    L-1   | 12.5      | 2025-10-31       | TRUE  | two / lines| 30:15:00 | 7 %
    007   | 3         | 2025-10-31 14:30 | FALSE | '=1+1      | 1:30     | 1        (a hidden row)
    ~
    L-2   | =1/0      |                  |       | an error
    L-3   | =B2*2     |                  |       | a formula
    ~
    ~
    merged, over A9:C9

besides a hidden sheet *Secret* with a 5 in B3, and a sheet *Empty*.
"""

import importlib.util
import json
import shutil
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from importer.model.problem import Problem
from importer.model.table import RawValue
from importer.sheets.formats import calamine
from importer.sheets.formats.calamine_lines import BrokenOff, read_lines
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.ooxml.markup import TooMuch
from importer.sheets.reading.grid import Contents, Grid
from importer.sheets.reading.opening import open_contents
from importer.sheets.reading.reader import read_workbook
from tests.sheets.binary_workbook import write_binary_workbook
from tests.sheets.builder import SHEETS, read_parts, write_package

FORMATS = Path(__file__).parent / "formats"


@pytest.fixture(params=["loads.xls", "loads.ods"])
def loads(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name: str = request.param
    return Path(shutil.copy(FORMATS / name, tmp_path / name))


def opened(path: Path, limits: Limits = LIMITS) -> Contents:
    contents = open_contents(path, limits)
    assert isinstance(contents, Contents), contents
    return contents


def refused(path: Path, limits: Limits = LIMITS) -> Problem:
    problem = open_contents(path, limits)
    assert isinstance(problem, Problem)
    return problem


def row(grid: Grid, number: int) -> list[RawValue]:
    return [grid.cell(number, column).value for column in range(1, 8)]


def test_every_cell_stands_where_it_stood(loads: Path) -> None:
    page = opened(loads).grids[0]
    assert list(page.rows) == [1, 2, 3, 5, 6, 9]
    assert row(page, 1)[:3] == ["Load*", "Weight*", "Weighed on"]
    duration = timedelta(hours=30, minutes=15) if loads.suffix == ".xls" else "PT30H15M00S"
    day = datetime(2025, 10, 31)
    assert row(page, 2) == ["L-1", 12.5, day, True, "two\nlines", duration, 0.07]
    moment = datetime(2025, 10, 31, 14, 30)
    assert row(page, 3) == ["007", 3, moment, False, "=1+1", time(1, 30), 1]
    assert isinstance(page.cell(3, 2).value, int)
    assert row(page, 6)[:3] == ["L-3", 25, None]


def test_sheets_and_whether_they_are_hidden(loads: Path) -> None:
    contents = opened(loads)
    found = [(grid.title, grid.hidden, len(grid.rows)) for grid in contents.grids]
    assert found == [("Loads", False, 6), ("Secret", True, 1), ("Empty", False, 0)]
    assert contents.grids[1].cell(3, 2).value == 5
    assert len(contents.digest) == 64


def test_merged_cells_where_the_format_tells_them() -> None:
    (block,) = opened(FORMATS / "loads.xls").grids[0].merged
    assert str(block) == "A9:C9"


def test_what_is_not_seen_is_said(loads: Path) -> None:
    read = read_workbook(loads, SHEETS)
    (warning,) = [each for each in read.problems if each.code == "FILE_SEEN_IN_PART"]
    assert "error cells such as #REF! read as blank" in warning.found
    assert "7 % is 0.07" in warning.found
    assert ("merged" in warning.found) is (loads.suffix == ".ods")
    # The error cell is missing from the row, and so found where a number is required.
    (table,) = read.tables
    assert [each.number for each in table.rows if not each.cell("Weight").value] == [5, 9]


def test_the_binary_format(tmp_path: Path) -> None:
    path = write_binary_workbook(
        tmp_path / "loads.xlsb",
        {
            "Loads": [["Load*", "Weight*"], ["L-1", 12.5, "#DIV/0!", True], [], ["L-2", 3]],
            ".Secret": [[None, "deep"]],
        },
    )
    loads, secret = opened(path).grids
    assert row(loads, 2)[:4] == ["L-1", 12.5, None, True]
    assert row(loads, 4)[:2] == ["L-2", 3]
    assert secret.hidden
    assert secret.cell(1, 2).value == "deep"


def test_without_the_reader(loads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    problem = refused(loads)
    assert problem.code == "FILE_READER_MISSING"
    assert "pip install 'importer[formats]'" in problem.remedy
    assert not calamine.is_installed()


@pytest.mark.parametrize("limits", [Limits(reader_bytes=8_000_000), Limits(reader_seconds=0)])
def test_a_reader_that_takes_too_much_is_ended(loads: Path, limits: Limits) -> None:
    problem = refused(loads, limits)
    assert problem.code == "FILE_READER_STOPPED"
    assert ".xlsx" in problem.remedy


@pytest.mark.parametrize("kept", [9, 100, 600, 5_000, 6_500])
def test_an_old_workbook_that_broke_off(tmp_path: Path, kept: int) -> None:
    """The library would read what is there, and say nothing of the rest."""
    path = tmp_path / "loads.xls"
    path.write_bytes((FORMATS / "loads.xls").read_bytes()[:kept])
    assert refused(path).code in ("FILE_DAMAGED", "FILE_NOT_A_WORKBOOK")


def test_rows_that_repeat_without_end(tmp_path: Path) -> None:
    """A few bytes of an .ods can stand for a sheet of a million full rows."""

    def repeat(content: bytes) -> bytes:
        return content.replace(
            b"<table:table-row ",
            b'<table:table-row table:number-rows-repeated="1048000" ',
            1,
        )

    path = change_content(tmp_path / "loads.ods", repeat)
    problem = refused(path, Limits(cells=100_000))
    assert problem.code in ("FILE_TOO_LARGE", "FILE_READER_STOPPED")


def test_a_doctype_in_an_open_document(tmp_path: Path) -> None:
    doctype = b'?><!DOCTYPE a [<!ENTITY b "c">]>'
    path = change_content(tmp_path / "l.ods", lambda content: content.replace(b"?>", doctype, 1))
    problem = refused(path)
    assert problem.code == "FILE_DAMAGED"
    assert "DOCTYPE" in problem.found


def test_an_open_document_with_a_password(tmp_path: Path) -> None:
    parts = read_parts(FORMATS / "loads.ods") | {"content.xml": bytes(range(256))}
    entry = b"<manifest:encryption-data/></manifest:manifest>"
    manifest = "META-INF/manifest.xml"
    parts[manifest] = parts[manifest].replace(b"</manifest:manifest>", entry)
    assert refused(write_package(tmp_path / "l.ods", parts)).code == "FILE_ENCRYPTED"


def test_a_text_document_is_no_workbook(tmp_path: Path) -> None:
    parts = read_parts(FORMATS / "loads.ods")
    parts["mimetype"] = b"application/vnd.oasis.opendocument.text"
    assert refused(write_package(tmp_path / "l.ods", parts)).code == "FILE_NOT_A_WORKBOOK"


def test_too_many_cells(loads: Path) -> None:
    assert refused(loads, Limits(cells=10)).code == "FILE_TOO_LARGE"
    assert refused(loads, Limits(characters=10)).code == "FILE_TOO_LARGE"


def change_content(path: Path, edit: Callable[[bytes], bytes]) -> Path:
    parts = read_parts(FORMATS / "loads.ods")
    changed = edit(parts["content.xml"])
    assert changed != parts["content.xml"]
    write_package(path, parts | {"content.xml": changed})
    assert zipfile.is_zipfile(path)
    return path


SHEET = ["sheet", "Loads", "WorkSheet", "Visible", None]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [SHEET],
        [["row", 1, []], ["end"]],
        [SHEET, ["row", 0, []], ["end"]],
        [SHEET, ["row", True, []], ["end"]],
        [SHEET, ["row", 2, []], ["row", 2, []], ["end"]],
        [SHEET, ["row", 1_048_577, []], ["end"]],
        [SHEET, ["row", 1, [[1, "t", 5]]], ["end"]],
        [SHEET, ["row", 1, [[1, "n", True]]], ["end"]],
        [SHEET, ["row", 1, [[1, "n", "5"]]], ["end"]],
        [SHEET, ["row", 1, [[1, "d", "yesterday"]]], ["end"]],
        [SHEET, ["row", 1, [[1, "s", 1e300]]], ["end"]],
        [SHEET, ["row", 1, [[2, "t", "a"], [1, "t", "b"]]], ["end"]],
        [SHEET, ["row", 1, [[16_385, "t", "a"]]], ["end"]],
        [SHEET, ["row", 1, [[1, "t"]]], ["end"]],
        [["sheet", "Loads", "WorkSheet", "Visible", [[[5, 0], [4, 0]]]], ["end"]],
        [["sheet", "Loads", "WorkSheet", "Visible", "A1:B2"], ["end"]],
        [{"sheet": "Loads"}, ["end"]],
        [["broken", "of its own accord"]],
    ],
)
def test_the_reader_is_not_believed(lines: list[object]) -> None:
    said = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    with pytest.raises(BrokenOff):
        read_lines(BytesIO(said), LIMITS)


@pytest.mark.parametrize("said", [b"\xff\n", b"[" * 100_000, b"not json\n"])
def test_a_reader_that_babbles(said: bytes) -> None:
    with pytest.raises(BrokenOff):
        read_lines(BytesIO(said), LIMITS)


def test_a_reader_that_says_more_than_is_read() -> None:
    said = b"".join(
        json.dumps(line).encode() + b"\n" for line in [SHEET, ["row", 1, [[1, "t", "a"]] * 5]]
    )
    with pytest.raises(TooMuch):
        read_lines(BytesIO(said), Limits(cells=4))


def test_an_old_workbook_whose_table_counts_more_than_there_is(tmp_path: Path) -> None:
    content = bytearray((FORMATS / "loads.xls").read_bytes())
    (table,) = struct.unpack_from("<L", content, 76)
    struct.pack_into("<L", content, (table + 1) * 512 + 4 * 100, 0xFFFFFFFE)
    path = tmp_path / "loads.xls"
    path.write_bytes(content)
    problem = refused(path)
    assert problem.code == "FILE_DAMAGED"
    assert "a part is missing" in problem.found
