"""*Entry components*: which components count to a GHG entry, and how much.

Source: docs.isometric.com/api-reference/certify (GET and PATCH
/ghg_entries/{id}/component_attributions)
"""

from collections.abc import Iterator, Mapping

from importer.declare.column import Column, Kind
from importer.declare.definition import Named, Naming
from importer.declare.resource import Companion, Detail, Items, Misfit, Share
from importer.declare.sheet import RowRule, Sheet
from importer.model import problem_kinds
from importer.model.plan import Update
from importer.model.record import Json, Reference, State, Value
from importer.resources.isometric.account import objects, template_components, text

ATTRIBUTIONS = "component_attributions"
"""The member under which the attributions of an entry are put into its answer."""

_SHEET = "Entry components"
_PAGE = "docs.isometric.com/api-reference/certify/patch-removal-components"

Object = Mapping[str, Json]


def name_components(items: Items) -> tuple[Naming, ...]:
    """What the template's components and groups may be called."""
    found = tuple(template_components(items["Template"]))
    components = tuple(
        Named(inner=text(each, "id"), spellings=tuple(component_spellings(group, each)))
        for group, each in found
    )
    groups = {text(group, "key"): group for group in objects(items["Template"].get("groups"))}
    called = tuple(
        Named(inner=key, spellings=(key, text(group, "display_name", "key")))
        for key, group in groups.items()
        if key
    )
    return (
        Naming(sheet=_SHEET, header="Component", things=components, or_record=True),
        Naming(sheet=_SHEET, header="Group", things=called),
    )


def component_spellings(group: Object, component: Object) -> Iterator[str]:
    """A name may occur in two groups; then the group's key in front makes it clear."""
    name, key = text(component, "display_name"), text(group, "key")
    yield text(component, "id")
    if name:
        yield name
    if name and key:
        yield f"{key}: {name}"


def state_attribution(row: Object) -> Json:
    """What a row states: the attribution, or none where the component is to be taken off."""
    if row.get("action") == "detach":
        return None
    return {"attribution": "attached", **{name: row[name] for name in row if name != "action"}}


def read_attributions(body: Object, items: Items) -> Mapping[str, Json]:
    """The attributions of an entry by all that a cell may call a component.

    The template's components are called by what they were made from, others by their External ID,
    and each by its own id.
    """
    del items
    components = {text(each, "id"): each for each in objects(body.get("components"))}
    found: dict[str, Json] = {}
    for each in objects(body.get(ATTRIBUTIONS)):
        own_id = text(each, "component_id")
        component = components.get(own_id, {})
        made_from = text(component, "ghg_entry_template_component_id")
        reference = text(component, "supplier_reference_id")
        found[own_id.casefold()] = _attribution(own_id, each)
        if reference:
            found[reference.casefold()] = _attribution(own_id, each)
        if made_from:
            found[made_from] = _attribution(made_from, each)
    return found


def write_attributions(change: Update, merged: State) -> dict[str, Json]:
    """The body of one PATCH with only what differs; empty where nothing does.

    Adding a component that is attributed already replaces its factor.
    """
    added: list[Json] = []
    removed: list[Json] = []
    for each in change.differences:
        inner = ENTRY_COMPONENTS.inner(each.field)
        if inner is None:
            continue
        wanted = merged.get(each.field)
        if isinstance(wanted, dict):
            added.append(_addition(change.remote.body, wanted))
        else:
            removed.append(find_id(change.remote.body, inner))
    body: dict[str, Json] = {"components_to_add": added, "components_to_remove": removed}
    return {name: ids for name, ids in body.items() if ids}


def stuck_attributions(change: Update) -> Mapping[str, str]:
    """A component of the template that was taken off cannot be found again to be put back."""
    made = {
        text(each, "ghg_entry_template_component_id")
        for each in objects(change.remote.body.get("components"))
    }
    return {
        each.field: "and the entry does not have that component of its template any more"
        for each in change.differences
        if ENTRY_COMPONENTS.inner(each.field) is not None
        and isinstance(each.after, dict)
        and text(each.after, "component").startswith("rtc_")
        and text(each.after, "component") not in made
    }


def misfits(values: Mapping[str, Value]) -> tuple[Misfit, ...]:
    """A component of one's own is attached in a group; one that is taken off has none."""
    is_own = isinstance(values.get("Component"), Reference)
    if values.get("Action") == "detach":
        return tuple(
            Misfit(
                header=header,
                kind=problem_kinds.ROW_DETACHED,
                found=f"a {header} for a component that is to be detached",
                expected="",
            )
            for header in ("Group", "Attribution factor")
            if header in values
        )
    if is_own and "Group" not in values:
        return (
            Misfit(
                header="Group",
                kind=problem_kinds.CELL_REQUIRED,
                found="an empty cell",
                expected="a group of the template, as every component stands in one",
                remedy="Write the name or key of the group.",
            ),
        )
    return ()


def takes_off(values: Mapping[str, Value]) -> bool:
    """Whether a row takes its component off."""
    return values.get("Action") == "detach"


def _attribution(component: str, stored: Object) -> Json:
    return {
        "attribution": "attached",
        "component": component,
        "group": stored.get("component_group_key"),
        "factor": stored.get("attribution_factor"),
    }


def _addition(body: Object, wanted: Object) -> Json:
    """One component to add, with its factor only where one is known."""
    added: dict[str, Json] = {
        "component_id": find_id(body, text(wanted, "component")),
        "component_group_key": wanted.get("group"),
    }
    if wanted.get("factor") is not None:
        added["attribution_factor"] = wanted["factor"]
    return added


def find_id(body: Object, called: str) -> str:
    """The component's own id, by whatever it is called; what the entry does not have yet is
    called by it."""
    for each in objects(body.get("components")):
        names = (
            text(each, "ghg_entry_template_component_id"),
            text(each, "supplier_reference_id").casefold(),
            text(each, "id").casefold(),
        )
        if called and called in (*names, text(each, "id")):
            return text(each, "id")
    return called


ATTRIBUTION_LIST = Companion(
    name=ATTRIBUTIONS, path="/ghg_entries/{id}/component_attributions", detail=_SHEET
)

ENTRY_COMPONENTS = Detail(
    sheet=Sheet(
        name=_SHEET,
        unique=("Entry", "Component"),
        about="One component that an entry has beside those of its template, or that it is to "
        "have no more.",
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
                kind=Kind.REFERENCE,
                to="component",
                field="component",
                required=True,
                about="External ID of a row on the sheet Components, an id (cmp_…), or the name "
                "of a component of the entry's template.",
                example="NB-2025-10-DRYER",
                source=_PAGE,
            ),
            Column(
                header="Action",
                kind=Kind.CHOICE,
                field="action",
                choices=("attach", "detach"),
                about="Whether the component counts to the entry (attach; also if blank) or is "
                "taken off it (detach). One of the template that was taken off cannot be put "
                "back.",
                example="attach",
                source=_PAGE,
            ),
            Column(
                header="Group",
                kind=Kind.TEXT,
                field="group",
                about="Name or key of the template's group that the component stands in. "
                "A component of your own needs one.",
                example="Pyrolysis",
                source=_PAGE,
            ),
            Column(
                header="Attribution factor",
                kind=Kind.PERCENTAGE,
                field="factor",
                at_most=1,
                about="Share of the component that counts to the entry, above 0 and up to 1; "
                "a new one counts in full if blank. Over all entries a component counts once.",
                example="0.5",
                source=_PAGE,
            ),
        ),
        rules=(
            RowRule(
                headers=("Attribution factor",),
                holds=lambda factor: bool(factor > 0),
                kind=problem_kinds.CELL_RANGE,
                expected="a number above 0 and up to 1",
            ),
        ),
    ),
    parent="Entry",
    field=ATTRIBUTIONS,
    keys=("Component",),
    read=read_attributions,
    state=state_attribution,
    misfits=misfits,
    takes_off=takes_off,
    afterwards=True,
    share=Share(of="component", amount="Attribution factor"),
    identify=find_id,
    on_request="components",
)
