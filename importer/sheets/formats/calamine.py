"""Workbooks in the formats .xls, .xlsb and .ods: their cells, from a process that may break."""

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import IO

from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.problem_kinds import (
    FILE_DAMAGED,
    FILE_ENCRYPTED,
    FILE_READER_MISSING,
    FILE_READER_STOPPED,
    FILE_SEEN_IN_PART,
)
from importer.sheets.formats import calamine_child
from importer.sheets.formats.calamine_lines import BrokenOff, read_lines
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.limits import LIMITS, MEGABYTE, Limits
from importer.sheets.reading.grid import Contents

_LIBRARY = "python_calamine"
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "PATH")
"""Variables that a process needs to start; the others may hold secrets."""

_ERRORS = "error cells such as #REF! read as blank ones; unseen are number formats (7 % is 0.07), "
_UNSEEN = {
    FileKind.XLS: f"{_ERRORS}formulas and hidden rows",
    FileKind.XLSB: f"{_ERRORS}formulas and hidden rows",
    FileKind.ODS: f"{_ERRORS}formulas, hidden rows and merged cells",
}
"""What the library loses without a word."""


def is_installed() -> bool:
    """Whether the extra `formats` is there."""
    return importlib.util.find_spec(_LIBRARY) is not None


def read_with_calamine(path: Path, kind: FileKind, limits: Limits = LIMITS) -> Contents | Problem:
    """All cells of a workbook, or what keeps them from being read.

    Raises TooMuch; never raises for anything else that is in the file.
    """
    library = importlib.util.find_spec(_LIBRARY)
    if library is None or library.origin is None:
        return FILE_READER_MISSING.at(Place(), found=kind.value)
    folder = str(Path(library.origin).parent.parent)
    words = (str(path.resolve()), str(limits.reader_bytes), str(limits.reader_seconds))
    with _start((folder, *words), limits) as child:
        try:
            grids = read_lines(_stdout(child), limits)
        except BrokenOff as broken:
            return _explain(_wait(child), str(broken), kind, limits)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    warning = FILE_SEEN_IN_PART.at(Place(), found=f"{kind.value}: {_UNSEEN[kind]}")
    return Contents(grids=grids, digest=digest, problems=(warning,))


@contextmanager
def _start(words: tuple[str, ...], limits: Limits) -> Iterator["subprocess.Popen[bytes]"]:
    """The process, which outlives neither what is done with it nor its time."""
    command = (sys.executable, "-I", "-S", str(Path(calamine_child.__file__)), *words)
    with subprocess.Popen(  # noqa: S603  # our own script, and no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
    ) as child:
        clock = Timer(limits.reader_seconds, child.kill)
        clock.daemon = True
        clock.start()
        try:
            yield child
        finally:
            clock.cancel()
            child.kill()


def _stdout(child: "subprocess.Popen[bytes]") -> IO[bytes]:
    if child.stdout is None:
        raise TypeError("a process that was started with a pipe has none")
    return child.stdout


def _wait(child: "subprocess.Popen[bytes]") -> int:
    """The exit code of a process that says no more; one that hangs on is killed by its clock."""
    _stdout(child).close()
    return child.wait()


def _explain(code: int, words: str, kind: FileKind, limits: Limits) -> Problem:
    """Why the lines came to no end."""
    match code:
        case calamine_child.LOCKED:
            return FILE_ENCRYPTED.at(Place(), found="a file that opens only with a password")
        case calamine_child.BROKEN | 0:
            return FILE_DAMAGED.at(Place(), found=f"{kind.value} that cannot be read ({words})")
    return FILE_READER_STOPPED.at(
        Place(),
        found=f"{kind.value} whose reading broke off",
        expected=f"a workbook that is read with {limits.reader_bytes // MEGABYTE:,} MB of memory "
        f"in {limits.reader_seconds:,} seconds",
    )
