"""What is the user's comes back as it was, byte for byte, but for what we write."""

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from importer.model.outcome import Status
from importer.sheets.reading.reader import read_workbook
from tests.sheets.builder import (
    SHEETS,
    change,
    change_part,
    read_parts,
    write_package,
    write_workbook,
)
from tests.sheets.runs import annotate, not_a_number, outcome, report

MONTH = """
Loads
Load* | Weight* | Mine | Weighed on
L-1   | 12.5    | note | 2025-10-31
L-2   | heavy   |      | 2025-10-31

Mine
Plans | 2026
"""

RUN = report([outcome(2, carbon=1234.5), outcome(3, Status.INVALID, not_a_number(3))])
SHEET = "xl/worksheets/sheet1.xml"
OTHER = "xl/worksheets/sheet2.xml"

OFFICE = "application/vnd.openxmlformats-officedocument"
FOREIGN = {
    "xl/media/image1.png": b"\x89PNG not really",
    "xl/vbaProject.bin": b"macros",
    "xl/pivotCache/pivotCacheDefinition1.xml": b"<pivotCacheDefinition/>",
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "customXml/item1.xml": b"<mine>\r\n</mine>",
    "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
    "xl/persons/person.xml": b"<personList/>",
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
    "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0",
    "xl/calcChain.xml": b'<calcChain><c r="B2" i="1"/></calcChain>',
    "custom/data.bin": b"\0\1\2",
}
"""Parts that no library of ours knows."""

DEFAULTS = (
    '<Default Extension="bin" ContentType="application/octet-stream"/>'
    '<Default Extension="png" ContentType="image/png"/>'
)


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """A month with a chart, and with parts of all kinds beside the sheets."""
    path = write_workbook(tmp_path / "month.xlsx", MONTH)

    def draw(workbook: Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(workbook["Mine"], min_col=2, min_row=1, max_row=1))
        workbook["Mine"].add_chart(chart, "D4")

    change(path, draw)
    types = "[Content_Types].xml"
    change_part(path, types, lambda xml: xml.replace("<Override", f"{DEFAULTS}<Override", 1))
    return write_package(path, read_parts(path) | FOREIGN)


def test_all_other_parts_are_the_same(month: Path) -> None:
    before, after = read_parts(month), read_parts(annotate(month, RUN))
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {
        SHEET,
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
    }
    assert set(after) - set(before) == {
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/sheet3.xml",
    }


def test_they_are_not_packed_anew(month: Path) -> None:
    """Stored stays stored, and the order of the parts, their times and names are theirs."""
    with zipfile.ZipFile(month, "a") as package:
        package.writestr(zipfile.ZipInfo("custom/ünïcode.bin", (2011, 2, 3, 4, 5, 6)), b"x" * 99)
    with zipfile.ZipFile(month) as package, zipfile.ZipFile(annotate(month, RUN)) as results:
        before, after = package.infolist(), results.infolist()
    assert [each.filename for each in after[: len(before)]] == [each.filename for each in before]
    for one, other in zip(before, after, strict=False):
        assert other.date_time == one.date_time
    assert (after[len(before) - 1].compress_type, after[len(before) - 1].compress_size) == (0, 99)


def test_the_sheet_differs_only_in_what_is_ours(month: Path) -> None:
    before, after = read_parts(month)[SHEET], read_parts(annotate(month, RUN))[SHEET]
    ours = re.compile(
        rb"<cols>.*?</cols>"
        rb'|<c r="[E-H]\d+".*?</c>'
        rb"|<conditionalFormatting.*</conditionalFormatting>"
        rb'|<legacyDrawing[^>]*/>| ht="30" customHeight="1"'
    )
    assert ours.sub(b"", after).replace(b'ref="A1:H3"', b'ref="A1:D3"') == before


@pytest.mark.parametrize("rounds", [1, 2])
def test_when_all_that_is_ours_goes_the_sheet_is_what_it_was(month: Path, rounds: int) -> None:
    before = read_parts(month)
    path = month
    for _ in range(rounds):
        path = annotate(path, RUN)
    after = read_parts(annotate(path, report()))
    assert after[SHEET].replace(b'ref="A1:H3"', b'ref="A1:D3"') == before[SHEET]
    assert "xl/comments1.xml" not in after
    assert "xl/drawings/vmlDrawing1.vml" not in after


def test_the_same_run_again_changes_nothing(month: Path) -> None:
    once = read_parts(annotate(month, RUN))
    assert read_parts(annotate(annotate(month, RUN), RUN)) == once


def test_a_second_run_adds_no_looks(month: Path) -> None:
    once = read_parts(annotate(month, RUN))["xl/styles.xml"]
    again = annotate(annotate(month, RUN), report([outcome(2), outcome(3, Status.CONFLICT)]))
    assert len(read_parts(again)["xl/styles.xml"]) == len(once)


SIGNED = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"


def sign(path: Path) -> None:
    parts = read_parts(path)
    link = f'<Relationship Id="sig" Type="{SIGNED}/origin" Target="_xmlsignatures/origin.sigs"/>'
    inner = f'<Relationship Id="rId1" Type="{SIGNED}/signature" Target="sig1.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Rel", f"{link}</Rel".encode())
    parts["_xmlsignatures/origin.sigs"] = b""
    parts["_xmlsignatures/sig1.xml"] = b"<Signature/>"
    parts["_xmlsignatures/_rels/origin.sigs.rels"] = (
        f'<Relationships xmlns="{space}">{inner}</Relationships>'.encode()
    )
    kind = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
    types = (
        '<Default Extension="sigs" ContentType="application/x"/>'
        f'<Override PartName="/_xmlsignatures/sig1.xml" ContentType="{kind}"/></Types>'
    )
    name = "[Content_Types].xml"
    parts[name] = parts[name].replace(b"</Types>", types.encode())
    write_package(path, parts)


def test_a_signature_that_no_longer_fits_is_taken_off_and_said(month: Path) -> None:
    sign(month)
    written = annotate(month, RUN)
    parts = read_parts(written)
    assert not any("_xmlsignatures" in name for name in parts)
    assert b"sig1.xml" not in parts["[Content_Types].xml"]
    assert b"digital-signature" not in parts["_rels/.rels"]
    page = load_workbook(written)["Import summary"]
    assert any("signature no longer fits" in str(c.value) for row in page.rows for c in row)
    assert any("_xmlsignatures" in name for name in read_parts(month))


def test_a_template_becomes_a_workbook(month: Path) -> None:
    types = "[Content_Types].xml"
    change_part(month, types, lambda xml: xml.replace("sheet.main+xml", "template.main+xml"))
    after = read_parts(annotate(month.rename(month.with_suffix(".xltx")), RUN))[types]
    assert b"sheet.main+xml" in after
    assert b"template.main" not in after


def test_tables_filters_names_protection_and_merged_cells_stay(month: Path) -> None:
    def shape(workbook: Workbook) -> None:
        page = workbook["Loads"]
        page.add_table(Table(displayName="Mine", ref="A1:D3"))
        page.print_area = "A1:C3"
        page.protection.sheet = True
        page.merge_cells("B9:C9")
        workbook.defined_names["Total"] = DefinedName("Total", attr_text="Mine!$B$1")

    change(month, shape)
    page = load_workbook(annotate(month, RUN))["Loads"]
    assert page.tables["Mine"].ref == "A1:D3"
    assert page.print_area == "'Loads'!$A$1:$C$3"
    assert page.protection.sheet
    assert [str(each) for each in page.merged_cells.ranges] == ["B9:C9"]
    assert page["E1"].value == "Import status"


def test_names_of_one_sheet_stay_with_it_when_the_summary_moves(month: Path) -> None:
    """They name their sheet by its turn, and the summary may stand before it."""
    path = annotate(month, RUN)

    def move(workbook: Workbook) -> None:
        workbook.move_sheet("Import summary", -2)
        workbook["Loads"].print_area = "A1:C3"
        workbook["Import summary"].print_area = "A1:B9"
        workbook["Mine"].print_title_rows = "1:1"

    change(path, move)
    workbook = load_workbook(annotate(path, RUN))
    assert workbook.sheetnames == ["Loads", "Mine", "Import summary"]
    assert workbook["Loads"].print_area == "'Loads'!$A$1:$C$3"
    assert workbook["Mine"].print_title_rows == "$1:$1"
    assert not workbook["Import summary"].print_area


def test_a_note_beside_a_thread_is_left_alone(month: Path) -> None:
    """Programs without threads show those as a note; ours finds no room there."""
    thread = Comment("[Threaded comment]\nYour version …\nComment: why?", "tc={00}")
    change(month, lambda book: setattr(book["Loads"]["B3"], "comment", thread))
    before = read_parts(month)
    after = read_parts(annotate(month, RUN))
    name = next(name for name in before if "comment" in name and name.endswith(".xml"))
    assert after[name] == before[name]


def test_boxes_that_are_no_xml_are_left_alone_and_so_are_their_notes(month: Path) -> None:
    change(month, lambda book: setattr(book["Loads"]["A1"], "comment", Comment("mine", "Maria")))
    (boxes,) = (name for name in read_parts(month) if name.endswith(".vml"))
    parts = read_parts(month)
    parts[boxes] = parts[boxes].replace(b"<div", b"<br><div")
    parts = read_parts(write_package(month, parts))
    path = month.with_name("month.results.xlsx")
    with pytest.raises(Exception, match="mismatched tag"):
        annotate(month, RUN)  # it is the check of this test suite that stumbles over it
    after = read_parts(path)
    assert after[boxes] == parts[boxes]
    assert {name: after[name] for name in after if "comment" in name} == {
        name: parts[name] for name in parts if "comment" in name
    }
    assert load_workbook(path)["Loads"]["E1"].value == "Import status"


def test_boxes_of_other_shapes_stay(month: Path) -> None:
    """Buttons and boxes to tick are drawn in the same part as notes."""
    path = annotate(month, RUN)
    (boxes,) = (name for name in read_parts(path) if name.endswith(".vml"))
    button = (
        '<v:shape id="_x0000_s9"><x:ClientData ObjectType="Button"><x:Row>2</x:Row>'
        "<x:Column>1</x:Column></x:ClientData></v:shape></xml>"
    )
    change_part(path, boxes, lambda xml: xml.replace("</xml>", button))
    bare = read_parts(annotate(path, report()))
    assert bare[boxes].count(b"<v:shape ") == 1
    assert b'ObjectType="Button"' in bare[boxes]
    again = read_parts(annotate(path, RUN))
    assert again[boxes].count(b"<v:shape ") == 2


def test_other_sheets_are_only_touched_to_unselect_them(month: Path) -> None:
    def select(workbook: Workbook) -> None:
        for page in workbook.worksheets:
            page.sheet_view.tabSelected = True
        workbook.create_chartsheet("Chart").add_chart(BarChart())

    change(month, select)
    change_part(
        month,
        "xl/chartsheets/sheet1.xml",
        lambda xml: xml.replace("<sheetView ", '<sheetView tabSelected="1" '),
    )
    before, after = read_parts(month), read_parts(annotate(month, RUN))
    for part in (OTHER, "xl/chartsheets/sheet1.xml"):
        assert before[part] == after[part].replace(b'tabSelected="0"', b'tabSelected="1"')
        assert before[part] != after[part]


def test_the_users_marks_step_behind_ours_and_those_of_a_pivot_stay(month: Path) -> None:
    theirs = (
        '<conditionalFormatting{} sqref="B2"><cfRule type="expression" priority="2">'
        "<formula>TRUE</formula></cfRule></conditionalFormatting><pageMargins"
    )
    plain, pivot = theirs.format(""), theirs.format(' pivot="1"')
    change_part(month, SHEET, lambda xml: xml.replace("<pageMargins", plain))
    assert b'priority="5"><formula>TRUE' in read_parts(annotate(month, RUN))[SHEET]
    change_part(month, SHEET, lambda xml: xml.replace(plain, pivot))
    after = read_parts(annotate(month, RUN))[SHEET]
    assert b'priority="2"><formula>TRUE' in after
    assert b'priority="3"><formula>N(' in after


def test_a_sheet_that_is_full_to_its_last_column_gets_no_columns(month: Path) -> None:
    change(month, lambda book: setattr(book["Loads"]["XFB1"], "value", "mine"))
    written = annotate(month, RUN)
    assert read_workbook(written, SHEETS).tables == read_workbook(month, SHEETS).tables
    texts = [str(c.value) for row in load_workbook(written)["Import summary"].rows for c in row]
    assert any("“Loads” has no room" in text for text in texts)


@pytest.mark.parametrize(
    "text",
    ["_x0041_", "_x000D_\n_x000d_", "&amp;", "<b>", ' "q" ', "]]>", "𝄞 ü", "\ttab\n\n", "'quoted"],
)
def test_texts_come_through_as_they_are(month: Path, text: str) -> None:
    path = annotate(month, report([outcome(2, message=text, carbon=text)], notes=(text,)))
    for shown in (text, None):
        page = load_workbook(path)["Loads"]
        found = str(page["G2"].value).replace("_x005F_", "_")
        assert found == shown if shown else page["G2"].value is None
        assert not any(cell.hyperlink for row in page.rows for cell in row)
        path = annotate(path, report([outcome(2)]))
