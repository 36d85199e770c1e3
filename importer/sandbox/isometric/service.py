"""The Isometric half as the application mounts it: its router and how it words errors."""

import json
from typing import cast

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from importer.sandbox.isometric import (
    account,
    components,
    datapoints,
    entries,
    feedstock_types,
    sources,
    statements,
)
from importer.sandbox.isometric.auth import require_isometric
from importer.sandbox.isometric.errors import render_invalid
from importer.sandbox.requests import ISOMETRIC_BASE

router = APIRouter(prefix=ISOMETRIC_BASE, dependencies=[Depends(require_isometric)])
for part in (account, feedstock_types, sources, datapoints, entries, components, statements):
    router.include_router(part.router)


async def answer_invalid(_request: Request, error: Exception) -> Response:
    """The answer for a body, path or query that does not fit its schema."""
    # Plain ASCII: what is wrong may be half a character, which has no UTF-8.
    content = json.dumps(render_invalid(cast(RequestValidationError, error)))
    return Response(content, status_code=422, media_type="application/json")


async def answer_http(_request: Request, error: Exception) -> Response:
    """The answer for everything else: a text in `detail`."""
    refusal = cast(HTTPException, error)
    return JSONResponse({"detail": refusal.detail}, status_code=refusal.status_code)
