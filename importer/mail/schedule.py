"""When a message is tried again, and when no more."""

from datetime import datetime, timedelta

_FIRST_PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60))
_LATER_PAUSE = timedelta(hours=1)
_PATIENCE = timedelta(days=3)


def find_next_attempt(*, attempts: int, written_at: datetime, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None where three days are over."""
    pauses = _FIRST_PAUSES[attempts - 1 : attempts]
    moment = now + (pauses[0] if pauses else _LATER_PAUSE)
    return moment if moment - written_at <= _PATIENCE else None
