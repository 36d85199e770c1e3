"""GHG entries: one instance of a template.

Source: docs.isometric.com/api-reference/certify/post-ghg-entry, and the published document.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from importer.sandbox.context import Context, Here
from importer.sandbox.documents import Document, Filter
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.account import PathId
from importer.sandbox.isometric.attributing import AttributionPatch, change_attributions
from importer.sandbox.isometric.attributions import build_attribution, delete_parts
from importer.sandbox.isometric.bodies import Day, Id, NotNull, Patch, SupplierReference
from importer.sandbox.isometric.errors import (
    read_by_path,
    refuse_rule,
    refuse_unknown_keys,
    require_known,
)
from importer.sandbox.isometric.instances import NewEntry, build_components
from importer.sandbox.isometric.kinds import (
    ATTRIBUTION,
    COMPONENT,
    ENTRY,
    FEEDSTOCK_TYPE,
    PROJECT,
    TEMPLATE,
)
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.isometric.references import insert_referenced
from importer.sandbox.isometric.reporting_periods import find_statement
from importer.sandbox.isometric.standing import delete
from importer.sandbox.isometric.totals import render_totals
from importer.sandbox.isometric.verification import refuse_verified

router = APIRouter(prefix="/ghg_entries")


class EntryPatch(Patch):
    """What PATCH takes."""

    started_on: Annotated[Day | None, NotNull] = None
    completed_on: Annotated[Day | None, NotNull] = None
    feedstock_type_id: Annotated[Id | None, NotNull] = None


@router.post("")
def create_entry(body: NewEntry, here: Here) -> dict[str, Any]:
    """Make an entry, with one component for each component of its template.

    An entry that lacks monitored inputs is accepted (observed).

    Raises:
        HTTPException: 400 for what is unknown or does not fit; the switch's status for a
            reference in use.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        template = _check_entry(here, body)
        components = build_components(here, body, template)
        fields = {
            "id": make_isometric_id("rmv"),
            "supplier_reference_id": body.supplier_reference_id,
            "credit_type": template.body["credit_type"],
            "started_on": body.started_on,
            "completed_on": body.completed_on,
            "feedstock_type_id": body.feedstock_type_id,
            "_project_id": body.project_id,
            "_template_id": template.id,
        }
        entry = insert_referenced(here, ENTRY, fields)
        for group_key, component in components:
            here.store.insert(COMPONENT, component)
            here.store.insert(
                ATTRIBUTION, build_attribution(entry, component, group_key), parent=entry.id
            )
        return _render(entry, here)


@router.get("")
def list_entries(
    asked: AskedPage,
    here: Here,
    supplier_reference_id: Annotated[SupplierReference | None, Query()] = None,
) -> dict[str, Any]:
    """A page of entries; the reference is the only filter."""
    return list_page(
        here.store,
        ENTRY,
        asked,
        lambda document: _render(document, here),
        narrowed=Filter(reference=supplier_reference_id),
    )


@router.get("/{entry_id}")
def read_entry(entry_id: PathId, here: Here) -> dict[str, Any]:
    """One entry: totals, but neither template nor components."""
    return _render(read_by_path(here.store, ENTRY, entry_id, here.switches), here)


@router.patch("/{entry_id}")
def change_entry(entry_id: PathId, body: EntryPatch, here: Here) -> dict[str, Any]:
    """Change dates or feedstock type.

    Raises:
        HTTPException: 400 for what is unknown or does not fit, and for a verified entry.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        old = read_by_path(here.store, ENTRY, entry_id, here.switches)
        refuse_verified(here, old)
        new = {**old.body, **body.changes()}
        _check_dates(here, new["started_on"], new["completed_on"])
        if body.feedstock_type_id is not None:
            require_known(here.store, FEEDSTOCK_TYPE, [body.feedstock_type_id])
        return _render(here.store.change(ENTRY, old.id, new), here)


@router.delete("/{entry_id}", status_code=204)
def delete_entry(entry_id: PathId, here: Here) -> None:
    """Delete an entry, and with it the components that its template made.

    That the components go, and that free-standing ones stay, is ours.

    Raises:
        HTTPException: 400, its statement is not a draft any more. That it fails is documented,
            the status is not.
    """
    with here.store.transaction():
        old = read_by_path(here.store, ENTRY, entry_id, here.switches)
        statement = find_statement(here.store, old)
        if statement is not None and statement.body["status"] != "DRAFT":
            raise refuse_rule(f"GHG entry '{old.id}' is not in DRAFT status")
        delete_parts(here, old)
        delete(here, ENTRY, old)


@router.get("/{entry_id}/component_attributions")
def list_attributions(entry_id: PathId, asked: AskedPage, here: Here) -> dict[str, Any]:
    """A page of what counts towards an entry, and how much."""
    entry = read_by_path(here.store, ENTRY, entry_id, here.switches)
    return list_page(here.store, ATTRIBUTION, asked, narrowed=Filter(parent=entry.id))


@router.patch("/{entry_id}/component_attributions")
def attribute_components(entry_id: PathId, body: AttributionPatch, here: Here) -> dict[str, Any]:
    """Change what counts towards an entry; the answer is the entry, calculated anew.

    Raises:
        HTTPException: 400 for what does not fit (see `attributing`), and for a verified entry.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        entry = read_by_path(here.store, ENTRY, entry_id, here.switches)
        refuse_verified(here, entry)
        change_attributions(here, entry, body)
        return _render(entry, here)


def _check_entry(here: Context, body: NewEntry) -> Document:
    require_known(here.store, PROJECT, [body.project_id])
    require_known(here.store, TEMPLATE, [body.ghg_entry_template_id])
    template = here.store.read(TEMPLATE, body.ghg_entry_template_id)
    if template.body["project_id"] != body.project_id:
        raise refuse_rule(f"Template '{template.id}' belongs to another project")
    if body.feedstock_type_id is not None:
        require_known(here.store, FEEDSTOCK_TYPE, [body.feedstock_type_id])
    _check_dates(here, body.started_on, body.completed_on)
    return template


def _check_dates(here: Context, started_on: str, completed_on: str) -> None:
    if here.switches.reversed_dates == "refuse" and completed_on < started_on:
        raise refuse_rule("Completed on date cannot be before started on date")


def _render(entry: Document, here: Context) -> dict[str, Any]:
    statement = find_statement(here.store, entry)
    return {
        **entry.public(),
        "ghg_statement_id": statement.id if statement else None,
        **render_totals(here, entry),
    }
