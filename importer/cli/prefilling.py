"""`importer template --with-existing`: what it does, and what it says of what it found."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from importer.cli.choice import choose
from importer.cli.ending import IN_ORDER
from importer.cli.progress import watch
from importer.cli.speech import find_width, say, spell
from importer.declare.catalog import Book
from importer.flows.connection import open_session
from importer.flows.present import build_days
from importer.flows.session import Options
from importer.flows.tailoring import Asked
from importer.flows.with_existing import Prefill, write_existing
from importer.model.event import Event
from importer.reporting.folding import fold
from importer.resources.catalog import CATALOG
from importer.settings.state import find_state


def fetch_existing(
    target: str,
    asked: Asked,
    book: Book,
    output: Path,
    days: tuple[date | None, date | None],
) -> int:
    """Write a template with what the target has, and say what is in it and what is not."""
    chosen = choose(target)
    with watch() as watcher:
        watcher.show(Event(stage="start"))
        with open_session(
            chosen,
            catalog=CATALOG,
            state=find_state(os.environ),
            options=Options(),
            listener=watcher.show,
        ) as session:
            told = write_existing(session, book, output, asked=asked, days=build_days(*days))
    for line in _describe(told):
        say(fold(line, width=find_width()))
    then = spell(["importer", "plan", str(output), "--target", target])
    say(f"Next: correct it, then see what an import would change:\n  {then}")
    return IN_ORDER


def _describe(told: Prefill) -> Iterator[str]:
    filled = ", ".join(f"{number:,} on {sheet}" for sheet, number in told.filled.items())
    yield f"Wrote {told.path}. Filled in: {filled or 'nothing'}."
    for (sheet, why), number in told.left_out.items():
        yield f"Left out of {sheet}: {number:,} {why}."
    if told.cells:
        yield f"Left blank: {told.cells:,} cells that cannot hold what is there (see {told.page})."
    if told.parts:
        yield f"Not filled in: {' and '.join(told.parts)}. What is there of it stays as it is."
    if told.documents:
        yield (
            f"Not filled in: {' and '.join(told.documents)}, as no document can be read back. "
            "What names one of them names its id at the service."
        )
