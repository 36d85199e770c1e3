"""Patience: how often a request is tried, and how long the pauses between are."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from importer.apis.breaker import Endurance

_MANY_DIGITS = 9


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Times in seconds. `chance` gives numbers from 0 to 1.

    attempts: how often a request is sent at most while the service fails, unless the service was
        there before: then an outage is endured.
    attempts_asked: the same while it asks for patience; the pauses before add up to more than
        the minute in which a quota comes back.
    longest_asked: of a pause that the service asks for, no more than this is waited.
    """

    attempts: int = 6
    attempts_asked: int = 8
    first: float = 1.0
    longest: float = 30.0
    longest_asked: float = 120.0
    jitter: float = 0.5
    endurance: Endurance = field(default_factory=Endurance)
    chance: Callable[[], float] = random.random
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _utc_now

    def pause(self, attempt: int) -> float:
        """The pause after a failed attempt (the first is 1): a part of 1, 2, 4 … 30 seconds.

        Which part is left to chance, so that threads that failed together do not come back
        together.
        """
        return self._ceiling(attempt) * self.chance()

    def pause_asked_for(self, attempt: int, headers: Mapping[str, str]) -> float:
        """The pause that the service asks for: its `Retry-After`, else 1, 2, 4 … 30 seconds.

        Cula documents the doubling with about half a second of jitter on top
        (docs.cula.tech/technical-reference/limits); neither service documents `Retry-After`.
        """
        asked = self.read_retry_after(headers)
        least = self._ceiling(attempt) if asked is None else min(asked, self.longest_asked)
        return least + self.jitter * self.chance()

    def read_retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Seconds to wait by `Retry-After`, in either form of RFC 9110, section 10.2.3."""
        text = headers.get("retry-after", "").strip()
        if text.isascii() and text.isdecimal():
            return float(text) if len(text) <= _MANY_DIGITS else self.longest_asked
        then = _read_date(text)
        if then is None:
            return None
        # The server's own clock, where it says what that shows: ours may be minutes off.
        now = _read_date(headers.get("date", "")) or self.now()
        return max((then - now).total_seconds(), 0.0)

    def _ceiling(self, attempt: int) -> float:
        doublings = min(attempt - 1, 60)
        return min(self.longest, self.first * 2.0**doublings)


def _read_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
