"""The committed files that are made from the code, by path in the repository."""

from collections.abc import Mapping
from pathlib import Path

from importer import __version__
from importer.model.problem_kinds import CATALOGUE
from importer.reporting.catalogue import render_problem_kinds
from importer.reporting.columns import render_columns
from importer.reporting.fields import render_fields
from importer.resources.catalog import CATALOG
from importer.sheets.template import render_template
from support.closing import build_closed_month
from support.evidence import build_evidence
from support.filling import fill
from support.mistakes import build_month_with_mistakes
from support.plant import build_month

ROOT = Path(__file__).resolve().parents[2]
_FROM_HERE = "<!-- made by `python tests/regenerate.py` from here on -->"


def build_files() -> Mapping[str, bytes]:
    """What is to be committed, byte for byte."""
    files = {
        f"templates/{book.name}.xlsx": render_template(CATALOG, book, version=__version__)
        for book in CATALOG.books
    }
    files["samples/biochar-plant-october.xlsx"] = fill(build_month())
    files["samples/biochar-plant-october-with-mistakes.xlsx"] = fill(build_month_with_mistakes())
    files["samples/biochar-plant-october-to-submit.xlsx"] = fill(build_closed_month())
    files |= {f"samples/{name}": content for name, content in build_evidence().items()}
    files["templates/README.md"] = _complete("templates/README.md", render_columns(CATALOG))
    files["samples/README.md"] = _complete("samples/README.md", render_problem_kinds(CATALOGUE))
    files["CONTRIBUTING.md"] = _complete("CONTRIBUTING.md", render_fields(CATALOG))
    return files


def _complete(name: str, made: str) -> bytes:
    """A document: what people wrote, and below the mark what is made from the code."""
    written = (ROOT / name).read_text(encoding="utf-8").partition(_FROM_HERE)[0]
    return f"{written}{_FROM_HERE}\n\n{made}".encode()
