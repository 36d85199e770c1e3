"""The committed files that are made from the code, by path in the repository."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from importer import __version__
from importer.model.problem_kinds import CATALOGUE
from importer.reporting.catalogue import render_problem_kinds
from importer.reporting.columns import render_columns
from importer.reporting.fields import render_fields
from importer.resources.catalog import CATALOG
from importer.sheets.template.rendering import render_template
from support.closing import build_closed_month
from support.evidence import build_evidence
from support.filling import fill
from support.mistakes import build_month_with_mistakes
from support.plant import build_month

ROOT = Path(__file__).resolve().parents[2]
_FROM_HERE = "<!-- made by `python tests/regenerate.py` from here on -->"


def list_files() -> Mapping[str, Callable[[], bytes]]:
    """What is to be committed, byte for byte, once it is asked for."""
    files: dict[str, Callable[[], bytes]] = {
        f"templates/{book.name}.xlsx": partial(render_template, CATALOG, book, version=__version__)
        for book in CATALOG.books
    }
    files["samples/biochar-plant-october.xlsx"] = lambda: fill(build_month())
    files["samples/biochar-plant-october-with-mistakes.xlsx"] = lambda: fill(
        build_month_with_mistakes()
    )
    files["samples/biochar-plant-october-to-submit.xlsx"] = lambda: fill(build_closed_month())
    for name, content in build_evidence().items():
        files[f"samples/{name}"] = partial(bytes, content)
    for name, render in {
        "templates/README.md": lambda: render_columns(CATALOG),
        "samples/README.md": lambda: render_problem_kinds(CATALOGUE),
        "CONTRIBUTING.md": lambda: render_fields(CATALOG),
    }.items():
        files[name] = partial(_complete, name, render)
    return files


def _complete(name: str, render: Callable[[], str]) -> bytes:
    """A document: what people wrote, and below the mark what is made from the code."""
    written = (ROOT / name).read_text(encoding="utf-8").partition(_FROM_HERE)[0]
    return f"{written}{_FROM_HERE}\n\n{render()}".encode()
