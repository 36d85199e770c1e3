"""The monitored inputs of a GHG entry, as its template and the blueprints define them.

Source: docs.isometric.com/api-reference/certify (GET /projects/{id}/ghg_entry_templates,
GET /component_blueprints/{key})
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from importer.declare.column import Column, Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Items
from importer.model.plan import Update
from importer.model.ports import Call
from importer.model.record import Json, State
from importer.resources.isometric.account import blueprint_part, objects, template_components

INPUTS_MEMBER = "ghg_entry_template_components"
"""The member of a new entry that binds datapoints to the inputs of its template."""


def define_inputs(items: Items) -> Defined:
    """One field for each input of the template; fixed ones are bound there and take no value."""
    fields: list[DefinedField] = []
    flaws: list[str] = []
    for group, component in template_components(items["Template"]):
        shapes = _shapes(items, component)
        for each in objects(component.get("inputs")):
            flaw = _flaw(component, each, shapes)
            if flaw:
                flaws.append(flaw)
            fields.append(_field(group, component, each, shapes.get(str(each["input_key"]), {})))
    return Defined(fields=tuple(fields), flaws=tuple(flaws))


def write_inputs(values: Mapping[str, Json], items: Items) -> Json:
    """The `ghg_entry_template_components` of a create: inputs by template component."""
    written: list[Json] = []
    for _, component in template_components(items["Template"]):
        start = f"{component['id']}/"
        inputs: list[Json] = [
            _input("Create", inner.removeprefix(start), value)
            for inner, value in values.items()
            if inner.startswith(start)
        ]
        if inputs:
            written.append({"ghg_entry_template_component_id": component["id"], "inputs": inputs})
    return written


def read_inputs(body: Mapping[str, Json], items: Items) -> Mapping[str, Json]:
    """The monitored inputs of an existing entry, from its components: the entry has none in it."""
    monitored = {each.inner for each in define_inputs(items).fields if not each.computed}
    values: dict[str, Json] = {}
    for component in objects(body.get("components")):
        for each in objects(component.get("inputs")):
            inner = f"{component.get('ghg_entry_template_component_id')}/{each.get('input_key')}"
            if inner in monitored:
                values[inner] = _bound(each)
    return values


def observe_template(body: Mapping[str, Json], items: Items) -> State:
    """Which template an entry was made from: its answer does not say, its components do."""
    made = {
        component["ghg_entry_template_component_id"]
        for component in objects(body.get("components"))
        if isinstance(component.get("ghg_entry_template_component_id"), str)
    }
    ours = {component["id"] for _, component in template_components(items["Template"])}
    if "components" not in body:
        return {}
    known = bool(made) and made <= ours
    return {"ghg_entry_template_id": items["Template"]["id"] if known else "another template"}


def update_entry(change: Update, merged: State, items: Items) -> tuple[Call, ...]:
    """One PATCH of the entry's own members, and one of each component with a re-bound input."""
    del items
    entry_id, changed = change.remote.id, {each.field for each in change.differences}
    own: dict[str, Json] = {
        field: merged[field]
        for field in ("started_on", "completed_on", "feedstock_type_id")
        if field in changed
    }
    calls = (
        [Call(method="PATCH", path=f"/ghg_entries/{quote(entry_id, safe='')}", body=own)]
        if own
        else []
    )
    for component in objects(change.remote.body.get("components")):
        start = f"{INPUTS_MEMBER}[{component.get('ghg_entry_template_component_id')}/"
        if any(field.startswith(start) for field in changed):
            body: dict[str, Json] = {"inputs": _rebound(component, start, merged)}
            calls.append(
                Call(
                    method="PATCH",
                    path=f"/components/{quote(str(component['id']), safe='')}",
                    body=body,
                )
            )
    return tuple(calls)


def _rebound(component: Mapping[str, Json], start: str, merged: State) -> list[Json]:
    """All inputs of a component, as a PATCH replaces the whole list; fixed ones as they are."""
    bound: dict[str, Json] = {
        str(each["input_key"]): _bound(each) for each in objects(component.get("inputs"))
    }
    for field, value in merged.items():
        if field.startswith(start):
            bound[field.removeprefix(start).removesuffix("]")] = value
    return [_input("Create", key, value) for key, value in bound.items()]


def _input(verb: str, key: str, value: Json) -> Json:
    """One input. Both shapes share a union, so the type's name is always sent."""
    if isinstance(value, list):
        return {
            "__typename": f"{verb}ComponentListInput",
            "input_key": key,
            "datapoint_ids": value,
        }
    return {"__typename": f"{verb}ComponentScalarInput", "input_key": key, "datapoint_id": value}


def _bound(component_input: Mapping[str, Json]) -> Json:
    ids = component_input.get("datapoint_ids")
    if isinstance(ids, list):
        return sorted(ids, key=str)
    return component_input.get("datapoint_id")


def _shapes(items: Items, component: Mapping[str, Json]) -> Mapping[str, Mapping[str, Json]]:
    blueprint = items["Template"].get(blueprint_part(str(component["blueprint_key"])))
    inputs = blueprint.get("inputs") if isinstance(blueprint, dict) else None
    return {str(each["input_key"]): each for each in objects(inputs)}


def _is_fixed(template_input: Mapping[str, Json]) -> bool:
    return template_input.get("type") == "fixed"


def _flaw(
    component: Mapping[str, Json],
    template_input: Mapping[str, Json],
    shapes: Mapping[str, Mapping[str, Json]],
) -> str:
    where = f"{component['display_name']}, {template_input['input_key']}"
    if _is_fixed(template_input) and template_input.get("datapoint_id") is None:
        return f"a fixed input without a datapoint ({where})"
    if not _is_fixed(template_input) and template_input["input_key"] not in shapes:
        return f"an input whose blueprint cannot be read ({where})"
    return ""


def _field(
    group: Mapping[str, Json],
    component: Mapping[str, Json],
    template_input: Mapping[str, Json],
    shape: Mapping[str, Json],
) -> DefinedField:
    key, label = str(template_input["input_key"]), str(template_input["display_name"])
    name = str(component["display_name"])
    unit = f" in a unit like {shape['compatible_unit']}" if shape.get("compatible_unit") else ""
    is_list = shape.get("data_shape") == "LIST"
    return DefinedField(
        inner=f"{component['id']}/{key}",
        spellings=(
            tuple(_component_spellings(group, component)),
            (key, label),
        ),
        column=Column(
            header=f"{name}, {label}",
            kind=Kind.REFERENCES if is_list else Kind.REFERENCE,
            to="datapoint",
            required=True,
            about=f"{template_input.get('quantity_kind')}{unit}",
        ),
        computed=_is_fixed(template_input),
    )


def _component_spellings(group: Mapping[str, Json], component: Mapping[str, Json]) -> Iterator[str]:
    """A name may occur in two groups; then the group's key in front makes it clear."""
    yield str(component["id"])
    yield str(component["display_name"])
    yield f"{group['key']}: {component['display_name']}"
