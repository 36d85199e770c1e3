"""Where cells stand: said, not said, said wrongly, far out, hidden."""

from tests.workbooks.builder import Package, package, row, worksheet
from tests.workbooks.odd import computed, odd

FAR = '<row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'
BLANK_ROWS = "".join(f'<row r="{number}"/>' for number in range(2, 20_001))


def framed(data: str, *, before: str = "", after: str = "") -> Package:
    return package(worksheet(data, before=before, after=after))


PLACES = (
    odd("a plain sheet", row(1, "1", "2") + row(2, "3"), {"A1": 1, "B1": 2, "A2": 3}),
    odd(
        "usual rows and odd ones in turns",
        row(1, "1")
        + '<row r="2"><c r="A2" t="inlineStr"><is><t>&amp;</t></is></c></row>'
        + '<row r="3"><c s="0" r="A3"><v>3</v></c></row>'
        + row(4, "4")
        + '<row><c><v>5</v></c><c t="str"><f>A1</f><v>&lt;</v></c></row>'
        + '<row r="6" hidden="1"/>'
        + "<row><c><v>7</v></c></row>",
        {"A1": 1, "A2": "&", "A3": 3, "A4": 4, "A5": 5, "B5": computed("<", "=A1"), "A7": 7},
    ),
    odd("an empty sheet", "", {}),
    odd("no sheet data at all", package('<worksheet xmlns="urn:x"/>'), {}),
    odd(
        "rows and cells without coordinates",
        "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>",
        {"A1": 1, "B1": 2, "B3": 3},
    ),
    odd(
        "cells without coordinates in rows that have them",
        '<row r="3"><c><v>1</v></c><c><v>2</v></c></row><row r="7"><c><v>3</v></c></row>',
        {"A3": 1, "B3": 2, "A7": 3},
    ),
    odd(
        "cells with coordinates in rows that have none",
        '<row><c r="B5"><v>1</v></c></row><row><c r="C9"><v>2</v></c></row>',
        {"B5": 1, "C9": 2},
    ),
    odd(
        "a cell without coordinates stands behind the one before it",
        '<row r="1"><c r="D1"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>',
        {"D1": 1, "E1": 2, "A2": 3},
    ),
    odd("rows out of order", row(3, "3") + row(1, "1") + row(2, "2"), {"A1": 1, "A2": 2, "A3": 3}),
    odd(
        "cells out of order",
        '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c><v>2</v></c></row>',
        {"A1": 1, "B1": 2, "C1": 3},
    ),
    odd(
        "a row that comes in pieces",
        row(1, "1") + row(2, "5") + '<row r="1"><c r="B1"><v>2</v></c></row>',
        {"A1": 1, "B1": 2, "A2": 5},
    ),
    odd("a cell twice: the last one counts", row(1, "1") + row(1, "2"), {"A1": 2}),
    odd(
        "a cell that names another row than its own",
        '<row r="1"><c r="A1"><v>1</v></c><c r="B4"><v>2</v></c></row>' + row(2, "3"),
        {"A1": 1, "B4": 2, "A2": 3},
    ),
    odd("names in small letters", '<row r="1"><c r="ab1"><v>1</v></c></row>', {"AB1": 1}),
    odd("rows with leading zeros", '<row r="007"><c r="A007"><v>1</v></c></row>', {"A7": 1}),
    odd(
        "a declared size too small", framed(row(5, "1"), before='<dimension ref="A1"/>'), {"A5": 1}
    ),
    odd(
        "a declared size too large",
        framed(row(5, "1"), before='<dimension ref="A1:XFD1048576"/>'),
        {"A5": 1},
    ),
    odd(
        "a declared size that is none",
        framed(row(5, "1"), before='<dimension ref="nothing"/>'),
        {"A5": 1},
    ),
    odd(
        "spans that lie",
        '<row r="1" spans="7:9 nonsense"><c r="A1"><v>1</v></c></row>',
        {"A1": 1},
    ),
    odd("blank rows at the end cost nothing", row(1, "1") + BLANK_ROWS, {"A1": 1}),
    odd(
        "blank cells with a style",
        '<row r="1" s="1" customFormat="1"><c r="A1" s="1"/><c r="B1" s="1"><v>1</v></c></row>',
        {"B1": 1},
        formats=("0.00",),
    ),
    odd("an empty value", '<row r="1"><c r="A1"><v/></c><c r="B1" t="s"><v></v></c></row>', {}),
    odd("the last row and column", row(1, "1") + FAR, {"A1": 1, "XFD1048576": 9}),
    odd(
        "a million rows are said, three are filled",
        row(1, "1") + '<row r="500000"><c r="AA500000"><v>2</v></c></row>' + FAR,
        {"A1": 1, "AA500000": 2, "XFD1048576": 9},
    ),
    odd(
        "hidden rows",
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
        '<row r="3" hidden="true"><c r="A3"><v>3</v></c></row>'
        '<row r="4" hidden="0"><c r="A4"><v>4</v></c></row>'
        '<row r="5" hidden="1"/>',
        {"A1": 1, "A2": 2, "A3": 3, "A4": 4},
        hidden_rows=(2, 3),
    ),
    odd(
        "hidden rows that do not say where they stand",
        '<row><c><v>1</v></c></row><row hidden="1"><c><v>2</v></c></row>',
        {"A1": 1, "A2": 2},
        hidden_rows=(2,),
    ),
    odd(
        "a sheet that hides all rows that do not say otherwise",
        framed(
            '<row r="1" hidden="0"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c>'
            '</row><row r="3" ht="15" customHeight="1"><c r="A3"><v>3</v></c></row>',
            before='<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>',
        ),
        {"A1": 1, "A2": 2, "A3": 3},
        hidden_rows=(2,),
    ),
    odd(
        "rows that a filter hides",
        framed(
            row(1, "1") + '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row>',
            after='<autoFilter ref="A1:A2"><filterColumn colId="0"><filters><filter val="1"/>'
            "</filters></filterColumn></autoFilter>",
        ),
        {"A1": 1, "A2": 2},
        hidden_rows=(2,),
    ),
    odd(
        "hidden columns",
        framed(row(1, "1", "2"), before='<cols><col min="2" max="2" hidden="1"/></cols>'),
        {"A1": 1, "B1": 2},
    ),
    odd(
        "merged ranges",
        framed(
            row(1, "1", "2"),
            after='<mergeCells count="9"><mergeCell ref="A1:B1"/><mergeCell ref="c3:D5"/>'
            '<mergeCell ref="$F$2:$F$1"/></mergeCells>',
        ),
        {"A1": 1, "B1": 2},
        merged=("A1:B1", "C3:D5", "F1:F2"),
    ),
    odd(
        "a row that fills all columns",
        "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>",
        {
            ("" if a == " " else a) + ("" if b == " " else b) + c + "1": 1
            for a in " ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            for b in " ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            if (a == " " or b != " ") and (len((a + b + c).strip()), a + b + c) <= (3, "XFD")
        },
    ),
)
