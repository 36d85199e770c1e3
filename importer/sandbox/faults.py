"""Faults on order: what goes wrong, at which request, how often."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FaultKind = Literal["status", "answer-lost", "slow", "reset", "malformed", "half"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault.

    The kinds:

    - `status`: answers `status` with `headers` and `body`. Nothing is done, unless `commit`.
    - `answer-lost`: the request is carried out, then the connection drops without an answer.
    - `reset`: the connection drops before anything is done.
    - `slow`: the request is carried out and the answer comes `seconds` later. With
      `commit=False` the wait comes first, and nothing is done when the client hangs up in it.
    - `malformed`: a success whose body is `body`, or JSON that breaks off. Carried out, unless
      `commit=False`.
    - `half`: the headers of the real answer and half of its body, then the connection drops.
    """

    method: str
    """Such as `POST`; `*` fits every method."""
    path: str
    """How the path begins, such as `/mrv/v0/datapoints`."""
    kind: FaultKind
    after: int = 0
    """Let that many fitting requests pass first."""
    times: int = 1
    """How many requests it hits."""
    status: int = 503
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    """Text goes out as it stands, anything else as JSON; None is the service's own wording."""
    commit: bool | None = None
    """Whether the request is carried out; None means what the kind says above."""
    seconds: float = 0.0

    def fits(self, method: str, path: str) -> bool:
        """Whether a request is one that this fault is about."""
        return self.method in ("*", method) and path.startswith(self.path)

    @property
    def is_committed(self) -> bool:
        """Whether the request is carried out all the same."""
        if self.kind in ("answer-lost", "half"):
            return True
        if self.kind == "reset":
            return False
        return self.kind != "status" if self.commit is None else self.commit


@dataclass(slots=True, kw_only=True)
class _Pending:
    fault: Fault
    to_pass: int
    to_hit: int


class Faults:
    """The faults that are still to come; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: list[_Pending] = []

    def add(self, fault: Fault) -> None:
        """Order a fault."""
        with self._lock:
            self._pending.append(_Pending(fault=fault, to_pass=fault.after, to_hit=fault.times))

    def clear(self) -> None:
        """Cancel all faults."""
        with self._lock:
            self._pending.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that hits this request, if one does; of several the oldest."""
        with self._lock:
            for pending in self._pending:
                if pending.to_hit <= 0 or not pending.fault.fits(method, path):
                    continue
                if pending.to_pass > 0:
                    pending.to_pass -= 1
                    continue
                pending.to_hit -= 1
                return pending.fault
        return None
