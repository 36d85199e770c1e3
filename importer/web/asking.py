"""What handlers take from a request."""

import threading
from collections.abc import Mapping

from starlette.requests import Request

from importer.flows.reception import Reception
from importer.flows.session import Options
from importer.model.manner import read_conventions
from importer.model.outcome import Status

_MOST_FIELDS, _LONGEST_FIELD = 20, 1_000

_MOST_DIGITS = 7


def reception_of(request: Request) -> Reception:
    """The reception that the pages are about."""
    found: Reception = request.app.state.reception
    return found


def closing_of(request: Request) -> threading.Event:
    """Set when the server is to end."""
    found: threading.Event = request.app.state.closing
    return found


def upload_of(request: Request) -> str:
    """The upload that the address names."""
    return str(request.path_params["upload"])


async def read_fields(request: Request) -> Mapping[str, str]:
    """The fields of a small form; whatever is not text is left out."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def read_plan_options(fields: Mapping[str, str]) -> Options:
    """What a plan may be asked for: a box that is ticked is a field that is there."""
    conventions = read_conventions(fields.get("dates", ""), fields.get("decimal", ""))
    return Options(
        overwrite="overwrite" in fields,
        allow_overlap="allow_overlap" in fields,
        create_only="create_only" in fields,
        conventions=conventions,
    )


def read_status(text: str) -> Status | None:
    """The filter that an address asks for; None for all rows."""
    return Status(text) if text in {each.value for each in Status} else None


def read_number(text: str) -> int:
    """A page number; 1 for what is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else 1
