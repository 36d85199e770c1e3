"""Feedstock types: what an entry is made of.

Source: the published document (docs.isometric.com) for GET and PATCH. A walkthrough page of
docs.isometric.com names a POST, which no document has: a switch takes it away. DELETE is not part
of the twin.
"""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import Field

from importer.sandbox.context import Here
from importer.sandbox.documents import Filter
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.account import PathId
from importer.sandbox.isometric.bodies import NotNull, Patch, SupplierReference
from importer.sandbox.isometric.errors import read_by_path, refuse_unknown_keys
from importer.sandbox.isometric.kinds import FEEDSTOCK_TYPE
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.isometric.references import insert_referenced, replace_referenced
from importer.sandbox.unknown_keys import Body

router = APIRouter(prefix="/feedstock_types")

Name = Annotated[str, Field(min_length=1)]


class NewFeedstockType(Body):
    """What POST takes: the members that PATCH takes, as no body is published."""

    name: Name
    supplier_reference_id: SupplierReference


class FeedstockTypePatch(Patch):
    """What PATCH takes."""

    name: Annotated[Name | None, NotNull] = None
    supplier_reference_id: Annotated[SupplierReference | None, NotNull] = None


@router.post("")
def create_feedstock_type(body: NewFeedstockType, here: Here) -> dict[str, Any]:
    """Make a feedstock type.

    Raises:
        HTTPException: 405 where the switch says that nobody can.
    """
    if here.switches.feedstock_type_creation == "missing":
        raise HTTPException(405, "Method Not Allowed")
    refuse_unknown_keys(body, here.switches)
    fields = {
        "id": make_isometric_id("ftt"),
        "name": body.name,
        "supplier_reference_id": body.supplier_reference_id,
    }
    return insert_referenced(here, FEEDSTOCK_TYPE, fields).public()


@router.get("")
def list_feedstock_types(
    asked: AskedPage,
    here: Here,
    supplier_reference_id: Annotated[SupplierReference | None, Query()] = None,
) -> dict[str, Any]:
    """A page of feedstock types."""
    narrowed = Filter(reference=supplier_reference_id)
    return list_page(here.store, FEEDSTOCK_TYPE, asked, narrowed=narrowed)


@router.get("/{feedstock_type_id}")
def read_feedstock_type(feedstock_type_id: PathId, here: Here) -> dict[str, Any]:
    """One feedstock type."""
    return read_by_path(here.store, FEEDSTOCK_TYPE, feedstock_type_id, here.switches).public()


@router.patch("/{feedstock_type_id}")
def change_feedstock_type(
    feedstock_type_id: PathId, body: FeedstockTypePatch, here: Here
) -> dict[str, Any]:
    """Change the name or the reference."""
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        old = read_by_path(here.store, FEEDSTOCK_TYPE, feedstock_type_id, here.switches)
        return replace_referenced(here, FEEDSTOCK_TYPE, {**old.body, **body.changes()}).public()
