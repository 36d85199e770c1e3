"""Sheets and parts that say what cannot be."""

from tests.workbooks.builder import MAIN, row, workbook, worksheet
from tests.workbooks.hostile import Hostile, at, part

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
B2 = "Sheet1!B2"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def cell(inside: str, kind: str = "", style: str = "") -> str:
    return f'<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="{kind}" s="{style}">{inside}</c></row>'


def doctype(inside: str, text: str = "") -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE worksheet [{inside}]><worksheet xmlns="{MAIN}"><sheetData>'
        f'<row><c t="inlineStr"><is><t>{text}</t></is></c></row></sheetData></worksheet>'
    )


def number(text: str) -> Hostile:
    return at(B2, f"a number {text!r}", cell(f"<v>{text}</v>"), says="a number")


def index(text: str) -> Hostile:
    return at(B2, f"a shared text {text!r}", cell(f"<v>{text}</v>", "s"), says="the text")


def place(where: str, reference: str) -> Hostile:
    data = f'<row r="2"><c r="A2"><v>1</v></c><c r="{reference}"><v>2</v></c></row>'
    return at(where, f"a cell {reference!r}", data, says="which no sheet has")


def row_number(text: str) -> Hostile:
    return at(
        "Sheet1, row 1", f"a row {text!r}", f'<row r="{text}"><c><v>1</v></c></row>', says="a row"
    )


def merged(reference: str) -> Hostile:
    data = worksheet(row(1, "1"), after=f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>')
    return at("sheet Sheet1", f"a merged range {reference!r}", data, says="which no sheet has")


CELLS = (
    number("twelve"),
    number("1,5"),
    number("1 000"),
    number("1_000"),
    number("١٢"),
    number("1e400"),
    number("-1e400"),
    number("NaN"),
    number("INF"),
    number("infinity"),
    number("0x1F"),
    number("--1"),
    number("9" * 400),
    number("9" * 5_000),
    index("2"),
    index("-1"),
    index("1.0"),
    index("first"),
    index("9" * 5_000),
    index("1_0"),
    at(B2, "a yes or no of 2", cell("<v>2</v>", "b"), says="a yes or no"),
    at(B2, "a date in words", cell("<v>soon</v>", "d"), says="a date"),
    at(B2, "a 31st of February", cell("<v>2025-02-31</v>", "d"), says="a date"),
    at(B2, "a type that nobody knows", cell("<v>1</v>", "z"), says="a type"),
    place("Sheet1!A2", "XFE2"),
    place("Sheet1!A2", "AAAA2"),
    place("Sheet1!A2", "2"),
    place("Sheet1!A2", "Ä2"),
    place("Sheet1!A2", "2B"),
    place("Sheet1!A2", "B-2"),
    place("Sheet1!A2", "R2C2"),
    place("Sheet1!A2", "$B$2"),
    place("Sheet1!A2", ""),
    place("Sheet1!A2", "B"),
    place("Sheet1!A2", "B0"),
    place("Sheet1!A2", "B1048577"),
    place("Sheet1!A2", "B99999999999999999999"),
    row_number("0"),
    row_number("-1"),
    row_number("1048577"),
    row_number("1.5"),
    row_number("x"),
    row_number("٣"),
    at(
        "Sheet1!XFD2",
        "one cell more than a row has",
        '<row r="2">' + "<c><v>1</v></c>" * 16_385 + "</row>",
        says="a cell",
    ),
    at(
        "Sheet1!A1048576",
        "one row more than a sheet has",
        '<row r="1048576"><c><v>1</v></c></row><row><c><v>2</v></c></row>',
        says="a row",
    ),
    merged(""),
    merged("nothing"),
    merged("A1:XFE1"),
    merged("A0:B2"),
    merged("A1:B2:C3"),
    at(B2, "an element that does not end", cell("<v>1</c>"), says="no XML"),
    at(
        B2,
        "a value that breaks off",
        f'<worksheet xmlns="{MAIN}"><sheetData>{cell("<v>1")}'[:-10],
        says="no XML",
    ),
    at(B2, "half of a pair", cell("<is><t>&#xD800;</t></is>", "inlineStr"), says="no XML"),
    at(B2, "a zero byte", cell("<is><t>a\0b</t></is>", "inlineStr"), says="no XML"),
    at(B2, "a control character", cell("<is><t>a\x07b</t></is>", "inlineStr"), says="no XML"),
    at(B2, "an entity that nobody defined", cell("<v>&one;</v>"), says="no XML"),
    at("sheet Sheet1", "a second root", f'<worksheet xmlns="{MAIN}"/><worksheet/>', says="no XML"),
    at(
        "sheet Sheet1",
        "a web page in place of a sheet",
        b"<html><body>1</body></html>",
        says="in the place of a worksheet",
    ),
    at("sheet Sheet1", "a sheet without a byte", b"", says="no XML"),
    at(
        "sheet Sheet1",
        "a prefix that nobody declared",
        f'<worksheet xmlns="{MAIN}"><y:c/></worksheet>',
        says="no XML",
    ),
    part(STRINGS, None, "no shared texts", place="Sheet1!A1", says="none"),
    part(
        STRINGS, f'<sst xmlns="{MAIN}"/>', "a list of no shared texts", place="Sheet1!A1", says="0"
    ),
    part(
        STRINGS,
        f'<sst xmlns="{MAIN}"><si>',
        "shared texts that break off",
        place="Sheet1!A1",
        says="no XML",
    ),
    part(STRINGS, b"\xff\xfe\x00", "shared texts of nothing", says="no XML", place="Sheet1!A1"),
    part(
        "xl/styles.xml",
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>',
        "a style whose format is no number",
        says="numFmtId",
    ),
    part("xl/styles.xml", "<styleSheet>", "a style table that breaks off", says="no XML"),
    part(SHEET, None, "a sheet that is not there", says="Sheet1"),
    part(BOOK, b"", "a workbook without a byte", says="no XML"),
    part(BOOK, workbook().replace("</workbook>", ""), "a workbook that breaks off", says="no XML"),
    part(
        BOOK, workbook().replace("rId1", "rId77"), "a sheet that nothing relates to", says="Sheet1"
    ),
    part(BOOK, workbook(("Sheet1", "Other")), "a sheet whose relation is missing", says="Other"),
    part("xl/_rels/workbook.xml.rels", None, "no relations of the workbook", says="Sheet1"),
    part(
        "xl/_rels/workbook.xml.rels", "<Relationships>", "relations that break off", says="no XML"
    ),
    part(
        "_rels/.rels", "<Relationships>", "relations of the package that break off", says="no XML"
    ),
    part(SHEET, doctype(""), "a document type", says="DOCTYPE"),
    part(
        SHEET, doctype('<!ENTITY e0 "ha">' + ENTITIES, "&e9;"), "a billion laughs", says="DOCTYPE"
    ),
    part(
        SHEET,
        doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        "a file from outside",
        says="DOCTYPE",
    ),
    part(
        SHEET,
        doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;'),
        "an address from outside",
        says="DOCTYPE",
    ),
    part(SHEET, doctype("").encode("utf-16"), "a document type in UTF-16", says="DOCTYPE"),
    part(STRINGS, doctype(""), "a document type in the shared texts", says="DOCTYPE"),
    part(BOOK, doctype(""), "a document type in the workbook", says="DOCTYPE"),
    part("xl/styles.xml", doctype(""), "a document type in the styles", says="DOCTYPE"),
    part("_rels/.rels", doctype(""), "a document type in the relations", says="DOCTYPE"),
    part(
        "[Content_Types].xml", doctype(""), "a document type in the content types", says="DOCTYPE"
    ),
    part("docProps/app.xml", doctype(""), "a document type where nobody looks", says="DOCTYPE"),
    part(SHEET, '<?xml version="1.0" encoding="klingon"?><x/>', "letters that nobody knows"),
    part(SHEET, '<?xml version="1.0" encoding="shift_jis"?><x/>', "letters of several bytes"),
    part(
        SHEET, '<?xml version="1.0" encoding="utf-16"?><x/>', "letters that are not what they say"
    ),
    part(
        SHEET,
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>é'.encode(
            "latin-1"
        ),
        "letters that nobody said",
        place="Sheet1!A1",
        says="no XML",
    ),
)
