"""A trial: an empty service, an empty ledger, and a workbook that is imported until it is in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches
from reliability.books import Book
from reliability.points import UNBROKEN, Strike
from reliability.warm import LEASE, Ended, Order, Warm


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One folder with one ledger, at one service."""

    folder: Path
    twin: Running

    def place(self, book: Book, name: str) -> Path:
        """Put a workbook into the folder."""
        return book.write(self.folder / name)

    def order(
        self, workbook: Path, strike: Strike = UNBROKEN, *, lease: float = LEASE, **more: object
    ) -> Order:
        """An import of that workbook with this trial's ledger."""
        return Order(
            workbook=workbook,
            state=self.folder / "state",
            strike=strike,
            lease=lease,
            **more,  # type: ignore[arg-type]  # Order's own
        )

    def run(self, warm: Warm, workbook: Path, strike: Strike = UNBROKEN, **more: object) -> Ended:
        """One import, to its end or to the strike."""
        return warm.run(self.order(workbook, strike, **more), self.twin)


@contextmanager
def lenient_twin(folder: Path) -> Iterator[Running]:
    """A sandbox that takes one external id any number of times.

    The services refuse that, and their refusal would hide what the importer does: here a second
    create leaves a second record.
    """
    with running(folder / "twin.sqlite", switches=Switches(calculation_seconds=0)) as twin:
        store = twin.store
        with store.transaction():
            store._connection.execute("DROP INDEX one_reference")
        store._refuse_taken = lambda *_, **__: None
        yield twin


@contextmanager
def refusing(twin: Running) -> Iterator[None]:
    """Meanwhile the lenient sandbox refuses a taken external id, as the services do."""
    lenient = twin.store.__dict__.pop("_refuse_taken")
    try:
        yield
    finally:
        twin.store._refuse_taken = lenient


@contextmanager
def open_trial(root: Path, twin: Running) -> Iterator[Trial]:
    """A trial with nothing in it, which leaves nothing behind."""
    folder = Path(mkdtemp(dir=root))
    try:
        yield Trial(folder=folder, twin=twin.reset())
    finally:
        shutil.rmtree(folder)
