"""Tokens and headers of the Cula API, and the key of its older generation.

Sources: docs.cula.tech/upcoming/technical-reference/authentication; for the key
docs.cula.tech/technical-reference/authentication. That one address takes both is ours.
"""

import base64
import binascii
import secrets
import threading
from datetime import datetime, timedelta
from typing import cast
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from importer.sandbox.context import Here
from importer.sandbox.cula.errors import Refusal
from importer.sandbox.cula.older import mark_older
from importer.sandbox.moments import Clock
from importer.sandbox.requests import CULA_TOKEN

LIFETIME = timedelta(seconds=300)
ORGANISATION_HEADER = "Cula-Organisation-Id"

router = APIRouter()


class Tokens:
    """The tokens that are valid now; they are forgotten when the server stops."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._ends: dict[str, datetime] = {}

    def issue(self) -> str:
        """A new token, valid for 300 seconds."""
        now = self._clock()
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._ends = {known: end for known, end in self._ends.items() if end > now}
            self._ends[token] = now + LIFETIME
        return token

    def is_valid(self, token: str) -> bool:
        """Whether the token was issued here and has not ended."""
        with self._lock:
            end = self._ends.get(token)
        return end is not None and self._clock() < end


def _read_tokens(request: Request) -> Tokens:
    return cast(Tokens, request.app.state.tokens)


@router.post(CULA_TOKEN)
async def create_token(request: Request, here: Here) -> Response:
    """Give a token for the client's credentials.

    Basic authentication and the form field are documented; the bodies of refusals are not,
    and follow RFC 6749 here.
    """
    identity = here.store.identity
    if _read_basic(request) != (identity.cula_client_id, identity.cula_client_secret):
        return JSONResponse({"error": "invalid_client"}, status_code=401)
    form = parse_qs((await request.body()).decode())
    if form.get("grant_type") != ["client_credentials"]:
        return JSONResponse({"error": "unsupported_grant_type"}, status_code=400)
    return JSONResponse(
        {
            "access_token": _read_tokens(request).issue(),
            "expires_in": int(LIFETIME.total_seconds()),
            "token_type": "bearer",
        }
    )


def _read_basic(request: Request) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return user, password


async def require_cula(request: Request, here: Here) -> None:
    """Check the headers that every call needs: a token and an organisation, or an API key alone.

    Raises:
        Refusal: 401 without a valid token, 400 `missing_header` without an organisation, 403
            for another organisation.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token == here.store.identity.cula_api_key:
        mark_older(request)
        return
    if scheme.lower() != "bearer" or not _read_tokens(request).is_valid(token):
        raise Refusal(401, "auth_error", "invalid_token", "The token is missing or not valid")
    organisation = request.headers.get(ORGANISATION_HEADER)
    if not organisation:
        raise Refusal(
            400,
            "validation_error",
            "missing_header",
            f"The header {ORGANISATION_HEADER} is missing",
            param=ORGANISATION_HEADER,
        )
    if organisation != here.store.identity.cula_organisation_id:
        raise Refusal(
            403, "auth_error", "forbidden", f"These credentials do not reach {organisation}"
        )
