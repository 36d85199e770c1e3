"""The gate: whether a file may be handed to a parser at all, judged by its content."""

from pathlib import Path
from typing import BinaryIO

from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import (
    FILE_ENCRYPTED,
    FILE_NOT_A_WORKBOOK,
    FILE_NOT_FOUND,
    FILE_NOT_READABLE,
)
from importer.sheets.kinship import (
    OLE_START,
    ZIP_STARTS,
    describe_bytes,
    holds_encrypted_package,
    names_old_workbook,
)
from importer.sheets.limits import LIMITS, Limits
from importer.sheets.package import inspect_package

_HEAD = 4096


def inspect(path: Path, limits: Limits = LIMITS) -> Problem | None:
    """What keeps the file from being read as a workbook; None where nothing does.

    It is unpacked once, counting, and no parser sees more of it than the start of each part.
    """
    try:
        if path.is_dir():
            return FILE_NOT_A_WORKBOOK.at(
                Place(), found="a folder", remedy="Name a workbook inside of the folder."
            )
        if path.exists() and not path.is_file():
            return FILE_NOT_A_WORKBOOK.at(Place(), found="something that is not a file")
        with path.open("rb") as file:
            return _inspect_content(file, limits)
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


def _inspect_content(file: BinaryIO, limits: Limits) -> Problem | None:
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(OLE_START):
        return _inspect_ole(file.read(limits.part_bytes))
    if head.startswith(ZIP_STARTS):
        return inspect_package(file, limits)
    return FILE_NOT_A_WORKBOOK.at(Place(), found=describe_bytes(head))


def _inspect_ole(content: bytes) -> Problem:
    """The container of old Office files, which also wraps new ones that have a password."""
    if holds_encrypted_package(content):
        return FILE_ENCRYPTED.at(Place(), found="a file that opens only with a password")
    if names_old_workbook(content):
        return FILE_NOT_A_WORKBOOK.at(Place(), found="a workbook in the old format (.xls)")
    return FILE_NOT_A_WORKBOOK.at(Place(), found="an old Office document, or a part of one")
