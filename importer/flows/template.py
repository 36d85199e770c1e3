"""The verb *template*: an empty workbook to fill in."""

import os
from contextlib import suppress
from pathlib import Path

from importer import __version__
from importer.declare.catalog import Catalog
from importer.model.failure import ResultsNotWritten
from importer.sheets.template import render_template


def write_template(catalog: Catalog, book: str, output: Path) -> Path:
    """Write the template of that book; whole or not at all."""
    content = render_template(catalog, catalog.book(book), version=__version__)
    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as failure:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise ResultsNotWritten(
            f"{output} cannot be written: {failure.strerror or failure}.",
            remedy="Choose a folder that may be written, and close the file in other programs.",
        ) from failure
    return output
