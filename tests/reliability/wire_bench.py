"""A bench to import at: services over one shared client, a new ledger, and time that passes only by
sleeping. Opening one costs milliseconds, since certificates and the ledger's tables are read once.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from importer.apis.client import Client, Limits, open_client
from importer.apis.cula import CulaService, CulaSettings
from importer.apis.isometric import IsometricService, IsometricSettings
from importer.apis.pace import Pace
from importer.apis.patience import Patience
from importer.flows.check import CheckedFile, check_file
from importer.flows.connection import begin_session, now
from importer.flows.importing import import_file
from importer.flows.session import Options, Session
from importer.flows.twin import as_target
from importer.ledger.store import open_ledger
from importer.model.ports import Service
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.sandbox.server import Running
from reliability.books import Book

_FIRST = 1_000.0
_START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
Chance = Callable[[], float]


def _one_half() -> float:
    return 0.5


@dataclass(slots=True)
class BenchTime:
    """Time that passes only by sleeping; `on_sleep` is called after each pause."""

    seconds: float = _FIRST
    pauses: list[float] = field(default_factory=list)
    on_sleep: Callable[[], None] = lambda: None

    def clock(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        """The same time as a moment."""
        return _START + timedelta(seconds=self.seconds - _FIRST)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds
        self.on_sleep()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What every case takes from: a folder, a client, and a ledger with nothing in it."""

    folder: Path
    client: Client
    empty_ledger: Path
    files: dict[str, CheckedFile] = field(default_factory=dict)

    @contextmanager
    def seat(self, twin: Running, *, chance: Chance = _one_half) -> Iterator["Seat"]:
        """A place at that service with an empty ledger."""
        folder = Path(mkdtemp(dir=self.folder))
        time = BenchTime()
        path = folder / "ledger.sqlite"
        shutil.copy(self.empty_ledger, path)
        try:
            with open_ledger(f"sqlite:///{path}", clock=time.now) as ledger:
                target = as_target(twin, "a test")
                services = _open_services(twin, self.client, time, chance)
                session = begin_session(
                    target, services, ledger, catalog=CATALOG, options=Options(accept_updates=True)
                )
                session = replace(session, clock=time.now, sleep=time.sleep, writers=ledger.writers)
                yield Seat(twin=twin, session=session, time=time, folder=folder)
        finally:
            shutil.rmtree(folder)

    def check(self, book: Book) -> CheckedFile:
        """The book, checked once for any number of imports; no results are written into it."""
        name = repr(book.month)
        if name not in self.files:
            self.files[name] = self._check(book)
        return self.files[name]

    def _check(self, book: Book) -> CheckedFile:
        folder = Path(mkdtemp(dir=self.folder))
        path = book.write(folder / "book.xlsx")
        file = check_file(path, CATALOG, zone="UTC", now=now())
        if len(file.checked.rows) != len(book.rows):
            raise ValueError(f"The book is not in order: {file.checked.problems}")
        return replace(file, digest="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place at a bench."""

    twin: Running
    session: Session
    time: BenchTime
    folder: Path

    def import_(self, file: CheckedFile) -> FileReport:
        """Import a checked workbook."""
        return import_file(self.session, file, results=None)

    def through(self, client: Client) -> "Seat":
        """The same place, over another client."""
        services = _open_services(self.twin, client, self.time, _one_half)
        session = replace(self.session, services=services)
        return replace(self, session=session)

    @property
    def open_operations(self) -> int:
        """Operations of the ledger that are not settled."""
        ledger = self.session.ledger
        return sum(len(ledger.unsettled(scope)) for scope in self.session.scopes.values())


@contextmanager
def open_bench(limits: Limits | None = None) -> Iterator[Bench]:
    """A bench in a folder of its own. `limits` are those of every exchange."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        client = stack.enter_context(open_client(limits=limits))
        empty = folder / "empty.sqlite"
        with open_ledger(f"sqlite:///{empty}", clock=now):
            pass
        yield Bench(folder=folder, client=client, empty_ledger=empty)


def _open_services(
    twin: Running, client: Client, time: BenchTime, chance: Chance
) -> Mapping[str, Service]:
    """Both services as the program connects them, over this client and without a quota."""
    target = as_target(twin, "a test")
    patience = Patience(chance=chance, sleep=time.sleep, now=time.now)
    assert target.cula is not None
    assert target.isometric is not None
    cula = CulaSettings(
        base_url=target.cula.base_url,
        token_url=target.cula.token_url,
        client_id=target.cula.client_id,
        client_secret=target.cula.client_secret,
        organisation_id=target.cula.organisation_id,
    )
    isometric = IsometricSettings(
        base_url=target.isometric.base_url,
        client_secret=target.isometric.client_secret,
        access_token=target.isometric.access_token,
        project_id=target.isometric.project_id,
    )
    pace = Pace(None, clock=time.clock, sleep=time.sleep)
    return {
        "cula": CulaService(cula, client=client, pace=pace, patience=patience, clock=time.clock),
        "isometric": IsometricService(
            isometric,
            client=client,
            pace=Pace(None, clock=time.clock, sleep=time.sleep),
            patience=patience,
        ),
    }
