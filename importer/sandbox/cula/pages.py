"""Pages of the Cula API.

Source: docs.cula.tech/upcoming/technical-reference/pagination-and-filtering. That the list runs
from the oldest to the newest is ours; the order is not documented.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query

from importer.sandbox.cula.errors import Detail, Refusal
from importer.sandbox.documents import Document, Filter, Kind, Window
from importer.sandbox.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuery:
    """What a client asks for: at most `limit` resources after the one with this id."""

    limit: int
    starting_after: str | None


async def read_page_query(
    limit: Annotated[int, Query(ge=1, le=50)] = 10, starting_after: str | None = None
) -> PageQuery:
    """The page parameters of a request: `limit` 1 to 50, 10 when left out."""
    return PageQuery(limit=limit, starting_after=starting_after)


AskedPage = Annotated[PageQuery, Depends(read_page_query)]
"""Parameter of an endpoint that lists."""


def list_page(
    store: Store,
    kind: Kind,
    asked: PageQuery,
    render: Callable[[Document], dict[str, Any]],
    *,
    narrowed: Filter | None = None,
) -> dict[str, Any]:
    """The answer of a list: `data` and `pagination`; cursors are plain resource ids.

    Raises:
        Refusal: 400 when the cursor is not the id of such a resource.
    """
    window = Window(size=asked.limit, after=_find_start(store, kind, asked.starting_after))
    page = store.page(kind, window, narrowed)
    return {
        "data": [render(document) for document in page.documents],
        "pagination": {
            "starting_after": asked.starting_after,
            "limit": asked.limit,
            "has_more": page.has_later,
            "next_cursor": page.documents[-1].id if page.has_later else None,
        },
    }


def _find_start(store: Store, kind: Kind, cursor: str | None) -> int | None:
    if cursor is None:
        return None
    document = store.find(kind, cursor)
    if document is None:
        message = f"Unknown cursor {cursor!r}"
        detail = Detail(code="not_found", param="starting_after", message=message)
        raise Refusal.invalid([detail], status=400)
    return document.number
