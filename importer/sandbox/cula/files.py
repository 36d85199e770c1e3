"""Files: evidence that logs link to.

Source: docs.cula.tech/upcoming-api-reference/files; 30 MiB is documented, that more of it is 413
is inferred. The download is documented for an older generation (docs.cula.tech/api-reference/
files/download-a-file). The same file again is another file: there is no external id, and no
search for doubles was seen.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from importer.sandbox.context import Here
from importer.sandbox.cula.errors import Detail, Refusal
from importer.sandbox.cula.kinds import FILE, SITE
from importer.sandbox.cula.pages import AskedPage, list_page
from importer.sandbox.cula.references import find_by_path
from importer.sandbox.documents import Document
from importer.sandbox.downloads import build_download
from importer.sandbox.identity import make_cula_id
from importer.sandbox.moments import write_moment

router = APIRouter(prefix="/files")

_FIELDS = ("file", "site")
_NAMELESS_TYPE = "application/octet-stream"
"""Media type of a part that names none. Not documented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came: any media type will do, and comes back to the letter."""

    name: str
    media_type: str
    content: bytes


async def refuse_unknown_fields(request: Request, here: Here) -> None:
    """Refuse fields that the form does not have, such as `external_id` of an older generation.

    Raises:
        Refusal: 422, there are some, and the switch says to refuse them.
    """
    form = await request.form()
    unknown = [
        Detail(code="unknown_member", param=name, message="There is no such field")
        for name in form
        if name not in _FIELDS
    ]
    if unknown and here.switches.unknown_keys == "refuse":
        raise Refusal.invalid(unknown)


async def read_upload(file: UploadFile, here: Here) -> Upload:
    """The file that a form brings.

    Raises:
        Refusal: 413, it is too large; 422, it has no name or, as the switch says, no bytes.
    """
    if (file.size or 0) > here.switches.max_file_bytes:
        message = f"The file is above {here.switches.max_file_bytes} bytes"
        raise Refusal(413, "validation_error", "payload_too_large", message, param="file")
    if not file.filename:
        raise _refuse("file", "missing_name", "The file has no name")
    if not file.size and here.switches.empty_documents == "refuse":
        raise _refuse("file", "empty", "The file has no bytes")
    return Upload(
        name=file.filename,
        media_type=file.content_type or _NAMELESS_TYPE,
        content=await file.read(),
    )


@router.post("", status_code=201, dependencies=[Depends(refuse_unknown_fields)])
def create_file(
    upload: Annotated[Upload, Depends(read_upload)], site: Annotated[str, Form()], here: Here
) -> dict[str, Any]:
    """Keep a file of a site, which is named by its id or by `ext-` and its external id.

    Raises:
        Refusal: 422, there is no such site.
    """
    owner = find_by_path(here.store, SITE, site)
    if owner is None:
        raise _refuse("site", "not_found", f"There is no site {site!r}")
    now = here.clock()
    body = {
        "id": make_cula_id("fil", now),
        "file_name": upload.name,
        "file_size_bytes": len(upload.content),
        "mime_type": upload.media_type,
        "site": {"id": owner.id, "external_id": owner.reference},
        "created_at": write_moment(now),
    }
    with here.store.transaction():
        file = here.store.insert(FILE, body)
        here.store.blobs.keep(FILE, file.id, upload.content)
    return file.public()


@router.get("")
def list_files(asked: AskedPage, here: Here) -> dict[str, Any]:
    """A page of files. No filters are documented."""
    return list_page(here.store, FILE, asked, Document.public)


@router.get("/{file_id}")
def read_file(file_id: str, here: Here) -> dict[str, Any]:
    """What is known about a file; there is no checksum."""
    return _read(here, file_id).public()


@router.get("/{file_id}/download")
def download_file(file_id: str, here: Here) -> Response:
    """The bytes of a file.

    Raises:
        HTTPException: 404, the switch says that there is no such path.
    """
    if here.switches.file_download == "missing":
        raise HTTPException(404)
    file = _read(here, file_id)
    return build_download(
        here.store.blobs.read(FILE, file.id),
        media_type=file.body["mime_type"],
        file_name=file.body["file_name"],
    )


def _read(here: Here, file_id: str) -> Document:
    file = here.store.find(FILE, file_id)
    if file is None:
        raise Refusal.not_found(FILE.type, file_id)
    return file


def _refuse(param: str, code: str, message: str) -> Refusal:
    return Refusal.invalid([Detail(code=code, param=param, message=message)])
