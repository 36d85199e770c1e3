"""When Python looks for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Put off the search for garbage that counting references does not find.

    A large workbook is a million objects that all stay, and going through them again and again
    takes a fifth of the time; garbage of that kind is scarce there.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
