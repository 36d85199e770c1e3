"""The verb *template*: an empty workbook to fill in."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from importer import __version__
from importer.declare.catalog import Catalog
from importer.model.failure import ResultsNotWritten
from importer.sheets.template import render_template


def write_template(catalog: Catalog, book: str, output: Path, extras: Sequence[str] = ()) -> Path:
    """Write the template of that book; whole or not at all.

    extras: sheets on request that are to be in it, too.
    """
    wanted = replace(catalog.book(book), extras=tuple(extras))
    content = render_template(catalog, wanted, version=__version__)
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
