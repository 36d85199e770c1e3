"""Documents that still stand: what is deleted is kept, and nobody sees it any more.

Source: the published document (docs.isometric.com) has DELETE with 204. Whether a
`supplier_reference_id` is free again after it is not published; see the switch.
"""

from collections.abc import Mapping
from dataclasses import replace

from importer.sandbox.context import Context
from importer.sandbox.documents import Document, Filter, Kind
from importer.sandbox.moments import write_moment
from importer.sandbox.store import Store

_MARK = "_deleted_at"
_NOT_DELETED: Mapping[str, object] = {_MARK: None}


def delete(here: Context, kind: Kind, document: Document) -> None:
    """Let a document be seen no more."""
    kept = document.reference if here.switches.deleted_keeps_reference else None
    marked = {**document.body, _MARK: write_moment(here.clock())}
    here.store.replace(kind, marked, reference=kept)


def find_standing(store: Store, kind: Kind, document_id: str) -> Document | None:
    """The document with this id, if there is one that was not deleted."""
    document = store.find(kind, document_id)
    return None if document is None or document.body.get(_MARK) is not None else document


def select_standing(
    store: Store, kind: Kind, narrowed: Filter | None = None
) -> tuple[Document, ...]:
    """All documents that fit and were not deleted, oldest first."""
    return store.select(kind, narrow_to_standing(narrowed))


def narrow_to_standing(narrowed: Filter | None) -> Filter:
    """A filter that lets nothing deleted through."""
    asked = narrowed or Filter()
    return replace(asked, equal={**asked.equal, **_NOT_DELETED})
