"""The workbook part: a sheet is put behind all others and shown, in the place of an older one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from importer.sheets.ooxml.dialect import STRICT, TRANSITIONAL, is_strict
from importer.sheets.ooxml.document import Document
from importer.sheets.ooxml.markup import PartDamaged
from importer.sheets.ooxml.package_edit import PackageEdit
from importer.sheets.ooxml.parts import Relation
from importer.sheets.ooxml.tags import (
    Element,
    attributes,
    children,
    namespaces,
    prefix_of,
    set_attribute,
)

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK_OF_TEMPLATE = {
    f"{_MAIN}.template.main+xml": f"{_MAIN}.sheet.main+xml",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    ),
}
_SHEET = f"{_MAIN}.worksheet+xml"
_SHEET_PATTERN = "xl/worksheets/sheet{}.xml"


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet as the workbook lists it."""

    element: Element
    title: str
    number: int
    relation: str


def place_last(package: PackageEdit, book: str, title: str, is_old: Callable[[str], bool]) -> str:
    """List a sheet of that title as the last one, open on it, and answer with its part.

    Sheets whose title `is_old` knows are taken out; the part of the first of them is used again.
    """
    document = package.document(book)
    root, tops = document.root, document.tops
    package.dialect = STRICT if is_strict(document.tag(root)) else TRANSITIONAL
    sheets = next((each for each in tops if each.local == "sheets"), None)
    if sheets is None or sheets.end == sheets.close:
        raise PartDamaged("a workbook without sheets")
    listed = list(_read(document, sheets))
    old = [each for each in listed if is_old(each.title)]
    relations = package.parts.relations(book)
    part, relation = _choose_part(package, book, old, relations)
    for each in old:
        if each.relation != relation:
            _drop(package, book, each.relation, relations)
    number = old[0].number if old else max((each.number for each in listed), default=0) + 1
    entry = _build(document, sheets, _Listed(sheets, title, number, relation))
    gone = [listed.index(each) for each in old]
    last = len(listed) - len(old)
    document.replace(
        [
            *((each.element.start, each.element.end, b"") for each in old),
            (sheets.close, sheets.close, entry),
            *_show(document, tops, sheets, last),
            *_renumber_names(document, tops, gone),
        ]
    )
    return part


def make_workbook(package: PackageEdit, book: str) -> None:
    """What was a template is a workbook from now on: its name says so, too."""
    found = _WORKBOOK_OF_TEMPLATE.get(package.type_of(book))
    if found:
        package.retype(book, found)


def find_sheets(package: PackageEdit, book: str) -> Iterator[str]:
    """The parts of all sheets, of whatever kind, in their order."""
    document = package.document(book)
    relations = package.parts.relations(book)
    for top in document.tops:
        if top.local == "sheets":
            for each in _read(document, top):
                relation = relations.get(each.relation)
                if relation is not None and package.parts.has(relation.target):
                    yield relation.target


def _read(document: Document, sheets: Element) -> Iterator[_Listed]:
    for each in children(document.data, sheets.inner, sheets.close):
        given = attributes(document.tag(each))
        number = given.get("sheetId", "")
        yield _Listed(
            each,
            given.get("name", ""),
            int(number) if number.isdecimal() else 0,
            given.get("id", ""),
        )


def _choose_part(
    package: PackageEdit, book: str, old: list[_Listed], relations: Mapping[str, Relation]
) -> tuple[str, str]:
    """The part for the sheet, and the relation to it: those of an older one, or new ones."""
    found = relations.get(old[0].relation) if old else None
    if found is not None and package.type_of(found.target) == _SHEET:
        package.drop_relations(found.target)
        return found.target, found.id
    part = package.add(_SHEET_PATTERN, _SHEET)
    return part, package.relate(book, "worksheet", part)


def _drop(
    package: PackageEdit, book: str, relation: str, relations: Mapping[str, Relation]
) -> None:
    package.unrelate(book, relation)
    if relation in relations:
        package.remove(relations[relation].target)


def _build(document: Document, sheets: Element, says: _Listed) -> bytes:
    root = document.tag(document.root)
    tag = b"<" + prefix_of(sheets.name) + b"sheet/>"
    space = (STRICT if is_strict(root) else TRANSITIONAL).relations
    prefix = next((key for key, value in namespaces(root).items() if value == space), "")
    if not prefix:
        prefix = "r"
        tag = set_attribute(tag, b"xmlns:r", space)
    given = (("name", says.title), ("sheetId", str(says.number)), (f"{prefix}:id", says.relation))
    for name, value in given:
        tag = set_attribute(tag, name.encode(), value)
    return tag


def _show(
    document: Document, tops: list[Element], sheets: Element, last: int
) -> Iterator[tuple[int, int, bytes]]:
    """Open on the last sheet, in every window."""
    found = [each for each in tops if each.local == "bookViews"]
    for views in found:
        for view in children(document.data, views.inner, views.close):
            tag = set_attribute(document.tag(view), b"activeTab", str(last))
            yield view.start, view.inner, tag
    if not found:
        prefix = prefix_of(sheets.name)
        says = b'<%bbookViews><%bworkbookView activeTab="%d"/></%bbookViews>'
        yield sheets.start, sheets.start, says % (prefix, prefix, last, prefix)


def _renumber_names(
    document: Document, tops: list[Element], gone: list[int]
) -> Iterator[tuple[int, int, bytes]]:
    """Names of one sheet say which by its turn; those of a sheet that is gone go, too."""
    names = next((each for each in tops if each.local == "definedNames"), None)
    if names is None or not gone:
        return
    found = [
        (each, attributes(document.tag(each)).get("localSheetId", ""))
        for each in children(document.data, names.inner, names.close)
    ]
    lost = [each for each, turn in found if turn.isdecimal() and int(turn) in gone]
    if lost and len(lost) == len(found):
        yield names.start, names.end, b""
        return
    for each, turn in found:
        if each in lost:
            yield each.start, each.end, b""
        elif turn.isdecimal() and (before := sum(number < int(turn) for number in gone)):
            tag = set_attribute(document.tag(each), b"localSheetId", str(int(turn) - before))
            yield each.start, each.inner, tag
