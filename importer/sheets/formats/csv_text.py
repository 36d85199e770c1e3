"""The letters of a text file, by its bytes alone: marked, or valid UTF-8, or asked about."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

_LONGEST_MARK = 3


class NoText(Exception):
    """The bytes are no text in an encoding that can be told; with words for the user."""


def read_lines(file: BinaryIO) -> Iterator[str]:
    """The lines with their ends, decoded while they are read. Raises NoText.

    Windows' own encodings are never taken: the bytes of one are letters of another.
    """
    start = file.read(_LONGEST_MARK)
    file.seek(0)
    text = TextIOWrapper(file, encoding=_find_encoding(start), errors="strict", newline="")
    number = 0
    try:
        for number, line in enumerate(text, 1):
            if "\0" in line:
                raise NoText(f"line {number} with a NUL, which no text has")
            yield line
    except UnicodeError as error:
        raise NoText(f"letters behind line {number} that are not UTF-8") from error
    finally:
        # What wraps the file would close it.
        text.detach()


def _find_encoding(start: bytes) -> str:
    if start.startswith(BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8"
