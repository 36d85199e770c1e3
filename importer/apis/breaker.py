"""The breaker: one view of how a service does, over all threads of a run.

A service that fails several times in a row is taken for down: all threads stop together, and
start again after a pause that grows, instead of each asking on its own. An outage that lasts too
long ends the run, with everything recorded; so does a service that answers now and then but
fails so often that the repeats would eat up the quota.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Endurance:
    """What is endured. Times in seconds.

    in_a_row: failures after which a service is taken for down.
    first, longest: the pauses of everyone, each twice as long as the one before.
    outage: how long a service that has answered before may be down.
    repeats, share: as many repeats are allowed as the sum of a number and a share of all requests.
    """

    in_a_row: int = 5
    first: float = 5.0
    longest: float = 60.0
    outage: float = 180.0
    repeats: int = 100
    share: float = 0.2


class Breaker:
    """Counts failures and repeats; safe to use from several threads."""

    def __init__(self, *, clock: Callable[[], float], endurance: Endurance | None = None) -> None:
        self._clock = clock
        self._endurance = endurance or Endurance()
        self._lock = threading.Lock()
        self._requests = self._repeats = self._failures = 0
        self._has_answered = False
        self._failing_since = 0.0

    def note_answer(self) -> None:
        """The service is there, whatever it says."""
        with self._lock:
            self._requests += 1
            self._failures = 0
            self._has_answered = True

    def note_failure(self) -> None:
        """No answer, or one that says that the service itself has failed."""
        with self._lock:
            self._requests += 1
            if self._failures == 0:
                self._failing_since = self._clock()
            self._failures += 1

    def pause(self) -> float:
        """How long everyone is to wait now; 0 while the service is not taken for down."""
        with self._lock:
            over = self._failures - self._endurance.in_a_row
            if over < 0:
                return 0.0
            return min(self._endurance.longest, self._endurance.first * 2.0 ** min(over, 30))

    def take_repeat(self) -> bool:
        """Whether there may be one more repeat in this run."""
        with self._lock:
            allowed = self._endurance.repeats + self._endurance.share * self._requests
            if self._repeats >= allowed:
                return False
            self._repeats += 1
            return True

    def is_endured(self) -> bool:
        """Whether to go on waiting: the service was there before, and is not down for long."""
        with self._lock:
            lasted = self._clock() - self._failing_since
            return self._has_answered and lasted < self._endurance.outage
