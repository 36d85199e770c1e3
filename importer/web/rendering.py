"""Templates become answers."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from importer.reporting.page_words import count_rows

_PAGES = Path(__file__).parent / "pages"


def _build_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = _spell_moment
    environment.filters["rows"] = count_rows
    return environment


def _spell_moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


_ENVIRONMENT = _build_environment()


def render(
    page: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **content: object
) -> HTMLResponse:
    """The page with its content, as an answer."""
    text = _ENVIRONMENT.get_template(page).render(status=status, **content)
    return HTMLResponse(text, status_code=status, headers=headers)
