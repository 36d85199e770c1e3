"""Changing which components count towards an entry.

Source: the published document (PATCH /ghg_entries/{id}/component_attributions) and
docs.isometric.com/api-reference/certify/patch-removal-components: adding a component that is
attributed already replaces its factor, and over all entries the factors of one component are not
to exceed 1 together. How it is refused is not published: 400 and the texts here are ours.
Whether one component may be in two groups of an entry is unknown; here it moves to the other one.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from importer.sandbox.context import Context
from importer.sandbox.documents import Document
from importer.sandbox.isometric.attributions import (
    build_attribution,
    list_of_component,
    list_of_entry,
)
from importer.sandbox.isometric.bodies import Id, NotNull, Number, Patch
from importer.sandbox.isometric.errors import refuse_rule, require_known
from importer.sandbox.isometric.kinds import ATTRIBUTION, COMPONENT, TEMPLATE
from importer.sandbox.isometric.standing import delete
from importer.sandbox.unknown_keys import Body

_WHOLE = 1 + 1e-9
"""The sum of 0.05, 0.55, 0.3 and 0.1 is a little more than 1, and still meant to be 1."""


class Share(Body):
    """One component to add to an entry, and how much of it counts."""

    component_id: Id
    component_group_key: str
    attribution_factor: Annotated[Number, Field(gt=0, le=1)] = 1.0


class AttributionPatch(Patch):
    """What PATCH takes."""

    components_to_add: Annotated[list[Share] | None, NotNull] = None
    components_to_remove: Annotated[list[Id] | None, NotNull] = None


def change_attributions(here: Context, entry: Document, body: AttributionPatch) -> None:
    """Take components off an entry, and add others or change their factors.

    Raises:
        HTTPException: 400: a component that is unknown, of another project, or given twice; a
            group that the template does not have; factors that exceed 1 together; the removal
            of what is not attributed, unless the switch lets it pass.
    """
    shares = body.components_to_add or []
    removed = body.components_to_remove or []
    _check_components(here, entry, [*(each.component_id for each in shares), *removed])
    _check_groups(here, entry, shares)
    for component_id in removed:
        _remove(here, entry, component_id)
    for share in shares:
        _check_sum(here, entry, share)
        _add(here, entry, share)


def _check_components(here: Context, entry: Document, ids: Sequence[str]) -> None:
    repeated = {component_id for component_id in ids if ids.count(component_id) > 1}
    if repeated:
        raise refuse_rule(f"Component '{min(repeated)}' is given twice")
    require_known(here.store, COMPONENT, ids)
    for component_id in ids:
        component = here.store.read(COMPONENT, component_id)
        if component.body["_project_id"] != entry.body["_project_id"]:
            raise refuse_rule(f"Component '{component_id}' belongs to another project")


def _check_groups(here: Context, entry: Document, shares: Sequence[Share]) -> None:
    template = here.store.read(TEMPLATE, entry.body["_template_id"])
    known = {group["key"] for group in template.body["groups"]}
    for share in shares:
        if share.component_group_key not in known:
            raise refuse_rule(
                f"Template '{template.id}' has no component group '{share.component_group_key}'"
            )


def _check_sum(here: Context, entry: Document, share: Share) -> None:
    elsewhere = [
        each.body["attribution_factor"]
        for each in list_of_component(here.store, share.component_id)
        if each.body["ghg_entry_id"] != entry.id
    ]
    if sum(elsewhere) + share.attribution_factor > _WHOLE:
        raise refuse_rule(
            f"The attribution factors of component '{share.component_id}' cannot exceed 1"
        )


def _remove(here: Context, entry: Document, component_id: str) -> None:
    attribution = _find(here, entry, component_id)
    if attribution is not None:
        delete(here, ATTRIBUTION, attribution)
    elif here.switches.unattributed_removal == "refuse":
        raise refuse_rule(f"Component '{component_id}' is not attributed to '{entry.id}'")


def _add(here: Context, entry: Document, share: Share) -> None:
    factor: dict[str, Any] = {
        "component_group_key": share.component_group_key,
        "attribution_factor": share.attribution_factor,
    }
    attribution = _find(here, entry, share.component_id)
    if attribution is not None:
        here.store.change(ATTRIBUTION, attribution.id, factor)
        return
    component = here.store.read(COMPONENT, share.component_id).body
    built = build_attribution(entry, component, share.component_group_key)
    here.store.insert(ATTRIBUTION, {**built, **factor}, parent=entry.id)


def _find(here: Context, entry: Document, component_id: str) -> Document | None:
    found = (
        each
        for each in list_of_entry(here.store, entry.id)
        if each.body["component_id"] == component_id
    )
    return next(found, None)
