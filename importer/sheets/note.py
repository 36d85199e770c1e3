"""Notes: comments of a cell, with a box in which their text fits."""

from openpyxl.comments import Comment

from importer.sheets.text import clean

_WIDTH = 340
_LETTERS = 46
_LINE_HEIGHT = 17
_PADDING = 18


def build_note(text: str, author: str) -> Comment:
    """A note with a box in which it can be read."""
    shown = clean(text)
    return Comment(shown, author, width=_WIDTH, height=_height(shown))


def fit(note: Comment) -> None:
    """Give a note that was read from a file a box of its text's size: openpyxl forgets it."""
    note.width, note.height = _WIDTH, _height(note.text)


def count_lines(text: str, letters: int) -> int:
    """The lines that a text takes where so many letters fit into one."""
    return sum(_count(line, letters) for line in text.split("\n"))


def _count(line: str, letters: int) -> int:
    """Broken between words, and within those that are longer than a line."""
    if len(line) <= letters:
        return 1
    lines, used = 1, 0
    for word in line.split():
        size = len(word)
        if used and used + 1 + size <= letters:
            used += 1 + size
            continue
        lines += used > 0
        lines += (size - 1) // letters
        used = (size - 1) % letters + 1
    return lines


def _height(text: str) -> int:
    return count_lines(text, _LETTERS) * _LINE_HEIGHT + _PADDING
