"""A sheet's declaration as a pandera schema.

Required, range, choice, length, pattern, uniqueness and row rules are checked here and nowhere
else. Each check carries the code of the problem that it finds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pandera.pandas as pa

from importer.checking.units import convert
from importer.declare.column import Column
from importer.declare.sheet import RowRule, Sheet
from importer.model import problem_kinds as kinds
from importer.model.problem import ProblemKind
from importer.model.record import Amount, Clear

Series = pd.Series  # of objects: a frame holds our typed values untouched


def build_schema(sheet: Sheet, *, now: datetime) -> pa.DataFrameSchema:
    """The schema of a sheet. `now` (with a zone) decides what lies in the future."""
    return pa.DataFrameSchema(
        columns={column.header: _build_column(column, now) for column in sheet.columns},
        checks=[
            *(_rule_check(number, rule) for number, rule in enumerate(sheet.rules)),
            *([_unique_check(sheet.unique)] if sheet.unique else []),
        ],
    )


def _build_column(column: Column, now: datetime) -> pa.Column:
    # Of no type: the frame holds objects, and looking for that of each column takes long.
    return pa.Column(checks=_value_checks(column, now), nullable=not column.required, required=True)


def _value_checks(column: Column, now: datetime) -> list[pa.Check]:
    checks = []
    if column.choices:
        fine = frozenset(column.choices)
        checks.append(
            _check(
                kinds.CELL_CHOICE,
                lambda value: value in fine or not strange_choices(value, column),
            )
        )
    if column.longest is not None:
        longest = column.longest
        checks.append(_check(kinds.CELL_LENGTH, lambda value: len(str(value)) <= longest))
    if column.pattern:
        fits = re.compile(column.pattern).fullmatch
        checks.append(_check(kinds.CELL_PATTERN, lambda value: bool(fits(str(value)))))
    if column.at_least is not None or column.at_most is not None:
        checks.append(_check(kinds.CELL_RANGE, lambda value: _within(value, column)))
    if column.not_in_future:
        checks.append(_check(kinds.ROW_FUTURE, lambda value: not _is_future(value, now)))
    return checks


def _check(kind: ProblemKind, holds: Callable[[object], bool]) -> pa.Check:
    """A check of each value; a cleared cell states no value."""

    def hold(values: "Series[Any]") -> "Series[bool]":
        found = [value is Clear.CLEAR or holds(value) for value in values]
        return pd.Series(found, index=values.index, dtype=bool)

    return pa.Check(hold, name=kind.code)


def strange_choices(value: object, column: Column) -> tuple[object, ...]:
    """What of a value, or of a list of them, is none of the column's choices."""
    values = value if isinstance(value, tuple) else (value,)
    return tuple(each for each in values if each not in column.choices)


def _within(value: object, column: Column) -> bool:
    least = _measure(value, column.bound_unit)
    most = _measure(value, column.most_unit or column.bound_unit)
    above = column.at_least is None or least is None or least >= column.at_least
    return above and (column.at_most is None or most is None or most <= column.at_most)


def _measure(value: object, unit: str) -> int | float | None:
    """The number that is held against a bound in that unit; None where it cannot be."""
    match value:
        case Amount() if unit and value.unit != unit:
            return convert(value.number, value.unit, unit)
        case Amount():
            return value.number
        case timedelta():
            return value / timedelta(milliseconds=1)
        case int() | float():
            return value
        case _:
            return None


def _is_future(value: object, now: datetime) -> bool:
    if isinstance(value, datetime):
        return value > now
    return isinstance(value, date) and value > now.date()


def _rule_check(number: int, rule: RowRule) -> pa.Check:
    """The rule where all its cells state a value; one failure per row, named by its number."""

    def holds(values: tuple[object, ...]) -> bool:
        stated = not any(value is None or isinstance(value, Clear) for value in values)
        return not stated or rule.holds(*values)

    return _row_check(f"rule {number}", rule.headers, lambda rows: [holds(row) for row in rows])


def _unique_check(headers: tuple[str, ...]) -> pa.Check:
    """No two rows with the same values under these headers, regardless of case."""

    def are_unique(rows: list[tuple[object, ...]]) -> list[bool]:
        keys = [None if None in row else fold(row) for row in rows]
        counts = Counter(keys)
        return [key is None or counts[key] == 1 for key in keys]

    return _row_check("unique", headers, are_unique)


def fold(values: Iterable[object]) -> tuple[str, ...]:
    """Values as they are compared for uniqueness."""
    return tuple(str(value).casefold() for value in values)


def _row_check(
    name: str, headers: tuple[str, ...], judge: Callable[[list[tuple[object, ...]]], list[bool]]
) -> pa.Check:
    """A check of the values under these headers, row by row."""

    def holds(frame: pd.DataFrame) -> "Series[bool]":
        rows = list(zip(*(frame[header] for header in headers), strict=True))
        return pd.Series(judge(rows), index=frame.index, dtype=bool)

    return pa.Check(holds, name=name)
