"""Progress as server-sent events: whoever comes back to a page sees where it is."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from importer.flows.reception import Reception
from importer.flows.worker import Progress
from importer.reporting.steps import describe_step
from importer.web.asking import closing_of, reception_of, upload_of

_STEP_SECONDS = 0.1
_STEPS_BETWEEN_SIGNS = 150
"""A line every 15 seconds, so that nothing in between takes the connection for dead."""


async def follow_upload(request: Request) -> Response:
    """The steps of an upload as they happen, then `end`."""
    steps = _steps(reception_of(request), upload_of(request), closing_of(request))
    return StreamingResponse(steps, media_type="text/event-stream")


async def _steps(reception: Reception, upload: str, closing: threading.Event) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    told, silent = -1, 0
    while not closing.is_set():
        progress = reception.find_progress(upload)
        if progress is None:
            yield "event: end\ndata: {}\n\n"
            return
        if progress.count != told:
            told, silent = progress.count, 0
            yield _spell(progress)
        silent += 1
        if silent % _STEPS_BETWEEN_SIGNS == 0:
            yield ": still here\n\n"
        await asyncio.sleep(_STEP_SECONDS)


def _spell(progress: Progress) -> str:
    event = progress.event
    data = {"words": describe_step(event), "done": event.done, "total": event.total}
    return f"id: {progress.count}\nevent: step\ndata: {json.dumps(data)}\n\n"
