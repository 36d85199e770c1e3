"""Definitions that moved on since a workbook was made from them, and what that changes."""

from collections.abc import Iterable, Iterator, Mapping

from importer.declare.catalog import Catalog
from importer.declare.column import Column, Kind
from importer.declare.definition import DefinedField, Definition, Item
from importer.declare.resource import Resource
from importer.flows.account import Account
from importer.flows.check import CheckedFile
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Record, Reference

_LISTED = 12


def find_moved(catalog: Catalog, account: Account, file: CheckedFile) -> tuple[Problem, ...]:
    """One warning for each definition that rows name and that asks for something else by now.

    What still fits goes in all the same, and what does not has its problem at its cell.
    """
    found: dict[tuple[str, str], Problem] = {}
    before = Account.of_saved(catalog, file.saved.items)
    for record in file.checked.records:
        resource = catalog.resource(record.resource)
        definition = definition_of(catalog, resource)
        named = record.line.values.get(resource.defined_by)
        if definition is None or not isinstance(named, Reference):
            continue
        key = (definition.name, str(named).casefold())
        if key not in found and definition.name in file.saved.items:
            changes = tuple(describe_changes(resource, before.find(named), account, definition))
            if changes:
                found[key] = _moved(file, definition, named, record, changes)
    return tuple(found.values())


def definition_of(catalog: Catalog, resource: Resource) -> Definition | None:
    """The kind of definition that the resource's records are made from, if there is one."""
    if not resource.defined_by:
        return None
    return catalog.definition(resource.sheet.column(resource.defined_by).to)


def describe_changes(
    resource: Resource, before: tuple[Item, ...], account: Account, definition: Definition
) -> Iterator[str]:
    """In words, what a definition asks for that it did not when the template was made."""
    if len(before) != 1:
        return
    now = account.find(Reference(to=definition.name, key=str(before[0]["id"])))
    if len(now) != 1:
        return
    old, new = fields_of(resource, before[0]), fields_of(resource, now[0])
    names = {each.column.header.casefold(): each for each in new.values()}
    for inner, each in old.items():
        header = each.column.header
        if inner in new:
            yield from compare_fields(each, new[inner])
        elif header.casefold() not in names:
            yield f"{quoted(header)} is gone"
        else:
            yield from compare_fields(each, names[header.casefold()])
    known = {each.column.header.casefold() for each in old.values()}
    for inner, each in new.items():
        if inner not in old and each.column.header.casefold() not in known:
            must = " and must be filled in" if each.column.required and not each.computed else ""
            yield f"{quoted(each.column.header)} is new{must}"


def fields_of(resource: Resource, item: Item) -> Mapping[str, DefinedField]:
    """What a definition asks of a record, by inner key."""
    if resource.define is None:
        return {}
    items: dict[str, Item] = {each.header: {} for each in resource.sheet.columns if each.to}
    items[resource.defined_by] = item
    return {each.inner: each for each in resource.define(items).fields}


def compare_fields(before: DefinedField, now: DefinedField) -> Iterator[str]:
    """What is asked of one field by now."""
    old, new, name = before.column, now.column, quoted(before.column.header)
    if old.header != new.header:
        yield f"{name} is called {quoted(new.header)}"
    if before.computed != now.computed:
        yield f"{name} is {'filled in by the service' if now.computed else 'to be filled in'}"
    elif old.required != new.required:
        yield f"{name} {'must be filled in' if new.required else 'may stay blank'}"
    if old.default != new.default:
        yield f"{name} left blank is {new.default or 'nothing'} in a new record"
    if old.kind is not new.kind:
        yield f"{name} is {_kind(new)}"
    if _units(old) != _units(new):
        yield f"{name} is in {_units(new) or 'no unit'}, not in {_units(old) or 'no unit'}"
    if set(old.choices) != set(new.choices):
        yield f"{name} is one of {_list(_labels(new))}" if new.choices else f"{name} is free text"
    if (old.at_least, old.at_most) != (new.at_least, new.at_most):
        yield f"{name} has other limits: {_limits(new)}"


def _kind(column: Column) -> str:
    return f"{column.kind.value}s" if column.kind is Kind.TEXTS else f"a {column.kind.value}"


def _units(column: Column) -> str:
    return _list(column.units) or column.unit_like


def _labels(column: Column) -> tuple[str, ...]:
    pairs = zip(column.labels, column.choices, strict=True) if column.labels else ()
    return tuple(label or value for label, value in pairs) or column.choices


def _limits(column: Column) -> str:
    least = "" if column.at_least is None else f"{column.at_least:g} or more"
    most = "" if column.at_most is None else f"{column.at_most:g} or less"
    return " and ".join(each for each in (least, most) if each) or "none"


def _list(words: Iterable[str]) -> str:
    every = tuple(words)
    more = f" and {len(every) - _LISTED} more" if len(every) > _LISTED else ""
    return ", ".join(every[:_LISTED]) + more


def _moved(
    file: CheckedFile,
    definition: Definition,
    named: Reference,
    record: Record,
    changes: tuple[str, ...],
) -> Problem:
    return kinds.SHEET_DEFINITION_MOVED.at(
        Place(sheet=record.line.title),
        found=f"the {definition.title} {quoted(named)}, which was changed since "
        f"{file.saved.at}: {'; '.join(changes)}",
        remedy="What still fits goes in. For a workbook as it is asked for today, carry this one "
        "over: importer template --upgrade FILE --target NAME -o NEW.xlsx",
    )
