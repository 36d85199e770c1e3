"""The endpoint of the made-up shipments, below the twin's Isometric base."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from importer.sandbox.context import Here
from importer.sandbox.documents import Document, Filter, Kind
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.auth import require_isometric
from importer.sandbox.isometric.errors import read_by_path, require_known
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.isometric.references import insert_referenced

SHIPMENTS = Kind("isometric", "shipment")

router = APIRouter(prefix="/mrv/v0/shipments", dependencies=[Depends(require_isometric)])


class Stop(BaseModel):
    """A stop on the way."""

    model_config = ConfigDict(extra="forbid")
    number: int
    place: str
    arrived_on: str | None = None


class NewShipment(BaseModel):
    """What POST takes."""

    model_config = ConfigDict(extra="forbid")
    project_id: str
    supplier_reference_id: str
    carrier: str
    weight_datapoint_id: str
    ordered_on: str | None = None
    remark: str | None
    stops: list[Stop] = []


class ShipmentPatch(BaseModel):
    """What PATCH takes: not the day of the order."""

    model_config = ConfigDict(extra="forbid")
    carrier: str | None = None
    weight_datapoint_id: str | None = None
    remark: str | None = None
    stops: list[Stop] | None = None


@router.post("")
def create(body: NewShipment, here: Here) -> dict[str, Any]:
    require_known(here.store, DATAPOINT, [body.weight_datapoint_id])
    fields = {"id": make_isometric_id("shp"), **body.model_dump()}
    return _render(insert_referenced(here, SHIPMENTS, fields))


@router.get("")
def list_(
    asked: AskedPage,
    here: Here,
    supplier_reference_id: Annotated[str | None, Query()] = None,
) -> dict[str, Any]:
    narrowed = Filter(reference=supplier_reference_id)
    return list_page(here.store, SHIPMENTS, asked, _render, narrowed=narrowed)


@router.patch("/{shipment_id}")
def change(shipment_id: str, body: ShipmentPatch, here: Here) -> dict[str, Any]:
    shipment = read_by_path(here.store, SHIPMENTS, shipment_id, here.switches)
    here.store.change(SHIPMENTS, shipment.id, body.model_dump(exclude_unset=True))
    return _render(read_by_path(here.store, SHIPMENTS, shipment_id, here.switches))


def _render(shipment: Document) -> dict[str, Any]:
    return {**shipment.public(), "stop_count": len(shipment.body["stops"])}
