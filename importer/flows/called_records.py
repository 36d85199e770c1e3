"""What the services hold of records that cells may call by name."""

from collections.abc import Container, Iterable, Mapping, Sequence

from importer.checking.record_names import Called, find_called, may_be_key
from importer.declare.definition import Item
from importer.declare.resource import Resource
from importer.flows.existing import Body, Existing
from importer.planning.wire import find_member


def find_bodies(
    existing: Existing, resource: Resource, texts: Sequence[str], rows: Container[str]
) -> Mapping[str, Sequence[Body]]:
    """The records that texts mean by external id or, where none has that, by name.

    The whole list is read only for a text that no record has as its external id.
    rows: those that are an external id of a row of the workbook, in small letters, whatever is
        called by it elsewhere.
    """
    if not resource.called_by:
        return existing.find(resource, texts)
    listing = existing.listing(resource)
    by_name = [each for each in texts if each.casefold() not in rows]
    if not all(may_be_key(resource, each) for each in by_name):
        listing.read_all()
    found = dict(listing.find(texts))
    open_names = [each for each in by_name if not found[each]]
    if open_names:
        bodies = {str(each.get("id", "")): each for each in listing.read_all()}
        called = read_called(resource, bodies.values())
        for text in open_names:
            found[text] = [bodies[each.id] for each in find_called(resource, called, text)]
    return found


def read_called(resource: Resource, bodies: Iterable[Body]) -> tuple[Called, ...]:
    """What the records of a list are called; one without an id is none."""
    name_field = resource.sheet.column(resource.called_by).field
    return tuple(
        Called(
            id=str(body["id"]),
            key=_text_at(body, resource.key_column.field),
            name=_text_at(body, name_field),
        )
        for body in bodies
        if isinstance(body.get("id"), str)
    )


def _text_at(body: Body, field: str) -> str:
    _, value = find_member(body, field)
    return value if isinstance(value, str) else ""


def save_called(called: Iterable[Called]) -> tuple[Item, ...]:
    """The records as they lie in a template that offers them."""
    return tuple({"id": each.id, "key": each.key, "name": each.name} for each in called)


def restore_called(items: Iterable[Item]) -> tuple[Called, ...]:
    """The records as a template had them."""
    return tuple(
        Called(id=str(each["id"]), key=_text_at(each, "key"), name=_text_at(each, "name"))
        for each in items
    )
