"""The page of one upload: under way, planned, sent; and what its forms do."""

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from importer.reporting.upload_page import Choice, Material, build_upload_page
from importer.web.asking import (
    read_fields,
    read_number,
    read_plan_options,
    read_status,
    reception_of,
    upload_of,
)
from importer.web.rendering import render
from importer.web.settings import page_settings
from importer.web.starting import XLSX, attach


def show_upload(request: Request) -> Response:
    """The upload as it is now: each state has its own page."""
    reception, upload = reception_of(request), upload_of(request)
    view, progress = reception.look(upload)
    previous = reception.find_previous(view)
    query = request.query_params
    material = Material(
        sheets=view.findings.sheets,
        plan=view.findings.plan,
        end=view.findings.end,
        previous=previous.report if previous else None,
        step=progress.event if progress else None,
        last_step=view.last_step,
    )
    choice = Choice(
        sheet=query.get("sheet", ""),
        status=read_status(query.get("status", "")),
        page=read_number(query.get("page", "1")),
    )
    page = build_upload_page(view.entry, material, choice)
    return render(
        f"{page.name}.html",
        settings=page_settings(reception),
        page=page,
        upload=view.entry,
        options=view.options,
        facts=view.findings.facts,
    )


async def plan_again(request: Request) -> Response:
    """Plan anew, with the options that were chosen."""
    options = read_plan_options(await read_fields(request))
    await run_in_threadpool(reception_of(request).plan_again, upload_of(request), options)
    return _show(request)


async def send_rows(request: Request) -> Response:
    """Send what was planned, in the way that the button says."""
    fields = await read_fields(request)
    await run_in_threadpool(
        _send, request, is_whole=fields.get("how") == "all", agreed="accept_updates" in fields
    )
    return _show(request)


def _send(request: Request, *, is_whole: bool, agreed: bool) -> None:
    reception, upload = reception_of(request), upload_of(request)
    view = reception.find(upload)
    options = replace(view.options, all_or_nothing=is_whole, accept_updates=agreed)
    reception.send(upload, options)


async def go_on(request: Request) -> Response:
    """Go on with what came to an early end."""
    await run_in_threadpool(reception_of(request).go_on, upload_of(request))
    return _show(request)


def send_results(request: Request) -> Response:
    """The results workbook, under the name that its owner knows."""
    path, name = reception_of(request).find_results(upload_of(request))
    return FileResponse(path, media_type=XLSX, headers=attach(name))


def _show(request: Request) -> Response:
    return RedirectResponse(f"/uploads/{upload_of(request)}", status_code=303)
