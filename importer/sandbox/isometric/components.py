"""Components: the parts of which entries are made.

Source: the published document (docs.isometric.com). Components of a whole statement or project
are not part of the twin, nor is their allocation strategy.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from importer.sandbox.context import Context, Here
from importer.sandbox.documents import Document, Filter
from importer.sandbox.isometric.account import PathId
from importer.sandbox.isometric.attributions import list_of_component, list_of_entry
from importer.sandbox.isometric.bodies import (
    DisplayName,
    Id,
    InputBinding,
    NotNull,
    Patch,
    SupplierReference,
)
from importer.sandbox.isometric.errors import read_by_path, refuse_unknown_keys
from importer.sandbox.isometric.freestanding import (
    NewComponent,
    bind_all_inputs,
    build_freestanding,
)
from importer.sandbox.isometric.inputs import BoundInput, bind_inputs
from importer.sandbox.isometric.kinds import ATTRIBUTION, BLUEPRINT, COMPONENT, STATEMENT
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.isometric.references import insert_referenced
from importer.sandbox.isometric.reporting_periods import list_members
from importer.sandbox.isometric.standing import delete
from importer.sandbox.isometric.verification import refuse_used

router = APIRouter(prefix="/components")

Scope = Literal["REMOVAL", "GHG_STATEMENT", "PROJECT", "NET_NEGATIVITY"]


class ComponentPatch(Patch):
    """What PATCH takes, but for the allocation strategy; `inputs` replaces the whole list."""

    display_name: Annotated[DisplayName | None, NotNull] = None
    description: Annotated[str | None, NotNull] = None
    inputs: Annotated[list[InputBinding] | None, NotNull] = None


@router.post("")
def create_component(body: NewComponent, here: Here) -> dict[str, Any]:
    """Make a free-standing component; it counts towards nothing until it is attributed.

    Raises:
        HTTPException: 400 for what is unknown or does not fit; the switch's status for a
            reference in use.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        built = build_freestanding(here, body)
        return insert_referenced(here, COMPONENT, built).public()


@router.get("")
def list_components(
    *,
    asked: AskedPage,
    here: Here,
    ghg_entry_id: Annotated[Id | None, Query()] = None,
    ghg_statement_id: Annotated[Id | None, Query()] = None,
    supplier_reference_id: Annotated[SupplierReference | None, Query()] = None,
    project_id: Annotated[Id | None, Query()] = None,
    scope: Scope | None = None,
) -> dict[str, Any]:
    """A page of components."""
    equal = {"_project_id": project_id, "scope": scope}
    narrowed = Filter(
        reference=supplier_reference_id,
        ids=_find_attributed(here, ghg_entry_id, ghg_statement_id),
        equal={name: value for name, value in equal.items() if value is not None},
    )
    return list_page(here.store, COMPONENT, asked, narrowed=narrowed)


@router.get("/{component_id}")
def read_component(component_id: PathId, here: Here) -> dict[str, Any]:
    """One component."""
    return read_by_path(here.store, COMPONENT, component_id, here.switches).public()


@router.patch("/{component_id}")
def change_component(component_id: PathId, body: ComponentPatch, here: Here) -> dict[str, Any]:
    """Change a component; the totals of its entry follow.

    The whole list of inputs is replaced: of a component that a template made, a fixed input that
    is left out of it is gone; of a free-standing one, none may be left out.

    Raises:
        HTTPException: 400 for inputs that do not fit, and where a verified entry uses it;
            whether that keeps its words from being changed is unknown.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        old = read_by_path(here.store, COMPONENT, component_id, here.switches)
        refuse_used(here, old)
        changes = body.changes()
        if body.inputs is not None:
            changes["inputs"] = _bind(here, old, body.inputs)
        return here.store.change(COMPONENT, old.id, changes).public()


@router.delete("/{component_id}", status_code=204)
def delete_component(component_id: PathId, here: Here) -> None:
    """Delete a component; the entries that it counted towards are calculated without it.

    Raises:
        HTTPException: 400, a verified entry uses it.
    """
    with here.store.transaction():
        old = read_by_path(here.store, COMPONENT, component_id, here.switches)
        refuse_used(here, old)
        for attribution in list_of_component(here.store, old.id):
            delete(here, ATTRIBUTION, attribution)
        delete(here, COMPONENT, old)


def _bind(here: Context, component: Document, given: Sequence[InputBinding]) -> list[BoundInput]:
    blueprint = here.store.read(BLUEPRINT, component.body["blueprint_key"])
    if component.body["ghg_entry_template_component_id"] is None:
        return bind_all_inputs(here, given, blueprint)
    return bind_inputs(here, given, blueprint, fixed=component.body["_fixed"])


def _find_attributed(
    here: Context, entry_id: str | None, statement_id: str | None
) -> list[str] | None:
    """The components that count towards an entry and a statement; None where neither is asked."""
    asked = []
    if entry_id is not None:
        asked.append({entry_id})
    if statement_id is not None:
        statement = here.store.find(STATEMENT, statement_id)
        asked.append(set(list_members(here.store, statement) if statement else ()))
    if not asked:
        return None
    return [
        attribution.body["component_id"]
        for entry in set.intersection(*asked)
        for attribution in list_of_entry(here.store, entry)
    ]
