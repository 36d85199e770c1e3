"""The ledger of a plan: it tells what the real one holds, and writes nothing into it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from importer.model.ports import (
    Answer,
    Call,
    Confirmation,
    Ledger,
    Operation,
    OperationState,
    RunState,
    Scope,
)
from importer.model.record import State


@dataclass(slots=True, kw_only=True)
class Rehearsal:
    """The port `Ledger`; what is settled and confirmed in it is forgotten with it."""

    ledger: Ledger
    clock: Callable[[], datetime]
    confirmed: dict[tuple[Scope, str, str], list[Confirmation]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def open_run(self, *, verb: str, target: str, file: str, digest: str) -> int:
        """A plan is no run."""
        raise TypeError(f"A plan opens no run ({verb} of {file} at {target}, {digest}).")

    def close_run(
        self, run: int, *, state: RunState, counts: Mapping[str, int], results: str = ""
    ) -> None:
        """A plan is no run."""
        raise TypeError(f"A plan closes no run ({run}: {state}, {counts}, {results}).")

    def intend(
        self,
        run: int,
        scope: Scope,
        *,
        resource: str,
        key: str,
        calls: Sequence[Call],
        desired: State,
    ) -> int:
        """A plan sends nothing."""
        raise TypeError(
            f"A plan sends nothing ({run}, {scope}, {resource} {key}: {calls}, {desired})."
        )

    def settle(
        self,
        operation: int,
        state: OperationState,
        *,
        remote_id: str = "",
        answer: Answer | None = None,
    ) -> None:
        """Let it pass: what took no effect does not change a plan."""

    def confirm(
        self,
        scope: Scope,
        *,
        resource: str,
        key: str,
        remote_id: str,
        sent: State,
        observed: State,
        operation: int | None = None,
        answer: Answer | None = None,
    ) -> None:
        """Keep it for as long as the plan is made."""
        del operation, answer
        confirmation = Confirmation(
            sent=sent, observed=observed, at=self.clock(), remote_id=remote_id
        )
        self.confirmed[scope, resource, key].append(confirmation)

    def confirmations(
        self, scope: Scope, resource: str, keys: Iterable[str]
    ) -> Mapping[str, Sequence[Confirmation]]:
        """What the real ledger confirmed, and after it what was found for the plan."""
        wanted = tuple(keys)
        found = dict(self.ledger.confirmations(scope, resource, wanted))
        for key in wanted:
            more = self.confirmed.get((scope, resource, key), ())
            if more:
                found[key] = (*found.get(key, ()), *more)
        return found

    def keys_of(
        self, scope: Scope, resource: str, remote_ids: Iterable[str]
    ) -> Mapping[str, frozenset[str]]:
        """What the real ledger holds: nothing that a plan settles makes a record another one."""
        return self.ledger.keys_of(scope, resource, remote_ids)

    def unsettled(self, scope: Scope) -> Sequence[Operation]:
        """What the real ledger left open."""
        return self.ledger.unsettled(scope)
