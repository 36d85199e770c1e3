"""How each service words an answer that it gives because it is down or wants less."""

from http import HTTPStatus

from starlette.types import Scope

from importer.sandbox.requests import find_service
from importer.sandbox.storage.errors import MEDIA_TYPE as XML
from importer.sandbox.storage.errors import render_error

JSON = "application/json"


def word_outage(scope: Scope, status: int) -> tuple[object, str]:
    """The body for a status in the words of the service that was asked, and its media type."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Error"
    match find_service(scope["path"]):
        case "cula":
            return _word_cula(status, phrase, scope["state"].get("request_id")), JSON
        case "storage":
            return render_error(phrase.replace(" ", ""), phrase), XML
        case _:
            return {"detail": phrase}, JSON


def _word_cula(status: int, phrase: str, request_id: str | None) -> dict[str, object]:
    limited = status == HTTPStatus.TOO_MANY_REQUESTS
    return {
        "error": {
            "type": "rate_limit" if limited else "internal_error",
            "code": "rate_limit_exceeded" if limited else "internal_error",
            "message": phrase,
            "request_id": request_id,
        }
    }
