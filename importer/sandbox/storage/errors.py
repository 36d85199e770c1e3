"""Refusals of the storage, as XML: what an object store answers is no API's error format.

Isometric's pages name none of these statuses and codes; they are those of a usual object store.
"""

from typing import cast
from xml.sax.saxutils import escape

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

MEDIA_TYPE = "application/xml"


class StorageRefusal(Exception):
    """An answer that is not a success.

    Attributes:
        status: HTTP status.
        code: For machines, such as `SignatureDoesNotMatch`.
        message: For people.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def render_error(code: str, message: str) -> str:
    """The body of a refusal."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        f"<Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
    )


async def answer_refusal(_request: Request, error: Exception) -> Response:
    """The answer for a refusal."""
    refusal = cast(StorageRefusal, error)
    body = render_error(refusal.code, refusal.message)
    return Response(body, status_code=refusal.status, media_type=MEDIA_TYPE)


async def answer_http(_request: Request, error: Exception) -> Response:
    """The answer for a path or a verb that does not exist."""
    refusal = cast(HTTPException, error)
    body = render_error("InvalidRequest", str(refusal.detail))
    return Response(body, status_code=refusal.status_code, media_type=MEDIA_TYPE)
