"""The tables of the documents, from the declarations: what each column takes."""

from collections.abc import Iterable

from importer.declare.catalog import Catalog, name_extra
from importer.declare.column import Column, Kind
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet


def render_columns(catalog: Catalog) -> str:
    """Every sheet with its columns, in Markdown."""
    pages = (_sheet(sheet, each) for each in catalog.resources for sheet in each.sheets)
    return "\n\n".join(pages) + "\n"


def _sheet(sheet: Sheet, resource: Resource) -> str:
    request = f" On request: `importer template --with {name_extra(resource)}`."
    lines = [
        f"### {sheet.name}",
        "",
        sheet.about + (request if resource.on_request else ""),
        "",
        "| column | kind | allowed | what it is |",
        "|---|---|---|---|",
        *(_row(column) for column in sheet.columns),
    ]
    return "\n".join(lines)


def _row(column: Column) -> str:
    title = column.title.replace("*", "\\*")
    allowed = "; ".join(_limits(column))
    return f"| {title} | {_kind(column)} | {allowed} | {column.about} |"


def _kind(column: Column) -> str:
    if column.kind in (Kind.REFERENCE, Kind.REFERENCES):
        return f"{column.kind.value} to {column.to.replace('-', ' ')}"
    return str(column.kind.value)


def _limits(column: Column) -> Iterable[str]:
    if column.choices:
        yield "one of " + ", ".join(column.choices)
    if column.longest is not None:
        yield f"at most {column.longest} characters"
    if column.pattern_says:
        yield column.pattern_says
    if column.at_least is not None:
        yield f"at least {column.at_least:g}"
    if column.at_most is not None:
        yield f"at most {column.at_most:g}"
    if column.not_in_future:
        yield "not in the future"
    if column.create_only:
        yield "set once"
    if column.clearable:
        yield "`(clear)` empties it"
    if column.aliases:
        yield f"also found as {', '.join(column.aliases)}"
    if not column.available:
        yield "not sent yet"
