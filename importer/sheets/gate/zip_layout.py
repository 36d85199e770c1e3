"""How the entries of a zip lie in the file: what its list says, and what stands at each entry."""

import re
import struct
from collections import Counter
from collections.abc import Sequence
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipInfo

from importer.model.problem import quoted

_HEADER = struct.Struct("<4s5H3L2H")
_SIGNATURE = b"PK\x03\x04"
_SIZES_FOLLOW = 0x8
_SIZE_ELSEWHERE = 0xFFFFFFFF
_DRIVE = re.compile("[A-Za-z]:")


def find_odd_name(entries: Sequence[ZipInfo]) -> str:
    """What no spreadsheet program writes; empty where all is usual.

    Some programs write `xl\\workbook.xml`, so both slashes are one.
    """
    twice = Counter(fold_name(entry.filename) for entry in entries)
    for entry in entries:
        name = fold_name(entry.filename)
        if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
            return f"a part that points out of the file, {quoted(entry.filename)}"
        if twice[name] > 1:
            return f"two parts of the name {quoted(entry.filename)}"
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            return f"a part packed as no spreadsheet program does, {quoted(entry.filename)}"
    return ""


def fold_name(name: str) -> str:
    """A part's name as names are compared: regardless of case and of the kind of slash."""
    return name.replace("\\", "/").removeprefix("./").casefold()


def find_odd_layout(file: BinaryIO, entries: Sequence[ZipInfo], list_start: int) -> str:
    """Entries that share bytes, or that say of themselves other than the list does.

    Two readers could take such a file for two different ones, and a small one could unpack to
    many times of itself. list_start: where the list of entries begins. Raises BadZipFile.
    """
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            return f"a part {quoted(entry.filename)} that shares bytes with another one"
        file.seek(entry.header_offset)
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size or not head.startswith(_SIGNATURE):
            raise BadZipFile(f"no part where {quoted(entry.filename)} should be")
        _, _, flags, method, *_, packed, _, name_size, extra_size = _HEADER.unpack(head)
        is_packed_alike = flags & _SIZES_FOLLOW or packed in (
            0,
            _SIZE_ELSEWHERE,
            entry.compress_size,
        )
        if method != entry.compress_type or not is_packed_alike:
            return f"a part {quoted(entry.filename)} that the file's list describes otherwise"
        end = entry.header_offset + _HEADER.size + name_size + extra_size + entry.compress_size
    return "parts that reach into the file's list of them" if end > list_start else ""
