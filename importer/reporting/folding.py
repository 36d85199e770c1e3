"""Lines that are folded at a width, so that what belongs to a line hangs below it."""

import textwrap
from collections.abc import Sequence

WIDTH = 100
"""Columns where no terminal says how many it has."""


def fold(text: str, *, width: int, indent: int = 0, hang: int = 2) -> str:
    """A text within the width; its first line is indented, all others hang deeper.

    A word is never broken, so that a path or an id can still be copied.
    """
    return textwrap.fill(
        text,
        width=width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def join_names(names: Sequence[str]) -> str:
    """Names in a sentence: `a`, `a and b`, `a, b and c`."""
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last
