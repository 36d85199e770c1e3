"""A plain number for an input of a GHG entry: the datapoint that is made of it.

Source: docs.isometric.com/api-reference/certify (POST /datapoints)
"""

from collections.abc import Mapping
from hashlib import sha256

from importer.declare.making import Making
from importer.declare.resource import Items
from importer.model.record import Json
from importer.resources.isometric.account import text

_LONGEST_NAME, _LONGEST_DESCRIPTION = 100, 500
_HASH = 8
"""Signs of the hash: two inputs of one entry that share it would be refused, not mixed up."""


def make_datapoint(
    items: Items, component: Mapping[str, Json], template_input: Mapping[str, Json], unit: str
) -> Making:
    """A reported datapoint in the unit of the blueprint, called as the template calls its input.

    Its id follows from the entry's and from what it is for, so that it is found again. Names may
    change in the template later on; what is there keeps its own.
    """
    template = text(items["Template"], "display_name", "id")
    part = text(component, "display_name", "id")
    label = text(template_input, "display_name", "input_key")
    about = f"{label} for {part}, as reported for a GHG entry made from the template {template}."
    inner = f"{component['id']}/{text(template_input, 'input_key')}"
    return Making(
        resource="datapoint",
        value="Value",
        suffix=f".{sha256(inner.encode()).hexdigest()[:_HASH]}",
        stated=(("Type", "REPORTED"), *((("Unit", unit),) if unit else ())),
        at_first=(
            ("Name", _cut(f"{part}, {label}", _LONGEST_NAME)),
            ("Description", _cut(about, _LONGEST_DESCRIPTION)),
        ),
        beside=("Standard deviation", "Measured at", "Sources"),
    )


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "…"
