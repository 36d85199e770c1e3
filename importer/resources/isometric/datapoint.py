"""*Datapoints*: a measured, reported or assumed quantity with its evidence.

Source: docs.isometric.com/api-reference/certify (POST and PATCH /datapoints)
"""

from collections.abc import Mapping

from importer.declare.column import Blank, Column, Kind
from importer.declare.resource import Endpoint, Resource, UpdateBy
from importer.declare.sheet import Sheet
from importer.model.record import Json
from importer.resources.isometric.reference import ID_LENGTHS, reference_column
from importer.resources.isometric.unit import same_unit

_PAGE = "docs.isometric.com/api-reference/certify/post-datapoint"

_LOCKS: Mapping[str, str] = {
    "locked_library_datapoint": "a datapoint of the library",
    "locked_time_series_datapoint": "a datapoint that a time series gives",
    "locked_measurement_sample_datapoint": "a datapoint of a measurement sample",
    "locked_forestry_field_measurement_datapoint": "a datapoint of a field measurement",
    "locked_model_output_datapoint": "a datapoint that a model gives",
    "locked_model_input_datapoint": "a datapoint that a model takes",
    "locked_material_datapoint": "a datapoint of a material",
    "locked_activity_datapoint": "a datapoint of an activity",
    "locked_used_in_verified_removal": "a datapoint that a verified entry uses",
}


def _locked(body: Mapping[str, Json]) -> str:
    """Why a datapoint cannot be changed. The states are an open set; a new one is a lock, too."""
    state = body.get("locked_status")
    if state in (None, "not_locked"):
        return ""
    return _LOCKS.get(str(state), f"a datapoint that is {str(state).replace('_', ' ')}")


DATAPOINT = Resource(
    name="datapoint",
    title="datapoint",
    service="isometric",
    key_space="isometric",
    id_prefix="dtp_",
    id_lengths=ID_LENGTHS,
    sheet=Sheet(
        name="Datapoints",
        unique=("External ID",),
        about="One quantity with its evidence, such as a weighbridge reading.",
        columns=(
            reference_column("datapoint", example="NB-2025-10-BIOCHAR-MASS"),
            Column(
                header="Name",
                kind=Kind.TEXT,
                field="display_name",
                required=True,
                longest=100,
                about="What was measured. It becomes public when credits are issued.",
                example="Biochar produced, batch 1",
                source=_PAGE,
            ),
            Column(
                header="Type",
                kind=Kind.CHOICE,
                field="type",
                required=True,
                choices=(
                    "CONSTANT",
                    "STANDARD_PUBLISHED_VALUE",
                    "REPORTED",
                    "ASSUMPTION",
                    "DERIVED",
                ),
                about="Where the value comes from. A reading of your own is REPORTED.",
                example="REPORTED",
                source=_PAGE,
            ),
            Column(
                header="Value",
                aliases=("Amount", "Quantity"),
                kind=Kind.NUMBER,
                field="quantity.magnitude",
                required=True,
                about="The number as it stands in the evidence.",
                example="18240",
                source=_PAGE,
            ),
            Column(
                header="Unit",
                aliases=("Unit of measure", "UoM"),
                kind=Kind.TEXT,
                field="quantity.unit",
                clearable=True,
                blank=Blank.NULL,
                same=same_unit,
                about="Unit as it stands in the evidence, such as kg, kWh, m^3 or %. "
                "Blank for a plain number.",
                example="kg",
                source=_PAGE,
            ),
            Column(
                header="Standard deviation",
                aliases=("Std dev", "SD"),
                kind=Kind.NUMBER,
                field="quantity.standard_deviation",
                at_least=0,
                clearable=True,
                about="In the unit of the value. Blank leaves the value out of the uncertainty "
                "calculation.",
                example="45",
                source="docs.isometric.com/user-guides/certify/key-certify-concepts",
            ),
            Column(
                header="Measured at",
                aliases=("Time of measurement", "Measurement time"),
                kind=Kind.MOMENT,
                field="measured_at",
                create_only=True,
                not_in_future=True,
                about="When it was measured. It cannot be changed later.",
                example="2025-10-14 09:30",
                source=_PAGE,
            ),
            Column(
                header="Sources",
                kind=Kind.REFERENCES,
                to="source",
                field="source_ids",
                blank=Blank.EMPTY_LIST,
                about="External IDs from the sheet Sources, or names of sources that the account "
                "has, parted by semicolons. They are all the sources of the datapoint: one that "
                "is left out is taken off.",
                source=_PAGE,
            ),
            Column(
                header="Description",
                kind=Kind.TEXT,
                field="description",
                required=True,
                longest=500,
                about="How the value came about, so that a verifier can follow it.",
                example="Sum of 14 weighbridge tickets, dry mass",
                source=_PAGE,
            ),
            Column(
                header="Uncertainty justification",
                kind=Kind.TEXT,
                field="uncertainty_justification",
                about="Why the standard deviation is what it is; wanted for sensitive inputs.",
                example="Scale class III, 20 kg division",
                source=_PAGE,
            ),
        ),
    ),
    endpoint=Endpoint(
        path="/datapoints",
        query="project_id={project_id}",
        update=UpdateBy.PATCHING,
        fixed=(("project_id", "{project_id}"),),
    ),
    locked=_locked,
    unlocked_by="Put the old value back. A corrected one is a new datapoint: give its row a new "
    "External ID, and name that where it is used.",
    lookalike=("Name", "Value"),
    unit="Unit",
)
