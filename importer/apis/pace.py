"""Pace: no more requests in any minute than a service allows, over all threads."""

import threading
import time
from collections import deque
from collections.abc import Callable

from importer.model.quota import Quota

WINDOW_SECONDS = 60.0
_LEAST_SHARE = 0.25
_SLOWER, _FASTER = 0.8, 0.1


class Window:
    """The quota of one program alone: a sliding window over the requests of the last minute."""

    def __init__(
        self, requests_per_minute: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if requests_per_minute < 1:
            raise ValueError("a pace needs at least one request a minute")
        self._limit = requests_per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._starts: deque[float] = deque()

    def take(self, share: float) -> float:
        """Take a place in the window; else the seconds until there may be one."""
        with self._lock:
            now = self._clock()
            while self._starts and now - self._starts[0] >= WINDOW_SECONDS:
                self._starts.popleft()
            allowed = max(1, int(self._limit * share))
            over = len(self._starts) - allowed
            if over >= 0:
                return max(self._starts[over] + WINDOW_SECONDS - now, 0.001)
            self._starts.append(now)
            return 0.0


class Pace:
    """Lets requests start within a quota; None is unpaced.

    When the service asks for patience, `hold` makes every thread wait, paced or not: the limit
    is the credential's (Isometric) or the office address's (Cula), not one request's. A service
    that refuses by rate although the quota is kept has others on it, too, so less of the quota
    is used for a while: four fifths after each refusal, and a tenth more after each minute
    without one.
    """

    def __init__(
        self,
        quota: Quota | None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._quota = quota
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._held_until = float("-inf")
        self._share, self._share_since = 1.0, clock()

    def without_limit(self) -> "Pace":
        """Another pace by the same clock, for what does not count against this one."""
        return Pace(None, clock=self._clock, sleep=self._sleep)

    def now(self) -> float:
        """The clock's time."""
        return self._clock()

    def wait(self) -> None:
        """Come back when the next request may start; it counts from then on."""
        while (pause := self._claim()) > 0:
            self._sleep(pause)

    def hold(self, seconds: float) -> None:
        """Let no request start for that long."""
        with self._lock:
            self._held_until = max(self._held_until, self._clock() + seconds)

    def slow_down(self) -> None:
        """The service refused by rate. Threads that were refused together count once."""
        with self._lock:
            now = self._clock()
            if now >= self._held_until:
                self._share = max(_LEAST_SHARE, self._share * _SLOWER)
                self._share_since = now

    def _claim(self) -> float:
        """Take a place in the quota; else the seconds until there may be one."""
        with self._lock:
            now = self._clock()
            if now < self._held_until:
                return self._held_until - now
            if self._quota is None:
                return 0.0
            if self._share < 1.0 and now - self._share_since >= WINDOW_SECONDS:
                self._share, self._share_since = min(1.0, self._share + _FASTER), now
            share = self._share
        return self._quota.take(share)
