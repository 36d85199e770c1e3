"""Records as flat states: what the workbook wants, and what the service holds."""

from collections.abc import Mapping

from importer.declare.resource import Detail, Items, Resource
from importer.model.record import Json, Line, Record, Reference, Remote, State
from importer.planning.wire import Resolve, compared, find_member, observed


def desired_state(resource: Resource, record: Record, items: Items, resolve: Resolve) -> State:
    """What the workbook states of a record; what it leaves blank is not in it."""

    def known(reference: Reference) -> str | None:
        for header, item in items.items():
            if record.line.values.get(header) == reference:
                return str(item["id"])
        return resolve(reference)

    state: dict[str, Json] = {
        column.field: compared(record.line.values[column.header], known)
        for column in resource.sheet.columns
        if column.field and column.header in record.line.values
    }
    for detail in resource.details:
        for line in record.details.get(detail.sheet.name, ()) if not detail.value else ():
            state[detail.state_field(detail.inner_of(line.values))] = _stated(detail, line, resolve)
        if detail.value:
            for inner, value in record.defined.items():
                state[detail.state_field(inner)] = compared(value, resolve)
    return {**state, **resource.restate(state)} if resource.restate else state


def details_of(resource: Resource, state: State) -> frozenset[str]:
    """The detail sheets whose rows state something in it."""
    return frozenset(
        detail.sheet.name
        for detail in resource.details
        if any(detail.inner(field) is not None for field in state)
    )


def _stated(detail: Detail, line: Line, resolve: Resolve) -> Json:
    """A row of a plain detail as an object: its columns say everything."""
    stated = {
        column.field: compared(line.values[column.header], resolve)
        for column in detail.sheet.columns
        if column.field and column.header in line.values
    }
    return detail.state(stated) if detail.state else stated


def observed_state(resource: Resource, body: Mapping[str, Json], items: Items) -> State:
    """What the service's answer says of a record, in the compared form."""
    state: dict[str, Json] = {}
    for column in resource.sheet.columns:
        is_there, stored = find_member(body, column.field)
        if is_there:
            state[column.field] = observed(column, stored)
    for detail in resource.details:
        read = detail.read(body, items) if detail.read else _read_objects(detail, body)
        state.update({detail.state_field(inner): value for inner, value in read.items()})
    if resource.observe:
        state.update(resource.observe(body, items))
    return state


def _read_objects(detail: Detail, body: Mapping[str, Json]) -> Mapping[str, Json]:
    stored = body.get(detail.field)
    found: dict[str, Json] = {}
    for each in stored if isinstance(stored, list) else []:
        if isinstance(each, dict):
            members = _read_members(detail, each)
            keys = (detail.sheet.column(header).field for header in detail.keys)
            found["/".join(_key_text(members.get(key)) for key in keys)] = members
    return found


def _read_members(detail: Detail, stored: Mapping[str, Json]) -> dict[str, Json]:
    members: dict[str, Json] = {}
    for column in detail.sheet.columns:
        is_there, value = find_member(stored, column.field)
        if is_there:
            members[column.field] = observed(column, value)
    return members


def _key_text(value: Json) -> str:
    """A key as a cell shows it: without a needless `.0`."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def read_remote(resource: Resource, body: Mapping[str, Json], items: Items) -> Remote:
    """A record of the service, from its answer."""
    _, key = find_member(body, resource.key_column.field)
    return Remote(
        id=str(body.get("id") or ""),
        key=str(key or ""),
        body=body,
        state=observed_state(resource, body, items),
    )
