"""Packages: names of parts, relations, namespaces, encodings, sheets that are none."""

from tests.workbooks.builder import (
    MAIN,
    OFFICE,
    STRICT,
    STRICT_OFFICE,
    Content,
    Package,
    book_relations,
    package,
    relations,
    row,
    shared_strings,
    styles,
    workbook,
    worksheet,
)
from tests.workbooks.odd import formatted, odd, unsaved

ONE = row(1, "1")
TEXT = '<row><c t="s"><v>0</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
PREFIXED = (
    f'<?xml version="1.0"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">'
    '<x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c>'
    '<x:c r="C1"><x:f>A1</x:f></x:c></x:row></x:sheetData></x:worksheet>'
)
REDECLARED = (
    f'<worksheet xmlns="{MAIN}"><sheetData><a:row xmlns:a="{MAIN}" r="1"><b:c xmlns:b="{MAIN}" '
    'r="A1"><v>1</v></b:c></a:row><row r="2"><c r="A2" xmlns="urn:other"><v>9</v></c>'
    '<c r="B2"><v>2</v></c></row></sheetData></worksheet>'
)
COMPATIBLE = (
    f'<worksheet xmlns="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
    '2006" xmlns:z="urn:later" mc:Ignorable="z"><sheetData><row r="1" z:dyDescent="0.25">'
    '<c r="A1" z:r="Z9" z:t="s"><v>1</v></c></row></sheetData><mc:AlternateContent>'
    '<mc:Choice Requires="z"><controls><control name="v" r:id="x" '
    f'xmlns:r="{OFFICE}"/></controls></mc:Choice></mc:AlternateContent></worksheet>'
)


def renamed(target: str, part: str = SHEET, content: Content | None = None) -> Package:
    """One sheet that the workbook relates to by another target, kept under another name."""
    parts: dict[str, Content | None] = {
        BOOK_RELATIONS: book_relations(sheet=target),
        SHEET: None,
    }
    return package(ONE, parts=parts | {part: content or worksheet(ONE)})


def with_part(name: str, content: Content | None, data: Content = ONE) -> Package:
    return package(data, parts={name: content})


def encoded_as(encoding: str, name: str = "", *, mark: bytes = b"") -> Package:
    """A sheet in that encoding, which it declares."""
    text = (
        f'<?xml version="1.0" encoding="{name or encoding}"?><worksheet xmlns="{MAIN}"><sheetData>'
        '<row><c t="inlineStr"><is><t>é</t></is></c></row></sheetData></worksheet>'
    )
    return package(mark + text.encode(encoding))


def kinds(*others: str, states: str = "") -> Package:
    """A worksheet after sheets of other kinds."""
    pages = {f"rId{at}": (kind, f"{kind}s/sheet1.xml") for at, kind in enumerate(others, 2)}
    titles = ("Sheet1", *others)
    listed = workbook(titles, states=states)
    targets = {"rId1": ("worksheet", "worksheets/sheet1.xml"), **pages}
    parts: dict[str, Content | None] = {
        BOOK: listed,
        BOOK_RELATIONS: relations(targets),
        **{
            f"xl/{kind}s/sheet1.xml": f'<{kind} xmlns="{MAIN}"><sheetData/></{kind}>'
            for kind in others
        },
    }
    return package(ONE, parts=parts)


def strict() -> Package:
    listed = workbook().replace(MAIN, STRICT).replace(OFFICE, STRICT_OFFICE)
    page = (
        f'<worksheet xmlns="{STRICT}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
        '<c r="B1" s="1"><v>0.5</v></c></row></sheetData></worksheet>'
    )
    return package(
        page,
        parts={
            BOOK: listed,
            BOOK_RELATIONS: book_relations(office=STRICT_OFFICE),
            "_rels/.rels": relations({"a": ("officeDocument", BOOK)}, office=STRICT_OFFICE),
            "xl/sharedStrings.xml": shared_strings(("a",)).replace(MAIN, STRICT),
            "xl/styles.xml": styles(("0.00",)).replace(MAIN, STRICT),
        },
    )


def in_capitals() -> Package:
    parts = package(TEXT, strings=("a",))
    return {
        name if name in ("[Content_Types].xml", BOOK) else name.upper(): content
        for name, content in parts.items()
    }


PACKAGES = (
    odd("a strict workbook", strict(), {"A1": "a", "B1": formatted(0.5, "0.00")}),
    odd(
        "prefixed names",
        package(PREFIXED, strings=("a",)),
        {"A1": "a", "B1": "b", "C1": unsaved("=A1")},
    ),
    odd(
        "prefixes that change, and a cell of another language",
        package(REDECLARED),
        {"A1": 1, "B2": 2},
    ),
    odd("what only later programs understand", package(COMPATIBLE), {"A1": 1}),
    odd("a target from the root", renamed("/xl/worksheets/sheet{}.xml"), {"A1": 1}),
    odd("a target with dots", renamed("./../xl/worksheets/./sheet{}.xml"), {"A1": 1}),
    odd("a target with backslashes", renamed("worksheets\\sheet{}.xml"), {"A1": 1}),
    odd("a target in other letters", renamed("WorkSheets/SHEET{}.XML"), {"A1": 1}),
    odd(
        "a target beside the workbook's folder", renamed("../pages/p.xml", "pages/p.xml"), {"A1": 1}
    ),
    odd("a target with a space", renamed("my%20pages/p.xml", "xl/my pages/p.xml"), {"A1": 1}),
    odd("a target in percent signs", renamed("p%C3%A9.xml", "xl/p%C3%A9.xml"), {"A1": 1}),
    odd("a target with letters beyond ASCII", renamed("pé.xml", "xl/pé.xml"), {"A1": 1}),
    odd(
        "a sheet under another ending",
        renamed("worksheets/sheet1.bin", "xl/worksheets/sheet1.bin"),
        {"A1": 1},
    ),
    odd("part names in capitals", in_capitals(), {"A1": "a"}),
    odd(
        "a workbook with a number in its name",
        package(
            ONE,
            parts={
                "_rels/.rels": relations({"a": ("officeDocument", "xl/workbook2.xml")}),
                BOOK: None,
                BOOK_RELATIONS: None,
                "xl/workbook2.xml": workbook(),
                "xl/_rels/workbook2.xml.rels": book_relations(),
            },
        ),
        {"A1": 1},
    ),
    odd("no shared texts where none are named", package(ONE), {"A1": 1}),
    odd(
        "shared texts that are related but are not there, where none are named",
        with_part("xl/_rels/workbook.xml.rels", book_relations()),
        {"A1": 1},
    ),
    odd(
        "no style table",
        with_part("xl/styles.xml", None, '<row><c s="3"><v>1</v></c></row>'),
        {"A1": 1},
    ),
    odd("no relations of the package", with_part("_rels/.rels", None), {"A1": 1}),
    odd(
        "parts that nobody knows",
        package(
            ONE,
            parts={
                "xl/custom.bin": b"\0" * 100,
                "docProps/thumbnail.jpeg": b"\xff\xd8",
                "xl/inner.zip": b"PK\x05\x06" + bytes(18),
                "notes/": b"",
            },
        ),
        {"A1": 1},
    ),
    odd(
        "a relation to the outside",
        with_part(
            BOOK_RELATIONS,
            book_relations().replace(
                "</Relationships>",
                f'<Relationship Id="rId9" Type="{OFFICE}/worksheet" Target="https://x.org/" '
                'TargetMode="External"/></Relationships>',
            ),
        ),
        {"A1": 1},
    ),
    odd(
        "relations in a prefix",
        with_part(
            BOOK_RELATIONS,
            book_relations()
            .replace("<Relationship ", "<p:Relationship ")
            .replace("<Relationships xmlns=", "<p:Relationships xmlns:p=")
            .replace("</Relationships", "</p:Relationships"),
        ),
        {"A1": 1},
    ),
    odd(
        "a workbook in a prefix",
        with_part(
            BOOK,
            f'<w:workbook xmlns:w="{MAIN}" xmlns:o="{OFFICE}"><w:sheets><w:sheet name="Sheet1" '
            'sheetId="1" o:id="rId1"/></w:sheets></w:workbook>',
        ),
        {"A1": 1},
    ),
    odd("UTF-16 with a mark", encoded_as("utf-16"), {"A1": "é"}),
    odd(
        "UTF-16, the other end first",
        encoded_as("utf-16-be", "utf-16", mark=b"\xfe\xff"),
        {"A1": "é"},
    ),
    odd("UTF-8 with a mark", encoded_as("utf-8-sig", "utf-8"), {"A1": "é"}),
    odd("Latin letters in one byte each", encoded_as("iso-8859-1"), {"A1": "é"}),
    odd("Windows letters in one byte each", encoded_as("windows-1252"), {"A1": "é"}),
    odd(
        "ASCII that says nothing",
        package(f'<worksheet xmlns="{MAIN}"><sheetData>{ONE}</sheetData></worksheet>'),
        {"A1": 1},
    ),
    odd(
        "sheets of charts, dialogs and macros",
        kinds("chartsheet", "dialogsheet", "xlMacrosheet"),
        {"A1": 1},
    ),
    odd(
        "no sheet but hidden ones",
        kinds(states='state="veryHidden"'),
        {"A1": 1},
        hidden_sheets=("Sheet1",),
    ),
    odd(
        "hidden sheets",
        package(
            ONE,
            ONE,
            ONE,
            parts={
                BOOK: workbook(("Sheet1", "H", "V"))
                .replace('name="H"', 'name="H" state="hidden"')
                .replace('name="V"', 'name="V" state="veryHidden"')
            },
        ),
        {"A1": 1, "H!A1": 1, "V!A1": 1},
        hidden_sheets=("H", "V"),
    ),
    odd(
        "odd titles",
        package(ONE, ONE, ONE, titles=("a &amp; b", "Ünïcode 🌱", " with spaces ")),
        {"A1": 1, "Ünïcode 🌱!A1": 1, " with spaces !A1": 1},
    ),
    odd(
        "a table over the cells",
        package(
            worksheet(ONE, after='<tableParts count="1"><tablePart r:id="rId2"/></tableParts>'),
            parts={
                "xl/worksheets/_rels/sheet1.xml.rels": relations(
                    {"rId2": ("table", "../tables/table1.xml")}
                ),
                "xl/tables/table1.xml": f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" '
                'ref="A1:A2"><tableColumns count="1"><tableColumn id="1" name="1"/></tableColumns>'
                "</table>",
            },
        ),
        {"A1": 1},
    ),
    odd(
        "300 sheets",
        package(*[ONE] * 300),
        {("" if n == 1 else f"Sheet{n}!") + "A1": 1 for n in range(1, 301)},
    ),
)
