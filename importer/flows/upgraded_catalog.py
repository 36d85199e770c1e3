"""What an upgraded workbook is made of: its book, its sheets, and where each old sheet goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from importer.declare.catalog import Book, Catalog, name_extra
from importer.declare.definition import Item
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.flows.account import Account
from importer.flows.moved import definition_of
from importer.model.record import Reference
from importer.model.upgrade import Told
from importer.sheets.meta import find_made_for, find_resources
from importer.sheets.names import fold
from importer.sheets.titles import SheetNamer
from importer.sheets.upgrade.old_workbook import OldWorkbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The definition that an old sheet was made for; `item` is None where the account has it no
    more, or was not asked."""

    resource: Resource
    kind: str
    id: str
    name: str
    item: Item | None = None


def find_origins(
    catalog: Catalog, old: OldWorkbook, account: Account | None
) -> Mapping[str, Origin]:
    """What the sheets of a template were made for, by their titles in small letters."""
    owners = {fold(title): name for title, name in find_resources(old.meta).items()}
    resources = {each.name: each for each in catalog.resources}
    found: dict[str, Origin] = {}
    for title, (name, own_id) in find_made_for(old.meta).items():
        resource = resources.get(owners.get(fold(title), ""))
        definition = definition_of(catalog, resource) if resource else None
        if resource is None or definition is None:
            continue
        items: Sequence[Item] = ()
        if account is not None and account.reaches(definition):
            items = account.find(Reference(to=definition.name, key=own_id))
        item = items[0] if len(items) == 1 else None
        found[fold(title)] = Origin(
            resource=resource, kind=definition.name, id=own_id, name=name, item=item
        )
    return found


def ask_again(origins: Mapping[str, Origin]) -> Mapping[str, tuple[str, ...]]:
    """The ids of what is still there, by the kind of definition."""
    there = [each for each in origins.values() if each.item is not None]
    return {kind: tuple(e.id for e in there if e.kind == kind) for kind in {e.kind for e in there}}


def choose_book(catalog: Catalog, old: OldWorkbook) -> tuple[Book, tuple[Told, ...]]:
    """The book of the template, or the default one, with the sheets on request that it has."""
    named = old.meta.get("book", "")
    filled = {each.declared for each in old.sheets if each.declared and each.rows}
    wanted = sorted(catalog.books, key=lambda each: each.name != named)
    every = [replace(each, extras=tuple(_find_extras(catalog, each, old))) for each in wanted]
    fitting = (e for e in every if filled <= {sheet.name for sheet in _sheets_of(catalog, e)})
    book = next(fitting, every[0])
    if named == book.name or not old.meta:
        return book, ()
    what = "The workbook is made of another book: the old one lacks sheets that are filled in."
    if named not in {each.name for each in catalog.books}:
        what = "No book is called so any more: the workbook is made of the default one."
    return book, (Told(what=what, old=f"book {named}", new=f"book {book.name}"),)


def _sheets_of(catalog: Catalog, book: Book) -> Iterator[Sheet]:
    """The sheets of a book by their declared names, too, where others stand for them."""
    yield from catalog.sheets_of(book)
    yield from (each.sheet for each in catalog.resources_of(book))


def _find_extras(catalog: Catalog, book: Book, old: OldWorkbook) -> Iterator[str]:
    present = {each.declared for each in old.sheets if each.declared}
    present |= set(find_resources(old.meta))
    for resource in catalog.resources:
        details = [each for each in resource.details if each.on_request]
        own = {resource.sheet.name, *(e.sheet.name for e in resource.details if not e.on_request)}
        if resource.on_request and resource.service in book.services and own & present:
            yield name_extra(resource)
        for each in details:
            if resource.service in book.services and each.sheet.name in present:
                yield each.on_request


def find_targets(
    old: OldWorkbook, tailored: Catalog, origins: Mapping[str, Origin], plain: Catalog
) -> tuple[Catalog, Mapping[str, str]]:
    """The catalogue with a plain sheet beside made ones where rows need it, and the title of the
    new sheet for each old one that is for rows.

    plain: the catalogue with the account's names and without made sheets.
    """
    resources: list[Resource] = []
    targets: dict[str, str] = {}
    for resource in tailored.resources:
        mine = [each for each in old.sheets if each.declared == resource.sheet.name]
        origin = {each.title: origins.get(fold(each.title)) for each in mine}
        is_plain = [each for each in mine if each.rows and not _is_there(origin[each.title])]
        made = [each for each in resource.pages if each.made_for[1]]
        placed = _add_plain(resource, made, plain) if is_plain and made else resource
        resources.append(placed)
        by_id = {each.made_for[1]: each.name for each in placed.pages if each.made_for[1]}
        for each in mine:
            found = origin[each.title]
            targets[each.title] = by_id.get(found.id if found else "", each.declared)
    for each in old.sheets:
        if each.declared:
            targets.setdefault(each.title, each.declared)
    return replace(tailored, resources=tuple(resources)), targets


def _is_there(origin: Origin | None) -> bool:
    return origin is not None and origin.item is not None


def _add_plain(resource: Resource, made: Sequence[Sheet], plain: Catalog) -> Resource:
    """The resource with its declared sheet beside those that were made for definitions."""
    declared = plain.resource(resource.name).sheet
    namer = SheetNamer(each.name for each in plain.sheets)
    apart = [
        each
        if each.stands_for
        else replace(each, name=namer.name(each.made_for[0]), stands_for=each.name)
        for each in made
    ]
    return replace(resource, sheet=declared, variants=(*apart, declared))


def replace_sheets(catalog: Catalog, sheets: Mapping[str, Sheet]) -> Catalog:
    """The catalogue with other sheets under the same names."""
    return replace(
        catalog,
        resources=tuple(
            replace(
                each,
                sheet=sheets.get(each.sheet.name, each.sheet),
                variants=tuple(sheets.get(sheet.name, sheet) for sheet in each.variants),
            )
            for each in catalog.resources
        ),
    )
