"""Cells of durations: times of the spreadsheet program, hours and minutes, or ISO text."""

import re
from datetime import time, timedelta
from decimal import Decimal

from importer.checking.ground import Ground, Parsed
from importer.checking.wording import show_cell, write_duration
from importer.model import problem_kinds as kinds
from importer.model.table import Cell, CellKind

_CLOCK = re.compile(r"(\d{1,6}):([0-5]\d)(?::([0-5]\d(?:[.,]\d{1,3})?))?")
_NUMBER = r"(\d{1,12}(?:[.,]\d{1,9})?)"
_ISO = re.compile(
    rf"P(?=.)(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.IGNORECASE,
)
"""ISO 8601 without years and months, whose length nobody knows."""
_SECONDS_OF = (604_800, 86_400, 3_600, 60, 1)
_LONGEST = timedelta(days=36_600)


def read_duration_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A duration, to the millisecond. A bare number is refused: nobody knows its unit."""
    del unit
    duration = _read(cell)
    if duration is not None and timedelta(0) <= duration <= _LONGEST:
        return duration, ()
    return ground.refuse(kinds.CELL_NOT_A_DURATION, found=show_cell(cell), remedy=_remedy(cell))


def _read(cell: Cell) -> timedelta | None:
    match cell.value:
        case timedelta():
            return _to_milliseconds(cell.value)
        case time():
            at = cell.value
            return _to_milliseconds(
                timedelta(
                    hours=at.hour,
                    minutes=at.minute,
                    seconds=at.second,
                    microseconds=at.microsecond,
                )
            )
        case str():
            clock = _read_clock(cell.value)
            return clock if clock is not None else _read_iso(cell.value)
        case _:
            return None


def _to_milliseconds(duration: timedelta) -> timedelta:
    """Excel keeps times as fractions of a day, so the last digits are noise."""
    return timedelta(milliseconds=round(duration / timedelta(milliseconds=1)))


def _read_clock(text: str) -> timedelta | None:
    """`1:30` as a spreadsheet program reads it: an hour and a half."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = (Decimal((part or "0").replace(",", ".")) for part in found.groups())
    return _from_seconds(hours * 3_600 + minutes * 60 + seconds)


def _read_iso(text: str) -> timedelta | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    parts = (Decimal((part or "0").replace(",", ".")) for part in found.groups())
    return _from_seconds(sum(part * size for part, size in zip(parts, _SECONDS_OF, strict=True)))


def _from_seconds(seconds: Decimal | int) -> timedelta | None:
    milliseconds = round(seconds * 1_000)
    longest = _LONGEST // timedelta(milliseconds=1)
    return timedelta(milliseconds=milliseconds) if milliseconds <= longest else None


def _remedy(cell: Cell) -> str:
    """What to type for a bare number, whose unit only the user knows."""
    number = cell.value
    is_number = cell.kind is CellKind.NUMBER and isinstance(number, int | float)
    largest = 100_000
    if not is_number or not isinstance(number, int | float) or not 0 < number <= largest:
        return ""
    hours, minutes = (write_duration(_to_milliseconds(number * one)) for one in _HOUR_AND_MINUTE)
    return f"Type {hours} if hours are meant, {minutes} if minutes are."


_HOUR_AND_MINUTE = (timedelta(hours=1), timedelta(minutes=1))
