"""Pandera's failure cases, folded into one problem per cell with place, value and remedy."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import pandas as pd
import pandera.pandas as pa

from importer.checking.numbers import write_number
from importer.checking.rows import name_rows
from importer.checking.schema import build_schema, fold
from importer.checking.wording import write_value
from importer.declare.column import Column, Kind
from importer.declare.sheet import Sheet
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, ProblemKind, quoted
from importer.model.record import Line, Value

Cells = Collection[tuple[int, str]]
"""Cells by row number and header."""

Rows = Mapping[tuple[str, ...], Sequence[int]]
"""Row numbers by the values that are to be unique."""

_BY_CODE: Mapping[str, ProblemKind] = {kind.code: kind for kind in kinds.CATALOGUE}
_NOT_NULLABLE = "not_nullable"
_CELL_CHECKS = (
    _NOT_NULLABLE,
    kinds.CELL_CHOICE.code,
    kinds.CELL_LENGTH.code,
    kinds.CELL_PATTERN.code,
    kinds.CELL_RANGE.code,
    kinds.ROW_FUTURE.code,
)


def find_violations(
    sheet: Sheet, lines: Iterable[Line], *, settled: Cells, now: datetime
) -> Mapping[tuple[int, str], Problem]:
    """What the sheet's schema finds in these rows, one problem per cell (row and header).

    `settled` are the cells that have a problem already, such as those that could not be read:
    nothing is said about them twice.
    """
    by_row = {line.row: line for line in lines}
    rows = _rows_by_values(sheet, by_row.values())
    found: dict[tuple[int, str], Problem] = {}
    for row, header, check in _failures(sheet, build_frame(sheet, by_row.values()), now):
        if (row, header) in settled or (row, header) in found:
            continue
        found[row, header] = _describe(sheet, by_row[row], header, check, rows)
    return found


def _rows_by_values(sheet: Sheet, lines: Iterable[Line]) -> Rows:
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line in lines:
        rows[fold(line.text(each) for each in sheet.unique)].append(line.row)
    return rows


def build_frame(sheet: Sheet, lines: Iterable[Line]) -> pd.DataFrame:
    """The rows as a frame of objects; its index is the Excel row number, a blank is None."""
    rows = tuple(lines)
    return pd.DataFrame(
        {
            column.header: pd.Series(
                [line.values.get(column.header, line.raw.get(column.header)) for line in rows],
                index=[line.row for line in rows],
                dtype=object,
            )
            for column in sheet.columns
        }
    )


def _failures(sheet: Sheet, frame: pd.DataFrame, now: datetime) -> Iterable[tuple[int, str, str]]:
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
    return sheet.unique[-1] if check == "unique" else column


def _describe(sheet: Sheet, line: Line, header: str, check: str, rows: Rows) -> Problem:
    place, column = line.place(header), sheet.column(header)
    if check == _NOT_NULLABLE:
        return kinds.CELL_REQUIRED.at(place, found="nothing", expected=_wanted(column))
    if check.startswith("rule "):
        rule = sheet.rules[int(check.removeprefix("rule "))]
        found = " and ".join(f"{each} {write_value(line.values[each])}" for each in rule.headers)
        return rule.kind.at(place, found=found, expected=rule.expected, remedy=rule.remedy)
    if check == "unique":
        return _describe_repeat(sheet, line, header, rows)
    kind = _BY_CODE[check]
    expected = expectation(kind, column)
    return kind.at(place, found=_show(line.values[header], kind), expected=expected)


def _describe_repeat(sheet: Sheet, line: Line, header: str, rows: Rows) -> Problem:
    values = [line.text(each) for each in sheet.unique]
    kind = kinds.KEY_TWICE if len(values) == 1 else kinds.KEY_DETAIL_TWICE
    where = name_rows(rows[fold(values)], but=line.row)
    return kind.at(line.place(header), found=f"{quoted(', '.join(values))}, also in {where}")


def _show(value: Value, kind: ProblemKind) -> str:
    if kind is kinds.CELL_LENGTH:
        return f"a text of {len(str(value))} characters"
    return quoted(write_value(value))


def _wanted(column: Column) -> str:
    return f"a value, such as {column.example}" if column.example else "a value"


def expectation(kind: ProblemKind, column: Column) -> str:
    """What a column allows, in the words of that kind of problem."""
    match kind:
        case kinds.CELL_CHOICE:
            return "one of " + ", ".join(column.choices)
        case kinds.CELL_LENGTH:
            return f"at most {column.longest} characters"
        case kinds.CELL_PATTERN:
            return column.pattern_says
        case kinds.CELL_RANGE:
            return describe_range(column)
        case _:
            return kind.expected


def describe_range(column: Column) -> str:
    """The allowed range in words."""
    is_share = column.kind is Kind.PERCENTAGE
    what, hint = ("a share", ", where 0.5 is 50 %") if is_share else ("a number", "")
    unit = f" {column.bound_unit}" if column.bound_unit else ""
    if column.at_least is None:
        return f"{what} of at most {write_number(column.at_most or 0)}{unit}{hint}"
    least = write_number(column.at_least)
    if column.at_most is None:
        return f"{what} of at least {least}{unit}{hint}"
    return f"{what} from {least} to {write_number(column.at_most)}{unit}{hint}"
