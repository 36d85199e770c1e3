"""The sandbox as an application: both services, their middleware and the control paths."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from importer.sandbox import control, seed
from importer.sandbox.context import Context
from importer.sandbox.cula import service as cula
from importer.sandbox.cula.errors import Refusal
from importer.sandbox.cula.request_ids import RequestIds
from importer.sandbox.faults import Fault
from importer.sandbox.interruptions import Interruptions
from importer.sandbox.isometric import service as isometric
from importer.sandbox.journal import Journal
from importer.sandbox.moments import Clock, utc_now
from importer.sandbox.requests import find_service
from importer.sandbox.storage import service as storage
from importer.sandbox.store import Store
from importer.sandbox.switches import DEFAULTS, Switches


def create_app(
    database: Path,
    *,
    switches: Switches = DEFAULTS,
    routers: Sequence[APIRouter] = (),
    clock: Clock = utc_now,
    rehearsal: Sequence[Fault] = (),
) -> FastAPI:
    """Build the application on a database file, which is made and seeded when it is missing.

    `routers` are mounted beside the services' own; their paths are whole ones, such as
    `/mrv/v0/shipments`. `rehearsal` is what goes wrong for as long as the application lives;
    `rehearsals.rehearse` builds it from names. The store is `app.state.store`, and whoever calls
    this closes it.
    """
    shared = {"isometric"} if switches.reference_scope == "organisation" else set[str]()
    store = Store(database, clock=clock, seed=seed.plant, shared_references=frozenset(shared))
    store.faults.rehearse(rehearsal)
    app = FastAPI(title="importer sandbox", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.store = store
    app.state.context = Context(store=store, switches=switches, clock=clock)
    app.state.tokens = cula.Tokens(clock=clock)
    own = (cula.token_router, cula.router, isometric.router, storage.router, control.router)
    for router in (*own, *routers):
        app.include_router(router)
    # The last one is the outermost: every answer has its request id, every request is noted.
    app.add_middleware(Interruptions, faults=store.faults)
    app.add_middleware(Journal, store=store)
    app.add_middleware(RequestIds, clock=clock)
    app.add_exception_handler(Refusal, cula.answer_refusal)
    app.add_exception_handler(storage.StorageRefusal, storage.answer_refusal)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(ClientDisconnect, _answer_nobody)
    return app


async def _answer_invalid(request: Request, error: Exception) -> Response:
    if find_service(request.url.path) == "cula":
        return await cula.answer_invalid(request, error)
    return await isometric.answer_invalid(request, error)


async def _answer_http(request: Request, error: Exception) -> Response:
    match find_service(request.url.path):
        case "cula":
            return await cula.answer_http(request, error)
        case "storage":
            return await storage.answer_http(request, error)
        case _:
            return await isometric.answer_http(request, error)


async def _answer_nobody(_request: Request, _error: Exception) -> Response:
    # The client hung up in the middle of its body: nothing was done, and nobody listens.
    return Response(status_code=400)
