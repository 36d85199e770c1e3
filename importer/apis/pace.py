"""Pace: no more requests in any minute than a service allows, over all threads."""

import threading
import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 60.0


class Pace:
    """A sliding window over the requests of the last minute; None is unpaced.

    When the service asks for patience, `hold` makes every thread wait, paced or not: the limit
    is the credential's (Isometric) or the office address's (Cula), not one request's.
    """

    def __init__(
        self,
        requests_per_minute: int | None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if requests_per_minute is not None and requests_per_minute < 1:
            raise ValueError("a pace needs at least one request a minute")
        self._limit = requests_per_minute
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._starts: deque[float] = deque()
        self._held_until = float("-inf")

    def without_limit(self) -> "Pace":
        """Another pace by the same clock, for what does not count against this one."""
        return Pace(None, clock=self._clock, sleep=self._sleep)

    def wait(self) -> None:
        """Come back when the next request may start; it counts from then on."""
        while (pause := self._claim()) > 0:
            self._sleep(pause)

    def hold(self, seconds: float) -> None:
        """Let no request start for that long."""
        with self._lock:
            self._held_until = max(self._held_until, self._clock() + seconds)

    def _claim(self) -> float:
        """Take a place in the window; else the seconds until there may be one."""
        with self._lock:
            now = self._clock()
            if now < self._held_until:
                return self._held_until - now
            if self._limit is None:
                return 0.0
            while self._starts and now - self._starts[0] >= WINDOW_SECONDS:
                self._starts.popleft()
            if len(self._starts) >= self._limit:
                return max(self._starts[0] + WINDOW_SECONDS - now, 0.001)
            self._starts.append(now)
            return 0.0
