"""A desk to import at: a sandbox, a ledger, and a folder with workbooks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from importer.declare.catalog import Catalog
from importer.flows.check import CheckedFile, check_file
from importer.flows.connection import begin_session, connect, now
from importer.flows.importing import import_file, plan_file
from importer.flows.session import Options, Session
from importer.flows.twin import as_target
from importer.ledger.store import open_ledger
from importer.model.outcome import Outcome
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.sandbox.server import Running
from support.tables import write_book

WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(slots=True, kw_only=True)
class Desk:
    """Imports workbooks into a sandbox. `pauses` are the seconds that would have been slept."""

    folder: Path
    twin: Running
    session: Session
    pauses: list[float] = field(default_factory=list)

    def check(self, path: Path) -> CheckedFile:
        """Check a workbook."""
        return check_file(path, self.session.catalog, zone="UTC", now=now())

    def book(self, text: str, name: str = "book.xlsx") -> Path:
        """Write a workbook from its tables."""
        return write_book(self.folder / name, text)

    def import_(self, path: Path, **options: bool) -> FileReport:
        """Import a workbook."""
        return import_file(self._with(options), self.check(path), results=None)

    def plan(self, path: Path, **options: bool) -> FileReport:
        """Plan a workbook."""
        return plan_file(self._with(options), self.check(path))

    def writes(self) -> list[str]:
        """The writes that the sandbox has seen so far, such as `POST /mrv/v0/datapoints`."""
        return [
            f"{each.method} {each.path}"
            for each in self.twin.store.requests()
            if each.method in WRITES and each.service != "token"
        ]

    def _with(self, options: dict[str, bool]) -> Session:
        return replace(self.session, options=Options(**options))


@contextmanager
def open_desk(folder: Path, twin: Running, catalog: Catalog = CATALOG) -> Iterator[Desk]:
    """A desk with a new ledger in the folder."""
    target, pauses = as_target(twin, "a test"), []
    with (
        connect(target) as services,
        open_ledger(f"sqlite:///{folder / 'ledger.sqlite'}", clock=now) as ledger,
    ):
        session = begin_session(target, services, ledger, catalog=catalog, options=Options())
        session = replace(session, sleep=pauses.append)
        yield Desk(folder=folder, twin=twin, session=session, pauses=pauses)


def by_row(report: FileReport) -> dict[tuple[str, int], Outcome]:
    """Outcomes by sheet and row."""
    return {(each.sheet, each.row): each for each in report.outcomes}


def statuses(report: FileReport) -> dict[str, list[str]]:
    """Statuses in row order, by sheet."""
    found: dict[str, list[str]] = {}
    for each in report.outcomes:
        found.setdefault(each.sheet, []).append(each.status.value)
    return found


def problems(report: FileReport) -> set[tuple[str, str]]:
    """Code and place of every problem, such as `("CELL_CHOICE", "Datapoints!C3")`."""
    return {
        (each.code, f"{each.place.sheet}!{each.place.cell or each.place.row}")
        for each in report.all_problems
    }
