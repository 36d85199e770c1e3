"""Delivery: a results workbook is there as a whole, under the name that is said, or not at all."""

import glob
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from importer.model.failure import ResultsNotWritten

_MOST_NAMES = 9
_OLD_SECONDS = 3600.0


def deliver(destination: Path, render: Callable[[Path, BinaryIO], None]) -> Path:
    """Put what `render` writes in place, and answer with the path that it has got.

    Where another program holds the file (Windows locks what Excel has open), the next free name
    is taken. `render` is told the path, as the file may speak of itself.
    """
    _sweep(destination)
    for path in _names(destination):
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            _fill(part, partial(render, path))
            if _put(part, path):
                return path
        except OSError as error:
            raise _failure(destination, error) from error
        finally:
            # Where no folder can be, there is no part to take away either.
            with suppress(OSError):
                part.unlink(missing_ok=True)
    raise ResultsNotWritten(
        f"{destination.name} is open in another program.",
        remedy="Close it there and import again: what is in order is not sent twice.",
    )


def try_place(destination: Path) -> None:
    """Make sure that something can be put there, by putting something there and taking it away.

    Raises ResultsNotWritten: a folder that is read-only is better known before rows are sent.
    """
    part = destination.with_name(f".{destination.name}.{os.getpid()}.part")
    try:
        _fill(part, lambda _: None)
        part.unlink()
    except OSError as error:
        raise _failure(destination, error) from error


def _sweep(destination: Path) -> None:
    """Take away what a process that was killed has left half-written."""
    with suppress(OSError):
        for part in destination.parent.glob(f".{glob.escape(destination.name)}.*.part"):
            if time.time() - part.stat().st_mtime > _OLD_SECONDS:
                part.unlink()


def _names(destination: Path) -> Iterator[Path]:
    yield destination
    for number in range(2, _MOST_NAMES + 1):
        yield destination.with_name(f"{destination.stem} ({number}){destination.suffix}")


def _fill(part: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write all of it, down to the disk."""
    part.parent.mkdir(parents=True, exist_ok=True)
    with part.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def _put(part: Path, path: Path) -> bool:
    """Give the finished file its name; False where another program does not let go of that."""
    try:
        part.replace(path)
    except PermissionError:
        if not path.is_file():
            raise
        return False
    return True


def _failure(destination: Path, error: OSError) -> ResultsNotWritten:
    return ResultsNotWritten(
        f"The results workbook {destination} could not be written: {error.strerror or error}.",
        remedy="Free space or ask for the right to write there, or name another folder with "
        "--results DIR, and import again: what is in order is not sent twice.",
    )
