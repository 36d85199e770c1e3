"""Entries as instances of their template: which components a new entry gets.

Source: docs.isometric.com/api-reference/certify/post-ghg-entry: only monitored inputs need
values, fixed ones come from the template.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from importer.sandbox.context import Context
from importer.sandbox.documents import Document
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.bodies import Day, Id, InputBinding, SupplierReference
from importer.sandbox.isometric.errors import refuse_rule
from importer.sandbox.isometric.inputs import bind_fixed, bind_inputs, find_fixed
from importer.sandbox.isometric.kinds import BLUEPRINT
from importer.sandbox.unknown_keys import Body


class TemplateComponentInputs(Body):
    """Values for the monitored inputs of one template component."""

    ghg_entry_template_component_id: Id
    inputs: list[InputBinding]


class NewEntry(Body):
    """What POST takes."""

    project_id: Id
    ghg_entry_template_id: Id
    supplier_reference_id: SupplierReference
    started_on: Day
    completed_on: Day
    feedstock_type_id: Id | None = None
    ghg_entry_template_components: list[TemplateComponentInputs] = Field(default_factory=list)


def build_components(
    here: Context, body: NewEntry, template: Document
) -> list[tuple[str, dict[str, Any]]]:
    """The components of a new entry, each with the key of its group.

    Raises:
        HTTPException: 400 for inputs or template components that do not fit.
    """
    wanted = {item.ghg_entry_template_component_id: item for item in _refuse_repeated(body)}
    built = []
    for group, template_component in _iterate(template):
        given = wanted.pop(template_component["id"], None)
        component = _build_component(here, body, template_component, given.inputs if given else [])
        built.append((group["key"], component))
    if wanted:
        raise refuse_rule(f"Template '{template.id}' has no component '{next(iter(wanted))}'")
    return built


def _refuse_repeated(body: NewEntry) -> list[TemplateComponentInputs]:
    ids = [item.ghg_entry_template_component_id for item in body.ghg_entry_template_components]
    repeated = {component_id for component_id in ids if ids.count(component_id) > 1}
    if repeated:
        raise refuse_rule(f"Template component '{min(repeated)}' is given twice")
    return body.ghg_entry_template_components


def _build_component(
    here: Context,
    body: NewEntry,
    template_component: Mapping[str, Any],
    given: list[InputBinding],
) -> dict[str, Any]:
    blueprint = here.store.read(BLUEPRINT, template_component["blueprint_key"])
    fixed = find_fixed(template_component)
    bound = bind_inputs(here, given, blueprint, fixed=fixed)
    given_keys = {item["input_key"] for item in bound}
    inherited = {key: datapoint for key, datapoint in fixed.items() if key not in given_keys}
    return {
        "id": make_isometric_id("cmp"),
        "supplier_reference_id": None,
        "type": blueprint.body["type"],
        "scope": "REMOVAL",
        "display_name": template_component["display_name"],
        "description": template_component["description"],
        "activity_started_at": None,
        "activity_completed_at": None,
        "blueprint_key": blueprint.id,
        "allocation_strategy": None,
        "ghg_entry_template_component_id": template_component["id"],
        "removal_template_component_id": template_component["id"],
        "inputs": [*bind_fixed(inherited, blueprint), *bound],
        "_project_id": body.project_id,
        "_fixed": fixed,
    }


def _iterate(template: Document) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for group in template.body["groups"]:
        for component in group["components"]:
            yield group, component
