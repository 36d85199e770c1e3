"""Serial numbers: how a workbook keeps days and times of day, and texts of dates in strict ones."""

from datetime import date, datetime, time, timedelta

_DAY = timedelta(days=1)
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_FALSE_LEAP_DAY = 60
"""In the 1900 system the serial number of 29 February 1900, a day that never was."""
_SECONDS_PER_DAY = 86_400


def read_serial(serial: float, *, is_1904: bool) -> datetime | time | None:
    """The moment of a serial number, to the millisecond; a time of day below one.

    None where no calendar has it: such a cell shows `####`.
    """
    try:
        day, fraction = divmod(serial, 1)
        rest = _to_milliseconds(fraction)
        if day == 0 and rest < _DAY:
            return (_EPOCH_1900 + rest).time()
        if day < 0:
            return None
        if is_1904:
            return _EPOCH_1904 + timedelta(days=day) + rest
        early = day < _FALSE_LEAP_DAY
        return _EPOCH_1900 + timedelta(days=day + early) + rest
    except (OverflowError, ValueError):
        return None


def read_duration(serial: float) -> timedelta | None:
    """The time span of a number of days, to the millisecond; None where it has no end."""
    try:
        return _to_milliseconds(serial)
    except (OverflowError, ValueError):
        return None


def read_iso(text: str) -> date | datetime | time | None:
    """The moment that a strict workbook keeps as text; None for anything else."""
    for read in (datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return None


def _to_milliseconds(days: float) -> timedelta:
    """Excel keeps times as fractions of a day, so the last digits are noise."""
    return timedelta(milliseconds=round(days * _SECONDS_PER_DAY * 1_000))
