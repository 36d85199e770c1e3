"""The header row of a sheet against the columns of its declaration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from importer.declare.sheet import Sheet
from importer.model.place import Place, column_letters
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import HEADER_MISSING, HEADER_NEAR, HEADER_TWICE
from importer.sheets.cell import text_of
from importer.sheets.grid import Grid
from importer.sheets.names import find_near, fold
from importer.sheets.own import is_own_header

HEADER_ROW = 1
_NEAR = 80.0
"""Below it lie other words (“Display name” and “Display key”: 76), above it slips."""
_SEARCHED_ROWS = 20
_ENOUGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """Where the declared columns stand: header of the declaration → Excel's column number.

    others: the other way round, those that no declared column can be meant by.
    """

    columns: Mapping[str, int]
    others: Mapping[int, str]
    problems: tuple[Problem, ...] = ()


def read_headers(grid: Grid, sheet: Sheet) -> Headers:
    """Find the declared columns in row 1; columns of the user's own are left alone."""
    declared = {fold(column.header): column.header for column in sheet.columns}
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    problems: list[Problem] = []
    for number, text in _texts(grid, HEADER_ROW).items():
        header = declared.get(fold(text))
        if header is None:
            unknown[number] = text
        elif header in columns:
            problems.append(_twice(grid, number, text, columns[header]))
        else:
            columns[header] = number
    near = dict(_find_near(unknown, [each for each in declared.values() if each not in columns]))
    problems.extend(_near(grid, number, unknown[number], near[number]) for number in near)
    problems.extend(_missing(grid, sheet, {*columns, *near.values()}))
    ours = [number for number, text in unknown.items() if is_own_header(text)]
    others = {
        number: text
        for number, text in unknown.items()
        # What a results workbook got from us stands together at the right.
        if text and number not in near and number < min(ours, default=number + 1)
    }
    return Headers(columns=columns, others=others, problems=tuple(problems))


def _texts(grid: Grid, row: int) -> Mapping[int, str]:
    """The texts of a row by column, left to right."""
    return {number: text_of(cell) for number, cell in sorted(grid.rows.get(row, {}).items())}


def _find_near(unknown: Mapping[int, str], absent: list[str]) -> Iterator[tuple[int, str]]:
    """Only columns that are not there can be meant: beside one that is, it is another column."""
    for number, text in unknown.items():
        header = None if is_own_header(text) else find_near(text, absent, at_least=_NEAR)
        if header is not None:
            yield number, header


def _twice(grid: Grid, number: int, text: str, first: int) -> Problem:
    return HEADER_TWICE.at(
        Place(sheet=grid.title, row=HEADER_ROW, column=number, header=text),
        found=f"{quoted(text)} in column {column_letters(number)}, "
        f"and already in column {column_letters(first)}",
    )


def _near(grid: Grid, number: int, text: str, header: str) -> Problem:
    return HEADER_NEAR.at(
        Place(sheet=grid.title, row=HEADER_ROW, column=number, header=text),
        found=f"the header {quoted(text)}",
        expected=f"the header {quoted(header)}, which no column has",
        remedy=f"Correct it to {quoted(header)}; if the column is one of your own, "
        "give it a name that is less alike.",
    )


def _missing(grid: Grid, sheet: Sheet, present: set[str]) -> Iterator[Problem]:
    """One problem for each required column that is neither there nor meant by a near one."""
    lower = _find_lower_header(grid, sheet)
    remedy = f"Row {lower} looks like the header: delete the rows above it." if lower else ""
    for column in sheet.columns:
        if column.required and column.header not in present:
            yield HEADER_MISSING.at(
                Place(sheet=grid.title, row=HEADER_ROW),
                found=f"no column {quoted(column.header)}",
                expected=f"the header {quoted(column.title)} in row {HEADER_ROW}",
                remedy=remedy,
            )


def _find_lower_header(grid: Grid, sheet: Sheet) -> int | None:
    """The row in which the header stands where someone put a title above it."""
    names = {fold(column.header) for column in sheet.columns}
    for row in range(HEADER_ROW + 1, _SEARCHED_ROWS + 1):
        if len(names & {fold(text) for text in _texts(grid, row).values()}) >= _ENOUGH:
            return row
    return None
