"""Sheets as few programs write them and as the format allows: written into all the same."""

import codecs
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.model.outcome import Status
from tests.sheets.builder import read_parts, write_package, write_workbook
from tests.sheets.runs import annotate, not_a_number, outcome, report

MONTH = """
Loads
Load* | Weight* | Mine
L-1   | 12.5    | note
L-2   | heavy   |
"""
SHEET = "xl/worksheets/sheet1.xml"
RUN = report(
    [
        outcome(2, carbon=1234.5, message="word " * 60),
        outcome(3, Status.INVALID, not_a_number(3)),
        outcome(9, Status.SKIPPED),
    ]
)
OURS = {
    1: {4: "Import status", 5: "Import ID", 6: "Import message", 7: "Carbon (kg)"},
    2: {4: "created", 5: "lod_2", 6: ("word " * 60), 7: "1234.5"},
    9: {4: "skipped"},
}
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"

Edit = Callable[[bytes], bytes]


def cut(pattern: bytes, new: bytes = b"") -> Edit:
    return lambda xml: re.sub(pattern, new, xml)


def put(old: bytes, new: bytes) -> Edit:
    def edit(xml: bytes) -> bytes:
        assert old in xml
        return xml.replace(old, new)

    return edit


def both(*edits: Edit) -> Edit:
    def edit(xml: bytes) -> bytes:
        for each in edits:
            xml = each(xml)
        return xml

    return edit


def prefixed(xml: bytes) -> bytes:
    xml = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml)
    return xml.replace(b"xmlns=", b"xmlns:x=")


ODD: dict[str, Edit] = {
    "as it is": lambda xml: xml,
    "prefixes": prefixed,
    "prefixes and strict": both(put(MAIN, STRICT), prefixed),
    "cells and rows without names": cut(rb' r="[A-Z]*\d+"'),
    "cells without names": cut(rb' r="[A-Z]+\d+"'),
    "rows without numbers": cut(rb'(?<=<row) r="\d+"'),
    "other attributes first": cut(rb'<c r="(\w+)" ', rb'<c cm="0" r="\1" '),
    "single quotes": cut(rb'r="(\w+)"', rb"r='\1'"),
    "space in tags": both(cut(rb"</(row|c|v)>", rb"</\1 >"), cut(rb"<(row|c) ", rb"<\1\n\t")),
    "space around rows": both(put(b"<row", b"\n  <row"), put(b"</row>", b"\n  </row>\n")),
    "a mark of order": lambda xml: codecs.BOM_UTF8 + xml,
    "UTF-16": lambda xml: xml.decode().encode("utf-16"),
    "UTF-16, the other way": lambda xml: codecs.BOM_UTF16_BE + xml.decode().encode("utf-16-be"),
    "Latin letters": lambda xml: (
        b'<?xml version="1.0" encoding="ISO-8859-1"?>'
        + xml.replace(b"note", "nötig".encode("latin-1"))
    ),
    "comments": both(
        put(b"<c ", b"<!-- </c> --><c "),
        put(b"</row>", b"<!-- </row><c r='A9'> --></row><!-- <row -->"),
        put(b"<sheetData>", b"<!-- <sheetData><row r='1'> --><sheetData><!-- </row> -->"),
    ),
    "hidden in CDATA": put(
        b"<is><t>note</t></is>", b"<is><t><![CDATA[</t></c></row></sheetData>]]></t></is>"
    ),
    "instructions": put(b"<row ", b"<?mine </row> ?><row "),
    "an end without content": put(b"</sheetData>", b'<row r="5"/><row r="9" ht="15"/></sheetData>'),
    "spans": put(b"<row ", b'<row spans="1:3" '),
    "cells that only have a look": cut(
        rb'(<row r="(\d)".*?)</row>',
        rb'\1<c r="D\2" s="0"/><c r="F\2" s="0"></c><c r="XFD\2" s="0"/></row>',
    ),
    "shared widths": put(
        b"<sheetData>", b'<cols><col min="2" max="99" width="9"/></cols><sheetData>'
    ),
    "newer programs' words": both(
        put(
            b"<worksheet ",
            b'<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            b'xmlns:x14ac="urn:a" mc:Ignorable="x14ac" ',
        ),
        put(b"<row ", b'<row x14ac:dyDescent="0.25" '),
        put(b"</worksheet>", b'<extLst><ext uri="{1}"><x14ac:b/></ext></extLst></worksheet>'),
    ),
    "everything behind the rows": put(
        b"<pageMargins",
        b'<sheetProtection sheet="1"/><autoFilter ref="A1:C3"/>'
        b'<mergeCells count="1"><mergeCell ref="A20:B20"/></mergeCells>'
        b'<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
        b"<formula>TRUE</formula></cfRule></conditionalFormatting>"
        b'<dataValidations count="1"><dataValidation sqref="A2"/></dataValidations>'
        b'<hyperlinks><hyperlink ref="A1" location="A2"/></hyperlinks><pageMargins',
    ),
    "nothing behind the rows": cut(rb"(?<=</sheetData>).*(?=</worksheet>)"),
    "no declared size": cut(rb"<dimension.*?>"),
}


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "month.xlsx", MONTH)


def odd(path: Path, edit: Edit) -> bytes:
    parts = read_parts(path)
    parts[SHEET] = edit(parts[SHEET])
    write_package(path, parts)
    return parts[SHEET]


@pytest.mark.filterwarnings("ignore:Unknown extension:UserWarning")
@pytest.mark.parametrize("name", ODD)
def test_a_sheet_is_written_into_whatever_its_markup(month: Path, name: str) -> None:
    before = odd(month, ODD[name])
    written = annotate(month, RUN)
    page = load_workbook(transitional(written))["Loads"]
    for row, cells in OURS.items():
        for column, text in cells.items():
            assert str(page.cell(row, column).value) == text
    assert page["A3"].value == "L-2"
    assert page["B3"].comment is not None
    bare = read_parts(annotate(written, report()))[SHEET]
    assert plain(bare) == plain(before)


def transitional(path: Path) -> Path:
    """A copy in the dialect that openpyxl knows."""
    parts = {name: part.replace(STRICT, MAIN) for name, part in read_parts(path).items()}
    return write_package(path.with_name("copy.xlsx"), parts)


def plain(xml: bytes) -> bytes:
    """Without what may stay when ours goes: the declared size, numbers, rows without cells."""
    is_wide = xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    xml = xml.decode("utf-16").encode() if is_wide else xml
    for pattern in (
        rb"<(x:)?dimension[^>]*>",
        rb"<(x:)?row r=\"9\"[^>]*></(x:)?row>",
        rb"<(x:)?row r=\"9\"[^>]*/>",
        rb" priority=\"\d\"",
        rb"<(x:)?cols>.*?</(x:)?cols>",
        rb'<c r="[DF]\d" s="0"(/|></c)>',
        rb'<row r="5"/>',
        rb"<row r=\"9\" ht=\"15\"></row>",
    ):
        xml = re.sub(pattern, b"", xml)
    return xml


def test_a_sheet_without_any_row(month: Path) -> None:
    for empty in (b"<sheetData/>", b"<sheetData></sheetData>"):
        odd(month, cut(rb"<sheetData.*?(/>|</sheetData>)|<sheetData.*</sheetData>", empty))
        page = load_workbook(annotate(month, RUN))["Loads"]
        assert page["A1"].value == "Import status"
        assert page["A9"].value == "skipped"


def test_a_row_of_many_megabytes(month: Path) -> None:
    odd(month, put(b"<t>note</t>", b"<t>" + b"x" * 3_000_000 + b"</t>"))
    written = annotate(month, RUN)
    assert b"x" * 3_000_000 in read_parts(written)[SHEET]
    assert load_workbook(written)["Loads"]["D2"].value == "created"


def test_a_height_that_somebody_chose_is_kept_and_another_is_not(month: Path) -> None:
    chosen, own = b'<row ht="40" customHeight="1" r="2"', b'<row ht="12.8" customHeight="0" r="3"'
    odd(month, both(put(b'<row r="2"', chosen), put(b'<row r="3"', own)))
    long = report([outcome(row, message="word " * 60) for row in (2, 3)])
    written = annotate(month, long)
    page = load_workbook(written)["Loads"]
    assert page.row_dimensions[2].height == 40
    assert page.row_dimensions[3].height == 60
    page = load_workbook(annotate(written, report()))["Loads"]
    assert page.row_dimensions[2].height == 40
    assert page.row_dimensions[3].height is None
