"""The first page, templates, and the list of runs."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from importer.web.asking import reception_of
from importer.web.receiving import receive
from importer.web.rendering import render
from importer.web.settings import page_settings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FEW = 5


def show_start(request: Request) -> Response:
    """Choose a workbook, download a template, see the last uploads."""
    reception = reception_of(request)
    return render(
        "start.html",
        settings=page_settings(reception),
        books=reception.books,
        uploads=reception.latest()[:_FEW],
    )


def send_template(request: Request) -> Response:
    """An empty workbook."""
    book = str(request.path_params["book"])
    content = reception_of(request).render_template(book)
    return Response(content, media_type=XLSX, headers=attach(f"{book}.xlsx"))


def show_runs(request: Request) -> Response:
    """Uploads of this page, and all runs of the ledger."""
    reception = reception_of(request)
    uploads = reception.latest()
    by_run = {each.run: each for each in uploads if each.run}
    return render(
        "runs.html",
        settings=page_settings(reception),
        uploads=uploads,
        runs=reception.runs(),
        by_run=by_run,
    )


async def take_upload(request: Request) -> Response:
    """A new upload: take it in, then show it."""
    reception = reception_of(request)
    arrived, fields = await receive(
        reception.open_intake(), request.headers.get("content-type", ""), request.stream()
    )
    await run_in_threadpool(reception.accept, arrived, previous=fields.get("previous", ""))
    return RedirectResponse(f"/uploads/{arrived.id}", status_code=303)


def attach(name: str) -> dict[str, str]:
    """The header that has a browser save the answer under a name, in any alphabet."""
    plain = "".join(each if each.isascii() and each.isprintable() else "_" for each in name)
    plain = plain.replace('"', "_").replace("\\", "_")
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    }
