"""Datapoints: one quantity each.

Source: the published document and docs.isometric.com/user-guides/certify/key-certify-concepts.
Filters by use, by sample and by scope, and usage lists are not part of the twin.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from importer.sandbox.context import Context, Here
from importer.sandbox.documents import Document, Filter
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.account import PathId
from importer.sandbox.isometric.announcements import refuse_awaited
from importer.sandbox.isometric.bodies import (
    DisplayName,
    Id,
    Moment,
    NotNull,
    Number,
    Patch,
    SupplierReference,
    is_future,
)
from importer.sandbox.isometric.errors import (
    read_by_path,
    refuse_field,
    refuse_rule,
    refuse_unknown_keys,
    require_known,
)
from importer.sandbox.isometric.inputs import is_bound, is_fixed
from importer.sandbox.isometric.kinds import DATAPOINT, PROJECT, QUANTITY_KINDS, SOURCE
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.isometric.references import insert_referenced
from importer.sandbox.isometric.standing import delete
from importer.sandbox.isometric.units import DIMENSIONLESS, Unit, find_unit
from importer.sandbox.unknown_keys import Body

router = APIRouter(prefix="/datapoints")

DatapointType = Literal["CONSTANT", "STANDARD_PUBLISHED_VALUE", "REPORTED", "ASSUMPTION", "DERIVED"]
Description = Annotated[str, Field(max_length=500)]


class Quantity(Body):
    """A magnitude with its unit; `unit` has to be there, and may be null."""

    magnitude: Number
    unit: str | None
    standard_deviation: Number | None = None


class NewDatapoint(Body):
    """What POST takes."""

    project_id: Id
    supplier_reference_id: SupplierReference
    display_name: DisplayName
    description: Description
    type: DatapointType
    quantity: Quantity
    source_ids: list[Id]
    measured_at: Moment | None = None
    uncertainty_justification: str | None = None


class DatapointPatch(Patch):
    """What PATCH takes; `source_ids` replaces the whole list."""

    display_name: Annotated[DisplayName | None, NotNull] = None
    description: Annotated[Description | None, NotNull] = None
    type: Annotated[DatapointType | None, NotNull] = None
    quantity: Annotated[Quantity | None, NotNull] = None
    source_ids: Annotated[list[Id] | None, NotNull] = None
    uncertainty_justification: Annotated[str | None, NotNull] = None


@router.post("")
def create_datapoint(body: NewDatapoint, here: Here) -> dict[str, Any]:
    """Make a datapoint.

    Raises:
        HTTPException: 400 for an unknown project or source, for a source whose document is not
            there (unless the switch lets it pass), a moment in the future or a unit
            that is not in the table; the switch's status for a reference in use.
    """
    refuse_unknown_keys(body, here.switches)
    require_known(here.store, PROJECT, [body.project_id])
    _check_sources(here, body.source_ids)
    if body.measured_at is not None and is_future(body.measured_at, here.clock()):
        raise refuse_rule("Measured at date for datapoint cannot be in the future")
    unit = _require_unit(body.quantity.unit)
    fields = {
        "id": make_isometric_id("dtp"),
        **body.named(),
        "locked_status": "not_locked",
        "_quantity_kind": unit.kind,
    }
    return _render(insert_referenced(here, DATAPOINT, fields), here)


@router.get("")
def list_datapoints(
    *,
    asked: AskedPage,
    here: Here,
    supplier_reference_id: Annotated[SupplierReference | None, Query()] = None,
    project_id: Annotated[Id | None, Query()] = None,
    display_name_contains: str | None = None,
    quantity_kind: str | None = None,
) -> dict[str, Any]:
    """A page of datapoints; the kind of quantity is a filter only and is never answered."""
    if quantity_kind is not None and quantity_kind not in QUANTITY_KINDS:
        raise refuse_field(("query", "quantity_kind"), "enum", "Input should be a QuantityKind")
    equal = {"project_id": project_id, "_quantity_kind": quantity_kind}
    contains = {"display_name": display_name_contains}
    narrowed = Filter(
        reference=supplier_reference_id,
        equal={name: value for name, value in equal.items() if value is not None},
        contains={name: value for name, value in contains.items() if value is not None},
    )
    return list_page(
        here.store, DATAPOINT, asked, lambda document: _render(document, here), narrowed=narrowed
    )


@router.get("/{datapoint_id}")
def read_datapoint(datapoint_id: PathId, here: Here) -> dict[str, Any]:
    """One datapoint."""
    return _render(read_by_path(here.store, DATAPOINT, datapoint_id, here.switches), here)


@router.patch("/{datapoint_id}")
def change_datapoint(datapoint_id: PathId, body: DatapointPatch, here: Here) -> dict[str, Any]:
    """Change a datapoint; the totals of the entries that use it follow.

    Raises:
        HTTPException: 400 when it is locked, or when it is in use and its unit would change
            the kind of quantity; neither status is published.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        old = read_by_path(here.store, DATAPOINT, datapoint_id, here.switches)
        _refuse_locked(old)
        _check_sources(here, body.source_ids or ())
        changes = body.changes()
        if body.quantity is not None:
            changes["_quantity_kind"] = _require_kind(here, old, body.quantity)
        return _render(here.store.change(DATAPOINT, old.id, changes), here)


@router.delete("/{datapoint_id}", status_code=204)
def delete_datapoint(datapoint_id: PathId, here: Here) -> None:
    """Delete a datapoint.

    Raises:
        HTTPException: 400: a component uses it, or a template has it bound, or it is locked. That
            the first fails is documented, the status is not; the others are ours.
    """
    with here.store.transaction():
        old = read_by_path(here.store, DATAPOINT, datapoint_id, here.switches)
        _refuse_locked(old)
        if is_bound(here.store, old.id) or is_fixed(here.store, old.id):
            raise refuse_rule(f"Datapoint '{old.id}' is in use and cannot be deleted")
        delete(here, DATAPOINT, old)


def _refuse_locked(datapoint: Document) -> None:
    status = datapoint.body["locked_status"]
    if status != "not_locked":
        raise refuse_rule(f"Datapoint '{datapoint.id}' is locked: {status}")


def _check_sources(here: Context, source_ids: Sequence[str]) -> None:
    require_known(here.store, SOURCE, source_ids)
    refuse_awaited(here, source_ids)


def _require_unit(spelling: str | None) -> Unit:
    try:
        return find_unit(spelling)
    except LookupError:
        raise refuse_rule(f"Unit '{spelling}' is not recognised") from None


def _require_kind(here: Context, old: Document, quantity: Quantity) -> str:
    kind = _require_unit(quantity.unit).kind
    if kind != old.body["_quantity_kind"] and is_bound(here.store, old.id):
        raise refuse_rule(f"Datapoint '{old.id}' is in use and cannot become a '{kind}'")
    return kind


def _render(document: Document, here: Context) -> dict[str, Any]:
    quantity: Mapping[str, Any] = document.body["quantity"]
    unit = quantity["unit"] or DIMENSIONLESS
    if here.switches.respell_units:
        unit = find_unit(unit).canonical
    return {**document.public(), "quantity": {**quantity, "unit": unit}}
