"""Folders that are watched: which workbooks are ready, each content once."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from importer.flows.batch import collect_files
from importer.flows.connection import now
from importer.flows.digests import hash_file
from importer.ledger.store import open_ledger
from importer.model.report import FileReport
from importer.settings.state import State

Stamp = tuple[int, int]
"""Size in bytes and moment of the last change: what shows that a file is still being written."""


class Watched:
    """Workbooks at these paths. A file is looked at twice before it is ready.

    is_done: whether a content, by its SHA-256, was imported by an earlier run, or is the results
        workbook of one.
    """

    def __init__(self, paths: Sequence[Path], *, is_done: Callable[[str], bool]) -> None:
        self._paths = paths
        self._is_done = is_done
        self._stamps: dict[Path, Stamp] = {}
        self._digests: dict[Path, tuple[Stamp, str]] = {}
        self._done: set[str] = set()

    def find_ready(self) -> tuple[Path, ...]:
        """The workbooks that have stopped growing, that no program has open, and that are new."""
        stamps = {each: stamp for each in self._collect() if (stamp := _stamp(each))}
        still = [each for each, stamp in stamps.items() if self._stamps.get(each) == stamp]
        self._stamps = stamps
        return tuple(each for each in still if not _is_open(each) and not self._is_old(each))

    def mark_done(self, reports: Iterable[FileReport]) -> None:
        """These came to their end; their content, and that of their results, is not taken again."""
        for report in reports:
            if not report.stopped:
                self._done.add(self._digests[Path(report.file)][1])
                if report.results:
                    self._done.add(hash_file(Path(report.results)) or "")

    def _collect(self) -> Sequence[Path]:
        """What is there now; a folder that is away for a moment, such as a share, is empty."""
        try:
            return collect_files(self._paths).files
        except OSError:
            return ()

    def _is_old(self, path: Path) -> bool:
        stamp = self._stamps[path]
        known = self._digests.get(path)
        digest = known[1] if known and known[0] == stamp else hash_file(path)
        if digest is None:
            return True
        self._digests[path] = stamp, digest
        if digest not in self._done and self._is_done(digest):
            self._done.add(digest)
        return digest in self._done


def find_done(state: State, target: str) -> Callable[[str], bool]:
    """Asks the ledger whether a content was imported to the target."""

    def is_done(digest: str) -> bool:
        with open_ledger(state.database_url, clock=now) as ledger:
            return ledger.past.is_done(target, digest)

    return is_done


def _stamp(path: Path) -> Stamp | None:
    """None for a file that is empty, as one that is about to be filled, or that went away."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if found.st_size else None


def _is_open(path: Path) -> bool:
    """Whether Excel or LibreOffice has the file open, by the lock file that they put beside it."""
    locks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any(path.with_name(each).exists() for each in locks)
