"""*Entries* with *Entry inputs* and *Entry components*: GHG entries made from a template.

Source: docs.isometric.com/api-reference/certify/post-ghg-entry
"""

from collections.abc import Mapping
from dataclasses import replace

from importer.declare.column import Column, Kind
from importer.declare.definition import Defined
from importer.declare.resource import (
    Companion,
    Detail,
    Endpoint,
    Items,
    Misfit,
    Resource,
    ResultColumn,
    UpdateBy,
)
from importer.declare.sheet import RowRule, Sheet
from importer.model import problem_kinds
from importer.model.plan import Update
from importer.model.record import Json
from importer.resources.isometric.entry_component import (
    ATTRIBUTION_LIST,
    ENTRY_COMPONENTS,
    name_components,
    stuck_attributions,
)
from importer.resources.isometric.reference import ID_LENGTHS, reference_column
from importer.resources.isometric.template_input import (
    INPUTS_MEMBER,
    define_inputs,
    observe_template,
    read_inputs,
    stuck_inputs,
    update_entry,
    write_inputs,
)

_PAGE = "docs.isometric.com/api-reference/certify/post-ghg-entry"


def _define(items: Items) -> Defined:
    """What the template asks for, and what it calls its components and groups."""
    return replace(define_inputs(items), naming=name_components(items))


def _stuck(change: Update) -> Mapping[str, str]:
    return {**stuck_inputs(change), **stuck_attributions(change)}


def _negative_net(answer: Mapping[str, Json]) -> tuple[Misfit, ...]:
    """Integrators saw incomplete entries accepted and come out negative."""
    net = answer.get("co2e_net_removed_kg")
    is_number = isinstance(net, int | float) and not isinstance(net, bool)
    if answer.get("credit_type") != "REMOVAL" or not is_number or float(str(net)) >= 0:
        return ()
    return (
        Misfit(
            header="External ID",
            kind=problem_kinds.ROW_NEGATIVE_NET,
            found=f"a net removal of {net} kg CO2e",
            expected="",
        ),
    )


ENTRY_INPUTS = Detail(
    sheet=Sheet(
        name="Entry inputs",
        unique=("Entry", "Component", "Input"),
        about="The datapoints for one input of an entry's template.",
        columns=(
            Column(
                header="Entry",
                kind=Kind.REFERENCE,
                to="ghg-entry",
                required=True,
                about="External ID of a row on the sheet Entries.",
                example="NB-2025-10-BATCH-1",
            ),
            Column(
                header="Component",
                kind=Kind.TEXT,
                required=True,
                about="Name of the component in the template, or its id (rtc_…). Where a name "
                "occurs twice, write the group in front, such as “pyrolysis: Grid electricity”.",
                example="Biochar carbon stored",
            ),
            Column(
                header="Input",
                kind=Kind.TEXT,
                required=True,
                about="Name or key of the monitored input. Every monitored input of the template "
                "needs a row.",
                example="biochar_mass",
            ),
            Column(
                header="Datapoints",
                kind=Kind.DEFINED,
                required=True,
                about="External ID of the datapoint; several, parted by semicolons, where the "
                "input takes a list.",
                example="NB-2025-10-BIOCHAR-MASS",
            ),
        ),
    ),
    parent="Entry",
    field=INPUTS_MEMBER,
    keys=("Component", "Input"),
    value="Datapoints",
    write=write_inputs,
    read=read_inputs,
)

ENTRY = Resource(
    name="ghg-entry",
    title="GHG entry",
    service="isometric",
    key_space="isometric",
    id_prefix="rmv_",
    id_lengths=ID_LENGTHS,
    sheet=Sheet(
        name="Entries",
        unique=("External ID",),
        about="One GHG entry, such as a production batch, made from a GHG entry template.",
        columns=(
            reference_column("entry", example="NB-2025-10-BATCH-1"),
            Column(
                header="Template",
                kind=Kind.REFERENCE,
                to="ghg-entry-template",
                field="ghg_entry_template_id",
                required=True,
                create_only=True,
                about="Name of the GHG entry template in Certify, or its id (rvt_…).",
                example="Biochar production batch",
                source=_PAGE,
            ),
            Column(
                header="Started on",
                aliases=("Start date",),
                kind=Kind.DATE,
                field="started_on",
                required=True,
                about="First day of the activities.",
                example="2025-10-01",
                source=_PAGE,
            ),
            Column(
                header="Completed on",
                aliases=("Completion date", "End date"),
                kind=Kind.DATE,
                field="completed_on",
                required=True,
                not_in_future=True,
                about="Last day of the activities; it decides the statement that the entry "
                "falls into.",
                example="2025-10-15",
                source=_PAGE,
            ),
            Column(
                header="Feedstock type",
                kind=Kind.REFERENCE,
                to="feedstock-type",
                field="feedstock_type_id",
                about="Name, reference or id (ftt_…) of a feedstock type in Certify, or the "
                "External ID of a row on the sheet Feedstock types.",
                example="Spruce forest residues",
                source=_PAGE,
            ),
        ),
        rules=(
            RowRule(
                headers=("Started on", "Completed on"),
                holds=lambda start, end: bool(start <= end),
                kind=problem_kinds.ROW_ORDER,
                expected="a Completed on at or after the Started on",
            ),
        ),
    ),
    endpoint=Endpoint(
        path="/ghg_entries",
        update=UpdateBy.PATCHING,
        fixed=(("project_id", "{project_id}"),),
        companions=(
            Companion(name="components", path="/components?ghg_entry_id={id}"),
            ATTRIBUTION_LIST,
        ),
    ),
    details=(ENTRY_INPUTS, ENTRY_COMPONENTS),
    defined_by="Template",
    define=_define,
    observe=observe_template,
    updates=update_entry,
    stuck=_stuck,
    warnings=_negative_net,
    results=(
        ResultColumn(header="Net removed (kg CO2e)", field="co2e_net_removed_kg"),
        ResultColumn(
            header="Before discount (kg CO2e)", field="co2e_net_removed_without_discount_kg"
        ),
        ResultColumn(
            header="Net standard deviation (kg CO2e)",
            field="co2e_net_removed_standard_deviation_kg",
        ),
        ResultColumn(
            header="Buffer pool (kg CO2e)", field="credit_allocation.buffer_pool_contribution_kg"
        ),
    ),
)
