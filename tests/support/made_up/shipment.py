"""A made-up resource: what adding a sheet takes. One file, and its line in a catalogue.

It has a required choice, a reference to Datapoints, a detail sheet, and a field that can only be
set at creation.
"""

from importer.declare.column import Blank, Column, Kind
from importer.declare.resource import Detail, Endpoint, Resource, ResultColumn, UpdateBy
from importer.declare.sheet import Sheet

SHIPMENT_STOPS = Detail(
    sheet=Sheet(
        name="Shipment stops",
        about="A stop of a shipment.",
        unique=("Shipment", "Stop"),
        columns=(
            Column(
                header="Shipment",
                kind=Kind.REFERENCE,
                to="shipment",
                required=True,
                about="External ID of a shipment.",
                example="S-1",
            ),
            Column(
                header="Stop",
                kind=Kind.NUMBER,
                field="number",
                required=True,
                at_least=1,
                about="Its number on the way.",
                example="1",
            ),
            Column(
                header="Place",
                kind=Kind.TEXT,
                field="place",
                required=True,
                about="Where it is.",
                example="Luleå",
            ),
            Column(
                header="Arrived on",
                kind=Kind.DATE,
                field="arrived_on",
                about="Day of arrival.",
                example="2026-10-02",
            ),
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
    key_space="isometric",
    sheet=Sheet(
        name="Shipments",
        about="A load that left the plant.",
        unique=("External ID",),
        columns=(
            Column(
                header="External ID",
                kind=Kind.KEY,
                field="supplier_reference_id",
                required=True,
                create_only=True,
                about="Your own id.",
                example="S-1",
            ),
            Column(
                header="Carrier",
                kind=Kind.CHOICE,
                field="carrier",
                required=True,
                choices=("TRUCK", "TRAIN"),
                about="What carries it.",
                example="TRUCK",
            ),
            Column(
                header="Weight",
                kind=Kind.REFERENCE,
                to="datapoint",
                field="weight_datapoint_id",
                required=True,
                about="The datapoint that weighs it.",
                example="D-1",
            ),
            Column(
                header="Ordered on",
                kind=Kind.DATE,
                field="ordered_on",
                create_only=True,
                about="It cannot be changed later.",
                example="2026-10-01",
            ),
            Column(
                header="Remark",
                kind=Kind.TEXT,
                field="remark",
                clearable=True,
                blank=Blank.NULL,
                about="Anything else.",
                example="fragile",
            ),
        ),
    ),
    endpoint=Endpoint(
        path="/shipments",
        query="project_id={project_id}",
        update=UpdateBy.PATCHING,
        fixed=(("project_id", "{project_id}"),),
    ),
    details=(SHIPMENT_STOPS,),
    results=(ResultColumn(header="Stops", field="stop_count"),),
)
