"""A copy of the user's workbook with our changes in it; all else is the same, byte for byte."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

from importer.model.failure import ResultsNotWritten
from importer.sheets.ooxml.markup import PartDamaged, TooMuch
from importer.sheets.ooxml.package_edit import PackageEdit
from importer.sheets.results.delivery import deliver

_DAMAGED = (
    PartDamaged,
    TooMuch,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What a file raises that does not hold together."""


class _NotTaken(Exception):
    """Carries what the disk says past those who would take it for damage of the source."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class _Target:
    """The file that is written."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self._file = file.seek, file.tell, file

    def write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise _NotTaken(error) from error


def give_back(source: Path, destination: Path, edit: Callable[[PackageEdit, Path], None]) -> Path:
    """Write a changed copy of a workbook, and answer with the path that it has got.

    `edit` is told the path, as the file may speak of itself. The source may be the destination.
    Raises `ResultsNotWritten`; the file is whole before and after.
    """

    def render(path: Path, file: BinaryIO) -> None:
        # It is closed before the copy takes its place, which Windows asks for.
        with _open(source) as content:
            try:
                package = PackageEdit(content)
                edit(package, path)
                package.write(_Target(file))
            except _NotTaken as refusal:
                raise refusal.error from refusal
            except _DAMAGED as error:
                raise _failure(source) from error

    return deliver(destination, render)


def _open(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise _failure(source) from error


def _failure(source: Path) -> ResultsNotWritten:
    return ResultsNotWritten(
        f"The results could not be written into a copy of {source.name}.",
        remedy="Leave the file in its place, save it once in a spreadsheet program, and import "
        "again: what is in order is not sent twice.",
    )
