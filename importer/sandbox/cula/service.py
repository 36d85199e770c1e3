"""The Cula half as the application mounts it: its routers and how it words errors."""

from http import HTTPStatus
from typing import cast

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from importer.sandbox.cula import auth, configs, files, logs, sites
from importer.sandbox.cula.auth import Tokens, require_cula
from importer.sandbox.cula.errors import Refusal
from importer.sandbox.requests import CULA_BASE

__all__ = ["Tokens", "answer_http", "answer_invalid", "answer_refusal", "router", "token_router"]

token_router = auth.router

router = APIRouter(prefix=CULA_BASE, dependencies=[Depends(require_cula)])
for part in (sites, configs, files, logs):
    router.include_router(part.router)


async def answer_refusal(request: Request, error: Exception) -> Response:
    """The answer for a refusal."""
    refusal = cast(Refusal, error)
    switches = request.app.state.context.switches
    request_id = getattr(request.state, "request_id", None)
    return JSONResponse(
        refusal.render(request_id, existing_place=switches.existing_place),
        status_code=refusal.status,
    )


async def answer_invalid(request: Request, error: Exception) -> Response:
    """The answer for a path or query that does not fit."""
    errors = cast(RequestValidationError, error).errors()
    return await answer_refusal(request, Refusal.misfit(errors))


async def answer_http(request: Request, error: Exception) -> Response:
    """The answer for a path or a verb that does not exist."""
    status = cast(HTTPException, error).status_code
    kind = "not_found" if status == HTTPStatus.NOT_FOUND else "validation_error"
    refusal = Refusal(status, kind, kind, str(cast(HTTPException, error).detail))
    return await answer_refusal(request, refusal)
