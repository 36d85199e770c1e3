"""Forms: a document and text fields as one multipart body."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from importer.model.ports import Upload

_FILE = "file"
"""The part that holds the document. Source: docs.cula.tech/upcoming-api-reference/files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A body, and the media type that says how its parts are told apart."""

    content_type: str
    content: bytes = field(repr=False)


def encode_form(upload: Upload, fields: Mapping[str, str]) -> Form:
    """The body of RFC 7578: the text fields, then the part `file` with its name and media type."""
    # httpx knows the form, and builds a request without sending it.
    built = httpx.Request(
        "POST",
        "http://localhost",
        data=dict(fields),
        files={_FILE: (upload.name, upload.content, upload.content_type)},
    )
    return Form(content_type=built.headers["Content-Type"], content=built.read())
