"""The package: a workbook is a zip of parts, and a zip can be made to do harm."""

import struct
import zlib
from collections import Counter
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import (
    FILE_DAMAGED,
    FILE_ENCRYPTED,
    FILE_NOT_A_WORKBOOK,
    FILE_TOO_LARGE,
)
from importer.sheets.kinship import CONTENT_TYPES, describe_package, find_workbook_part
from importer.sheets.limits import MEGABYTE, Limits
from importer.sheets.prolog import Prolog

_CHUNK = 1 << 20
_ENCRYPTED_FLAG = 0x1


class _Refused(Exception):
    """Carries the problem out of the unpacking."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.found)
        self.problem = problem


def inspect_package(file: BinaryIO, limits: Limits) -> Problem | None:
    """What keeps a zip from being opened as a workbook; unpacks all of it once, counting."""
    try:
        with ZipFile(file) as package:
            entries = package.infolist()
            problem = _inspect_entries(entries, limits)
            if problem is None:
                _unpack(package, entries, limits)
    except _Refused as refused:
        return refused.problem
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        OverflowError,
        ValueError,
        struct.error,
        zlib.error,
    ) as error:
        return FILE_DAMAGED.at(Place(), found=f"a broken package ({error})")
    return problem


def _inspect_entries(entries: list[ZipInfo], limits: Limits) -> Problem | None:
    """What the list of parts gives away before anything is unpacked."""
    names = [entry.filename for entry in entries]
    if CONTENT_TYPES not in names or find_workbook_part(names) is None:
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
    oddity = _find_oddity(entries)
    return FILE_DAMAGED.at(Place(), found=oddity) if oddity else None


def _find_oddity(entries: list[ZipInfo]) -> str:
    """What no spreadsheet program writes; empty where all is usual."""
    twice = Counter(entry.filename.casefold() for entry in entries)
    for entry in entries:
        name = entry.filename
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            return f"a part that points out of the file, {quoted(name)}"
        if twice[name.casefold()] > 1:
            return f"two parts of the name {quoted(name)}"
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            return f"a part packed as no spreadsheet program does, {quoted(name)}"
    return ""


def _unpack(package: ZipFile, entries: list[ZipInfo], limits: Limits) -> None:
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
