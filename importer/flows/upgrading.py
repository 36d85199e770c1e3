"""The verb *template --upgrade*: a filled workbook of an earlier version becomes one of this."""

from collections.abc import Mapping
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
from importer.flows.moved import fields_of
from importer.flows.tailoring import Tailor
from importer.flows.targets import as_target
from importer.flows.template import name_account, put_file
from importer.flows.upgrade_telling import tell_definitions, tell_origins, tell_workbook
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
from importer.settings.state import State
from importer.settings.target import SandboxChosen, Target
from importer.sheets.meta import find_made_for, find_organisations
from importer.sheets.names import fold
from importer.sheets.template.rendering import render_template
from importer.sheets.upgrade.carrying import Carried, Page, carry
from importer.sheets.upgrade.old_sheet import OldSheet
from importer.sheets.upgrade.old_workbook import OldWorkbook


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
    """The new workbook. `name` is what the old one is called on the list of changes.

    Raises:
        SettingsMissing: The target lacks a service that the workbook has sheets for.
    """
    origins = find_origins(catalog, old, whose.account)
    _require_services(catalog, origins, whose.account)
    plain = _tailor(catalog, whose, {})
    tailored, targets = find_targets(
        old, _tailor(catalog, whose, ask_again(origins)), origins, plain
    )
    book, told = choose_book(tailored, old)
    every = [*told, *tell_origins(old, origins, targets), *tell_workbook(old)]
    every += tell_definitions(catalog, old, origins, whose.account)
    sheets = {each.name: each for each in tailored.sheets_of(book)}
    names = _find_names(catalog, old, origins, whose.account)
    pages: list[Page] = []
    for each in _in_order(old, origins):
        if targets[each.title] not in sheets and not each.rows:
            continue
        origin = origins.get(fold(each.title))
        movers = Movers(
            catalog=tailored,
            old=each,
            plain=next(sheet for sheet in plain.sheets if sheet.name == each.declared),
            new=sheets[targets[each.title]],
            meta=old.meta,
            names=names,
            asked=_asked(catalog, old, origin),
            is_gone=_is_gone(origin),
            blank=(origin.resource.defined_by, origin.name) if origin else ("", ""),
        )
        pages.append(Page(source=each, target=targets[each.title], moves=movers.plan()))
        sheets[targets[each.title]] = movers.new
        every += movers.told
    content = render_template(
        replace_sheets(tailored, sheets),
        book,
        version=__version__,
        facts=whose.facts,
        saved=whose.save(),
    )
    own = [each for each in old.sheets if not each.declared]
    return carry(content, pages, own, every, head=_head(old, name), conventions=old.conventions)


def _in_order(old: OldWorkbook, origins: Mapping[str, Origin]) -> list[OldSheet]:
    """Rows whose definition is gone come below those that have their place on a sheet."""
    declared = (each for each in old.sheets if each.declared)
    return sorted(declared, key=lambda each: _is_gone(origins.get(fold(each.title))))


def _is_gone(origin: Origin | None) -> bool:
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


def _head(old: OldWorkbook, name: str) -> tuple[tuple[str, str], ...]:
    version = old.meta.get("template version", "")
    facts = {
        "Old workbook": name,
        "Made with": f"importer {version}" if version else "no template that says so",
        "Upgraded with": f"importer {__version__}",
    }
    return tuple(facts.items())
