"""Datapoints bound to the inputs of a component, as they are sent and as they are answered.

Source: docs.isometric.com/api-reference/certify (POST and PATCH /components, POST /ghg_entries)
"""

from collections.abc import Mapping

from importer.declare.column import Column, Kind
from importer.model.record import Json
from importer.resources.isometric.account import objects, text

Object = Mapping[str, Json]


def bind(key: str, value: Json) -> Json:
    """One input: an id for a scalar, a list of ids for a list.

    Both shapes share a union, so the type's name is always sent.
    """
    if isinstance(value, list):
        return {
            "__typename": "CreateComponentListInput",
            "input_key": key,
            "datapoint_ids": value,
        }
    return {"__typename": "CreateComponentScalarInput", "input_key": key, "datapoint_id": value}


def keyed_inputs(component: Object) -> tuple[Object, ...]:
    """The inputs of a component, template component or blueprint that can be named."""
    return tuple(each for each in objects(component.get("inputs")) if text(each, "input_key"))


def bound_inputs(component: Object) -> Mapping[str, Json]:
    """What is bound to the inputs of a stored component; inputs with nothing are left out."""
    bound = {text(each, "input_key"): _bound(each) for each in keyed_inputs(component)}
    return {key: value for key, value in bound.items() if value not in (None, [])}


def input_column(header: str, shape: Object) -> Column:
    """How the datapoints of an input are read. `shape` is the input in its blueprint.

    Source: docs.isometric.com/api-reference/certify (GET /component_blueprints/{key})
    """
    unit = text(shape, "compatible_unit")
    about = (text(shape, "quantity_kind"), f"in a unit like {unit}" if unit else "")
    return Column(
        header=header,
        kind=Kind.REFERENCES if shape.get("data_shape") == "LIST" else Kind.REFERENCE,
        to="datapoint",
        required=True,
        unit_like=unit,
        about=" ".join(part for part in about if part),
    )


def _bound(component_input: Object) -> Json:
    ids = component_input.get("datapoint_ids")
    if isinstance(ids, list):
        return sorted(ids, key=str)
    return component_input.get("datapoint_id")
