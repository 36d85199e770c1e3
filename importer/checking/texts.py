"""Text cells: outer and invisible spaces go, with a word about it."""

import re

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SPACES = re.compile(r"[ \t\r\n\u00a0\u2007\u202f]+")


def trim(text: str) -> tuple[str, bool]:
    """The text without outer and invisible spaces, and whether anything unseen was taken off.

    A plain blank at the end is taken off too, but a line break within the text stays.
    """
    visible = text.translate({ord(each): None for each in _INVISIBLE}).replace("\u00a0", " ")
    trimmed = visible.strip()
    return trimmed, trimmed != text


def squeeze(text: str) -> str:
    """The text as it is compared with names: one blank between words, regardless of case."""
    return _SPACES.sub(" ", trim(text)[0]).casefold()
