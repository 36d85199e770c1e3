"""*Components* with *Component inputs*: parts of an entry that no template makes.

Source: docs.isometric.com/api-reference/certify (POST and PATCH /components)
"""

from collections.abc import Mapping

from importer.declare.column import Column, Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Detail, Endpoint, Items, Resource, UpdateBy
from importer.declare.sheet import RowRule, Sheet
from importer.model import problem_kinds
from importer.model.record import Json
from importer.resources.isometric.account import text
from importer.resources.isometric.binding import bind, bound_inputs, input_column, keyed_inputs
from importer.resources.isometric.reference import ID_LENGTHS, reference_column

_PAGE = "docs.isometric.com/api-reference/certify/post-component"


def define_inputs(items: Items) -> Defined:
    """One field for each input of the blueprint: nothing is inherited, so all are required."""
    blueprint = items["Blueprint"]
    inputs = keyed_inputs(blueprint)
    fields = tuple(
        DefinedField(
            inner=text(each, "input_key"),
            spellings=((text(each, "input_key"),),),
            column=input_column(text(each, "input_key"), each),
        )
        for each in inputs
    )
    unreadable = (
        f"an input whose shape cannot be read ({text(each, 'input_key')})"
        for each in inputs
        if each.get("data_shape") not in ("SCALAR", "LIST")
    )
    return Defined(fields=fields, flaws=tuple(unreadable))


def write_inputs(values: Mapping[str, Json], items: Items) -> Json:
    """The `inputs` of a component; a change replaces the whole list."""
    del items
    return [bind(key, value) for key, value in values.items()]


def read_inputs(body: Mapping[str, Json], items: Items) -> Mapping[str, Json]:
    """What is bound to the inputs of a stored component."""
    del items
    return bound_inputs(body)


def shape_create(body: Mapping[str, Json]) -> dict[str, Json]:
    """A create calls the blueprint by another name than the record does."""
    renamed = dict(body)
    renamed["component_blueprint_key"] = renamed.pop("blueprint_key")
    return renamed


COMPONENT_INPUTS = Detail(
    sheet=Sheet(
        name="Component inputs",
        unique=("Component", "Input"),
        about="The datapoints for one input of a component's blueprint.",
        columns=(
            Column(
                header="Component",
                kind=Kind.REFERENCE,
                to="component",
                required=True,
                about="External ID of a row on the sheet Components.",
                example="NB-2025-10-DRYER",
            ),
            Column(
                header="Input",
                kind=Kind.TEXT,
                required=True,
                about="Key of the input in the blueprint. Every input needs a row.",
                example="electricity",
            ),
            Column(
                header="Datapoints",
                kind=Kind.DEFINED,
                required=True,
                about="External ID of the datapoint; several, parted by semicolons, where the "
                "input takes a list.",
                example="NB-2025-10-DRYER-KWH",
            ),
        ),
    ),
    parent="Component",
    field="inputs",
    keys=("Input",),
    value="Datapoints",
    write=write_inputs,
    read=read_inputs,
)

COMPONENT = Resource(
    name="component",
    title="component",
    service="isometric",
    key_space="isometric",
    id_prefix="cmp_",
    id_lengths=ID_LENGTHS,
    on_request=True,
    counted_by="Entry components",
    made_from="ghg_entry_template_component_id",
    sheet=Sheet(
        name="Components",
        unique=("External ID",),
        about="A part of an entry that its template does not have, made from a blueprint. "
        "The sheet Entry components says to which entries it counts.",
        columns=(
            reference_column("component", example="NB-2025-10-DRYER"),
            Column(
                header="Blueprint",
                kind=Kind.REFERENCE,
                to="component-blueprint",
                field="blueprint_key",
                required=True,
                create_only=True,
                about="Name or key of the component blueprint in Certify.",
                example="Electricity use",
                source=_PAGE,
            ),
            Column(
                header="Name",
                kind=Kind.TEXT,
                field="display_name",
                required=True,
                longest=100,
                about="What the component is. It becomes public when credits are issued.",
                example="Belt dryer",
                source=_PAGE,
            ),
            Column(
                header="Activity started at",
                aliases=("Start of activity",),
                kind=Kind.MOMENT,
                field="activity_started_at",
                required=True,
                create_only=True,
                about="When the activity began. It cannot be changed later.",
                example="2025-10-01 00:00",
                source=_PAGE,
            ),
            Column(
                header="Activity completed at",
                aliases=("End of activity",),
                kind=Kind.MOMENT,
                field="activity_completed_at",
                required=True,
                create_only=True,
                about="When the activity was over. It cannot be changed later.",
                example="2025-10-15 23:59",
                source=_PAGE,
            ),
            Column(
                header="Description",
                kind=Kind.TEXT,
                field="description",
                about="What else a verifier should know of it.",
                example="Rented from 1 to 15 October",
                source=_PAGE,
            ),
        ),
        rules=(
            RowRule(
                headers=("Activity started at", "Activity completed at"),
                holds=lambda start, end: bool(start <= end),
                kind=problem_kinds.ROW_ORDER,
                expected="an Activity completed at that is not before the Activity started at",
            ),
        ),
    ),
    endpoint=Endpoint(
        path="/components",
        query="project_id={project_id}",
        update=UpdateBy.PATCHING,
        fixed=(("project_id", "{project_id}"),),
    ),
    details=(COMPONENT_INPUTS,),
    defined_by="Blueprint",
    define=define_inputs,
    shape_create=shape_create,
)
