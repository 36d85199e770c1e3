"""Answers that are a document's own bytes."""

from urllib.parse import quote

from starlette.responses import Response


def build_download(content: bytes, *, media_type: str, file_name: str) -> Response:
    """An answer with the bytes, the media type to the letter, and the name to save them under."""
    # As `media_type` of the response it would get a charset that nobody has named.
    return Response(
        content,
        headers={
            "Content-Type": media_type,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file_name, safe='')}",
        },
    )
