"""Stopping on request: whoever waits is woken, what is in flight comes to its end."""

import threading

from importer.model.failure import Interrupted


def interrupted() -> Interrupted:
    """What a run says that its user has stopped."""
    return Interrupted(
        "The import was interrupted.",
        remedy="Import the same file again: it goes on where it stopped, and nothing is sent "
        "twice.",
    )


class Stop:
    """The wish to stop, for any number of threads. It stays, once it was said."""

    def __init__(self) -> None:
        self._said = threading.Event()

    @property
    def is_said(self) -> bool:
        """Whether nothing new is to begin."""
        return self._said.is_set()

    def say(self) -> None:
        """Begin nothing new, and wait for nothing any more."""
        self._said.set()

    def sleep(self, seconds: float) -> None:
        """Wait so long. Raises Interrupted as soon as the wish is said."""
        if self._said.wait(seconds):
            raise interrupted()
