"""The package: a workbook is a zip of parts, and a zip can be made to do harm."""

import struct
import zlib
from collections.abc import Sequence
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import (
    FILE_DAMAGED,
    FILE_ENCRYPTED,
    FILE_NOT_A_WORKBOOK,
    FILE_TOO_LARGE,
)
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.kinship import describe_package, find_csv_parts, is_open_document
from importer.sheets.gate.limits import MEGABYTE, Limits
from importer.sheets.gate.prolog import Prolog, read_root
from importer.sheets.gate.zip_layout import find_odd_layout, find_odd_name, fold_name
from importer.sheets.ooxml.book import find_workbook_part
from importer.sheets.ooxml.markup import PartDamaged
from importer.sheets.ooxml.parts import Parts

_CHUNK = 1 << 20
_ENCRYPTED_FLAG = 0x1
_CONTENT_TYPES = "[content_types].xml"
_ROOT = "workbook"
_BINARY = ".bin"
_MANIFEST = "META-INF/manifest.xml"
_MANIFEST_BYTES = 1 << 20
_ENCRYPTION = b"encryption-data"
_MIMETYPE = "mimetype"


class _Refused(Exception):
    """Carries the problem out of the unpacking."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.found)
        self.problem = problem


def inspect_package(file: BinaryIO, limits: Limits) -> FileKind | Problem:
    """What kind of workbook a zip is, or what keeps it from being opened as one.

    Unpacks all of it once, counting; of a part only what stands before its first element is read.
    """
    try:
        with ZipFile(file) as package:
            entries = package.infolist()
            refusal = _inspect_entries(entries, limits)
            if refusal is not None:
                return refusal
            odd = find_odd_layout(file, entries, package.start_dir)
            if odd:
                return FILE_DAMAGED.at(Place(), found=odd)
            if _asks_for_password(package):
                return FILE_ENCRYPTED.at(Place(), found="parts that open only with a password")
            _unpack(package, entries, limits)
            return _find_kind(file, package)
    except _Refused as refused:
        return refused.problem
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        OverflowError,
        PartDamaged,
        ValueError,
        struct.error,
        zlib.error,
    ) as error:
        return FILE_DAMAGED.at(Place(), found=f"a broken package ({error})")


def _inspect_entries(entries: Sequence[ZipInfo], limits: Limits) -> Problem | None:
    """What the list of parts gives away before anything is unpacked."""
    names = [entry.filename for entry in entries]
    if not _may_be_workbook(names):
        return FILE_NOT_A_WORKBOOK.at(Place(), found=describe_package(names))
    if len(entries) > limits.entries:
        return FILE_TOO_LARGE.at(
            Place(),
            found=f"{len(entries):,} parts inside of the file",
            expected=f"a workbook of at most {limits.entries:,} parts",
            remedy="Copy the sheets that you import into a new workbook, and use that.",
        )
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        return FILE_ENCRYPTED.at(Place(), found="parts that open only with a password")
    oddity = find_odd_name(entries)
    return FILE_DAMAGED.at(Place(), found=oddity) if oddity else None


def _may_be_workbook(names: Sequence[str]) -> bool:
    return _is_office(names) or is_open_document(names) or bool(find_csv_parts(names))


def _is_office(names: Sequence[str]) -> bool:
    return any(fold_name(name) == _CONTENT_TYPES for name in names)


def _asks_for_password(package: ZipFile) -> bool:
    """Whether the list of an OpenDocument file says how its parts are encrypted."""
    if _MANIFEST not in package.namelist():
        return False
    with package.open(_MANIFEST) as part:
        return _ENCRYPTION in part.read(_MANIFEST_BYTES)


def _unpack(package: ZipFile, entries: Sequence[ZipInfo], limits: Limits) -> None:
    total = 0
    for entry in entries:
        total += _unpack_part(package, entry, limits, total)


def _unpack_part(package: ZipFile, entry: ZipInfo, limits: Limits, before: int) -> int:
    """Unpack one part and answer with its true size: the size that a zip declares may lie."""
    size, prolog = 0, Prolog(entry.filename)
    with package.open(entry) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            _expect_within(entry, size, before + size, limits)
            if fault := prolog.read(chunk):
                raise _Refused(FILE_DAMAGED.at(Place(), found=fault))
    return size


def _find_kind(file: BinaryIO, package: ZipFile) -> FileKind | Problem:
    """What the parts make up together, by their relations rather than by their usual names."""
    names = package.namelist()
    if _is_office(names):
        with Parts(file) as parts:
            part = find_workbook_part(parts)
            if part.casefold().endswith(_BINARY) and "workbook" in part.casefold():
                return FileKind.XLSB
            # Of one that is no XML the reader says where it breaks.
            if parts.has(part) and _read_root(parts, part) in (_ROOT, ""):
                return FileKind.XLSX
    elif is_open_document(names):
        kind = package.read(_MIMETYPE).decode("ascii", errors="replace")
        if "spreadsheet" in kind:
            return FileKind.ODS
    elif find_csv_parts(names):
        return FileKind.CSV_ZIP
    return FILE_NOT_A_WORKBOOK.at(Place(), found=describe_package(names))


def _read_root(parts: Parts, part: str) -> str:
    with parts.open(part) as stream:
        return read_root(stream, part)


def _expect_within(entry: ZipInfo, size: int, total: int, limits: Limits) -> None:
    if size > limits.part_bytes:
        largest = limits.part_bytes // MEGABYTE
        found, expected = f"more than {largest:,} MB", f"parts of at most {largest:,} MB each"
    elif total > limits.total_bytes:
        largest = limits.total_bytes // MEGABYTE
        found, expected = f"more than {largest:,} MB in all", f"at most {largest:,} MB in all"
    elif size > limits.ratio_from and size > limits.ratio * entry.compress_size:
        found = f"more than {limits.ratio} times its packed size"
        expected = "a workbook whose parts do not swell like that"
    else:
        return
    raise _Refused(
        FILE_TOO_LARGE.at(
            Place(),
            found=f"a file whose part {quoted(entry.filename)} unpacks to {found}",
            expected=expected,
        )
    )
