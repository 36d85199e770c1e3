"""The workbook part: which sheets there are, where they stand, and from which day dates count."""

from dataclasses import dataclass

from importer.model.problem import quoted
from importer.sheets.ooxml.markup import Attributes, PartDamaged, read_elements
from importer.sheets.ooxml.parts import Parts, find_by_kind

_USUAL = "xl/workbook.xml"
_WORKSHEET = "worksheet"
_TRUE = ("1", "true", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A worksheet: its title, its part, and whether it is hidden (in whatever degree)."""

    title: str
    part: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook's worksheets in their order, and the parts that all of them share.

    part: of the workbook itself. shared_strings, styles: empty where the file has none.
    is_1904: whether days are counted from 1904, as old Macintoshes did.
    """

    part: str
    sheets: tuple[SheetPart, ...]
    shared_strings: str = ""
    styles: str = ""
    is_1904: bool = False


def find_workbook_part(parts: Parts) -> str:
    """The part that lists the sheets: by the package's relations, else by its usual name."""
    return find_by_kind(parts.relations(), "officeDocument") or _USUAL


def read_book(parts: Parts) -> Book:
    """Find the workbook in a package and its sheets. Raises PartDamaged.

    Sheets of charts, dialogs and old macros hold no rows and are left out.
    """
    part = find_workbook_part(parts)
    relations = parts.relations(part)
    sheets: list[SheetPart] = []
    epochs: list[bool] = []

    def meet(element: str, values: Attributes) -> None:
        if element == "workbookPr":
            epochs.append(values.get("date1904", "").lower() in _TRUE)
        if element == "sheet":
            title = values.get("name", "")
            relation = relations.get(values.get("id", ""))
            if relation is None or relation.is_external or not parts.has(relation.target):
                raise PartDamaged(f"no part for the sheet {quoted(title)}, which the file lists")
            if relation.target in {each.part for each in sheets}:
                raise PartDamaged(f"two sheets that are one part, one of them {quoted(title)}")
            if relation.kind == _WORKSHEET:
                is_hidden = values.get("state", "visible") != "visible"
                sheets.append(SheetPart(title=title, part=relation.target, is_hidden=is_hidden))

    with parts.open(part) as stream:
        read_elements(stream, part, meet)
    return Book(
        part=part,
        sheets=tuple(sheets),
        shared_strings=_existing(parts, find_by_kind(relations, "sharedStrings")),
        styles=_existing(parts, find_by_kind(relations, "styles")),
        is_1904=any(epochs),
    )


def _existing(parts: Parts, part: str) -> str:
    return part if part and parts.has(part) else ""
