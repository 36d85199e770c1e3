"""An upload on its way in: written piece by piece to a folder of its own, or not at all."""

import re
import secrets
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from importer.model.failure import LedgerUnavailable, UploadRefused, UploadTooLarge
from importer.sheets.formats.endings import WORKBOOKS
from importer.sheets.gate.limits import MEGABYTE
from importer.sheets.reading.evidence import EvidenceFolder

_ODD = re.compile(r"[^\w .,()&+'=-]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST_BYTES = 120
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


class Part(Enum):
    """The files of an upload."""

    WORKBOOK = "workbook"
    EVIDENCE = "evidence"


LIMITS: Mapping[Part, int] = {Part.WORKBOOK: 50 * MEGABYTE, Part.EVIDENCE: 500 * MEGABYTE}
"""Bytes that are taken of each file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An upload that is there. `stored` and `evidence` are paths below the folder of uploads."""

    id: str
    name: str
    stored: str
    evidence: str


@dataclass(slots=True, kw_only=True)
class Intake:
    """Takes the files of one upload. Call `begin`, `write`, `end` for each, then `finish`.

    root: the folder of all uploads. Raises UploadTooLarge from `write`, UploadRefused from
    `finish`; after either, `discard` leaves nothing behind.
    """

    root: Path
    limits: Mapping[Part, int] = field(default_factory=lambda: LIMITS)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    _names: dict[Part, str] = field(default_factory=dict)
    _sizes: dict[Part, int] = field(default_factory=dict)
    _open: tuple[Part, BinaryIO] | None = None

    @property
    def folder(self) -> Path:
        """The folder of this upload, for its owner only."""
        return self.root / self.id

    def begin(self, part: Part, name: str) -> None:
        """The next bytes are of this file; the name is the user's."""
        if part in self._names:
            raise UploadRefused("Two files came where one is asked for.", remedy="Choose one file.")
        self._names[part], self._sizes[part] = name, 0
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._open = part, self._path(part).open("wb")
        except OSError as failure:
            raise _not_kept(failure) from failure

    def write(self, data: bytes) -> None:
        """More bytes of the file that was begun."""
        if self._open is None:
            return
        part, file = self._open
        self._sizes[part] += len(data)
        if self._sizes[part] > self.limits[part]:
            raise UploadTooLarge(
                f"“{self._names[part]}” is larger than the {self.limits[part] // MEGABYTE} MB "
                f"that are taken as {part.value}.",
                remedy="Split the workbook by month or sheet."
                if part is Part.WORKBOOK
                else "Put only files into the zip that the workbook names.",
            )
        try:
            file.write(data)
        except OSError as failure:
            raise _not_kept(failure) from failure

    def end(self) -> None:
        """The file that was begun is complete."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def finish(self) -> Arrived:
        """Give the files the names under which the flows find them."""
        if not self._sizes.get(Part.WORKBOOK):
            raise UploadRefused(
                "No workbook came with the form.", remedy="Choose an .xlsx file and send it again."
            )
        workbook = self.folder / spell_safely(self._names[Part.WORKBOOK])
        self._path(Part.WORKBOOK).rename(workbook)
        evidence = ""
        if self._sizes.get(Part.EVIDENCE):
            self._expect_zip()
            archive = EvidenceFolder(workbook).archive
            if archive == workbook:
                raise UploadRefused(
                    "The workbook is a zip, and so is the evidence.",
                    remedy="Put the files of evidence into the zip of the .csv files.",
                )
            self._path(Part.EVIDENCE).rename(archive)
            evidence = f"{self.id}/{archive.name}"
        self._path(Part.EVIDENCE).unlink(missing_ok=True)
        name = _last_part(self._names[Part.WORKBOOK])
        return Arrived(
            id=self.id, name=name, stored=f"{self.id}/{workbook.name}", evidence=evidence
        )

    def discard(self) -> None:
        """Leave nothing behind."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, part: Part) -> Path:
        return self.folder / f".{part.value}.part"

    def _expect_zip(self) -> None:
        with self._path(Part.EVIDENCE).open("rb") as file:
            if not file.read(4).startswith(_ZIP_STARTS):
                raise UploadRefused(
                    f"“{self._names[Part.EVIDENCE]}” is not a zip, so no evidence can be found "
                    "in it.",
                    remedy="Pack the files of evidence into one .zip and choose that.",
                )


def spell_safely(name: str) -> str:
    """A name that any file system takes, as like the user's as can be, ending as that does.

    It holds no path, begins with no dot, and is short enough for names made from it.
    """
    plain = _ODD.sub("_", unicodedata.normalize("NFC", _last_part(name)))
    path = PurePosixPath(plain.strip(" .") or "workbook.xlsx")
    stem = path.stem.encode()[:_LONGEST_BYTES].decode(errors="ignore").strip(" .") or "workbook"
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    suffix = path.suffix.lower() if path.suffix.lower() in WORKBOOKS else ".xlsx"
    return f"{stem}{suffix}"


def _last_part(name: str) -> str:
    """The name without folders, whatever system it comes from."""
    return PureWindowsPath(PurePosixPath(name).name).name


def _not_kept(failure: OSError) -> LedgerUnavailable:
    return LedgerUnavailable(
        f"The upload cannot be kept: {failure.strerror or failure}.",
        remedy="Make room, or set IMPORTER_STATE_DIR to a folder that may be written.",
    )
