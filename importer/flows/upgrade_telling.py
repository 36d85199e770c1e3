"""What an upgrade tells beside columns and cells: sheets, definitions, and what stays behind."""

from collections.abc import Iterable, Iterator, Mapping

from importer.declare.catalog import Catalog
from importer.flows.account import Account
from importer.flows.moved import definition_of, describe_changes
from importer.flows.upgraded_catalog import Origin
from importer.model.record import Reference
from importer.model.upgrade import Told
from importer.sheets.names import fold
from importer.sheets.upgrade.old_workbook import OldWorkbook

_EARLIER = "An earlier upgrade told"


def tell_origins(
    old: OldWorkbook, origins: Mapping[str, Origin], targets: Mapping[str, str]
) -> Iterator[Told]:
    """Sheets whose definition is gone, and those that are called otherwise."""
    for each in old.sheets:
        origin = origins.get(fold(each.title))
        if origin is not None and origin.item is None:
            yield Told(
                what="What this sheet was made for is not in the account any more. Its rows stand "
                "on the plain sheet, with their columns: choose what they are made from.",
                old=f"sheet {each.title}",
                new=f"sheet {targets[each.title]}",
                value=f"{origin.name} ({origin.id})",
            )
        elif each.declared and fold(targets[each.title]) != fold(each.title):
            yield Told(
                what="The sheet has another name.",
                old=f"sheet {each.title}",
                new=f"sheet {targets[each.title]}",
            )


def tell_definitions(
    catalog: Catalog, old: OldWorkbook, origins: Mapping[str, Origin], account: Account | None
) -> Iterator[Told]:
    """What is asked of rows on plain sheets since; made sheets tell it at their columns."""
    if account is None:
        return
    before = Account.of_saved(catalog, old.saved.items)
    for resource in catalog.resources:
        definition = definition_of(catalog, resource)
        if definition is None or not account.reaches(definition):
            continue
        texts = set(_texts(old, resource.sheet.name, resource.defined_by, origins))
        for item in old.saved.items.get(definition.name, ()):
            if texts & {each.casefold() for each in definition.spellings(item)}:
                found = before.find(Reference(to=definition.name, key=str(item["id"])))
                name = f"{definition.title} {definition.spellings(item)[-1]}"
                for words in describe_changes(resource, found, account, definition):
                    yield Told(what=f"In the {name}, {words}.", old=f"as it was {old.saved.at}")


def _texts(
    old: OldWorkbook, declared: str, header: str, origins: Mapping[str, Origin]
) -> Iterator[str]:
    for sheet in old.sheets:
        if sheet.declared == declared and fold(sheet.title) not in origins:
            for column, text in sheet.headers.items():
                if fold(text) == fold(header):
                    yield from (str(c.value).strip().casefold() for _, c in sheet.of_column(column))


def tell_workbook(old: OldWorkbook) -> Iterator[Told]:
    """What does not go over, or is seen now."""
    ours = [each.title for each in old.sheets if each.ours]
    if ours or old.ours:
        yield Told(
            what="The columns, notes, marks and pages of earlier commands stay behind.",
            old=", ".join(f"sheet {each}" for each in (*ours, *old.ours)),
        )
    yield from map(_tell_again, old.told)
    if old.lost:
        yield Told(what="What is no cell does not go over.", value=", ".join(old.lost))
    for each in old.sheets:
        if each.declared and each.hidden:
            yield Told(what="The sheet was hidden, and is shown now.", old=f"sheet {each.title}")
        if each.above:
            yield Told(
                what="What stands above the header does not go over: a template begins with it.",
                old=f"sheet {each.title}",
                value="; ".join(each.above),
            )
        if each.hidden_rows:
            yield Told(
                what="Rows that were hidden or filtered out are shown now.",
                old=f"sheet {each.title}",
                value=_list_rows(each.hidden_rows),
            )
        if each.declared and each.merged:
            yield Told(
                what="Merged cells are single ones now; the first holds what they held.",
                old=f"sheet {each.title}",
                value=", ".join(each.merged),
            )


def _tell_again(line: Told) -> Told:
    """A line of an earlier list, whose places are those of an earlier workbook."""
    if line.what.startswith(_EARLIER):
        return line
    place = f" at {line.old}" if line.old else ""
    return Told(what=f"{_EARLIER}{place}: {line.what}", value=line.value)


def _list_rows(rows: Iterable[int]) -> str:
    return "rows " + ", ".join(map(str, rows))
