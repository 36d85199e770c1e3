"""Days and moments: real Excel dates, or ISO text; nothing that can be read in two ways."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OTHER_ORDER = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:,?\s+(\d{1,2}:\d{2}(?::\d{2})?))?"
)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?"
)
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000-01-01 and 2099-12-31


def read_day(text: str) -> date | None:
    """The day of ISO text such as 2025-10-31; None for anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """The moment of ISO text, without a zone where the text has none; None for anything else."""
    day = read_day(text)
    if day is not None:
        return datetime(day.year, day.month, day.day)
    if not _MOMENT.fullmatch(text):
        return None
    spaced = re.sub(r"\s+(?=Z|[+-]\d{2}:?\d{2}$)", "", text)
    padded = re.sub(r"([T ])(\d):", r"\g<1>0\2:", spaced)
    try:
        return datetime.fromisoformat(padded)
    except ValueError:
        return None


def other_readings(text: str) -> tuple[tuple[date, str], ...]:
    """What text such as 03/04/2025 14:30 may mean: day first, month first, or both.

    Each reading is a day and the time of day, which is empty where the text has none.
    """
    found = _OTHER_ORDER.fullmatch(text)
    if not found:
        return ()
    first, second, year = (int(part) for part in found.groups()[:3])
    readings = []
    for month, day in ((second, first), (first, second)):
        try:
            readings.append((date(year, month, day), found[4] or ""))
        except ValueError:
            continue
    return tuple(dict.fromkeys(readings))


def serial_moment(number: float) -> datetime | None:
    """The moment that a bare Excel serial number of our times would show as, to the minute."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return datetime(1899, 12, 30) + timedelta(minutes=round(number * 24 * 60))


@cache
def find_zone(name: str) -> ZoneInfo | None:
    """The time zone of that name (IANA); None where this computer does not know it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def in_zone(moment: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants that a moment without a zone means there, in the zone's own time.

    One as a rule; two in the hour that is repeated when summer time ends; none in the hour that
    is left out when it starts.
    """
    early = moment.replace(tzinfo=zone, fold=0)
    late = early.replace(fold=1)
    if early.utcoffset() == late.utcoffset():
        return (early,)
    instants: dict[datetime, datetime] = {}
    for local in (early, late):
        instant = local.astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == moment:
            instants.setdefault(instant, local)
    return tuple(instants.values())


def to_milliseconds(moment: datetime) -> datetime:
    """Excel keeps times as fractions of a day, so the last digits are noise."""
    if not moment.microsecond:
        return moment
    rounded = timedelta(microseconds=round(moment.microsecond, -3))
    try:
        return moment.replace(microsecond=0) + rounded
    except OverflowError:  # the last moment of all
        return moment.replace(microsecond=0)
