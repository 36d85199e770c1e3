"""How the columns of a sheet are written, as far as their texts show."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from importer.checking.dates import other_readings
from importer.checking.numbers import read_number
from importer.checking.texts import trim
from importer.declare.column import Kind
from importer.declare.sheet import Sheet
from importer.model.manner import Conventions, Habit, Manner
from importer.model.table import CellKind, Table

_WRITTEN = (
    *(Kind.DATE, Kind.MOMENT, Kind.NUMBER, Kind.PERCENTAGE, Kind.AMOUNT, Kind.DEFINED),
    *(Kind.REFERENCE, Kind.REFERENCES),
)
"""Kinds of columns in which a text may be a date or a number."""

_STARTS = frozenset("0123456789+-\u2212")
_SIGNS = re.compile(r"[.,]")


def observe_manners(table: Table, sheet: Sheet, conventions: Conventions) -> Mapping[int, Manner]:
    """The manner of each column by Excel's number."""
    columns = {
        each.header: table.columns[each.header]
        for each in sheet.columns
        if each.header in table.columns and each.kind in _WRITTEN
    }
    texts = Counter(_texts(table, columns))
    habits: dict[int, Counter[str]] = {
        number: Counter() for number in (*columns.values(), *table.others)
    }
    for (number, text), times in texts.items():
        for habit in _tell(text):
            habits[number][habit] += times
    return {
        number: Manner(conventions=conventions, habit=Habit(**found))
        for number, found in habits.items()
    }


def _texts(table: Table, columns: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The texts that may be a date or a number, with their columns."""
    for row in table.rows:
        for header, number in columns.items():
            cell = row.cells.get(header)
            if cell is not None and cell.kind is CellKind.TEXT and str(cell.value)[:1] in _STARTS:
                yield number, str(cell.value)
        for number, cell in row.others.items():
            if cell.kind is CellKind.TEXT and str(cell.value)[:1] in _STARTS:
                yield number, str(cell.value)


def _tell(text: str) -> Iterator[str]:
    """What a text with one reading says of how its writer writes."""
    text = trim(text)[0].removesuffix("%").strip()
    readings = other_readings(text)
    if len(readings) == 1:
        (day, _), (first, second) = readings[0], re.findall(r"\d+", text)[:2]
        if int(first) != int(second):
            yield "day_first" if int(first) == day.day else "month_first"
        return
    signs = _SIGNS.findall(text)
    if not signs or len(read_number(text).numbers) != 1:
        return
    # The last sign parts the decimals, unless it stands there again: then it parts thousands.
    is_decimal = signs.count(signs[-1]) == 1
    yield "points" if (signs[-1] == ".") is is_decimal else "commas"
