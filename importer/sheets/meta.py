"""The hidden `Meta` sheet: what a template is, written down for whoever reads it later."""

from collections.abc import Iterable, Iterator, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.catalog import Book, Catalog
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.sheets.names import fold
from importer.sheets.ooxml.book import Book as WorkbookPart
from importer.sheets.ooxml.cell_texts import read_texts
from importer.sheets.ooxml.parts import Parts
from importer.sheets.own import META
from importer.sheets.reading.cell import text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.text import write_text

_KEY, _VALUE = 1, 2
_ORGANISATION = "organisation of "
_SHEET = "sheet: "
_MADE = "in place of a sheet: "
_MADE_FOR = "made for: "
_NAMED = "made for the name: "


def read_meta(grids: Iterable[Grid]) -> Mapping[str, str]:
    """The facts of a template by name; empty where there is no hidden sheet of ours."""
    for grid in grids:
        if grid.hidden and fold(grid.title) == fold(META):
            pairs = ((text_of(grid.cell(row, _KEY)), row) for row in grid.rows)
            return {key: text_of(grid.cell(row, _VALUE)) for key, row in pairs if key}
    return {}


def read_own_meta(parts: Parts, book: WorkbookPart) -> Mapping[str, str]:
    """The same from a workbook that is about to be changed. Raises PartDamaged."""
    for sheet in book.sheets:
        if sheet.is_hidden and fold(sheet.title) == fold(META):
            rows = read_texts(parts, sheet.part, book.shared_strings, columns=_VALUE)
            pairs = ((row.get(_KEY, ""), row.get(_VALUE, "")) for _, row in rows)
            return {key.strip(): value.strip() for key, value in pairs if key.strip()}
    return {}


def name_organisations(organisations: Mapping[str, str]) -> Mapping[str, str]:
    """The facts that say whose account a template is made for, by service."""
    return {f"{_ORGANISATION}{service}": own_id for service, own_id in organisations.items()}


def find_organisations(meta: Mapping[str, str]) -> Mapping[str, str]:
    """Whose account a template was made for, by service; nothing for one that fits any."""
    return {
        key.removeprefix(_ORGANISATION): value
        for key, value in meta.items()
        if key.startswith(_ORGANISATION) and value
    }


def find_made(meta: Mapping[str, str]) -> Mapping[str, str]:
    """The sheets that a template has in place of declared ones: title → declared name."""
    return {
        key.removeprefix(_MADE): value
        for key, value in meta.items()
        if key.startswith(_MADE) and value
    }


def find_made_for(meta: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """The sheets that were made for a definition of the account: title → its name and id."""
    return {
        title: (meta.get(f"{_NAMED}{title}", ""), value)
        for key, value in meta.items()
        if key.startswith(_MADE_FOR) and value and (title := key.removeprefix(_MADE_FOR))
    }


def find_resources(meta: Mapping[str, str]) -> Mapping[str, str]:
    """Whose rows the sheets of a template are for: title → name of the resource."""
    return {
        key.removeprefix(_SHEET): value for key, value in meta.items() if key.startswith(_SHEET)
    }


def find_columns(
    title: str, headers: Mapping[int, str], meta: Mapping[str, str]
) -> Mapping[int, str]:
    """The columns of a sheet that the template had, and their fields; empty for one without."""
    # Headers that only punctuation tells apart are one when they are folded.
    known = {**{fold(key): value for key, value in meta.items()}, **meta}
    facts = {column: _column_fact(title, text) for column, text in headers.items()}
    names = {column: fact if fact in meta else fold(fact) for column, fact in facts.items()}
    return {column: known[name] for column, name in names.items() if name in known}


def find_meant(
    title: str, others: Mapping[int, str], meta: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """Columns that the template made beyond those of the declaration, and what they stand for."""
    return ((column, value) for column, value in find_columns(title, others, meta).items() if value)


def _column_fact(title: str, header: str) -> str:
    return f"column: {title}: {header.rstrip('*')}"


def write_meta(
    page: Worksheet, catalog: Catalog, book: Book, *, version: str, facts: Mapping[str, str]
) -> None:
    """Write the facts of a template onto its sheet: a name and a value in each row."""
    every = {
        "template version": version,
        "book": book.name,
        "target": "",
        "organisation": "",
        **facts,
        **_sheet_facts(catalog, book),
    }
    for row, (key, value) in enumerate(every.items(), 1):
        write_text(page.cell(row, _KEY), key)
        write_text(page.cell(row, _VALUE), value)
    page.column_dimensions["A"].width = 60
    page.column_dimensions["B"].width = 40


def _sheet_facts(catalog: Catalog, book: Book) -> Mapping[str, str]:
    facts: dict[str, str] = {}
    for resource in catalog.resources_of(book):
        for sheet in catalog.sheets_of(book):
            if sheet in (*resource.sheets, *resource.variants):
                facts[f"{_SHEET}{sheet.name}"] = resource.name
                facts.update(_origin_facts(sheet))
                facts.update(_column_facts(resource, sheet))
    return facts


def _origin_facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What a sheet was made from, where it is not just as it is declared."""
    if sheet.stands_for:
        yield f"{_MADE}{sheet.name}", sheet.stands_for
    name, own_id = sheet.made_for
    if own_id:
        yield f"{_MADE_FOR}{sheet.name}", own_id
        yield f"{_NAMED}{sheet.name}", name


def _column_facts(resource: Resource, sheet: Sheet) -> Mapping[str, str]:
    """Header → field; a detail's columns stand for themselves within the detail's field."""
    detail = next((each for each in resource.details if each.sheet is sheet), None)
    return {
        _column_fact(sheet.name, column.header): column.field or (detail.field if detail else "")
        for column in sheet.columns
    }
