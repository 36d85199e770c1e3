"""The header row of a sheet against the columns of its declaration."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from importer.declare.sheet import Sheet
from importer.model.place import Place, column_letters
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import (
    HEADER_MISSING,
    HEADER_NEAR,
    HEADER_TWICE,
    SHEET_SECOND_TABLE,
)
from importer.sheets.names import find_near, fold
from importer.sheets.own import is_own_header
from importer.sheets.reading.cell import text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.reading.header_row import TOP_ROW, find_header_row

HEADER_ROW = TOP_ROW
"""The header's row in what we write ourselves; that of a file is `Headers.row`."""

_NEAR = 80.0
"""Below it lie other words (“Display name” and “Display key”: 76), above it slips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """Where the declared columns stand: header of the declaration → Excel's column number.

    row: Excel's number of the row in which they stand.
    others: the other way round, those that no declared column can be meant by.
    """

    columns: Mapping[str, int]
    others: Mapping[int, str]
    row: int = TOP_ROW
    problems: tuple[Problem, ...] = ()


def read_headers(grid: Grid, sheet: Sheet) -> Headers:
    """Find the declared columns in the header row; columns of the user's own are left alone."""
    row = find_header_row(grid, sheet)
    texts = {number: text_of(cell) for number, cell in sorted(grid.rows.get(row, {}).items())}
    meant = _find_declared(texts.values(), sheet)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    twice: dict[int, str] = {}
    for number, text in texts.items():
        header = meant.get(fold(text))
        if header is None:
            unknown[number] = text
        elif header in columns:
            twice[number] = header
        else:
            columns[header] = number
    absent = [each.header for each in sheet.columns if each.header not in columns]
    near = dict(_find_near(unknown, absent))
    telling = _Telling(grid=grid, row=row, texts=texts)
    ours = [number for number, text in unknown.items() if is_own_header(text)]
    return Headers(
        columns=columns,
        others={
            number: text
            for number, text in unknown.items()
            # What a results workbook got from us stands together at the right.
            if text and number not in near and number < min(ours, default=number + 1)
        },
        row=row,
        problems=(
            *telling.twice(sheet, columns, twice),
            *(telling.near(number, near[number]) for number in near),
            *telling.missing(sheet, {*columns, *near.values()}),
        ),
    )


def _find_declared(texts: Iterable[str], sheet: Sheet) -> Mapping[str, str]:
    """The folded names that stand for declared columns here.

    Where a column has its declared header, another with an alias of it is the user's own.
    """
    folded = {fold(text) for text in texts}
    found = {fold(each.header): each.header for each in sheet.columns}
    for column in sheet.columns:
        if fold(column.header) not in folded:
            for alias in column.aliases:
                found.setdefault(fold(alias), column.header)
    return found


def _find_near(unknown: Mapping[int, str], absent: list[str]) -> Iterator[tuple[int, str]]:
    """Only columns that are not there can be meant: beside one that is, it is another column."""
    for number, text in unknown.items():
        header = None if is_own_header(text) else find_near(text, absent, at_least=_NEAR)
        if header is not None:
            yield number, header


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What is wrong with the header of a sheet, in words."""

    grid: Grid
    row: int
    texts: Mapping[int, str]

    def twice(
        self, sheet: Sheet, columns: Mapping[str, int], repeated: Mapping[int, str]
    ) -> Iterator[Problem]:
        """Repeated headers; where all that a row needs is there again, it is a second table."""
        required = {column.header for column in sheet.columns if column.required}
        if len(repeated) > 1 and required <= set(repeated.values()):
            yield SHEET_SECOND_TABLE.at(
                self._place(min(repeated)),
                found=f"the headers of {quoted(sheet.name)} a second time, from column "
                f"{column_letters(min(repeated))} to column {column_letters(max(repeated))}",
            )
            return
        for number, header in repeated.items():
            first, here = columns[header], f"in column {column_letters(number)}"
            already = f"already {quoted(self.texts[first])} in column {column_letters(first)}"
            yield HEADER_TWICE.at(
                self._place(number),
                found=f"{quoted(self.texts[number])} {here}, and {already}",
            )

    def near(self, number: int, header: str) -> Problem:
        """A header that is likely a slip."""
        return HEADER_NEAR.at(
            self._place(number),
            found=f"the header {quoted(self.texts[number])}",
            expected=f"the header {quoted(header)}, which no column has",
            remedy=f"Correct it to {quoted(header)}; if the column is one of your own, "
            "give it a name that is less alike.",
        )

    def missing(self, sheet: Sheet, present: set[str]) -> Iterator[Problem]:
        """One problem for each required column that is neither there nor meant by a near one."""
        for column in sheet.columns:
            if column.required and column.header not in present:
                yield HEADER_MISSING.at(
                    Place(sheet=self.grid.title, row=self.row),
                    found=f"no column {quoted(column.header)}",
                    expected=f"the header {quoted(column.title)} in row {self.row}",
                )

    def _place(self, number: int) -> Place:
        text = self.texts[number]
        return Place(sheet=self.grid.title, row=self.row, column=number, header=text)
