"""A workbook that is refused: with which code, at which cell, and with which word."""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.workbooks.builder import Content, package, row


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """`make`: the bytes of the file. `place`: as a problem spells it. `says`: among its words."""

    name: str
    make: Callable[[], bytes]
    code: str
    place: str = "the workbook"
    says: str = ""

    def __str__(self) -> str:
        return self.name


def at(place: str, name: str, data: Content, *, says: str = "") -> Hostile:
    """A sheet that is wrong at one place; its first row is sound."""
    content = row(1, "1", "1") + data if isinstance(data, str) and data[:4] != "<wor" else data
    parts = package(content, strings=("a", "b"), formats=(14,))
    return Hostile(
        name=name, make=lambda: packed(parts), code="FILE_DAMAGED", place=place, says=says
    )


def part(
    name: str, content: Content | None, title: str, *, place: str = "", says: str = ""
) -> Hostile:
    """A package of which one part is wrong, or missing."""
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>1</v></c></row>'

    def make() -> bytes:
        return packed(package(data, strings=("a",), formats=(14,), parts={name: content}))

    return Hostile(
        name=title, make=make, code="FILE_DAMAGED", place=place or "the workbook", says=says
    )


def packed(parts: Mapping[str, bytes], *, method: int = ZIP_DEFLATED) -> bytes:
    """A zip of the parts, under the names as they are given."""
    content = BytesIO()
    with ZipFile(content, "w") as target:
        for name, each in parts.items():
            entry = ZipInfo("x", (2025, 1, 1, 0, 0, 0))
            entry.filename, entry.compress_type = name, method
            target.writestr(entry, each)
    return content.getvalue()


def sound() -> bytes:
    return packed(package(row(1, "1", "2")))


def patched(
    content: bytes, start: bytes, offset: int, value: bytes, *, last: bool = False
) -> bytes:
    """The file with other bytes in one of its records, that one found by its signature."""
    found = (content.rfind if last else content.find)(start) + offset
    return content[:found] + value + content[found + len(value) :]


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def overlapping() -> bytes:
    """Two parts in the list of the zip that are the same bytes of the file."""
    content = sound()
    first = content.find(CENTRAL)
    second = content.find(CENTRAL, first + 1)
    (offset,) = struct.unpack_from("<I", content, first + 42)
    return content[: second + 42] + struct.pack("<I", offset) + content[second + 46 :]
