"""Days and moments: real Excel dates, or ISO text; nothing that can be read in two ways."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OTHER_ORDER = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?"
)


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


def other_readings(text: str) -> tuple[date, ...]:
    """The days that text such as 03/04/2025 may mean: day first, month first, or both."""
    found = _OTHER_ORDER.fullmatch(text)
    if not found:
        return ()
    first, second, year = (int(part) for part in found.groups())
    readings = []
    for month, day in ((second, first), (first, second)):
        try:
            readings.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(dict.fromkeys(readings))


def serial_day(number: float) -> date | None:
    """The day that a bare Excel serial number of our times would show as."""
    first, last = 36526, 73050  # 2000-01-01 and 2099-12-31
    return date(1899, 12, 30) + timedelta(days=int(number)) if first <= number <= last else None


def in_zone(moment: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants that a moment without a zone means there.

    One as a rule; two in the hour that is repeated when summer time ends; none in the hour that
    is left out when it starts.
    """
    if moment.tzinfo is not None:
        return (moment.astimezone(UTC),)
    instants = dict.fromkeys(
        moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    return tuple(
        each for each in instants if each.astimezone(zone).replace(tzinfo=None, fold=0) == moment
    )


def to_milliseconds(moment: datetime) -> datetime:
    """Excel keeps times as fractions of a day, so the last digits are noise."""
    rounded = round(moment.microsecond, -3)
    return moment.replace(microsecond=0) + timedelta(microseconds=rounded)
