"""Files of evidence: beside the workbook, below it, or in one zip of its name; never outside."""

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath, PureWindowsPath
from zipfile import BadZipFile, ZipFile

from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Document

_RESULTS = re.compile(r"\.results(?: \(\d+\))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What the service takes: bytes, and media types by ending (empty: any)."""

    largest: int
    types: dict[str, str]


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """Where the evidence of a workbook may lie."""

    workbook: Path

    @property
    def folder(self) -> Path:
        """Where evidence lies: a workbook that is a folder of text files has it inside."""
        return self.workbook if self.workbook.is_dir() else self.workbook.parent

    @property
    def archive(self) -> Path:
        """The zip beside the workbook, there or not; results share that of their original."""
        return self.workbook.with_name(f"{_RESULTS.sub('', self.workbook.stem)}.zip")

    def find(self, named: str, place: Place, allowed: Allowed) -> Document | Problem:
        """The document that a cell names, or the problem with it."""
        if not _stays_inside(named):
            return kinds.CELL_FILE_OUTSIDE.at(place, found=quoted(named))
        path = PurePosixPath(named.replace("\\", "/"))
        content_type = allowed.types.get(path.suffix.lower(), "")
        if allowed.types and not content_type:
            expected = "a file ending with " + ", ".join(sorted(allowed.types))
            return kinds.CELL_FILE_TYPE.at(place, found=quoted(named), expected=expected)
        try:
            content = self.read(named, largest=allowed.largest)
        except FileNotFoundError:
            return kinds.CELL_FILE_MISSING.at(
                place,
                found=f"{quoted(named)}, which is neither in {self.folder.resolve()} "
                f"nor in {self.archive.name}",
            )
        except _TooLarge:
            return kinds.CELL_FILE_TOO_LARGE.at(
                place, found=quoted(named), expected=f"at most {allowed.largest:,} bytes"
            )
        except (OSError, BadZipFile, zlib.error, NotImplementedError, RuntimeError) as failure:
            return kinds.CELL_FILE_MISSING.at(
                place, found=f"{quoted(named)}, which cannot be read ({failure})"
            )
        if not content:
            return kinds.CELL_FILE_EMPTY.at(place, found=f"{quoted(named)} with 0 bytes")
        return Document(
            named=named,
            name=path.name,
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            content_type=content_type or _guess_type(path.name),
        )

    def read(self, named: str, *, largest: int) -> bytes:
        """The bytes of a document. Raises what reading raises, and for more than `largest`."""
        path = self.folder / named.replace("\\", "/")
        folder = self.folder.resolve()
        if path.is_file() and path.resolve().is_relative_to(folder):
            with path.open("rb") as file:
                return _cap(file.read(largest + 1), largest)
        return self._read_archived(str(PurePosixPath(named.replace("\\", "/"))), largest)

    def _read_archived(self, name: str, largest: int) -> bytes:
        if not self.archive.is_file():
            raise FileNotFoundError(name)
        with ZipFile(self.archive) as archive:
            try:
                entry = archive.getinfo(name)
            except KeyError:
                raise FileNotFoundError(name) from None
            with archive.open(entry) as file:
                return _cap(b"".join(_pieces(file.read, largest)), largest)


def _guess_type(name: str) -> str:
    """The media type by the ending, from Python's own table: that of the system differs."""
    return MimeTypes().guess_type(name)[0] or "application/octet-stream"


class _TooLarge(Exception):
    """More bytes than the service takes."""


def _cap(content: bytes, largest: int) -> bytes:
    if len(content) > largest:
        raise _TooLarge
    return content


def _pieces(read: Callable[[int], bytes], largest: int) -> Iterator[bytes]:
    """Read piece by piece, so that a zip bomb is noticed before it is unpacked."""
    left = largest + 1
    while left > 0 and (piece := read(min(left, 1 << 20))):
        left -= len(piece)
        yield piece


def _stays_inside(named: str) -> bool:
    """Whether a path is relative and never goes up, on any system that may read it."""
    posix = PurePosixPath(named.replace("\\", "/"))
    windows = PureWindowsPath(named)
    is_plain = "\0" not in named and "://" not in named and not named.startswith("~")
    is_relative = not (posix.is_absolute() or windows.is_absolute() or windows.drive)
    return bool(is_plain and is_relative and posix.name and ".." not in posix.parts)
