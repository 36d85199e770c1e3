"""How the Cula API names resources: by id, by `ext-` and external id, by reference object."""

from importer.sandbox.cula.errors import Refusal
from importer.sandbox.documents import Document, Kind
from importer.sandbox.store import Store

EXTERNAL = "ext-"


def find_by_path(store: Store, kind: Kind, key: str) -> Document | None:
    """The resource that a path names by its id, or by `ext-` and its external id, if it exists.

    Source: docs.cula.tech/upcoming/concepts/resource-identity.
    """
    if key.startswith(EXTERNAL):
        return store.find_by_reference(kind, key.removeprefix(EXTERNAL))
    return store.find(kind, key)


def read_by_path(store: Store, kind: Kind, key: str) -> Document:
    """The resource that a path names.

    Raises:
        Refusal: 404, there is none.
    """
    document = find_by_path(store, kind, key)
    if document is None:
        raise Refusal.not_found(kind.type, key)
    return document
