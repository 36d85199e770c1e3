"""A ledger that gives out at a certain write, before it is done or right after."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from importer.model.failure import LedgerUnavailable
from importer.model.ports import Confirmation, Ledger, Operation, Scope

Done = TypeVar("Done")


class Killed(BaseException):
    """The process was killed: nothing of ours may catch this."""


class DiskFull(LedgerUnavailable):
    """What a ledger says whose disk is full."""

    def __init__(self) -> None:
        super().__init__("The disk is full.", remedy="Make room.")


@dataclass(slots=True, kw_only=True)
class BreakingLedger:
    """Passes everything on, until write number `at` (from 0) and from then on.

    done: whether the write that it gives out at is still carried out; those behind it are not.
    """

    ledger: Ledger
    at: int
    done: bool
    failure: Callable[[], BaseException]
    writes: list[str] = field(default_factory=list)

    def open_run(self, **facts: Any) -> int:
        return self._write("open_run", lambda: self.ledger.open_run(**facts))

    def close_run(self, run: int, **facts: Any) -> None:
        self._write("close_run", lambda: self.ledger.close_run(run, **facts))

    def intend(self, run: int, scope: Scope, **facts: Any) -> int:
        return self._write("intend", lambda: self.ledger.intend(run, scope, **facts))

    def settle(self, *place: Any, **facts: Any) -> None:
        self._write("settle", lambda: self.ledger.settle(*place, **facts))

    def confirm(self, scope: Scope, **facts: Any) -> None:
        self._write("confirm", lambda: self.ledger.confirm(scope, **facts))

    def confirmations(
        self, scope: Scope, resource: str, keys: Iterable[str]
    ) -> Mapping[str, Sequence[Confirmation]]:
        return self.ledger.confirmations(scope, resource, keys)

    def keys_of(
        self, scope: Scope, resource: str, remote_ids: Iterable[str]
    ) -> Mapping[str, frozenset[str]]:
        return self.ledger.keys_of(scope, resource, remote_ids)

    def unsettled(self, scope: Scope) -> Sequence[Operation]:
        return self.ledger.unsettled(scope)

    def _write(self, name: str, write: Callable[[], Done]) -> Done:
        number = len(self.writes)
        self.writes.append(name)
        if number < self.at:
            return write()
        if number == self.at and self.done:
            write()
        raise self.failure()
