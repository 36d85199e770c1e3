"""What the storage demands of an upload before it looks at the bytes.

Source: docs.isometric.com/api-reference/certify/uploading-sources: the address takes the
announced `Content-Type` and exactly the announced number of bytes. The statuses are ours.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from importer.sandbox.context import Here
from importer.sandbox.isometric.auth import SECRET_HEADER
from importer.sandbox.storage.errors import StorageRefusal
from importer.sandbox.storage.permits import Permit, find_key

_FOREIGN = ("Authorization", SECRET_HEADER, "Cula-Organisation-Id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A document on its way: all bytes are here, and the address allows them."""

    permit: Permit
    content: bytes


async def read_permit(source_id: str, request: Request, here: Here) -> Permit:
    """What the signed address of a request allows.

    Raises:
        StorageRefusal: 400 for credentials of a service, 403 for an address that is not ours or
            has ended.
    """
    _refuse_credentials(request)
    key = find_key(here.store.identity)
    permit = Permit.read(request.method, source_id, request.query_params, key)
    if here.clock().timestamp() >= permit.expires:
        raise StorageRefusal(403, "ExpiredToken", "The address has ended; ask for a new one")
    return permit


Permitted = Annotated[Permit, Depends(read_permit)]
"""Parameter of an endpoint behind a signed address."""


async def read_upload(permit: Permitted, request: Request) -> Upload:
    """The document that a request brings.

    Raises:
        StorageRefusal: 403 for another type, 411 without a length, 400 for another length.
    """
    _check_headers(permit, request)
    return Upload(permit=permit, content=await request.body())


Uploaded = Annotated[Upload, Depends(read_upload)]
"""Parameter of an endpoint that takes a document."""


def _refuse_credentials(request: Request) -> None:
    for name in _FOREIGN:
        if name in request.headers:
            raise StorageRefusal(
                400,
                "InvalidArgument",
                f"{name} does not belong here: the address is signed, and a service's"
                " credentials must not go to a storage",
            )


def _check_headers(permit: Permit, request: Request) -> None:
    length = request.headers.get("content-length")
    if "transfer-encoding" in request.headers or length is None:
        raise StorageRefusal(411, "MissingContentLength", "Say the length; send no chunks")
    sent = request.headers.get("content-type")
    if sent != permit.content_type:
        message = f"Content-Type is {sent!r}; the address is for {permit.content_type!r}"
        raise StorageRefusal(403, "SignatureDoesNotMatch", message)
    if int(length) != permit.content_length:
        code = "EntityTooLarge" if int(length) > permit.content_length else "EntityTooSmall"
        message = f"{length} bytes; the address is for {permit.content_length}"
        raise StorageRefusal(400, code, message)
