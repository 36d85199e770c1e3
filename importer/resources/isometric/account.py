"""What an Isometric account defines and rows only name: templates, blueprints, feedstock types.

Source: docs.isometric.com/api-reference/certify
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from importer.declare.definition import Definition, Item
from importer.model.record import Json


def _texts(*values: Json) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str) and value)


def _feedstock_spellings(item: Item) -> tuple[str, ...]:
    return _texts(item.get("id"), item.get("supplier_reference_id"), item.get("name"))


def _template_spellings(item: Item) -> tuple[str, ...]:
    return _texts(item.get("id"), item.get("supplier_reference_id"), item.get("display_name"))


def _blueprint_spellings(item: Item) -> tuple[str, ...]:
    return _texts(item.get("key"), item.get("display_name"))


def objects(value: Json) -> tuple[Mapping[str, Json], ...]:
    """The objects of a list; empty for anything else."""
    return (
        tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()
    )


def text(thing: Mapping[str, Json], *names: str) -> str:
    """The first of these members that is a text and not blank; empty where none is."""
    return next(iter(_texts(*(thing.get(name) for name in names))), "")


def template_components(
    template: Item,
) -> Iterator[tuple[Mapping[str, Json], Mapping[str, Json]]]:
    """Each component of a template that has an id, with the group that it stands in."""
    for group in objects(template.get("groups")):
        for component in objects(group.get("components")):
            if text(component, "id"):
                yield group, component


def _blueprint_paths(template: Item) -> Mapping[str, str]:
    """A template says neither shape nor unit of its inputs; the blueprints do."""
    components = (component for _, component in template_components(template))
    keys = {text(component, "blueprint_key") for component in components} - {""}
    return {
        blueprint_part(key): f"/component_blueprints/{quote(key, safe='')}" for key in sorted(keys)
    }


def blueprint_part(key: str) -> str:
    """The name under which a blueprint lies in its template."""
    return f"blueprint {key}"


FEEDSTOCK_TYPE = Definition(
    name="feedstock-type",
    title="feedstock type",
    service="isometric",
    path="/feedstock_types",
    spellings=_feedstock_spellings,
)

ENTRY_TEMPLATE = Definition(
    name="ghg-entry-template",
    title="GHG entry template",
    service="isometric",
    path="/projects/{project_id}/ghg_entry_templates",
    spellings=_template_spellings,
    parts=_blueprint_paths,
)

COMPONENT_BLUEPRINT = Definition(
    name="component-blueprint",
    title="component blueprint",
    service="isometric",
    path="/component_blueprints",
    identity="key",
    spellings=_blueprint_spellings,
)
