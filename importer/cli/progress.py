"""Progress: a bar on a terminal, nothing elsewhere but what the end says."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

from importer.model.event import Event, Listener, ignore

_WORDS = {
    "definitions": "Reading the account",
    "look up": "Looking up what is there",
    "send": "Sending",
}


@contextmanager
def watch() -> Iterator[Listener]:
    """A listener that shows where the run is, for as long as the context is open."""
    if not sys.stderr.isatty():
        yield ignore
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Starting", total=None)

        def show(event: Event) -> None:
            words = _WORDS.get(event.stage, event.stage)
            note = f" ({event.note})" if event.note else ""
            progress.update(
                task, description=words + note, completed=event.done, total=event.total or None
            )

        yield show
