"""Datapoints bound to the inputs of a component.

Source: docs.isometric.com/api-reference/certify/post-ghg-entry. Observed: an unknown datapoint is
400 with the text here, and a kind of quantity that does not fit is refused. The other texts and
that they are 400 are ours.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from importer.sandbox.context import Context
from importer.sandbox.documents import Document
from importer.sandbox.isometric.bodies import InputBinding, ListInput
from importer.sandbox.isometric.errors import refuse_rule, require_known
from importer.sandbox.isometric.kinds import COMPONENT, DATAPOINT, TEMPLATE
from importer.sandbox.isometric.standing import select_standing
from importer.sandbox.store import Store

BoundInput = dict[str, Any]
"""An input as a component answers it."""


def find_fixed(template_component: Mapping[str, Any]) -> dict[str, str]:
    """Keys of the fixed inputs of a template component, each with the datapoint bound to it."""
    return {
        item["input_key"]: item["datapoint_id"]
        for item in template_component["inputs"]
        if item["type"] == "fixed" and item["datapoint_id"] is not None
    }


def bind_fixed(fixed: Mapping[str, str], blueprint: Document) -> list[BoundInput]:
    """The fixed inputs in the shapes that the blueprint gives them."""
    return [
        _bind(item, [fixed[item["input_key"]]])
        for item in blueprint.body["inputs"]
        if item["input_key"] in fixed
    ]


def bind_inputs(
    here: Context,
    given: Sequence[InputBinding],
    blueprint: Document,
    *,
    fixed: Mapping[str, str],
) -> list[BoundInput]:
    """Check the inputs that were given against the blueprint.

    Inputs that are missing are not missed: the service accepts that (observed).

    Raises:
        HTTPException: 400: an unknown or repeated key, an unknown datapoint, one for several or
            several for one, a list of none, a kind of quantity that does not fit, another
            datapoint for a fixed input.
    """
    known = {item["input_key"]: item for item in blueprint.body["inputs"]}
    bound: dict[str, BoundInput] = {}
    for binding in given:
        key = binding.input_key
        if key not in known:
            raise refuse_rule(f"Blueprint '{blueprint.id}' has no input '{key}'")
        if key in bound:
            raise refuse_rule(f"Input '{key}' is given twice")
        ids = _check_shape(binding, known[key])
        require_known(here.store, DATAPOINT, ids)
        _check_kinds(here.store, ids, known[key])
        if here.switches.fixed_inputs == "refuse" and fixed.get(key) not in (None, ids[0]):
            raise refuse_rule(f"Input '{key}' is fixed by the template")
        bound[key] = _bind(known[key], ids)
    return list(bound.values())


def read_datapoint_ids(bound: Mapping[str, Any]) -> Sequence[str]:
    """The datapoints of one input of a component."""
    if "datapoint_ids" in bound:
        return tuple(bound["datapoint_ids"])
    return (bound["datapoint_id"],)


def is_bound(store: Store, datapoint_id: str) -> bool:
    """Whether any component uses a datapoint."""
    return any(
        datapoint_id in read_datapoint_ids(bound)
        for component in select_standing(store, COMPONENT)
        for bound in component.body["inputs"]
    )


def is_fixed(store: Store, datapoint_id: str) -> bool:
    """Whether any template has a datapoint bound to one of its inputs."""
    return any(
        datapoint_id in find_fixed(component).values()
        for template in store.select(TEMPLATE)
        for group in template.body["groups"]
        for component in group["components"]
    )


def _check_shape(binding: InputBinding, known: Mapping[str, Any]) -> list[str]:
    is_list = isinstance(binding, ListInput)
    if is_list != (known["data_shape"] == "LIST"):
        needed = "one datapoint" if is_list else "a list of datapoints"
        raise refuse_rule(f"Input '{binding.input_key}' takes {needed}")
    if not isinstance(binding, ListInput):
        return [binding.datapoint_id]
    if not binding.datapoint_ids:
        raise refuse_rule(f"Input '{binding.input_key}' has no datapoints")
    return binding.datapoint_ids


def _check_kinds(store: Store, ids: Sequence[str], known: Mapping[str, Any]) -> None:
    for datapoint_id in ids:
        kind = store.read(DATAPOINT, datapoint_id).body["_quantity_kind"]
        if kind != known["quantity_kind"]:
            raise refuse_rule(
                f"Datapoint '{datapoint_id}' has quantity kind '{kind}', input"
                f" '{known['input_key']}' needs '{known['quantity_kind']}'"
            )


def _bind(known: Mapping[str, Any], ids: Sequence[str]) -> BoundInput:
    if known["data_shape"] == "LIST":
        typename, datapoints = "ComponentListInput", {"datapoint_ids": list(ids)}
        return {"__typename": typename, "input_key": known["input_key"], **datapoints}
    typename = "ComponentScalarInput"
    return {"__typename": typename, "input_key": known["input_key"], "datapoint_id": ids[0]}
