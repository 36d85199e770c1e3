"""A made-up resource with a plain detail: a number for a key, and members within members."""

from importer.declare.column import Blank, Column, Kind
from importer.declare.resource import Detail, Endpoint, Resource, UpdateBy
from importer.declare.sheet import Sheet
from importer.model.record import Json


def _midnight(day: Json) -> Json:
    return f"{day}T00:00:00Z"


def _day(moment: Json) -> Json:
    return moment[:10] if isinstance(moment, str) else moment


STOPS = Detail(
    sheet=Sheet(
        name="Shipment stops",
        about="A stop of a shipment.",
        columns=(
            Column(header="Shipment", kind=Kind.REFERENCE, to="shipment", required=True),
            Column(header="Stop", kind=Kind.NUMBER, field="number", required=True),
            Column(header="Place", kind=Kind.TEXT, field="place", required=True),
            Column(
                header="Arrived on",
                kind=Kind.DATE,
                field="at.day",
                to_wire=_midnight,
                from_wire=_day,
            ),
            Column(header="Ticket", kind=Kind.REFERENCE, to="source", field="ticket_id"),
        ),
    ),
    parent="Shipment",
    field="stops",
    keys=("Stop",),
)

SHIPMENT = Resource(
    name="shipment",
    title="shipment",
    service="isometric",
    id_prefix="shp_",
    sheet=Sheet(
        name="Shipments",
        about="A load that left the plant.",
        columns=(
            Column(
                header="External ID", kind=Kind.KEY, field="supplier_reference_id", required=True
            ),
            Column(header="Carrier", kind=Kind.CHOICE, field="carrier"),
            Column(
                header="Weight", kind=Kind.REFERENCE, to="datapoint", field="weight_datapoint_id"
            ),
            Column(header="Driver", kind=Kind.TEXT, field="crew.driver.name"),
            Column(header="Ordered on", kind=Kind.DATE, field="ordered_on", create_only=True),
            Column(
                header="Remark",
                kind=Kind.TEXT,
                field="remark",
                clearable=True,
                blank=Blank.NULL,
            ),
        ),
    ),
    endpoint=Endpoint(
        path="/shipments",
        update=UpdateBy.PATCHING,
        fixed=(("project_id", "{project_id}"),),
    ),
    details=(STOPS,),
)
