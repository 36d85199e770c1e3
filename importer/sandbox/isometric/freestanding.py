"""Free-standing components: made from a blueprint, and not by a template.

Source: the published document (docs.isometric.com), schema CreateComponentRequest. That the
inputs have to match those of the blueprint is said there; that PATCH asks for all of them again
is inferred from that. The published texts of the two moments are swapped: the names count here.
"""

from collections.abc import Sequence
from typing import Any

from importer.sandbox.context import Context
from importer.sandbox.documents import Document
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.bodies import (
    DisplayName,
    Id,
    InputBinding,
    Moment,
    SupplierReference,
)
from importer.sandbox.isometric.errors import refuse_rule, require_known
from importer.sandbox.isometric.inputs import BoundInput, bind_inputs
from importer.sandbox.isometric.kinds import BLUEPRINT, PROJECT
from importer.sandbox.moments import read_moment
from importer.sandbox.unknown_keys import Body


class NewComponent(Body):
    """What POST takes."""

    project_id: Id
    supplier_reference_id: SupplierReference
    component_blueprint_key: str
    display_name: DisplayName
    description: str | None = None
    activity_started_at: Moment
    activity_completed_at: Moment
    inputs: list[InputBinding]


def build_freestanding(here: Context, body: NewComponent) -> dict[str, Any]:
    """A component that counts towards nothing yet.

    Raises:
        HTTPException: 400 for an unknown project or blueprint, for inputs that do not match it,
            and for moments that a switch refuses.
    """
    require_known(here.store, PROJECT, [body.project_id])
    require_known(here.store, BLUEPRINT, [body.component_blueprint_key])
    _check_moments(here, body)
    blueprint = here.store.read(BLUEPRINT, body.component_blueprint_key)
    return {
        "id": make_isometric_id("cmp"),
        "supplier_reference_id": body.supplier_reference_id,
        "type": blueprint.body["type"],
        "scope": "REMOVAL",
        "display_name": body.display_name,
        "description": body.description,
        "activity_started_at": body.activity_started_at,
        "activity_completed_at": body.activity_completed_at,
        "blueprint_key": blueprint.id,
        "allocation_strategy": None,
        "ghg_entry_template_component_id": None,
        "removal_template_component_id": None,
        "inputs": bind_all_inputs(here, body.inputs, blueprint),
        "_project_id": body.project_id,
        "_fixed": {},
    }


def bind_all_inputs(
    here: Context, given: Sequence[InputBinding], blueprint: Document
) -> list[BoundInput]:
    """Check inputs of which none may be missing, as nothing is inherited.

    Raises:
        HTTPException: 400: one is missing, or does not fit.
    """
    bound = bind_inputs(here, given, blueprint, fixed={})
    there = {item["input_key"] for item in bound}
    needed = [item["input_key"] for item in blueprint.body["inputs"]]
    missing = ", ".join(f"'{key}'" for key in needed if key not in there)
    if missing:
        raise refuse_rule(f"Inputs of blueprint '{blueprint.id}' are missing: {missing}")
    return bound


def _check_moments(here: Context, body: NewComponent) -> None:
    started, completed = read_moment(body.activity_started_at), body.activity_completed_at
    if here.switches.reversed_dates == "refuse" and read_moment(completed) < started:
        raise refuse_rule("Activity completed at cannot be before activity started at")
