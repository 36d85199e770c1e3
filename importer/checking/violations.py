"""Pandera's failure cases, folded into one problem per cell with place, value and remedy."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import pandera.pandas as pa

from importer.checking.expectations import expectation, wanted
from importer.checking.numbers import shift, write_number
from importer.checking.rows import name_rows
from importer.checking.schema import build_schema, fold, strange_choices
from importer.checking.wording import write_value
from importer.declare.column import Column, Kind
from importer.declare.sheet import Sheet
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, ProblemKind, quoted
from importer.model.record import Line

Cells = Collection[tuple[int, str]]
"""Cells by row number and header."""

_BY_CODE: Mapping[str, ProblemKind] = {kind.code: kind for kind in kinds.CATALOGUE}
_NOT_NULLABLE = "not_nullable"
_UNIQUE = "unique"
_CELL_CHECKS = (
    _NOT_NULLABLE,
    kinds.CELL_CHOICE.code,
    kinds.CELL_LENGTH.code,
    kinds.CELL_PATTERN.code,
    kinds.CELL_RANGE.code,
    kinds.ROW_FUTURE.code,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What is needed to tell of a failure.

    rows: those of the values that are unique, where some are not.
    """

    sheet: Sheet
    rows: Mapping[tuple[str, ...], Sequence[int]]
    zone: str


def find_violations(
    sheet: Sheet, lines: Iterable[Line], *, settled: Cells, now: datetime, zone: str = "UTC"
) -> Mapping[tuple[int, str], Problem]:
    """What the sheet's schema finds in these rows, one problem per cell (row and header).

    `settled` are the cells that have a problem already, such as those that could not be read:
    nothing is said about them twice. `zone` (IANA) is that in which moments are shown.
    """
    by_row = {line.row: line for line in lines}
    failures = _failures(sheet, build_frame(sheet, by_row.values()), now)
    repeats = any(check == _UNIQUE for _, _, check in failures)
    rows = _rows_by_values(sheet, by_row.values()) if repeats else {}
    telling = _Telling(sheet=sheet, rows=rows, zone=zone)
    found: dict[tuple[int, str], Problem] = {}
    for row, header, check in failures:
        if (row, header) in settled or (row, header) in found:
            continue
        found[row, header] = _describe(telling, by_row[row], header, check)
    return found


def _rows_by_values(sheet: Sheet, lines: Iterable[Line]) -> Mapping[tuple[str, ...], list[int]]:
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line in lines:
        rows[fold(line.text(each) for each in sheet.unique)].append(line.row)
    return rows


def build_frame(sheet: Sheet, lines: Iterable[Line]) -> pd.DataFrame:
    """The rows as a frame of objects; its index is the Excel row number, a blank is None."""
    rows = tuple(lines)
    index = pd.Index([line.row for line in rows])
    return pd.DataFrame(
        {
            column.header: pd.Series(_list_cells(rows, column), index=index, dtype=object)
            for column in sheet.columns
        }
    )


def _list_cells(rows: Iterable[Line], column: Column) -> list[object]:
    header = column.header
    if column.kind is Kind.DEFINED:
        return [line.values.get(header, line.raw.get(header)) for line in rows]
    return [line.values.get(header) for line in rows]


def _failures(sheet: Sheet, frame: pd.DataFrame, now: datetime) -> Sequence[tuple[int, str, str]]:
    """Row, header and check of each failure, cells before rules before uniqueness.

    What fails without a row is a mistake of ours, such as a rule that raises.
    """
    if frame.empty:
        return ()
    try:
        build_schema(sheet, now=now).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as failure:
        cases = failure.failure_cases
        if cases["index"].isna().any():
            raise
    else:
        return ()
    found = {
        (int(row), _header(sheet, str(column), str(check)), str(check))
        for row, column, check in zip(cases["index"], cases["column"], cases["check"], strict=True)
    }
    order = {column.header: number for number, column in enumerate(sheet.columns)}
    return sorted(found, key=lambda each: (_rank(each[2]), each[0], order[each[1]]))


def _rank(check: str) -> int:
    """Where several checks fail on one cell, the first of these tells."""
    if check.startswith("rule "):
        return len(_CELL_CHECKS) + int(check.removeprefix("rule "))
    return _CELL_CHECKS.index(check) if check in _CELL_CHECKS else sys.maxsize


def _header(sheet: Sheet, column: str, check: str) -> str:
    """A rule fails once per row, at the last of its cells, whatever column pandera names."""
    if check.startswith("rule "):
        return sheet.rules[int(check.removeprefix("rule "))].headers[-1]
    return sheet.unique[-1] if check == _UNIQUE else column


def _describe(telling: _Telling, line: Line, header: str, check: str) -> Problem:
    sheet, zone = telling.sheet, telling.zone
    place, column = line.place(header), sheet.column(header)
    if check == _NOT_NULLABLE:
        return kinds.CELL_REQUIRED.at(place, found="nothing", expected=wanted(column))
    if check.startswith("rule "):
        rule = sheet.rules[int(check.removeprefix("rule "))]
        found = " and ".join(f"{e} {_write(line, sheet.column(e), zone)}" for e in rule.headers)
        return rule.kind.at(place, found=found, expected=rule.expected, remedy=rule.remedy)
    if check == _UNIQUE:
        return _describe_repeat(telling, line, header)
    kind = _BY_CODE[check]
    found = quoted(_write(line, column, zone))
    if kind is kinds.CELL_LENGTH:
        found = f"a text of {len(line.text(header))} characters"
    elif kind is kinds.CELL_CHOICE:
        strange = strange_choices(line.values[header], column)
        found = ", ".join(quoted(each) for each in strange)
    return kind.at(
        place, found=found, expected=expectation(kind, column), remedy=_remedy(kind, line, column)
    )


def _remedy(kind: ProblemKind, line: Line, column: Column) -> str:
    """What to type for a share that was typed in percent; empty where the kind's own words do."""
    value = line.values[column.header]
    is_share = kind is kinds.CELL_RANGE and column.kind is Kind.PERCENTAGE
    in_percent = 100
    if not is_share or not isinstance(value, int | float) or not 1 < value <= in_percent:
        return ""
    seen, meant = write_number(value), write_number(shift(value, -2))
    return f"If {seen} % is meant, type {meant}, or type {seen} % into a cell formatted as percent."


def _describe_repeat(telling: _Telling, line: Line, header: str) -> Problem:
    values = [line.text(each) for each in telling.sheet.unique]
    kind = kinds.KEY_TWICE if len(values) == 1 else kinds.KEY_DETAIL_TWICE
    where = name_rows(telling.rows[fold(values)], but=line.row)
    return kind.at(line.place(header), found=f"{quoted(', '.join(values))}, also in {where}")


def _write(line: Line, column: Column, zone: str) -> str:
    return write_value(line.values[column.header], column.zone or zone)
