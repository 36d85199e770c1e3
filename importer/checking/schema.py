"""A sheet's declaration as a pandera schema.

Required, range, choice, length, pattern, uniqueness and row rules are checked here and nowhere
else. Each check carries the code of the problem that it finds.
"""

from collections.abc import Callable
from datetime import date, datetime

import pandas as pd
import pandera.pandas as pa

from importer.declare.column import Column, Kind
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
    return pa.Column(
        object, checks=_value_checks(column, now), nullable=not column.required, required=True
    )


def _value_checks(column: Column, now: datetime) -> list[pa.Check]:
    checks = []
    if column.choices:
        checks.append(_check(kinds.CELL_CHOICE, lambda value: value in column.choices))
    if column.longest is not None:
        longest = column.longest
        checks.append(_check(kinds.CELL_LENGTH, lambda value: len(str(value)) <= longest))
    if column.pattern:
        checks.append(
            pa.Check(lambda texts: _matches(texts, column.pattern), name=kinds.CELL_PATTERN.code)
        )
    if column.at_least is not None or column.at_most is not None:
        checks.append(_check(kinds.CELL_RANGE, lambda value: _within(value, column)))
    if column.kind is Kind.AMOUNT:
        checks.append(_check(kinds.CELL_UNIT, lambda value: _unit_fits(value, column)))
    if column.not_in_future:
        checks.append(_check(kinds.ROW_FUTURE, lambda value: not _is_future(value, now)))
    return checks


def _check(kind: ProblemKind, holds: Callable[[object], bool]) -> pa.Check:
    """A check of each value; a cleared cell states no value."""
    return pa.Check(
        lambda value: isinstance(value, Clear) or holds(value), element_wise=True, name=kind.code
    )


def _matches(texts: "Series[str]", pattern: str) -> "Series[bool]":
    return texts.astype(str).str.fullmatch(pattern).astype(bool)


def _within(value: object, column: Column) -> bool:
    if isinstance(value, Amount):
        if column.bound_unit and value.unit != column.bound_unit:
            return True
        value = value.number
    if not isinstance(value, int | float):
        return True
    above = column.at_least is None or value >= column.at_least
    return above and (column.at_most is None or value <= column.at_most)


def _unit_fits(value: object, column: Column) -> bool:
    return not isinstance(value, Amount) or value.unit in column.units


def _is_future(value: object, now: datetime) -> bool:
    if isinstance(value, datetime):
        return value > now
    return isinstance(value, date) and value > now.date()


def _rule_check(number: int, rule: RowRule) -> pa.Check:
    """The rule where all its cells are filled in; one failure per row, named by its number."""

    def holds(frame: pd.DataFrame) -> "Series[bool]":
        stated = frame[list(rule.headers)]
        complete = stated.notna().all(axis=1)
        kept = [
            not whole or rule.holds(*values)
            for whole, values in zip(complete, stated.itertuples(index=False), strict=True)
        ]
        return pd.Series(kept, index=frame.index, dtype=bool)

    return pa.Check(holds, name=f"rule {number}")


def _unique_check(headers: tuple[str, ...]) -> pa.Check:
    """No two rows with the same values under these headers, regardless of case."""

    def holds(frame: pd.DataFrame) -> "Series[bool]":
        stated = frame[list(headers)].dropna()
        folded = stated.astype(str).apply(lambda column: column.str.casefold())
        repeated = folded.duplicated(keep=False).reindex(frame.index, fill_value=False)
        return pd.Series([not each for each in repeated], index=frame.index, dtype=bool)

    return pa.Check(holds, name="unique")
