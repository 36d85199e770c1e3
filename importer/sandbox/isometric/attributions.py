"""Attributions: that a component counts towards an entry, and which share of it.

Source: the published document (docs.isometric.com), schema ComponentAttribution.
"""

from collections.abc import Mapping
from typing import Any

from importer.sandbox.context import Context
from importer.sandbox.documents import Document, Filter
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.kinds import ATTRIBUTION, COMPONENT
from importer.sandbox.isometric.standing import delete, select_standing
from importer.sandbox.store import Store


def build_attribution(
    entry: Document, component: Mapping[str, Any], group_key: str
) -> dict[str, Any]:
    """That a component counts towards an entry in full."""
    template_component_id = component["ghg_entry_template_component_id"]
    return {
        "id": make_isometric_id("rvc"),
        "ghg_entry_id": entry.id,
        "component_id": component["id"],
        "component_group_key": group_key,
        "ghg_entry_template_component_id": template_component_id,
        "attribution_factor": 1.0,
        "removal_id": entry.id,
        "removal_template_component_id": template_component_id,
    }


def delete_parts(here: Context, entry: Document) -> None:
    """Delete the attributions of an entry, and the components that were made for it alone."""
    for attribution in list_of_entry(here.store, entry.id):
        delete(here, ATTRIBUTION, attribution)
        component = here.store.read(COMPONENT, attribution.body["component_id"])
        is_made = component.body["ghg_entry_template_component_id"] is not None
        if is_made and not list_of_component(here.store, component.id):
            delete(here, COMPONENT, component)


def list_of_entry(store: Store, entry_id: str) -> tuple[Document, ...]:
    """What counts towards an entry."""
    return select_standing(store, ATTRIBUTION, Filter(parent=entry_id))


def list_of_component(store: Store, component_id: str) -> tuple[Document, ...]:
    """The entries that a component counts towards, each as its attribution."""
    return select_standing(store, ATTRIBUTION, Filter(equal={"component_id": component_id}))
