"""A desk to import at: a sandbox, a ledger, and a folder with workbooks."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from importer.apis.patience import Patience
from importer.declare.catalog import Catalog
from importer.flows.check import CheckedFile, check_file, report_check
from importer.flows.connection import begin_session, connect, now
from importer.flows.importing import import_file, plan_file
from importer.flows.session import Options, Session
from importer.flows.twin import as_target
from importer.ledger.store import open_ledger
from importer.model.outcome import Outcome
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.sandbox.documents import Kind
from importer.sandbox.faults import Fault, FaultKind
from importer.sandbox.server import Running
from importer.settings.target import Target
from support.tables import write_book

WRITES = ("POST", "PUT", "PATCH", "DELETE")
BASES = {"cula": "/tracking/v1", "isometric": "/mrv/v0"}


@dataclass(slots=True)
class PassingTime:
    """Time that passes only by sleeping. `pauses` are the seconds that would have been slept."""

    seconds: float = 1_000.0
    pauses: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds


@dataclass(slots=True, kw_only=True)
class Desk:
    """Imports workbooks into a sandbox. No one waits: services and session sleep in `time`."""

    folder: Path
    twin: Running
    session: Session
    time: PassingTime
    stack: ExitStack

    def forget(self) -> None:
        """Take a ledger that knows nothing, as on another machine."""
        url = f"sqlite:///{self.folder / f'ledger-{self.session.clock():%H%M%S%f}.sqlite'}"
        ledger = self.stack.enter_context(open_ledger(url, clock=now))
        self.session = replace(self.session, ledger=ledger, writers=ledger.writers)

    def check(self, path: Path) -> CheckedFile:
        """Check a workbook."""
        return check_file(path, self.session.catalog, zone="UTC", now=now())

    def report_check(self, path: Path) -> FileReport:
        """What the verb *check* says of a workbook."""
        return report_check(self.check(path), self.session.catalog)

    def book(self, text: str, name: str = "book.xlsx") -> Path:
        """Write a workbook from its tables."""
        return write_book(self.folder / name, text)

    def import_(self, path: Path, **options: bool) -> FileReport:
        """Import a workbook."""
        return import_file(self._with(options), self.check(path), results=None)

    def plan(self, path: Path, **options: bool) -> FileReport:
        """Plan a workbook."""
        return plan_file(self._with(options), self.check(path))

    def requests(self, after: int = 0) -> list[str]:
        """The requests behind the first `after` ones, such as `POST datapoints`; no sign-in."""
        every = [each for each in self.twin.store.requests() if each.service != "token"]
        return [
            f"{each.method} {each.path.removeprefix(BASES.get(each.service, '')).lstrip('/')}"
            for each in every[after:]
        ]

    def writes(self) -> list[str]:
        """The writes that the sandbox has seen so far, such as `POST /mrv/v0/datapoints`."""
        return [
            f"{each.method} {each.path}"
            for each in self.twin.store.requests()
            if each.method in WRITES and each.service != "token"
        ]

    def goes_wrong(
        self, kind: FaultKind, call: str, service: Literal["cula", "isometric"], **details: Any
    ) -> None:
        """Order a fault for a call such as `POST /datapoints`; a path alone is every method."""
        method, _, path = call.rpartition(" ")
        place = BASES[service] + path
        self.twin.store.faults.add(Fault(method=method or "*", path=place, kind=kind, **details))

    def stored(self, kind: Kind) -> Mapping[str, dict[str, Any]]:
        """What the sandbox's own table holds of a kind, by external id; each is there once."""
        documents = [each for each in self.twin.store.select(kind) if each.reference]
        found = {str(each.reference): each.body for each in documents}
        assert len(found) == len(documents)
        return found

    def _with(self, options: dict[str, bool]) -> Session:
        return replace(self.session, options=Options(**options))


@contextmanager
def open_desk(
    folder: Path, twin: Running, catalog: Catalog = CATALOG, target: Target | None = None
) -> Iterator[Desk]:
    """A desk with a new ledger in the folder, or the one that lies there already.

    target: how the sandbox is spoken with, where that is not the usual way.
    """
    target, time = target or as_target(twin, "a test"), PassingTime()
    patience = Patience(chance=lambda: 0.5, sleep=time.sleep)
    with ExitStack() as stack:
        url = f"sqlite:///{folder / 'ledger.sqlite'}"
        ledger = stack.enter_context(open_ledger(url, clock=now))
        guard = ledger.writers.require
        connected = connect(target, patience=patience, clock=time.clock, guard=guard)
        services = stack.enter_context(connected)
        session = begin_session(target, services, ledger, catalog=catalog, options=Options())
        session = replace(session, sleep=time.sleep, writers=ledger.writers)
        yield Desk(folder=folder, twin=twin, session=session, time=time, stack=stack)


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
