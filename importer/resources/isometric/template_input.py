"""The monitored inputs of a GHG entry, as its template and the blueprints define them.

Source: docs.isometric.com/api-reference/certify (GET /projects/{id}/ghg_entry_templates,
GET /component_blueprints/{key})
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from importer.declare.definition import Defined, DefinedField, Item
from importer.declare.resource import Items
from importer.model.plan import Update
from importer.model.ports import Call
from importer.model.record import Json, State
from importer.resources.isometric.account import blueprint_part, objects, template_components, text
from importer.resources.isometric.binding import bind, bound_inputs, input_column, keyed_inputs
from importer.resources.isometric.entry_component import component_spellings, write_attributions
from importer.resources.isometric.number_input import make_datapoint

INPUTS_MEMBER = "ghg_entry_template_components"
"""The member of a new entry that binds datapoints to the inputs of its template."""

_SHAPES = ("SCALAR", "LIST")
_TEMPLATE_COMPONENT = "ghg_entry_template_component_id"

Object = Mapping[str, Json]


def define_inputs(items: Items) -> Defined:
    """One field for each input of the template; fixed ones are bound there and take no value."""
    template = items["Template"]
    fields: list[DefinedField] = []
    flaws = list(_gaps(template))
    for group, component in template_components(template):
        shapes = _shapes(template, component)
        for each in keyed_inputs(component):
            shape = shapes.get(text(each, "input_key"), {})
            flaw = _flaw(component, each, shape)
            if flaw:
                flaws.append(flaw)
            field = _field(group, component, each, shape)
            making = make_datapoint(items, component, each, field.column.unit_like)
            fields.append(replace(field, column=replace(field.column, making=making)))
    return Defined(fields=tuple(fields), flaws=tuple(flaws))


def write_inputs(values: Mapping[str, Json], items: Items) -> Json:
    """The `ghg_entry_template_components` of a create: inputs by template component."""
    written: list[Json] = []
    for _, component in template_components(items["Template"]):
        start = f"{component['id']}/"
        inputs: list[Json] = [
            bind(inner.removeprefix(start), value)
            for inner, value in values.items()
            if inner.startswith(start)
        ]
        if inputs:
            written.append({_TEMPLATE_COMPONENT: component["id"], "inputs": inputs})
    return written


def read_inputs(body: Object, items: Items) -> Mapping[str, Json]:
    """The monitored inputs of an existing entry, from its components: the entry has none in it.

    An input that nothing is bound to is not there.
    """
    monitored = {each.inner for each in define_inputs(items).fields if not each.computed}
    values: dict[str, Json] = {}
    for made_from, component in _made_components(body):
        for key, bound in bound_inputs(component).items():
            if f"{made_from}/{key}" in monitored:
                values[f"{made_from}/{key}"] = bound
    return values


def observe_template(body: Object, items: Items) -> State:
    """Which template an entry was made from: its answer does not say, its components do.

    A template is told by its components, so one that lost all of them is not known any more.
    """
    if "components" not in body:
        return {}
    template = items["Template"]
    made = {made_from for made_from, _ in _made_components(body)}
    ours = {text(component, "id") for _, component in template_components(template)}
    if not made.issubset(ours) or (ours and not made):
        return {"ghg_entry_template_id": "another template"}
    return {"ghg_entry_template_id": template["id"]}


def stuck_inputs(change: Update) -> Mapping[str, str]:
    """A component that was taken off the entry cannot be given inputs any more."""
    made = {made_from for made_from, _ in _made_components(change.remote.body)}
    return {
        each.field: "and the entry does not have that component of its template any more"
        for each in change.differences
        if each.field.startswith(f"{INPUTS_MEMBER}[")
        and each.field.removeprefix(f"{INPUTS_MEMBER}[").split("/")[0] not in made
    }


def update_entry(change: Update, merged: State, items: Items) -> tuple[Call, ...]:
    """One PATCH of the entry's own members, one of each component with a re-bound input, and one
    of what counts to the entry."""
    del items
    changed = {each.field for each in change.differences}
    own: dict[str, Json] = {
        field: merged[field]
        for field in ("started_on", "completed_on", "feedstock_type_id")
        if field in changed
    }
    calls = [_patch("/ghg_entries", change.remote.id, own)] if own else []
    for made_from, component in _made_components(change.remote.body):
        start = f"{INPUTS_MEMBER}[{made_from}/"
        if any(field.startswith(start) for field in changed):
            inputs = _rebound(component, start, merged)
            calls.append(_patch("/components", text(component, "id"), {"inputs": inputs}))
    attributions = write_attributions(change, merged)
    if attributions:
        path = f"/ghg_entries/{quote(change.remote.id, safe='')}/component_attributions"
        calls.append(Call(method="PATCH", path=path, body=attributions))
    return tuple(calls)


def _patch(path: str, own_id: str, body: dict[str, Json]) -> Call:
    return Call(method="PATCH", path=f"{path}/{quote(own_id, safe='')}", body=body)


def _made_components(body: Object) -> Iterator[tuple[str, Object]]:
    """The components of an entry that its template made, each with what it was made from."""
    for component in objects(body.get("components")):
        made_from = text(component, _TEMPLATE_COMPONENT)
        if made_from and text(component, "id"):
            yield made_from, component


def _rebound(component: Object, start: str, merged: State) -> list[Json]:
    """All inputs of a component, as a PATCH replaces the whole list; fixed ones as they are."""
    bound = dict(bound_inputs(component))
    for field, value in merged.items():
        if field.startswith(start):
            bound[field.removeprefix(start).removesuffix("]")] = value
    return [bind(key, value) for key, value in bound.items()]


def _shapes(template: Item, component: Object) -> Mapping[str, Object]:
    blueprint = template.get(blueprint_part(text(component, "blueprint_key")))
    return {
        text(each, "input_key"): each
        for each in (keyed_inputs(blueprint) if isinstance(blueprint, dict) else ())
    }


def _is_fixed(template_input: Object) -> bool:
    return template_input.get("type") == "fixed"


def _flaw(component: Object, template_input: Object, shape: Object) -> str:
    where = f"{text(component, 'display_name', 'id')}, {text(template_input, 'input_key')}"
    if _is_fixed(template_input):
        is_bound = bool(text(template_input, "datapoint_id"))
        return "" if is_bound else f"a fixed input without a datapoint ({where})"
    if shape.get("data_shape") not in _SHAPES:
        return f"an input whose blueprint cannot be read ({where})"
    return ""


def _gaps(template: Item) -> Iterator[str]:
    """What a template has and cannot be addressed: an entry without it would be incomplete."""
    groups = template.get("groups")
    if not isinstance(groups, list):
        yield "no groups that can be read"
    for group in objects(groups):
        for component in objects(group.get("components")):
            if not text(component, "id"):
                yield "a component without an id"
            elif len(keyed_inputs(component)) < len(objects(component.get("inputs"))):
                yield f"an input without a key ({text(component, 'display_name', 'id')})"


def _field(group: Object, component: Object, template_input: Object, shape: Object) -> DefinedField:
    key, name = text(template_input, "input_key"), text(component, "display_name", "id")
    label = text(template_input, "display_name", "input_key")
    return DefinedField(
        inner=f"{component['id']}/{key}",
        spellings=(tuple(component_spellings(group, component)), (key, label)),
        column=input_column(f"{name}, {label}", {**template_input, **shape}),
        computed=_is_fixed(template_input),
        part=str(component["id"]),
    )
