"""The verb *template --upgrade*: a filled workbook of an earlier version becomes one of this."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from importer import __version__
from importer.declare.catalog import Catalog
from importer.declare.definition import Saved
from importer.flows.account import Account
from importer.flows.belonging import find_foreign
from importer.flows.column_moves import Fields, Movers, Names
from importer.flows.connection import connect
from importer.flows.moved import definition_of, describe_changes, fields_of
from importer.flows.tailoring import Tailor
from importer.flows.targets import as_target
from importer.flows.template import name_account, put_file
from importer.flows.upgraded_catalog import (
    Origin,
    ask_again,
    choose_book,
    find_origins,
    find_targets,
    replace_sheets,
)
from importer.model.failure import SettingsMissing
from importer.model.problem import Problem, quoted
from importer.model.record import Reference
from importer.model.upgrade import Told
from importer.settings.state import State
from importer.settings.target import SandboxChosen, Target
from importer.sheets.carrying import Carried, Page, carry
from importer.sheets.meta import find_made_for, find_organisations
from importer.sheets.names import fold
from importer.sheets.old_workbook import OldWorkbook
from importer.sheets.template import render_template


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """How an upgrade ended.

    problems: why there is none, in the words of a check.
    path: where the new workbook lies. rows, changes: how many were carried, and are told.
    """

    problems: tuple[Problem, ...] = ()
    path: Path = Path()
    rows: int = 0
    changes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """The account that the new workbook is made for; without one it fits any."""

    account: Account | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None

    def save(self) -> Saved:
        """What is written into the workbook of the account's definitions."""
        if self.account is None or self.at is None:
            return Saved()
        return Saved(at=f"{self.at:%Y-%m-%d %H:%M} UTC", items=self.account.save())


def needs_account(old: OldWorkbook) -> bool:
    """Whether a workbook was made for an account, so that the upgrade has to know which."""
    return bool(find_organisations(old.meta) or find_made_for(old.meta))


def upgrade(catalog: Catalog, old: OldWorkbook, source: Path, output: Path) -> Upgraded:
    """Carry a workbook that was made for no account into the template of today."""
    return _write(catalog, old, Whose(), source, output)


def upgrade_for(
    catalog: Catalog,
    old: OldWorkbook,
    source: Path,
    output: Path,
    *,
    chosen: Target | SandboxChosen,
    state: State,
    at: datetime,
) -> Upgraded:
    """The same for an account.

    Raises:
        SettingsMissing: The target lacks a service that the workbook has sheets for.
    """
    with as_target(chosen, state) as target, connect(target) as services:
        owners = {name: service.fetch_organisation() for name, service in services.items()}
        foreign = find_foreign(
            find_organisations(old.meta), {name: each.id for name, each in owners.items()}
        )
        if foreign is not None:
            return Upgraded(problems=(foreign,))
        account = Account(catalog, services)
        whose = Whose(account=account, facts=name_account(target.name, owners, at), at=at)
        return _write(catalog, old, whose, source, output)


def _write(
    catalog: Catalog, old: OldWorkbook, whose: Whose, source: Path, output: Path
) -> Upgraded:
    made = build_upgraded(catalog, old, whose, name=source.name)
    path = put_file(output, made.content)
    return Upgraded(path=path, rows=made.rows, changes=len(made.told))


def build_upgraded(catalog: Catalog, old: OldWorkbook, whose: Whose, *, name: str) -> Carried:
    """The new workbook. `name` is what the old one is called on the list of changes."""
    origins = find_origins(catalog, old, whose.account)
    _require_services(catalog, origins, whose.account)
    plain = _tailor(catalog, whose, {})
    tailored = _tailor(catalog, whose, ask_again(origins))
    tailored, targets = find_targets(old, tailored, origins, plain)
    book, told = choose_book(tailored, old)
    pages: list[Page] = []
    every = [*told, *_tell_origins(old, origins, targets), *_tell_workbook(old)]
    every += _tell_definitions(catalog, old, origins, whose.account)
    sheets = {each.name: each for each in tailored.sheets_of(book)}
    names = _find_names(catalog, old, origins, whose.account)
    order = sorted(
        (each for each in old.sheets if each.declared), key=lambda e: _late(e.title, origins)
    )
    for each in order:
        target = targets[each.title]
        if target not in sheets and not each.rows:
            continue
        origin = origins.get(fold(each.title))
        before, now = _asked(catalog, old, origin)
        movers = Movers(
            catalog=tailored,
            old=each,
            plain=next(sheet for sheet in plain.sheets if sheet.name == each.declared),
            new=sheets[target],
            meta=old.meta,
            names=names,
            before=before,
            now=now,
            is_gone=origin is not None and origin.item is None,
        )
        pages.append(Page(source=each, target=target, moves=movers.plan()))
        sheets[target] = movers.new
        every += movers.told
    content = render_template(
        replace_sheets(tailored, sheets),
        book,
        version=__version__,
        facts=whose.facts,
        saved=whose.save(),
    )
    own = [each for each in old.sheets if not each.declared]
    return carry(content, pages, own, every, head=_head(old, name))


def _late(title: str, origins: Mapping[str, Origin]) -> bool:
    """Rows whose definition is gone come below those that have their place on a sheet."""
    origin = origins.get(fold(title))
    return origin is not None and origin.item is None


def _tailor(catalog: Catalog, whose: Whose, asked: Mapping[str, tuple[str, ...]]) -> Catalog:
    if whose.account is None or whose.at is None:
        return catalog
    return Tailor(catalog=catalog, account=whose.account, asked=asked, at=whose.at).tailor()


def _require_services(
    catalog: Catalog, origins: Mapping[str, Origin], account: Account | None
) -> None:
    """What a target cannot be asked about is not gone."""
    for each in origins.values():
        definition = catalog.definition(each.kind)
        if account is not None and definition is not None and not account.reaches(definition):
            raise SettingsMissing(
                f"The workbook has a sheet for the {definition.title} {quoted(each.name)}, and "
                f"the target has no settings for {definition.service.title()}.",
                remedy="Name a target that has.",
            )


def _asked(catalog: Catalog, old: OldWorkbook, origin: Origin | None) -> tuple[Fields, Fields]:
    """What the definition of a sheet asked for when the template was made, and asks for now."""
    if origin is None or origin.item is None or origin.kind not in old.saved.items:
        return {}, {}
    before = Account.of_saved(catalog, old.saved.items)
    found = before.find(Reference(to=origin.kind, key=origin.id))
    if len(found) != 1:
        return {}, {}
    return fields_of(origin.resource, found[0]), fields_of(origin.resource, origin.item)


def _find_names(
    catalog: Catalog, old: OldWorkbook, origins: Mapping[str, Origin], account: Account | None
) -> Names:
    """Names of definitions that lead nowhere by now, as the definition is called otherwise."""
    found: dict[str, dict[str, str]] = {}
    called = [(each.kind, each.id, each.name) for each in origins.values()]
    for kind, items in old.saved.items.items():
        definition = catalog.definition(kind)
        if definition is not None:
            called += [
                (kind, str(e["id"]), name) for e in items for name in definition.spellings(e)
            ]
    for kind, own_id, name in called:
        definition = catalog.definition(kind)
        if account is None or definition is None or not account.reaches(definition):
            continue
        now = account.find(Reference(to=kind, key=own_id))
        if len(now) == 1 and not account.find(Reference(to=kind, key=name)):
            found.setdefault(kind, {})[name.casefold()] = definition.spellings(now[0])[-1]
    return found


def _tell_origins(
    old: OldWorkbook, origins: Mapping[str, Origin], targets: Mapping[str, str]
) -> Iterator[Told]:
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


def _tell_definitions(
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


def _tell_workbook(old: OldWorkbook) -> Iterator[Told]:
    """What does not go over, or is seen now."""
    ours = [each.title for each in old.sheets if each.ours]
    if ours or old.ours:
        yield Told(
            what="The columns, notes, marks and summary of an earlier import stay behind.",
            old=", ".join(f"sheet {each}" for each in (*ours, *old.ours)),
        )
    if old.lost:
        yield Told(what="What is no cell does not go over.", value=", ".join(old.lost))
    for each in old.sheets:
        if each.declared and each.hidden:
            yield Told(what="The sheet was hidden, and is shown now.", old=f"sheet {each.title}")
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


def _list_rows(rows: Iterable[int]) -> str:
    return "rows " + ", ".join(map(str, rows))


def _head(old: OldWorkbook, name: str) -> tuple[tuple[str, str], ...]:
    version = old.meta.get("template version", "")
    facts = {
        "Old workbook": name,
        "Made with": f"importer {version}" if version else "no template that says so",
        "Upgraded with": f"importer {__version__}",
    }
    return tuple(facts.items())
