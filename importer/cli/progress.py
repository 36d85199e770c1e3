"""Progress on stderr: a bar on a terminal, elsewhere a plain line now and then."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, TaskID

from importer.cli.speech import complain
from importer.model.event import Event
from importer.reporting.steps import describe_step

_SECONDS_BETWEEN_LINES = 30.0


class Watcher(Protocol):
    """Someone who is shown where the run is."""

    def turn_to(self, file: str) -> None:
        """From now on the steps are of that file."""

    def show(self, event: Event) -> None:
        """A step of the run."""

    def clear(self) -> None:
        """Make room for text."""


@contextmanager
def watch() -> Iterator[Watcher]:
    """A watcher that fits stderr, for as long as the context is open."""
    console = Console(stderr=True)
    is_screen = console.is_terminal and not console.is_dumb_terminal
    watcher: Watcher = Bar(console) if is_screen else Lines(time.monotonic)
    try:
        yield watcher
    finally:
        watcher.clear()


class Bar:
    """A bar below the text; it comes with an event and goes when text is to be written."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._file = ""
        self._running: tuple[Progress, TaskID] | None = None

    def turn_to(self, file: str) -> None:
        """Name the file in front of the steps."""
        self._file = file

    def show(self, event: Event) -> None:
        """Move the bar, and put it there first if need be."""
        words = escape(describe(event, self._file))
        progress, task = self._running or self._start(words)
        progress.update(task, description=words, completed=event.done, total=event.total or None)

    def clear(self) -> None:
        """Take the bar away."""
        if self._running is not None:
            self._running[0].stop()
            self._running = None

    def _start(self, words: str) -> tuple[Progress, TaskID]:
        progress = Progress(
            console=self._console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._running = progress, progress.add_task(words, total=None)
        progress.start()
        return self._running


class Lines:
    """For a log: a line only where a run takes long. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = clock()
        self._file = ""

    def turn_to(self, file: str) -> None:
        """Name the file in front of the steps."""
        self._file = file

    def show(self, event: Event) -> None:
        """Say where the run is, if that was not said for a while."""
        if self._clock() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = self._clock()
            of = f": {event.done} of {event.total}" if event.total else ""
            complain(f"{describe(event, self._file)}{of}")

    def clear(self) -> None:
        """Lines are in nobody's way."""


def describe(event: Event, file: str) -> str:
    """The step in words."""
    return (f"{file}: " if file else "") + describe_step(event)
