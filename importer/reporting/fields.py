"""The table of what goes where on the wire, from the declarations."""

from collections.abc import Iterable

from importer.declare.catalog import Catalog
from importer.declare.column import Column
from importer.declare.resource import Resource


def render_fields(catalog: Catalog) -> str:
    """Resource, column, field, calls, and the public source of each fact, in Markdown."""
    head = (
        "| resource | column | field | create | update | read | source |",
        "|---|---|---|---|---|---|---|",
    )
    rows = (
        _row(resource, column)
        for resource in catalog.resources
        for column in _sent_columns(resource)
    )
    return "\n".join((*head, *rows)) + "\n"


def _sent_columns(resource: Resource) -> Iterable[Column]:
    for sheet in resource.sheets:
        yield from (column for column in sheet.columns if column.field)


def _row(resource: Resource, column: Column) -> str:
    path, submission = resource.endpoint.path, resource.submission
    create = f"POST {path}"
    update = "set once" if column.create_only else f"{resource.endpoint.update.value} {path}/{{id}}"
    if submission is not None and column.header in submission.again:
        create, update = f"POST {submission.path}", "with each submission"
    read = "not shown" if column.untold else f"GET {path}"
    cells = (
        resource.title,
        column.header,
        f"`{column.field}`",
        create,
        update,
        read,
        column.source,
    )
    return f"| {' | '.join(cells)} |"
