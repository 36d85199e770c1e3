"""Files whose inside was tampered with: a problem, never a traceback, never half a reading."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.resources.catalog import CATALOG
from importer.sheets.reading.reader import WorkbookRead, read_workbook
from importer.sheets.template.rendering import render_template
from tests.sheets.builder import (
    SHEETS,
    YARD,
    change,
    change_part,
    read_parts,
    write_package,
    write_workbook,
)

SHEET_1 = "xl/worksheets/sheet1.xml"


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "month.xlsx", "Loads\nLoad* | Weight*\nL-1 | 12.5")


def codes(found: WorkbookRead) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("part", "old", "new", "place"),
    [
        (SHEET_1, "</sheetData>", "", "FILE"),
        (SHEET_1, "12.5", "twelve", "FILE"),
        (SHEET_1, 'r="B2"', 'r="2B"', "FILE"),
        (SHEET_1, "<v>12.5</v>", '<v>12.5</v></c><c r="C2" s="999"><v>1</v>', "FILE"),
        (SHEET_1, 't="inlineStr"', 't="s"', "HEADER"),
        ("xl/workbook.xml", "<sheet ", "<sheat ", "SHEET"),
        ("xl/workbook.xml", "</workbook>", "", "FILE"),
        ("xl/styles.xml", "<fonts", "<phonts", "FILE"),
        ("[Content_Types].xml", "spreadsheetml.sheet.main", "spreadsheetml.nothing", "FILE"),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/sheet7.xml", "FILE"),
    ],
)
def test_a_part_that_does_not_hold_together(
    month: Path, part: str, old: str, new: str, place: str
) -> None:
    assert old in read_parts(month)[part].decode()
    change_part(month, part, lambda xml: xml.replace(old, new))
    found = read_workbook(month, SHEETS)
    assert [code.split("_")[0] for code in codes(found)] == [place] * len(found.problems)
    assert all(problem.remedy for problem in found.problems)


@pytest.mark.parametrize(
    "part", ["xl/styles.xml", "xl/theme/theme1.xml", SHEET_1, "docProps/app.xml"]
)
def test_a_part_that_is_missing(month: Path, part: str) -> None:
    parts = read_parts(month)
    del parts[part]
    found = read_workbook(write_package(month, parts), SHEETS)
    assert codes(found) in ([], ["FILE_DAMAGED"])
    assert bool(found.problems) is not any(table.rows for table in found.tables)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A filled template: notes, validations, formats and a hidden sheet are in it."""
    path = tmp_path_factory.mktemp("odd") / "month.xlsx"
    path.write_bytes(render_template(YARD, YARD.books[0], version="1"))
    change(path, lambda book: book["Loads"].cell(2, 1, "L-1"))
    return read_parts(path)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_bytes_changed_anywhere_never_raise(parts: dict[str, bytes], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "month.xlsx"
        part = data.draw(st.sampled_from(sorted(parts)))
        content = bytearray(parts[part])
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at] = data.draw(st.sampled_from(b'<>"/ 0A=\x00\xff'))
        found = read_workbook(write_package(path, parts | {part: bytes(content)}), SHEETS)
    assert found.tables or found.problems


@settings(max_examples=30, deadline=None)
@given(at=st.floats(0, 0.999), length=st.integers(1, 40))
def test_holes_in_the_file_never_raise(at: float, length: int) -> None:
    with TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "month.xlsx", "Loads\nLoad* | Weight*\nL-1 | 1")
        content = bytearray(path.read_bytes())
        start = int(at * len(content))
        content[start : start + length] = bytes(len(content[start : start + length]))
        path.write_bytes(bytes(content))
        found = read_workbook(path, CATALOG.sheets)
    assert found.problems
