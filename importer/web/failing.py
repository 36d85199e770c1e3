"""What a failure looks like: one page with one clear line and what to do next."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from importer.model.failure import (
    ImporterError,
    UploadNotFound,
    UploadRefused,
    UploadTaken,
    UploadTooLarge,
)
from importer.reporting.page_words import reword_text
from importer.web.rendering import render

_BACK = "Go back to the first page."
_WORDS: Mapping[int, tuple[str, str]] = {
    400: ("The form could not be read.", "Open the page again and send the form from there."),
    404: ("There is no page at this address.", _BACK),
    405: ("This address takes no such request.", _BACK),
}
_TITLES: Mapping[int, str] = {
    400: "That did not work",
    403: "Not allowed",
    404: "Not here",
    409: "Somebody was first",
    413: "Too large",
    500: "Something broke",
}
_STATUS: Mapping[type[ImporterError], int] = {
    UploadTooLarge: 413,
    UploadRefused: 400,
    UploadNotFound: 404,
    UploadTaken: 409,
}

Handler = Callable[[Request, Exception], Response]


def refuse(status: int, message: str, remedy: str, link: str = "/") -> Response:
    """The page of a failure. `link` is where its button leads."""
    return render(
        "problem.html",
        status=status,
        title=_TITLES.get(status, _TITLES[400]),
        message=message,
        remedy=remedy,
        link=link,
    )


def tell_failure(request: Request, failure: Exception) -> Response:
    """A failure that was foreseen."""
    if not isinstance(failure, ImporterError):
        raise failure
    status = next((code for kind, code in _STATUS.items() if isinstance(failure, kind)), 500)
    upload = request.path_params.get("upload", "")
    link = f"/uploads/{upload}" if status == HTTPStatus.CONFLICT and upload else "/"
    return refuse(status, str(failure), reword_text(failure.remedy), link)


def tell_status(request: Request, failure: Exception) -> Response:
    """What the framework refuses: an address or a form that is not ours."""
    del request
    if not isinstance(failure, HTTPException):
        raise failure
    status = failure.status_code
    return refuse(status, *_WORDS.get(status, _WORDS[400]))


def tell_mistake(request: Request, failure: Exception) -> Response:
    """A mistake of ours; the details go to stderr, because nobody can act on them here."""
    del request, failure
    page = refuse(
        500,
        "The importer made a mistake that is not yours.",
        "What was sent is in the ledger, so you can try again: nothing is sent twice.",
    )
    # The server hangs up after a mistake; said beforehand, no browser asks again on a dying line.
    page.headers["Connection"] = "close"
    return page


HANDLERS: Mapping[int | type[Exception], Handler] = {
    ImporterError: tell_failure,
    HTTPException: tell_status,
    Exception: tell_mistake,
}
