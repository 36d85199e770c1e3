"""Cells of days and moments."""

from datetime import UTC, date, datetime, time

from importer.checking.dates import (
    find_zone,
    in_zone,
    other_readings,
    read_day,
    read_moment,
    serial_moment,
    to_milliseconds,
)
from importer.checking.ground import Ground, Parsed
from importer.checking.habits import describe_dates
from importer.checking.numbers import to_float
from importer.checking.wording import show_cell, write_day_or_moment, write_moment
from importer.model import problem_kinds as kinds
from importer.model.manner import DateOrder
from importer.model.problem import ProblemKind, quoted
from importer.model.table import Cell, CellKind


def read_date_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A day."""
    del unit
    value = cell.value
    if isinstance(value, datetime):
        moment = to_milliseconds(value)
        if moment.time() == time():
            return moment.date(), ()
        return ground.refuse(
            kinds.CELL_NOT_A_DATE,
            found=f"{write_moment(moment)}, which has a time of day",
            expected=f"a day without a time, such as {moment.date().isoformat()}",
        )
    if isinstance(value, date):
        return value, ()
    day = (read_day(value) or _read_stated_day(value, ground)) if isinstance(value, str) else None
    return (day, ()) if day else _not_a_date(cell, ground, kinds.CELL_NOT_A_DATE)


def _read_stated_day(text: str, ground: Ground) -> date | None:
    stated = _find_stated(text, ground)
    return stated[0] if stated and not stated[1] else None


def _find_stated(text: str, ground: Ground) -> tuple[date, str] | None:
    """The reading that is meant where it is stated what comes first; an only one stays itself."""
    order, readings = ground.manner.conventions.dates, other_readings(text)
    if order is None or not readings:
        return None
    return readings[-1] if order is DateOrder.MONTH_FIRST else readings[0]


def _not_a_date(cell: Cell, ground: Ground, kind: ProblemKind) -> Parsed:
    readings = _likely_texts(cell, with_time=kind is kinds.CELL_NOT_A_MOMENT)
    if len(readings) > 1:
        both = " or ".join(readings)
        return ground.refuse(
            kinds.CELL_AMBIGUOUS,
            found=f"{quoted(cell.value)}, which may be {both}{describe_dates(ground.manner)}",
            expected="a date with one reading",
            remedy=f"Type {both}, or state what comes first in all such cells: on Start here, or "
            "with --dates.",
        )
    remedy = f"If {readings[0]} is meant, type that." if readings else ""
    return ground.refuse(kind, found=show_cell(cell), remedy=remedy)


def _likely_texts(cell: Cell, *, with_time: bool) -> tuple[str, ...]:
    """What to type for what may be meant: the readings of a text, or of a bare serial number."""
    if isinstance(cell.value, str):
        readings = other_readings(cell.value)
        return tuple(f"{day} {clock if with_time else ''}".strip() for day, clock in readings)
    if cell.kind is not CellKind.NUMBER or not isinstance(cell.value, int | float):
        return ()
    moment = serial_moment(to_float(cell.value))
    if moment is None:
        return ()
    return (write_day_or_moment(moment if with_time else moment.date()),)


def read_moment_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A moment, as an instant in UTC."""
    del unit
    value = cell.value
    moment = _read_text(value, ground) if isinstance(value, str) else _as_moment(value)
    if moment is None or not datetime.min.year < moment.year < datetime.max.year:
        return _not_a_date(cell, ground, kinds.CELL_NOT_A_MOMENT)
    moment = to_milliseconds(moment)
    if moment.tzinfo is not None:
        return moment.astimezone(UTC), ()
    return _read_local(moment, ground)


def _read_text(text: str, ground: Ground) -> datetime | None:
    moment, stated = read_moment(text), _find_stated(text, ground)
    if moment is not None or stated is None:
        return moment
    return read_moment(f"{stated[0]} {stated[1]}".strip())


def _as_moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return None


def _read_local(moment: datetime, ground: Ground) -> Parsed:
    """The instant of a moment without a zone, where the clocks of its zone leave no doubt."""
    name = ground.column.zone or ground.zone
    zone = find_zone(name)
    if zone is None:
        return ground.refuse(
            kinds.CELL_NOT_A_MOMENT,
            found=f"{write_moment(moment)} in the time zone {quoted(name)}, which is not known",
            expected="a date and time with its offset from UTC",
            remedy=f"Type it with its offset, such as {write_moment(moment)}+01:00.",
        )
    instants = in_zone(moment, zone)
    if len(instants) == 1:
        return instants[0].astimezone(UTC), ()
    readings = instants or (moment.replace(tzinfo=zone),)
    why = "occurs twice" if instants else "does not occur"
    return ground.refuse(
        kinds.CELL_AMBIGUOUS,
        found=f"{write_moment(moment)}, which {why} in the time zone {name} (the clocks change)",
        expected="a moment with one reading",
        remedy="Type it with its offset from UTC: "
        + " or ".join(write_moment(each) for each in readings)
        + ".",
    )
