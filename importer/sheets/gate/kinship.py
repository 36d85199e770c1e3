"""What a file is, told by its content: the name of a file says little."""

import mmap
import re
from collections.abc import Iterable

Bytes = bytes | mmap.mmap
"""The content of a file, in memory or where it lies."""

OLE_START = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")

_WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml")

SEPARATED = "a text file with separated values (.csv)"
TEXT = "a text file"
_ENTRY_SIZE = 128
_STARTS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
)
_MARKUP = (
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
    ("<?xml", "an XML document"),
    ("<", "a web page or XML document"),
)
_PARTS = (
    ("word/document.xml", "a text document (.docx)"),
    ("ppt/presentation.xml", "a presentation (.pptx)"),
    ("Index/Document.iwa", "a Numbers or Pages document"),
    ("content.xml", "an OpenDocument file that is no workbook"),
)


def find_workbook_part(names: Iterable[str]) -> str | None:
    """The part that lists the sheets: `xl/workbook.xml`, numbered by a few programs."""
    return next((name for name in names if _WORKBOOK_PART.fullmatch(name)), None)


def is_open_document(names: Iterable[str]) -> bool:
    """Whether a package has the parts that every OpenDocument file has."""
    return {"content.xml", "mimetype"} <= set(names)


def find_csv_parts(names: Iterable[str]) -> tuple[str, ...]:
    """The text files of separated values in a zip; those that a Macintosh hides are passed over."""
    return tuple(
        name
        for name in names
        if name.casefold().endswith(".csv")
        and not any(each.startswith((".", "__MACOSX")) for each in re.split(r"[/\\]", name))
    )


def describe_bytes(head: bytes) -> str:
    """What a file that is no package looks like, told by its first bytes."""
    if not head:
        return "an empty file"
    for start, description in _STARTS:
        if head.startswith(start):
            return description
    text = _decode(head)
    if text is None:
        return "data of an unknown kind"
    plain = text.lstrip("\ufeff \t\r\n").casefold()
    for start_text, description in _MARKUP:
        if plain.startswith(start_text):
            return description
    line = plain.partition("\n")[0]
    return SEPARATED if _is_separated(line) else TEXT


def describe_package(names: Iterable[str]) -> str:
    """What a package without a workbook in it looks like, told by its parts."""
    present = set(names)
    for part, description in _PARTS:
        if part in present:
            return description
    return "a zip archive without a workbook's parts"


def holds_encrypted_package(content: Bytes) -> bool:
    """Whether an OLE file has the stream in which Office keeps a file that has a password."""
    return _has_stream(content, "EncryptedPackage")


def names_old_workbook(content: Bytes) -> bool:
    """Whether an OLE file has the stream of a workbook in the format of before 2007."""
    return _has_stream(content, "Workbook") or _has_stream(content, "Book")


def _has_stream(content: Bytes, name: str) -> bool:
    """Whether a directory entry has that name: 64 bytes of name, then its length with its end.

    Entries are 128 bytes and aligned, so text of a cell is not mistaken for one.
    """
    wanted = name.encode("utf-16-le") + b"\0\0"
    length = len(wanted).to_bytes(2, "little")
    at = content.find(wanted)
    while at >= 0:
        if at % _ENTRY_SIZE == 0 and content[at + 64 : at + 66] == length:
            return True
        at = content.find(wanted, at + 1)
    return False


def _decode(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    if b"\0" in head:
        return None
    # The bytes of old Windows text are no UTF-8, and the cut may go through a character.
    text = head.decode("utf-8", errors="replace")
    controls = sum(character < " " and character not in "\t\r\n\f" for character in text)
    return None if controls else text


def _is_separated(line: str) -> bool:
    return any(separator in line for separator in (";", ",", "\t"))
