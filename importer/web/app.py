"""The addresses of the page."""

import threading
from collections.abc import Collection
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from importer.flows.reception import Reception
from importer.web.failing import HANDLERS
from importer.web.following import follow_upload
from importer.web.guard import Guard
from importer.web.starting import send_template, show_runs, show_start, take_upload
from importer.web.uploads import go_on, plan_again, send_results, send_rows, show_upload

_STATIC = Path(__file__).parent / "static"


def build_app(reception: Reception, *, hosts: Collection[str], closing: threading.Event) -> ASGIApp:
    """The pages of a reception. `hosts` are the names and ports under which they are reached."""
    app = Starlette(
        routes=[
            Route("/", show_start),
            Route("/templates/{book}.xlsx", send_template),
            Route("/runs", show_runs),
            Route("/uploads", take_upload, methods=["POST"]),
            Route("/uploads/{upload}", show_upload),
            Route("/uploads/{upload}/events", follow_upload),
            Route("/uploads/{upload}/plan", plan_again, methods=["POST"]),
            Route("/uploads/{upload}/send", send_rows, methods=["POST"]),
            Route("/uploads/{upload}/go-on", go_on, methods=["POST"]),
            Route("/uploads/{upload}/results", send_results),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        exception_handlers=HANDLERS,
    )
    app.state.reception = reception
    app.state.closing = closing
    # Outside of everything: the page of a mistake carries the same headers.
    return Guard(app, hosts)
