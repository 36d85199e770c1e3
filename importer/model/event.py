"""What a running flow tells whoever watches it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A step of a run: what is being done, and how far it is."""

    stage: str
    done: int = 0
    total: int = 0
    note: str = ""


Listener = Callable[[Event], None]


def ignore(event: Event) -> None:
    """The listener of someone who does not watch."""
    del event
