"""Workbooks as no test's own writer makes them: part by part, from short texts.

A sheet is written as what stands between `<sheetData>` and `</sheetData>`, or as a whole part
where it starts with `<?xml` or `<worksheet`. What is not said is what Excel would write.
"""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Content = str | bytes
Package = dict[str, bytes]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_TYPES = {
    "xl/workbook": "sheet.main",
    "worksheets/sheet": "worksheet",
    "sharedStrings": "sharedStrings",
    "styles": "styles",
}
_KINDS = {
    "sharedStrings.xml": "sharedStrings",
    "styles.xml": "styles",
}


def package(
    *sheets: Content,
    strings: Sequence[str] | None = None,
    formats: Sequence[str | int] = (),
    book: str = "",
    titles: Sequence[str] = (),
    parts: Mapping[str, Content | None] | None = None,
) -> Package:
    """The parts of a workbook.

    strings: the shared texts: plain, or the inside of an `<si>` where it starts with `<`.
    formats: the number format of each style after the first, by code or built-in number.
    book: what stands before the list of sheets. titles: of the sheets; `Sheet1` and so on.
    parts: further parts, and others in the place of those; None takes one away.
    """
    names = [*titles, *(f"Sheet{number}" for number in range(len(titles) + 1, len(sheets) + 1))]
    made: dict[str, Content | None] = {
        "[Content_Types].xml": "",
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": workbook(names, book),
        "xl/_rels/workbook.xml.rels": book_relations(len(sheets)),
        "xl/styles.xml": styles(formats),
    }
    if strings is not None:
        made["xl/sharedStrings.xml"] = shared_strings(strings)
    for number, each in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{number}.xml"] = worksheet(each)
    made |= parts or {}
    made["[Content_Types].xml"] = made["[Content_Types].xml"] or content_types(
        each for each, content in made.items() if content is not None
    )
    return {name: encoded(each) for name, each in made.items() if each is not None}


def content_types(parts: Iterable[str]) -> str:
    """What the parts of these names are, as far as their names say it."""
    kinds = ((part, kind) for part in parts for word, kind in _TYPES.items() if word in part)
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE.format(kind)}"/>' for part, kind in kinds
    )
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{lines}</Types>"
    )


def relations(targets: Mapping[str, tuple[str, str]], *, office: str = OFFICE) -> str:
    """A part of relations: id → kind and target."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def book_relations(
    sheets: int = 1, *, sheet: str = "worksheets/sheet{}.xml", office: str = OFFICE
) -> str:
    pages = {f"rId{n}": ("worksheet", sheet.format(n)) for n in range(1, sheets + 1)}
    shared = {kind: (kind, name) for name, kind in _KINDS.items()}
    return relations(pages | shared, office=office)


def workbook(titles: Sequence[str] = ("Sheet1",), before: str = "", *, states: str = "") -> str:
    """states: attributes of all sheets."""
    pages = "".join(
        f'<sheet name="{title}" sheetId="{number}" r:id="rId{number}" {states}/>'
        for number, title in enumerate(titles, 1)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheets>{pages}</sheets></workbook>'
    )


def worksheet(data: Content, *, before: str = "", after: str = "") -> Content:
    """A whole part around what stands in `<sheetData>`."""
    if isinstance(data, bytes) or data.startswith(("<?xml", "<worksheet", "<!DOCTYPE", "\ufeff")):
        return data
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>"
    )


def styles(formats: Sequence[str | int] = ()) -> str:
    """The style table: style 0 is `General`, the others have the formats in their order."""
    own = {code: 200 + at for at, code in enumerate(formats) if isinstance(code, str)}
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escaped(code)}"/>'
        for code, number in own.items()
    )
    numbers = [0, *(own[each] if isinstance(each, str) else each for each in formats)]
    used = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        for number in numbers
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        '<fonts><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills><fill><patternFill patternType="none"/></fill></fills>'
        "<borders><border/></borders>"
        '<cellStyleXfs><xf numFmtId="14" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"<cellXfs>{used}</cellXfs>"
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        '<dxfs><dxf><numFmt numFmtId="14" formatCode="General"/></dxf></dxfs></styleSheet>'
    )


def shared_strings(texts: Sequence[str]) -> str:
    lines = "".join(
        f"<si>{each if each.startswith('<') else f'<t>{each}</t>'}</si>" for each in texts
    )
    return f'<sst xmlns="{MAIN}">{lines}</sst>'


def row(number: int, *cells: str) -> str:
    """A row whose cells carry their coordinates: numbers, or whole `<c>` elements."""
    written = (
        each if each.startswith("<") else f'<c r="{"ABCDEFGH"[at]}{number}"><v>{each}</v></c>'
        for at, each in enumerate(cells)
    )
    return f'<row r="{number}">{"".join(written)}</row>'


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def encoded(content: Content) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def write(path: Path, parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Pack the parts, in their order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as target:
        for name, content in parts.items():
            # A name that is given as it is keeps its backslashes.
            entry = zipfile.ZipInfo("x", (2025, 1, 1, 0, 0, 0))
            entry.filename, entry.compress_type = name, method
            target.writestr(entry, content)
    return path
