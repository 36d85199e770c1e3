"""The gate: whether a file may be handed to a parser at all, judged by its content."""

import mmap
from pathlib import Path
from typing import BinaryIO
from zipfile import is_zipfile

from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import (
    FILE_DAMAGED,
    FILE_ENCRYPTED,
    FILE_NOT_A_WORKBOOK,
    FILE_NOT_FOUND,
    FILE_NOT_READABLE,
    FILE_TOO_LARGE,
)
from importer.sheets.formats.csv_folder import is_csv_folder
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.kinship import (
    OLE_START,
    SEPARATED,
    TEXT,
    ZIP_STARTS,
    describe_bytes,
    holds_encrypted_package,
    names_old_workbook,
)
from importer.sheets.gate.limits import LIMITS, MEGABYTE, Limits
from importer.sheets.gate.ole import is_whole
from importer.sheets.gate.package import inspect_package

_HEAD = 4096


def inspect(path: Path, limits: Limits = LIMITS) -> FileKind | Problem:
    """What kind of workbook the file is, or what keeps it from being read as one.

    A package is unpacked once, counting, and no parser sees more of it than the start of each part.
    """
    try:
        if path.is_dir():
            return _inspect_folder(path)
        if path.exists() and not path.is_file():
            return FILE_NOT_A_WORKBOOK.at(Place(), found="something that is not a file")
        with path.open("rb") as file:
            return _inspect_content(file, path, limits)
    except (FileNotFoundError, NotADirectoryError):
        return FILE_NOT_FOUND.at(Place(), found=f"no file {quoted(path)}")
    except PermissionError:
        return FILE_NOT_READABLE.at(Place(), found=f"no right to read {quoted(path)}")
    except OSError as error:
        return FILE_NOT_READABLE.at(
            Place(),
            found=f"an answer of the operating system: {error.strerror or error}",
            remedy="Check the path and the disk, or copy the file to another folder.",
        )


def _inspect_folder(path: Path) -> FileKind | Problem:
    if is_csv_folder(path):
        return FileKind.CSV_FOLDER
    return FILE_NOT_A_WORKBOOK.at(
        Place(), found="a folder", remedy="Name a workbook inside of the folder."
    )


def _inspect_content(file: BinaryIO, path: Path, limits: Limits) -> FileKind | Problem:
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(OLE_START):
        return _inspect_ole(file, limits)
    # Some programs put bytes before the zip, and every reader passes over them.
    if head.startswith(ZIP_STARTS) or is_zipfile(file):
        return inspect_package(file, limits)
    found = describe_bytes(head)
    # Of a column without a separator only the name tells that it is no letter.
    if found == SEPARATED or (found == TEXT and path.suffix.lower() == ".csv"):
        return _inspect_size(file, limits) or FileKind.CSV
    return FILE_NOT_A_WORKBOOK.at(Place(), found=found)


def _inspect_ole(file: BinaryIO, limits: Limits) -> FileKind | Problem:
    """The container of old Office files, which also wraps new ones that have a password."""
    if (refusal := _inspect_size(file, limits)) is not None:
        return refusal
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if holds_encrypted_package(content):
            return FILE_ENCRYPTED.at(Place(), found="a file that opens only with a password")
        if names_old_workbook(content):
            found = f"{FileKind.XLS.value} of which a part is missing"
            return FileKind.XLS if is_whole(content) else FILE_DAMAGED.at(Place(), found=found)
    return FILE_NOT_A_WORKBOOK.at(Place(), found="an old Office document, or a part of one")


def _inspect_size(file: BinaryIO, limits: Limits) -> Problem | None:
    """A file that is not packed may be as large as a part that is."""
    size = file.seek(0, 2)
    file.seek(0)
    if size <= limits.part_bytes:
        return None
    largest = limits.part_bytes // MEGABYTE
    return FILE_TOO_LARGE.at(
        Place(), found=f"a file of {size:,} bytes", expected=f"at most {largest:,} MB"
    )
