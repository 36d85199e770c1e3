"""Pages of the Isometric API: Relay connections.

Source: the introduction of the published document (docs.isometric.com), section pagination. The
order of lists is not documented; here it is from the oldest to the newest.
"""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Query

from importer.sandbox.documents import Document, Filter, Kind, Window
from importer.sandbox.isometric.errors import refuse_field
from importer.sandbox.isometric.standing import narrow_to_standing
from importer.sandbox.store import Store

_DEFAULT_SIZE = 10

Size = Annotated[int | None, Query(gt=0, le=50)]
Cursor = Annotated[str | None, Query(min_length=1)]


async def read_window(
    first: Size = None, after: Cursor = None, last: Size = None, before: Cursor = None
) -> Window:
    """The page parameters of a request: `first` or `last` up to 50, 10 when left out.

    With both, `first` counts; what the service does then is not documented.
    """
    return Window(
        size=first or last or _DEFAULT_SIZE,
        after=_read_cursor(after, "after"),
        before=_read_cursor(before, "before"),
        backwards=first is None and (last is not None or before is not None),
    )


AskedPage = Annotated[Window, Depends(read_window)]
"""Parameter of an endpoint that lists."""


def list_page(
    store: Store,
    kind: Kind,
    asked: Window,
    render: Callable[[Document], dict[str, Any]] = Document.public,
    *,
    narrowed: Filter | None = None,
) -> dict[str, Any]:
    """The answer of a list: `nodes`, `page_info` and `total_count`."""
    page = store.page(kind, asked, narrow_to_standing(narrowed))
    ends = (page.documents[0], page.documents[-1]) if page.documents else (None, None)
    return {
        "nodes": [render(document) for document in page.documents],
        "page_info": {
            "has_previous_page": page.has_earlier,
            "has_next_page": page.has_later,
            "start_cursor": _write_cursor(ends[0]),
            "end_cursor": _write_cursor(ends[1]),
        },
        "total_count": page.total,
    }


def _write_cursor(document: Document | None) -> str | None:
    if document is None:
        return None
    return base64.urlsafe_b64encode(f"after:{document.number}".encode()).decode()


def _read_cursor(cursor: str | None, name: str) -> int | None:
    if cursor is None:
        return None
    try:
        word, _, number = base64.urlsafe_b64decode(cursor).decode().partition(":")
        if word == "after":
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise refuse_field(("query", name), "value_error", "The cursor is not one of this API")
