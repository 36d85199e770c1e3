"""What is kept out before any parser sees it, and with which words."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from importer.model.problem import Problem
from importer.sheets.gate.inspection import inspect
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.reading.grid import Contents
from importer.sheets.reading.opening import open_contents
from tests.sheets.builder import read_parts, write_package, write_workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "sound.xlsx", "Loads\nLoad* | Weight*\nL-1 | 12.5")


def refused(path: Path, limits: Limits = LIMITS) -> Problem:
    problem = inspect(path, limits)
    assert isinstance(problem, Problem)
    assert problem.found
    assert problem.expected
    assert problem.remedy
    assert str(problem.place) == "the workbook"
    return problem


def file_of(folder: Path, content: bytes, name: str = "month.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def ole_with(stream: str) -> bytes:
    """An OLE file whose directory has an entry of that name, after a sector of other text."""
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2) + bytes(62)
    decoy = "x EncryptedPackage".encode("utf-16-le").ljust(512, b"\0")
    return OLE + bytes(504) + decoy + entry + bytes(384)


def test_a_sound_workbook_passes(sound: Path) -> None:
    assert inspect(sound) is FileKind.XLSX


def test_the_name_does_not_count(sound: Path) -> None:
    assert inspect(sound.rename(sound.with_name("month.txt"))) is FileKind.XLSX


def test_a_missing_file(tmp_path: Path) -> None:
    problem = refused(tmp_path / "nothing.xlsx")
    assert problem.code == "FILE_NOT_FOUND"
    assert "nothing.xlsx" in problem.found


def test_a_path_through_a_file(sound: Path) -> None:
    assert refused(sound / "month.xlsx").code == "FILE_NOT_FOUND"


def test_a_folder(tmp_path: Path) -> None:
    problem = refused(tmp_path)
    assert (problem.code, problem.found) == ("FILE_NOT_A_WORKBOOK", "a folder")


def test_no_right_to_read(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Whoever runs the tests as root may read everything, so the system's answer is played.
    monkeypatch.setattr(Path, "open", forbid)
    assert refused(sound).code == "FILE_NOT_READABLE"


def test_a_disk_that_fails(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    problem = refused(sound)
    assert problem.code == "FILE_NOT_READABLE"
    assert "Input/output error" in problem.found


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (b"", "an empty file"),
        (b"Dear operator\n", "a text file"),
        (b"PK is how this letter starts\n", "a text file"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xef\xbb\xbf  <html><table></table></html>", "a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (bytes(range(256)), "unknown"),
    ],
)
def test_other_files_are_named(tmp_path: Path, content: bytes, looks_like: str) -> None:
    problem = refused(file_of(tmp_path, content))
    assert problem.code == "FILE_NOT_A_WORKBOOK"
    assert looks_like in problem.found
    assert ".xlsx" in problem.remedy


@pytest.mark.parametrize(
    ("part", "looks_like"),
    [
        ("word/document.xml", ".docx"),
        ("content.xml", "OpenDocument"),
        ("holiday.jpg", "zip archive"),
    ],
)
def test_other_packages_are_named(tmp_path: Path, part: str, looks_like: str) -> None:
    parts = {"[Content_Types].xml": b"<Types/>", part: b"<x/>"}
    problem = refused(write_package(tmp_path / "month.xlsx", parts))
    assert problem.code == "FILE_NOT_A_WORKBOOK"
    assert looks_like in problem.found


def test_a_workbook_part_without_content_types(tmp_path: Path) -> None:
    path = write_package(tmp_path / "month.xlsx", {"xl/workbook.xml": b"<workbook/>"})
    assert refused(path).code == "FILE_NOT_A_WORKBOOK"


def test_a_password(tmp_path: Path) -> None:
    problem = refused(file_of(tmp_path, ole_with("EncryptedPackage")))
    assert problem.code == "FILE_ENCRYPTED"
    assert "password" in problem.remedy


@pytest.mark.parametrize(("stream", "looks_like"), [("WordDocument", "old Office document")])
def test_an_old_office_file(tmp_path: Path, stream: str, looks_like: str) -> None:
    problem = refused(file_of(tmp_path, ole_with(stream)))
    assert problem.code == "FILE_NOT_A_WORKBOOK"
    assert looks_like in problem.found


def test_a_password_of_the_zip(sound: Path) -> None:
    content = bytearray(sound.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refused(file_of(sound.parent, bytes(content))).code == "FILE_ENCRYPTED"


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_download_that_broke_off(sound: Path, kept: float) -> None:
    content = sound.read_bytes()
    path = file_of(sound.parent, content[: int(len(content) * kept)])
    assert refused(path).code == "FILE_DAMAGED"


def test_a_flipped_byte(sound: Path) -> None:
    content = bytearray(sound.read_bytes())
    with zipfile.ZipFile(sound) as package:
        entry = package.getinfo("xl/styles.xml")
    content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0x55
    assert refused(file_of(sound.parent, bytes(content))).code == "FILE_DAMAGED"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.xml",
        "..\\evil.xml",
        "/etc/evil.xml",
        "\\etc\\evil.xml",
        "C:/evil.xml",
        "XL/WORKBOOK.XML",
        "xl\\workbook.xml",
    ],
)
def test_odd_names_of_parts(sound: Path, name: str) -> None:
    problem = refused(write_package(sound, read_parts(sound) | {name: b"<x/>"}))
    assert problem.code == "FILE_DAMAGED"


def test_a_method_that_no_program_uses(sound: Path) -> None:
    with zipfile.ZipFile(sound, "a", zipfile.ZIP_BZIP2) as package:
        package.writestr("xl/extra.xml", b"<x/>")
    assert refused(sound).code == "FILE_DAMAGED"


def test_too_many_parts(sound: Path) -> None:
    problem = refused(sound, Limits(entries=3))
    assert problem.code == "FILE_TOO_LARGE"
    assert "at most 3 parts" in problem.expected


@pytest.mark.parametrize(
    "limits",
    [
        Limits(part_bytes=1_000_000),
        Limits(total_bytes=1_000_000),
        Limits(ratio=20, ratio_from=1_000_000),
    ],
)
def test_a_part_that_swells(sound: Path, limits: Limits) -> None:
    swelling = write_package(sound, read_parts(sound) | {"xl/media/a.bin": bytes(3_000_000)})
    assert inspect(swelling) is FileKind.XLSX
    problem = refused(swelling, limits)
    assert problem.code == "FILE_TOO_LARGE"
    assert "xl/media/a.bin" in problem.found


def test_the_published_limits() -> None:
    assert Limits() == Limits(
        entries=2_000,
        part_bytes=400_000_000,
        total_bytes=800_000_000,
        ratio=200,
        ratio_from=10_000_000,
    )


def test_a_bomb_with_the_published_limits(sound: Path) -> None:
    bomb = write_package(sound, read_parts(sound) | {"xl/media/a.bin": bytes(12_000_000)})
    assert refused(bomb).code == "FILE_TOO_LARGE"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_doctype(sound: Path, part: str, encoding: str) -> None:
    comment = "<!--" + "x" * 2_000_000 + "-->"
    doctype = f'<?xml version="1.0"?>{comment}<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    path = write_package(sound, read_parts(sound) | {part: doctype.encode(encoding)})
    problem = refused(path)
    assert problem.code == "FILE_DAMAGED"
    assert "DOCTYPE" in problem.found


def test_the_word_doctype_in_a_cell_is_just_a_word(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", "Loads\nLoad*\n<!DOCTYPE html>")
    assert inspect(path) is FileKind.XLSX


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"External ID;Value\nA;1\n", FileKind.CSV),
        ("Gr\u00f6\u00dfe,Wert\n".encode("latin-1"), FileKind.CSV),
        ("\ufeffExternal ID\tValue\n".encode("utf-16"), FileKind.CSV),
    ],
)
def test_other_formats_are_told_by_content(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    assert inspect(file_of(tmp_path, content)) is kind


@pytest.mark.parametrize("stream", ["Workbook", "Book"])
def test_an_old_workbook_of_which_a_part_is_missing(tmp_path: Path, stream: str) -> None:
    problem = refused(file_of(tmp_path, ole_with(stream)))
    assert problem.code == "FILE_DAMAGED"
    assert ".xls" in problem.found


def test_a_column_without_a_separator_is_told_by_its_name(tmp_path: Path) -> None:
    assert inspect(file_of(tmp_path, b"External ID\nA\n", "Loads.csv")) is FileKind.CSV


@pytest.mark.parametrize("content", [OLE + bytes(2_000), b"a;b\n" * 500])
def test_a_file_that_is_too_large_unpacked(tmp_path: Path, content: bytes) -> None:
    limits = Limits(part_bytes=1_000)
    assert refused(file_of(tmp_path, content), limits).code == "FILE_TOO_LARGE"


def test_a_back_slash_between_folders(sound: Path) -> None:
    """Some programs write their parts like that; zipfile would write `/`."""
    parts = {name.replace("/", "!"): content for name, content in read_parts(sound).items()}
    package = write_package(sound, parts).read_bytes()
    for name in parts:
        package = package.replace(name.encode(), name.replace("!", "\\").encode())
    path = file_of(sound.parent, package)
    assert inspect(path) is FileKind.XLSX
    assert isinstance(open_contents(path), Contents)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda content: b"HTTP/1.1 200 OK\r\n\r\n" + content,
        lambda content: content + b"\r\n",
        lambda content: content + bytes(30_000),
    ],
)
def test_bytes_around_the_zip(sound: Path, wrap: Callable[[bytes], bytes]) -> None:
    path = file_of(sound.parent, wrap(sound.read_bytes()))
    assert inspect(path) is FileKind.XLSX
    contents = open_contents(path)
    assert isinstance(contents, Contents)
    assert contents.grids[0].cell(2, 1).value == "L-1"


def test_a_comment_of_the_zip(sound: Path) -> None:
    with zipfile.ZipFile(sound, "a") as package:
        package.comment = b"made by a printer"
    assert inspect(sound) is FileKind.XLSX


def test_a_zip_in_the_large_form(sound: Path) -> None:
    with zipfile.ZipFile(sound) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(sound, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            with package.open(name, "w", force_zip64=True) as part:
                part.write(content)
    assert inspect(sound) is FileKind.XLSX


def test_parts_that_share_their_bytes(sound: Path) -> None:
    """The bomb of many entries over one set of bytes (Fifield, 2019), in its simplest form."""
    content = bytearray(sound.read_bytes())
    with zipfile.ZipFile(sound) as package:
        first, second = package.infolist()[:2]
    listed = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 4)
    assert struct.unpack_from("<L", content, listed + 42)[0] == second.header_offset
    struct.pack_into("<L", content, listed + 42, first.header_offset)
    problem = refused(file_of(sound.parent, bytes(content)))
    assert problem.code == "FILE_DAMAGED"
    assert "shares bytes" in problem.found


@pytest.mark.parametrize(("at", "value"), [(8, 0), (18, 7)])
def test_a_part_that_says_otherwise_of_itself(sound: Path, at: int, value: int) -> None:
    """The method of packing and the packed size stand at the part and in the list."""
    content = bytearray(sound.read_bytes())
    struct.pack_into("<H", content, at, value)
    problem = refused(file_of(sound.parent, bytes(content)))
    assert problem.code == "FILE_DAMAGED"
    assert "describes otherwise" in problem.found


def test_the_workbook_is_found_by_its_relation_alone(sound: Path) -> None:
    parts = read_parts(sound)
    parts["xl/book.xml"] = parts.pop("xl/workbook.xml")
    parts["xl/_rels/book.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"workbook.xml", b"book.xml")
    assert inspect(write_package(sound, parts)) is FileKind.XLSX


def test_a_package_of_another_program_with_a_workbook_in_it(sound: Path) -> None:
    """A text document may carry a workbook's part; its relation says what it is."""
    parts = read_parts(sound) | {"word/document.xml": b"<w:document xmlns:w='w'/>"}
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"word/document.xml")
    problem = refused(write_package(sound, parts))
    assert problem.code == "FILE_NOT_A_WORKBOOK"
    assert ".docx" in problem.found
