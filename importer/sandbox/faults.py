"""Faults on order: what goes wrong, at which request, how often."""

import random
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self

FaultKind = Literal["status", "answer-lost", "slow", "reset", "malformed", "half", "late"]


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
    - `late`: the connection drops at once, and the request is carried out only when `requests`
      further ones have come: later than the client's deadline, and than its first look.
    - `half`: the headers of the real answer and half of its body, then the connection drops.
    """

    method: str
    """Such as `POST`; `*` fits every method."""
    path: str
    """How the path begins, such as `/mrv/v0/datapoints`; `/` fits every path."""
    kind: FaultKind
    after: int = 0
    """Let that many fitting requests pass first."""
    times: int | None = 1
    """How many requests it hits; None is no end."""
    share: float = 1.0
    """The chance with which a fitting request is hit."""
    seed: str = ""
    """What the chances come from: the same seed hits the same requests of a sequence."""
    status: int = 503
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    """Text goes out as it stands, anything else as JSON; None is the service's own wording."""
    commit: bool | None = None
    """Whether the request is carried out; None means what the kind says above."""
    seconds: float = 0.0
    requests: int = 1

    def fits(self, method: str, path: str) -> bool:
        """Whether a request is one that this fault is about."""
        return self.method in ("*", method) and path.startswith(self.path)

    @property
    def is_committed(self) -> bool:
        """Whether the request is carried out all the same."""
        if self.kind in ("answer-lost", "half"):
            return True
        if self.kind in ("reset", "late"):
            return False
        return self.kind != "status" if self.commit is None else self.commit


@dataclass(slots=True, kw_only=True)
class _Pending:
    fault: Fault
    to_pass: int
    to_hit: int | None
    chance: random.Random

    @classmethod
    def of(cls, fault: Fault) -> Self:
        chance = random.Random(fault.seed)  # noqa: S311 (guards nothing)
        return cls(fault=fault, to_pass=fault.after, to_hit=fault.times, chance=chance)

    def hits(self, method: str, path: str) -> bool:
        """Whether this request is hit; asking counts."""
        if self.to_hit == 0 or not self.fault.fits(method, path):
            return False
        if self.to_pass > 0:
            self.to_pass -= 1
            return False
        if self.chance.random() >= self.fault.share:
            return False
        if self.to_hit is not None:
            self.to_hit -= 1
        return True


class Faults:
    """The faults that are still to come; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ordered: list[_Pending] = []
        self._rehearsed: list[_Pending] = []

    def add(self, fault: Fault) -> None:
        """Order a fault."""
        with self._lock:
            self._ordered.append(_Pending.of(fault))

    def rehearse(self, faults: Sequence[Fault]) -> None:
        """Let these faults come, in the place of others rehearsed before; `clear` leaves them."""
        with self._lock:
            self._rehearsed = [_Pending.of(fault) for fault in faults]

    def clear(self) -> None:
        """Cancel all faults that were ordered."""
        with self._lock:
            self._ordered.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that hits this request, if one does; of several ordered ones the oldest."""
        with self._lock:
            for pending in (*self._ordered, *self._rehearsed):
                if pending.hits(method, path):
                    return pending.fault
        return None
