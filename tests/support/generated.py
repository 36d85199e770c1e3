"""The committed files that are made from the code, by path in the repository."""

from collections.abc import Mapping

from importer import __version__
from importer.resources.catalog import CATALOG
from importer.sheets.template import render_template
from support.filling import fill
from support.mistakes import build_month_with_mistakes
from support.plant import build_month


def build_files() -> Mapping[str, bytes]:
    """What is to be committed, byte for byte."""
    files = {
        f"templates/{book.name}.xlsx": render_template(CATALOG, book, version=__version__)
        for book in CATALOG.books
    }
    files["samples/biochar-plant-october.xlsx"] = fill(build_month())
    files["samples/biochar-plant-october-with-mistakes.xlsx"] = fill(build_month_with_mistakes())
    return files
