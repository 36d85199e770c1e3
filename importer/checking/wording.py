"""Cells and values as they are put into a message: as people write them, never as Python does."""

import math
from datetime import UTC, date, datetime, time, timedelta

from importer.checking.dates import find_zone
from importer.checking.numbers import shift, to_float, write_number
from importer.model.problem import quoted
from importer.model.record import Amount, Value
from importer.model.table import Cell


def show_cell(cell: Cell) -> str:
    """What a cell holds."""
    match cell.value:
        case bool():
            return "TRUE" if cell.value else "FALSE"
        case datetime() | date():
            return f"the date {write_day_or_moment(cell.value)}"
        case time() | timedelta():
            return f"the time {_write_time(cell.value)}"
        case int() | float():
            return _show_number(cell.value, percent=cell.percent)
        case _:
            return quoted(cell.value)


def _show_number(number: int | float, *, percent: bool) -> str:
    seen = shift(number, 2) if percent else number
    if not math.isfinite(to_float(seen)):
        return "a number that is too large"
    if percent:
        return f"{write_number(seen)} % in a cell formatted as percent"
    return f"the number {write_number(seen)}"


def write_value(value: Value, zone: str) -> str:
    """A typed value; a moment as the clocks of that time zone (IANA) show it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return write_number(value)
        case Amount():
            return f"{write_number(value.number)} {value.unit}"
        case datetime():
            return write_local(value, zone)
        case date():
            return value.isoformat()
        case timedelta():
            return write_duration(value)
        case tuple():
            return "; ".join(str(each) for each in value)
        case _:
            return str(value)


def write_duration(duration: timedelta) -> str:
    """A duration as hours and minutes, with seconds only where there are some: 36:00, 1:30:15."""
    sign = "-" if duration < timedelta(0) else ""
    seconds, part = divmod(abs(duration) // timedelta(milliseconds=1), 1000)
    text = f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}"
    if seconds % 60 or part:
        text += f":{seconds % 60:02}"
    return f"{text}.{part:03}" if part else text


def _write_time(value: time | timedelta) -> str:
    return write_duration(value) if isinstance(value, timedelta) else str(value)


def write_day_or_moment(value: date) -> str:
    """A day, or a moment without the midnight and the seconds that nobody typed."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return write_moment(value) if value.time() != time() else value.date().isoformat()


def write_moment(moment: datetime) -> str:
    """A moment as people write it, with its offset from UTC where it has one."""
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def write_local(moment: datetime, zone: str) -> str:
    """An instant as the clocks of that time zone (IANA) show it, with the zone's name."""
    local = moment.astimezone(find_zone(zone) or UTC)
    return f"{write_moment(local.replace(tzinfo=None))} ({local.tzinfo})"
