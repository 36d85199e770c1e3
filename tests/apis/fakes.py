"""Fakes of what cannot be had in a test: time that passes at once, and chance that is known."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from importer.apis.patience import Patience

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class FakeTime:
    """Time that passes only by sleeping; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.seconds = 1_000.0
        self.pauses: list[float] = []

    def clock(self) -> float:
        with self._lock:
            return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.clock() - 1_000.0)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.pauses.append(seconds)
            self.seconds += seconds


def patient(time: FakeTime, *, chance: Callable[[], float] = lambda: 0.5) -> Patience:
    """Patience in fake time, with a chance that always says one half."""
    return Patience(chance=chance, sleep=time.sleep, now=time.now)
