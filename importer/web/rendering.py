"""Templates become answers."""

from datetime import datetime
from pathlib import Path, PurePath

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from importer.reporting.page_words import ALLOW_OVERLAP, CREATE_ONLY, OVERWRITE, count_rows

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
    environment.filters["sentence"] = _begin_large
    environment.filters["filename"] = _name_file
    environment.globals["names"] = {
        "overwrite": OVERWRITE,
        "allow_overlap": ALLOW_OVERLAP,
        "create_only": CREATE_ONLY,
    }
    return environment


def _spell_moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _begin_large(text: str) -> str:
    """Half a sentence as a whole one; `capitalize` would make the rest of it small."""
    return text[:1].upper() + text[1:]


def _name_file(path: str) -> str:
    return PurePath(path).name


_ENVIRONMENT = _build_environment()


def render(template: str, /, *, status: int = 200, **content: object) -> HTMLResponse:
    """The page with its content, as an answer."""
    text = _ENVIRONMENT.get_template(template).render(content)
    return HTMLResponse(text, status_code=status)
