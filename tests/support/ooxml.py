"""What has to be true of a workbook for spreadsheet programs to open it without a word (ECMA-376).

Written from the standard, not from the code that it is held against.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

WORKSHEET = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
WORKBOOK = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]
STYLES = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]


def check_workbook(path: Path) -> None:
    """Fail where the file breaks a rule of the format that programs insist on."""
    with ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len({name.casefold() for name in names}) == len(names), "a part is there twice"
        parts = {name: package.read(name) for name in names if not name.endswith("/")}
    _check_types(parts)
    for name in parts:
        if name.endswith(".rels"):
            _check_relations(name, parts)
    (main,) = (t for kind, t in _relations("", parts).values() if kind == "officeDocument")
    related = _relations(main, parts)
    styles = next((t for kind, t in related.values() if kind == "styles"), "")
    looks = _check_styles(fromstring(parts[styles])) if styles else {}
    shared = next((t for kind, t in related.values() if kind == "sharedStrings"), "")
    texts = len(_all(fromstring(parts[shared]), "si")) if shared else 0
    _check_book(fromstring(parts[main]), related)
    for kind, target in related.values():
        if kind == "worksheet":
            _Sheet(target, parts, looks, texts).check()


def _check_types(parts: Mapping[str, bytes]) -> None:
    types = fromstring(parts["[Content_Types].xml"])
    defaults = [each.attrib["Extension"].casefold() for each in _all(types, "Default")]
    overrides = [each.attrib["PartName"].casefold() for each in _all(types, "Override")]
    assert len(set(defaults)) == len(defaults)
    assert len(set(overrides)) == len(overrides)
    known = {f"/{name}".casefold() for name in parts}
    assert set(overrides) <= known, set(overrides) - known
    for name in parts:
        ending = name.rpartition(".")[2].casefold()
        is_typed = f"/{name}".casefold() in overrides or ending in defaults
        assert is_typed or name == "[Content_Types].xml", f"{name} has no type"


def _check_relations(name: str, parts: Mapping[str, bytes]) -> None:
    folder, own = posixpath.split(name)
    source = posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels"))
    assert not own.removesuffix(".rels") or source in parts, f"{name} belongs to nothing"
    listed = _all(fromstring(parts[name]), "Relationship")
    ids = [each.attrib["Id"] for each in listed]
    assert len(set(ids)) == len(ids)
    for kind, target in _relations(source, parts).values():
        assert target in parts, f"{name} leads to {target} ({kind}), which is not there"


def _relations(source: str, parts: Mapping[str, bytes]) -> dict[str, tuple[str, str]]:
    """Kind and target of the internal relations of a part, by id."""
    folder, own = posixpath.split(source)
    content = parts.get(posixpath.join(folder, "_rels", f"{own}.rels"))
    found: dict[str, tuple[str, str]] = {}
    for each in _all(fromstring(content), "Relationship") if content else ():
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, each.attrib["Target"]))
            found[each.attrib["Id"]] = each.attrib["Type"].rpartition("/")[2], target[1:]
    return found


def _check_order(parent: Element, order: list[str]) -> None:
    ranks = [order.index(_local(each)) for each in parent if _local(each) in order]
    assert ranks == sorted(ranks), [_local(each) for each in parent]


def _check_styles(table: Element) -> dict[str, int]:
    """How many of each there are."""
    _check_order(table, STYLES)
    counts = {_local(each): len(each) for each in table}
    assert len(counts) == len(table), "a list of styles is there twice"
    for each in table:
        assert each.get("count", str(len(each))) == str(len(each)), _local(each)
    for look in [each for part in _all(table, "cellXfs") for each in part]:
        pairs = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
        for name, part in (*pairs, ("xfId", "cellStyleXfs")):
            assert name not in look.attrib or int(look.attrib[name]) < counts[part]
    return counts


def _check_book(book: Element, related: Mapping[str, tuple[str, str]]) -> None:
    _check_order(book, WORKBOOK)
    sheets = _all(book, "sheet")
    titles = [each.attrib["name"].casefold() for each in sheets]
    assert len(set(titles)) == len(titles)
    assert len({each.attrib["sheetId"] for each in sheets}) == len(sheets)
    assert all(related[_id(each)][0].endswith("sheet") for each in sheets)
    for view in _all(book, "workbookView"):
        assert int(view.get("activeTab", "0")) < len(sheets)
    for name in _all(book, "definedName"):
        assert int(name.get("localSheetId", "0")) < len(sheets)


class _Sheet:
    def __init__(
        self, name: str, parts: Mapping[str, bytes], looks: Mapping[str, int], texts: int
    ) -> None:
        self.root = fromstring(parts[name])
        self.parts, self.looks, self.texts = parts, looks, texts
        self.related = _relations(name, parts)

    def check(self) -> None:
        _check_order(self.root, WORKSHEET)
        once = [_local(each) for each in self.root if _local(each) != "conditionalFormatting"]
        once = [each for each in once if each in WORKSHEET]
        assert len(set(once)) == len(once), "an element is there twice"
        self._check_cells()
        self._check_columns()
        for rule in _all(self.root, "cfRule"):
            assert int(rule.get("dxfId", "-1")) < self.looks.get("dxfs", 0)
            assert int(rule.get("priority", "1")) >= 1
        for each in self.root.iter():
            assert not _id(each) or _id(each) in self.related, f"{_local(each)} leads nowhere"
        self._check_notes()

    def _check_cells(self) -> None:
        row = 0
        for line in _all(self.root, "row"):
            assert int(line.get("r", row + 1)) > row, f"row {line.get('r')} behind {row}"
            row, column = int(line.get("r", row + 1)), 0
            for cell in (each for each in line if _local(each) == "c"):
                where = _split(cell.attrib["r"]) if "r" in cell.attrib else (column + 1, row)
                assert where[1] == row, f"{cell.get('r')} in row {row}"
                assert where[0] > column, f"{cell.get('r')} behind column {column}"
                column = where[0]
                assert int(cell.get("s", "0")) < max(self.looks.get("cellXfs", 0), 1)
                if cell.get("t") == "s":
                    assert int(_all(cell, "v")[0].text or "") < self.texts

    def _check_columns(self) -> None:
        last = 0
        for each in _all(self.root, "col"):
            assert last < int(each.attrib["min"]) <= int(each.attrib["max"]) <= 16_384
            last = int(each.attrib["max"])

    def _check_notes(self) -> None:
        for kind, target in self.related.values():
            if kind == "comments":
                notes = fromstring(self.parts[target])
                cells = [each.attrib["ref"] for each in _all(notes, "comment")]
                assert len(set(cells)) == len(cells)
                authors = len(_all(notes, "author"))
                assert all(int(e.attrib["authorId"]) < authors for e in _all(notes, "comment"))
                assert _all(self.root, "legacyDrawing"), "notes without boxes"
                assert set(cells) <= set(self._boxes()), "a note without a box"

    def _boxes(self) -> Iterator[str]:
        kinds = [target for kind, target in self.related.values() if kind == "vmlDrawing"]
        for shape in (each for target in kinds for each in fromstring(self.parts[target])):
            rows, columns = _all(shape, "Row"), _all(shape, "Column")
            if rows and columns:
                yield f"{_letters(int(columns[0].text or '') + 1)}{int(rows[0].text or '') + 1}"


def _all(root: Element, local: str) -> list[Element]:
    return [each for each in root.iter() if _local(each) == local]


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _id(element: Element) -> str:
    return next((v for k, v in element.attrib.items() if k.endswith("relationships}id")), "")


def _split(name: str) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z]+)(\d+)", name)
    assert match, name
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])


def _letters(number: int) -> str:
    first, last = divmod(number - 1, 26)
    return (_letters(first) if first else "") + chr(65 + last)
