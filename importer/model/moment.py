"""Moments as both services write them: UTC, with a Z, milliseconds only where there are some."""

from datetime import UTC, datetime

_MILLISECOND = 1000
"""Microseconds of one; what is finer is noise of spreadsheets, and not sent."""


def write_moment(moment: datetime) -> str:
    """A moment in UTC, such as `2025-10-14T09:30:00Z`."""
    precision = "milliseconds" if moment.microsecond >= _MILLISECOND else "seconds"
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")


def respell_moment(text: str) -> str:
    """The same moment in the one spelling; text that is no moment stays as it is.

    Services write `.000`, microseconds or another offset; without an offset UTC is meant.
    """
    try:
        moment = datetime.fromisoformat(text)
        return write_moment(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return text
