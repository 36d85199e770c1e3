"""Cells of days and moments."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from importer.checking.dates import (
    in_zone,
    other_readings,
    read_day,
    read_moment,
    serial_day,
    to_milliseconds,
)
from importer.checking.ground import Ground, Parsed, shown
from importer.model import problem_kinds as kinds
from importer.model.problem import ProblemKind, quoted
from importer.model.table import Cell, CellKind


def read_date_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A day."""
    del unit
    value = cell.value
    if isinstance(value, datetime):
        if value.hour or value.minute or value.second:
            return ground.refuse(
                kinds.CELL_NOT_A_DATE,
                found=f"{value:%Y-%m-%d %H:%M}, which has a time of day",
                expected=f"a day without a time, such as {value:%Y-%m-%d}",
            )
        return value.date(), ()
    if isinstance(value, date):
        return value, ()
    day = read_day(value) if isinstance(value, str) else None
    return (day, ()) if day else _not_a_date(cell, ground, kinds.CELL_NOT_A_DATE)


def _not_a_date(cell: Cell, ground: Ground, kind: ProblemKind) -> Parsed:
    readings = other_readings(cell.value) if isinstance(cell.value, str) else ()
    if len(readings) > 1:
        both = " or ".join(each.isoformat() for each in readings)
        return ground.refuse(
            kinds.CELL_AMBIGUOUS,
            found=f"{quoted(cell.value)}, which may be {both}",
            expected="a date with one reading",
            remedy=f"Type {both}.",
        )
    number = cell.value if cell.kind is CellKind.NUMBER else None
    serial = serial_day(float(number)) if isinstance(number, int | float) else None
    likely = readings[0] if readings else serial
    remedy = f"If {likely.isoformat()} is meant, type that." if likely else ""
    return ground.refuse(kind, found=shown(cell), remedy=remedy)


def read_moment_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A moment, as an instant in UTC."""
    del unit
    value = cell.value
    moment = read_moment(value) if isinstance(value, str) else _as_moment(value)
    if moment is None:
        return _not_a_date(cell, ground, kinds.CELL_NOT_A_MOMENT)
    zone = ground.column.zone or ground.zone
    instants = in_zone(to_milliseconds(moment), ZoneInfo(zone))
    if len(instants) == 1:
        return instants[0], ()
    clock = f"{moment:%Y-%m-%d %H:%M}"
    why = "occurs twice" if instants else "does not occur"
    return ground.refuse(
        kinds.CELL_AMBIGUOUS,
        found=f"{clock}, which {why} in the time zone {zone} (the clocks change)",
        expected="a moment with one reading",
        remedy=f"Type it with its offset from UTC, such as {clock}+01:00.",
    )


def _as_moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return None
