"""The storage as the application mounts it.

Source: docs.isometric.com/api-reference/certify/uploading-sources, and the published document
for downloads. There is no call that says an upload is finished: the last byte does.
"""

from fastapi import APIRouter
from starlette.responses import Response

from importer.sandbox.context import Here
from importer.sandbox.documents import Document
from importer.sandbox.downloads import build_download
from importer.sandbox.isometric.kinds import SOURCE
from importer.sandbox.requests import STORAGE_BASE
from importer.sandbox.storage.errors import StorageRefusal, answer_http, answer_refusal
from importer.sandbox.storage.permits import Permit
from importer.sandbox.storage.uploads import Permitted, Uploaded
from importer.sandbox.store import Store

__all__ = ["StorageRefusal", "answer_http", "answer_refusal", "router"]

router = APIRouter(prefix=STORAGE_BASE)


@router.put("/sources/{source_id}")
def keep_document(upload: Uploaded, here: Here) -> Response:
    """Keep the document of a source.

    Raises:
        StorageRefusal: 404, the source is gone; 412, a document is there already, unless it is
            the same and the switch lets it pass.
    """
    permit = upload.permit
    with here.store.transaction():
        source = _read_source(here.store, permit.source_id)
        kept = here.store.blobs.find(SOURCE, source.id)
        if kept is None:
            here.store.blobs.keep(SOURCE, source.id, upload.content)
            here.store.change(SOURCE, source.id, _describe_arrival(permit))
        elif kept != upload.content or here.switches.repeated_upload == "refuse":
            raise StorageRefusal(412, "PreconditionFailed", "The document is there already")
    return Response(status_code=here.switches.upload_status)


@router.get("/sources/{source_id}")
def send_document(permit: Permitted, here: Here) -> Response:
    """Send the document of a source to whom the service gave an address for it."""
    return _send(here.store, _read_source(here.store, permit.source_id))


@router.get("/public/{source_id}")
def send_public_document(source_id: str, here: Here) -> Response:
    """Send the document of a public source to anybody."""
    source = _read_source(here.store, source_id)
    if not source.body["is_public"]:
        raise _refuse_missing(source_id)
    return _send(here.store, source)


def _describe_arrival(permit: Permit) -> dict[str, object]:
    return {
        "_awaited": False,
        "_content_type": permit.content_type,
        "_content_length": permit.content_length,
    }


def _read_source(store: Store, source_id: str) -> Document:
    source = store.find(SOURCE, source_id)
    if source is None:
        raise _refuse_missing(source_id)
    return source


def _send(store: Store, source: Document) -> Response:
    content = store.blobs.find(SOURCE, source.id)
    if content is None:
        raise _refuse_missing(source.id)
    return build_download(
        content, media_type=source.body["_content_type"], file_name=source.body["original_filename"]
    )


def _refuse_missing(source_id: str) -> StorageRefusal:
    return StorageRefusal(404, "NoSuchKey", f"There is no document of {source_id}")
