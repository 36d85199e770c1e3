"""Cells and values as they are put into a message: as people write them, never as Python does."""

import math
from datetime import UTC, date, datetime, time, timedelta

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
            return f"the time {cell.value}"
        case int() | float() if not math.isfinite(to_float(cell.value)):
            return "a number that is too large"
        case int() | float() if cell.percent:
            return f"{write_number(shift(cell.value, 2))} % in a cell formatted as percent"
        case int() | float():
            return f"the number {write_number(cell.value)}"
        case _:
            return quoted(cell.value)


def write_value(value: Value) -> str:
    """A typed value."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return write_number(value)
        case Amount():
            return f"{write_number(value.number)} {value.unit}"
        case datetime() | date():
            return write_day_or_moment(value)
        case tuple():
            return "; ".join(each.key for each in value)
        case _:
            return str(value)


def write_day_or_moment(value: date) -> str:
    """A day, or a moment: without a midnight or seconds that nobody typed, in UTC if it says so."""
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None and value.time() == time():
        return value.date().isoformat()
    return write_moment(value)


def write_moment(moment: datetime) -> str:
    """A moment as people write it, with its offset from UTC where it has one."""
    exact = "seconds" if moment.second else "minutes"
    if moment.tzinfo is UTC:
        return moment.replace(tzinfo=None).isoformat(" ", exact) + " UTC"
    return moment.isoformat(" ", exact)
