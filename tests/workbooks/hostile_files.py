"""Zips that do not hold together or want to do harm, and files that are no workbooks."""

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZIP_STORED, ZipFile

from tests.workbooks.builder import package, row
from tests.workbooks.hostile import (
    CENTRAL,
    END,
    LOCAL,
    Hostile,
    overlapping,
    packed,
    patched,
    sound,
)

PAGE = row(1, "1")


def with_parts(**parts: bytes) -> bytes:
    return packed(package(PAGE) | parts)


def file(name: str, content: bytes, code: str = "FILE_DAMAGED", says: str = "") -> Hostile:
    return Hostile(name=name, make=lambda: content, code=code, says=says)


def twice(first: str, second: str) -> bytes:
    return packed(package(PAGE) | {first: b"<x/>", second: b"<x/>"})


def outside(name: str) -> Hostile:
    content = packed(package(PAGE) | {name: b"<x/>"})
    return file(f"a part {name!r}", content, says="points out of the file")


def other(part: str, says: str) -> Hostile:
    content = packed({"[Content_Types].xml": b"<Types/>", part: b"<x/>"})
    return file(f"a package of {part}", content, "FILE_NOT_A_WORKBOOK", says)


def doubled() -> bytes:
    """Two parts of the very same name."""
    content = packed(package(PAGE) | {"xl/worksheets/sheet2.xml": b"<x/>"})
    return content.replace(b"sheet2.xml", b"sheet1.xml")


def encrypted() -> bytes:
    content = patched(sound(), LOCAL, 6, b"\x01\x00")
    return patched(content, CENTRAL, 8, b"\x01\x00")


def of_wrong_sum() -> bytes:
    content = packed(package(PAGE), method=ZIP_STORED)
    return content.replace(b"<v>1</v>", b"<v>2</v>")


def of_wrong_size(size: int) -> bytes:
    """The list of parts says another size of the last part than it has."""
    return patched(sound(), CENTRAL, 24, struct.pack("<I", size), last=True)


FILES = (
    file("two parts of one name", doubled(), says="two parts"),
    file("two parts alike but for case", twice("a.xml", "A.XML"), says="two parts"),
    file("parts that overlap", overlapping()),
    outside("../../etc/passwd"),
    outside("xl/../../x.xml"),
    outside("/etc/passwd"),
    outside("xl\\..\\..\\x.xml"),
    outside("C:/x.xml"),
    file("packed with bzip2", packed(package(PAGE), method=ZIP_BZIP2), says="packed"),
    file("packed with LZMA", packed(package(PAGE), method=ZIP_LZMA), says="packed"),
    file("a part with a password", encrypted(), "FILE_ENCRYPTED", "password"),
    file("cut in the middle", sound()[: len(sound()) // 2]),
    file("cut before its list of parts", sound()[: sound().find(CENTRAL)]),
    file("cut in its last record", sound()[:-5]),
    file("a sum that is wrong", of_wrong_sum(), says="broken package"),
    file("a part larger than it says", of_wrong_size(7)),
    file("a list of parts that is elsewhere", patched(sound(), END, 16, b"\xff\xff\xff\x7f")),
    file("a list of parts that is longer", patched(sound(), END, 12, b"\xff\xff\xff\x7f")),
    file("a part that starts elsewhere", patched(sound(), CENTRAL, 42, b"\xff\xff\xff\x7f")),
    file("a method that nobody knows", patched(sound(), CENTRAL, 10, b"\x63\x00")),
    file(
        "2,001 parts",
        packed(package(PAGE) | {f"x/{n}.bin": b"" for n in range(2_001 - len(package(PAGE)))}),
        "FILE_TOO_LARGE",
        "2,001 parts",
    ),
    file("an empty file", b"", "FILE_NOT_A_WORKBOOK", "an empty file"),
    file("an empty zip", END + bytes(18), "FILE_NOT_A_WORKBOOK", "zip archive"),
    file("a text", b"hello", "FILE_NOT_A_WORKBOOK", "a text file"),
    file("a web page", b"<!doctype html><table></table>", "FILE_NOT_A_WORKBOOK", "a web page"),
    file("a PDF document", b"%PDF-1.7\n%", "FILE_NOT_A_WORKBOOK", "PDF"),
    file("a picture", b"\x89PNG\r\n\x1a\n", "FILE_NOT_A_WORKBOOK", "a picture"),
    file("zeros", bytes(10_000), "FILE_NOT_A_WORKBOOK", "unknown"),
    file("only the start of a zip", LOCAL),
    file(
        "only the start of an old document",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        "FILE_NOT_A_WORKBOOK",
        "old",
    ),
    other("word/document.xml", ".docx"),
    other("ppt/presentation.xml", "presentation"),
    other("anything.xml", "zip archive"),
)


def zip64() -> bytes:
    """Sizes in the records for large files, as some programs write them for all."""
    content = BytesIO()
    with ZipFile(content, "w") as target:
        for name, each in package(PAGE).items():
            with target.open(name, "w", force_zip64=True) as entry:
                entry.write(each)
    return content.getvalue()


READ_ALL_THE_SAME = {
    "with sizes for large files": zip64(),
    "with bytes behind it": sound() + b"more",
    "with a zip in it": packed(package(PAGE) | {"xl/embeddings/inner.xlsx": sound()}),
    "not packed at all": packed(package(PAGE), method=ZIP_STORED),
}
