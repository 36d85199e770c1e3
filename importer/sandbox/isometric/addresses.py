"""Where the documents behind sources are, and what a source says about that.

Source: schemas Source, SourcePublicUrlInfo and SourcePrivateUrlInfo of the published document.
That a public document has its public address at once, and not only when credits are issued, is
ours: the twin issues none.
"""

from typing import Annotated, Any, Literal

from fastapi import Depends, Request

from importer.sandbox.context import Context
from importer.sandbox.documents import Document
from importer.sandbox.isometric.announcements import Announcement
from importer.sandbox.requests import STORAGE_BASE
from importer.sandbox.storage.permits import Permit, find_key


async def read_base_url(request: Request) -> str:
    """The address of the server as the client wrote it, without a slash at the end."""
    return str(request.base_url).rstrip("/")


BaseUrl = Annotated[str, Depends(read_base_url)]
"""Parameter of an endpoint that answers with addresses."""


def sign_address(
    here: Context,
    source: Document,
    method: Literal["GET", "PUT"],
    base_url: str,
    *,
    announced: Announcement | None = None,
) -> str:
    """A signed address for the document of a source; without `announced`, as it was made."""
    body = source.body
    permit = Permit(
        method=method,
        source_id=source.id,
        content_type=announced.content_type if announced else body["_content_type"],
        content_length=announced.content_length if announced else body["_content_length"],
        expires=int(here.clock().timestamp()) + here.switches.signed_address_seconds,
    )
    return base_url + permit.sign(find_key(here.store.identity))


def render_source(source: Document, here: Context, base_url: str) -> dict[str, Any]:
    """A source as the service shows it."""
    is_hidden = source.body["_awaited"] and here.switches.original_filename == "at-upload"
    return {
        **source.public(),
        "original_filename": None if is_hidden else source.body["original_filename"],
        "url_info": _render_place(source, here, base_url),
    }


def _render_place(source: Document, here: Context, base_url: str) -> dict[str, Any] | None:
    if source.body["_awaited"]:
        if here.switches.url_info_before_upload == "null":
            return None
        return {"__typename": "SourcePrivateUrlInfo", "is_accessible": False}
    if source.body["is_public"]:
        url = f"{base_url}{STORAGE_BASE}/public/{source.id}"
        return {"__typename": "SourcePublicUrlInfo", "url": url}
    return {"__typename": "SourcePrivateUrlInfo", "is_accessible": True}
