"""Components: the parts of which entries are made.

Source: the published document (docs.isometric.com). Making and deleting free-standing components
is not part of the twin: every component here was made by a template.
"""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from importer.sandbox.context import Here
from importer.sandbox.documents import Document, Filter
from importer.sandbox.isometric.account import PathId
from importer.sandbox.isometric.bodies import (
    DisplayName,
    Id,
    InputBinding,
    NotNull,
    Patch,
    SupplierReference,
)
from importer.sandbox.isometric.errors import read_by_path, refuse_unknown_keys
from importer.sandbox.isometric.inputs import bind_inputs
from importer.sandbox.isometric.kinds import ATTRIBUTION, BLUEPRINT, COMPONENT
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.store import Store

router = APIRouter(prefix="/components")

Scope = Literal["REMOVAL", "GHG_STATEMENT", "PROJECT", "NET_NEGATIVITY"]


class ComponentPatch(Patch):
    """What PATCH takes, but for the allocation strategy; `inputs` replaces the whole list."""

    display_name: Annotated[DisplayName | None, NotNull] = None
    description: Annotated[str | None, NotNull] = None
    inputs: Annotated[list[InputBinding] | None, NotNull] = None


@router.get("")
def list_components(
    *,
    asked: AskedPage,
    here: Here,
    ghg_entry_id: Annotated[Id | None, Query()] = None,
    supplier_reference_id: Annotated[SupplierReference | None, Query()] = None,
    project_id: Annotated[Id | None, Query()] = None,
    scope: Scope | None = None,
) -> dict[str, Any]:
    """A page of components."""
    equal = {"_project_id": project_id, "scope": scope}
    narrowed = Filter(
        reference=supplier_reference_id,
        ids=None if ghg_entry_id is None else _find_attributed(here.store, ghg_entry_id),
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

    The whole list of inputs is replaced: a fixed input that is left out of it is gone.

    Raises:
        HTTPException: 400 for inputs that do not fit.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        old = read_by_path(here.store, COMPONENT, component_id, here.switches)
        changes = body.changes()
        if body.inputs is not None:
            blueprint = here.store.read(BLUEPRINT, old.body["blueprint_key"])
            fixed = old.body["_fixed"]
            changes["inputs"] = bind_inputs(here, body.inputs, blueprint, fixed=fixed)
        return here.store.change(COMPONENT, old.id, changes).public()


def _find_attributed(store: Store, entry_id: str) -> list[str]:
    attributions: tuple[Document, ...] = store.select(ATTRIBUTION, Filter(parent=entry_id))
    return [attribution.body["component_id"] for attribution in attributions]
