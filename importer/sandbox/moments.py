"""Moments as the services write them."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present moment, with an offset."""


def utc_now() -> datetime:
    """The present moment in UTC: the clock of a sandbox that is not under test."""
    return datetime.now(UTC)


def write_moment(moment: datetime) -> str:
    """A moment in UTC with milliseconds, such as `2025-10-01T00:00:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    """A moment from ISO 8601 text.

    Raises:
        ValueError: The text is not a moment, or has no offset.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset, such as Z or +02:00")
    return moment
