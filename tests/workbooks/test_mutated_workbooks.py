"""Bytes changed in any part, or in the zip itself: a reading or a problem, never an exception."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.model.problem import Problem
from importer.sheets.gate.limits import Limits
from importer.sheets.reading.opening import open_contents
from tests.workbooks.builder import Package, package, worksheet, write

TOKENS = [
    b"<", b">", b'"', b"/", b" ", b"=", b"&", b"\0", b"\xff", b"-1", b"0", b"1e999", b"99999999",
    b"<c>", b"</c>", b"<v>", b"<row>", b"</row>", b"<f>", b"<is><t>", b't="s"', b't="inlineStr"',
    b't="d"', b'r="A0"', b'r="ZZZZ9"', b's="7"', b"<!--", b"]]>", b"<![CDATA[", b"<?x ?>", b"&#0;",
    b"_xD800_", b"<mergeCell/>", b'xmlns="x"', b"<!DOCTYPE x>", b"\xef\xbb\xbf",
]  # fmt: skip
SOURCE: Package = package(
    worksheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>text</t></is></c>'
        '<c r="C1" t="str"><f>A1</f><v>a</v></c></row><row r="2" hidden="1"><c r="A2" s="1">'
        '<v>45961</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="e"><v>#REF!</v></c>'
        '<c r="D2" s="2"><v>0.5</v></c><c r="E2"><f t="shared" si="0">A1</f><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A9:B9"/></mergeCells>',
    ),
    strings=("a", "<r><t>b</t></r><rPh><t>c</t></rPh>"),
    formats=(14, "[h]:mm"),
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(TOKENS)), min_size=1, max_size=4
)


def changed(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Some bytes taken out, and others put in their place."""
    for where, taken, token in changes:
        at = int(where * len(content))
        content = content[:at] + token + content[at + taken :]
    return content


def open_written(path: Path) -> None:
    found = open_contents(path, Limits(part_bytes=1_000_000, total_bytes=5_000_000))
    if isinstance(found, Problem):
        assert found.found
        assert found.remedy


def open_changed_part(part: str, changes: list[tuple[float, int, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        parts = SOURCE | {part: changed(SOURCE[part], changes)}
        open_written(write(Path(folder) / "x.xlsx", parts))


def open_changed_zip(changes: list[tuple[float, int, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "x.xlsx", SOURCE, method=0)
        path.write_bytes(changed(path.read_bytes(), changes))
        open_written(path)


PARTS = st.sampled_from([*SOURCE, "xl/worksheets/sheet1.xml"])
BYTES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 8), st.binary(max_size=8)), min_size=1, max_size=4
)


@settings(max_examples=150)
@given(part=PARTS, changes=CHANGES)
def test_a_part_with_other_words(part: str, changes: list[tuple[float, int, bytes]]) -> None:
    open_changed_part(part, changes)


@settings(max_examples=100)
@given(changes=BYTES)
def test_a_zip_with_other_bytes(changes: list[tuple[float, int, bytes]]) -> None:
    open_changed_zip(changes)


@pytest.mark.many
@settings(max_examples=5_000)
@given(part=PARTS, changes=CHANGES)
def test_parts_with_other_words(part: str, changes: list[tuple[float, int, bytes]]) -> None:
    open_changed_part(part, changes)


@pytest.mark.many
@settings(max_examples=5_000)
@given(changes=BYTES)
def test_zips_with_other_bytes(changes: list[tuple[float, int, bytes]]) -> None:
    open_changed_zip(changes)
