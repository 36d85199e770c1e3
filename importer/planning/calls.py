"""The calls that make a record what it should be."""

import re
from collections.abc import Mapping
from typing import assert_never
from urllib.parse import quote

from importer.declare.column import Blank, Column
from importer.declare.resource import Detail, Items, Resource, UpdateBy
from importer.model.plan import Update
from importer.model.ports import Call
from importer.model.record import Json, State
from importer.planning.wire import on_wire, put_member


def build_create(
    resource: Resource, desired: State, items: Items, settings: Mapping[str, str]
) -> Call:
    """The POST of a new record. `settings` fill what every body of the target carries."""
    body: dict[str, Json] = {
        field: text.format_map(settings) for field, text in resource.endpoint.fixed
    }
    _put_columns(resource, body, desired)
    for column in resource.sheet.columns:
        if column.field and desired.get(column.field) is None:
            _put_blank(body, column)
    _put_details(resource, body, desired, items)
    if resource.shape_create:
        body = resource.shape_create(body)
    if resource.shape:
        body = dict(resource.shape(body, items))
    endpoint = resource.endpoint
    return Call(method="POST", path=endpoint.path, body=body, record=endpoint.record)


def build_update(
    resource: Resource, change: Update, desired: State, items: Items
) -> tuple[Call, ...]:
    """The calls of an update; what the workbook does not state goes out as the service has it."""
    stored = {field: value for field, value in change.remote.state.items() if value is not None}
    merged = {**stored, **desired, **_merge_objects(resource, stored, desired)}
    if resource.updates:
        return resource.updates(change, merged, items)
    body: dict[str, Json] = {}
    _put_columns(resource, body, merged)
    for column in resource.sheet.columns:
        if column.field in change.remote.state and column.field not in merged:
            _put_blank(body, column)
    _put_details(resource, body, merged, items)
    if resource.shape:
        body = dict(resource.shape(body, items))
    if resource.endpoint.update is UpdateBy.PATCHING:
        changed = {_member(each.field) for each in change.differences}
        body = {name: value for name, value in body.items() if name in changed}
    path = f"{resource.endpoint.path}/{quote(change.remote.id, safe='')}"
    return (Call(method=resource.endpoint.update.value, path=path, body=body),)


def at_create(resource: Resource, desired: State) -> State:
    """What a create can say; the rest is a change of the record right after it."""
    later = [each for each in resource.details if each.afterwards]
    return {
        field: value
        for field, value in desired.items()
        if all(each.inner(field) is None for each in later)
    }


def is_object(resource: Resource, field: str) -> bool:
    """Whether a field of the state is a row of a detail whose columns say everything."""
    return any(not each.write and each.inner(field) is not None for each in resource.details)


def _merge_objects(
    resource: Resource, stored: State, desired: State
) -> Mapping[str, dict[str, Json]]:
    """Stated detail rows, with what they leave blank as the service has it."""
    return {
        field: {**there, **here}
        for field, here in desired.items()
        if is_object(resource, field)
        and isinstance(here, dict)
        and isinstance(there := stored.get(field), dict)
    }


def _member(field: str) -> str:
    """The top-level member that a field of the state lies in."""
    return re.split(r"[.\[]", field, maxsplit=1)[0]


def _put_columns(resource: Resource, body: dict[str, Json], state: State) -> None:
    for column in resource.sheet.columns:
        if column.field and column.field in state:
            put_member(body, column.field, on_wire(column, state[column.field]))


def _put_blank(body: dict[str, Json], column: Column) -> None:
    """What a create sends where nothing is stated: most services tell `null` from left out."""
    match column.blank:
        case Blank.LEFT_OUT:
            _remove_member(body, column.field)
        case Blank.NULL:
            put_member(body, column.field, None)
        case Blank.EMPTY_LIST:
            put_member(body, column.field, [])
        case _:
            assert_never(column.blank)


def _remove_member(body: dict[str, Json], place: str) -> None:
    *path, last = place.split(".")
    target: Json = body
    for name in path:
        target = target.get(name) if isinstance(target, dict) else None
    if isinstance(target, dict):
        target.pop(last, None)


def _put_details(resource: Resource, body: dict[str, Json], state: State, items: Items) -> None:
    for detail in resource.details:
        if detail.afterwards:
            continue
        values = {
            inner: value
            for field, value in state.items()
            if (inner := detail.inner(field)) is not None
        }
        if detail.write:
            body[detail.field] = detail.write(values, items)
        elif values:
            body[detail.field] = [_write_object(detail, value) for value in values.values()]


def _write_object(detail: Detail, stated: Json) -> Json:
    """A row of a plain detail as it is sent; members that hold nothing are left out."""
    written: dict[str, Json] = {}
    for column in detail.sheet.columns:
        value = stated.get(column.field) if isinstance(stated, dict) else None
        if column.field and value is not None:
            put_member(written, column.field, on_wire(column, value))
    return written
