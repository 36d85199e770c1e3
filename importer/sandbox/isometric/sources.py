"""Sources: documents that prove datapoints.

Source: the published document and docs.isometric.com/api-reference/certify/uploading-sources.
DELETE is not part of the twin, and no source of type WEBSITE can be made over the API.
"""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from importer.sandbox.context import Context, Here
from importer.sandbox.documents import Document, Filter
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.account import PathId
from importer.sandbox.isometric.addresses import BaseUrl, render_source, sign_address
from importer.sandbox.isometric.announcements import (
    Announcement,
    Flag,
    NewSource,
    check_announcement,
    check_file_name,
    check_renewal,
)
from importer.sandbox.isometric.bodies import (
    Day,
    DisplayName,
    Id,
    NotNull,
    Patch,
    SupplierReference,
)
from importer.sandbox.isometric.errors import (
    read_by_path,
    refuse_rule,
    refuse_unknown_keys,
    require_known,
)
from importer.sandbox.isometric.kinds import PROJECT, SOURCE
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.isometric.references import insert_referenced, replace_referenced

router = APIRouter(prefix="/sources")


class SourcePatch(Patch):
    """What PATCH takes: everything but the document; null takes the description away."""

    display_name: Annotated[DisplayName | None, NotNull] = None
    description: str | None = None
    is_public: Annotated[Flag | None, NotNull] = None
    published_at: Annotated[Day | None, NotNull] = None
    supplier_reference_id: Annotated[SupplierReference | None, NotNull] = None


@router.post("")
def create_source(body: NewSource, here: Here, base_url: BaseUrl) -> dict[str, Any]:
    """Make a source, and give the address to which its document goes.

    Raises:
        HTTPException: 400 for an unknown project or a document of an unwelcome kind; the
            switch's status for a reference in use.
    """
    refuse_unknown_keys(body, here.switches)
    require_known(here.store, PROJECT, [body.project_id])
    check_announcement(body, here.switches)
    check_file_name(body, here.switches)
    source = insert_referenced(here, SOURCE, _build_source(body))
    return {
        "signed_upload_url": sign_address(here, source, "PUT", base_url, announced=body),
        "source": render_source(source, here, base_url),
    }


@router.get("")
def list_sources(
    *,
    asked: AskedPage,
    here: Here,
    base_url: BaseUrl,
    supplier_reference_id: Annotated[SupplierReference | None, Query()] = None,
    project_id: Annotated[Id | None, Query()] = None,
) -> dict[str, Any]:
    """A page of sources."""
    narrowed = Filter(
        reference=supplier_reference_id,
        equal={} if project_id is None else {"project_id": project_id},
    )
    return list_page(
        here.store,
        SOURCE,
        asked,
        lambda source: render_source(source, here, base_url),
        narrowed=narrowed,
    )


@router.get("/{source_id}")
def read_source(source_id: PathId, here: Here, base_url: BaseUrl) -> dict[str, Any]:
    """One source."""
    return render_source(_read(here, source_id), here, base_url)


@router.patch("/{source_id}")
def change_source(
    source_id: PathId, body: SourcePatch, here: Here, base_url: BaseUrl
) -> dict[str, Any]:
    """Change what is said about a document; the document itself stays.

    Raises:
        HTTPException: The switch's status for a reference in use.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        old = _read(here, source_id)
        new = replace_referenced(here, SOURCE, {**old.body, **body.changes()})
        return render_source(new, here, base_url)


@router.post("/{source_id}/signed_upload_url")
def renew_upload_address(
    source_id: PathId, body: Announcement, here: Here, base_url: BaseUrl
) -> str:
    """A fresh address for a document that has not arrived.

    Raises:
        HTTPException: 409, it has arrived (documented); 400, another document is announced.
    """
    refuse_unknown_keys(body, here.switches)
    source = _read(here, source_id)
    if not source.body["_awaited"]:
        raise HTTPException(409, f"The document of source '{source.id}' is already uploaded")
    check_announcement(body, here.switches)
    check_renewal(body, source, here.switches)
    return sign_address(here, source, "PUT", base_url, announced=body)


@router.get("/{source_id}/private_url")
def read_private_address(source_id: PathId, here: Here, base_url: BaseUrl) -> str:
    """A short-lived address to download a private document from.

    Raises:
        HTTPException: 400, `url_info` does not say that it is accessible. That it fails is
            documented, the status is not.
    """
    source = _read(here, source_id)
    info = render_source(source, here, base_url)["url_info"] or {}
    if not info.get("is_accessible"):
        raise refuse_rule(f"Source '{source.id}' has no private URL")
    return sign_address(here, source, "GET", base_url)


def _build_source(body: NewSource) -> dict[str, Any]:
    return {
        "id": make_isometric_id("src"),
        "project_id": body.project_id,
        "supplier_reference_id": body.supplier_reference_id,
        "display_name": body.display_name,
        "description": body.description,
        "original_filename": body.file_name,
        "type": "DOCUMENT",
        "is_public": body.is_public,
        "published_at": body.published_at,
        "_content_type": body.content_type,
        "_content_length": body.content_length,
        "_awaited": True,
    }


def _read(here: Context, source_id: str) -> Document:
    return read_by_path(here.store, SOURCE, source_id, here.switches)
