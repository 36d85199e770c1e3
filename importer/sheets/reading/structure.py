"""What stands on a sheet beside its header and its data: titles, totals, notes, further tables."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from importer.declare.sheet import Sheet
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import (
    ROW_NOTE,
    SHEET_ROWS_ABOVE,
    SHEET_SECOND_TABLE,
    SHEET_TOTAL_ROW,
)
from importer.model.table import Cell, CellKind
from importer.sheets.names import fold
from importer.sheets.reading.cell import is_blank, text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.reading.header_row import name_columns
from importer.sheets.reading.headers import Headers
from importer.sheets.reading.totals import find_total, is_label

_ENOUGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Excel's numbers of the rows that hold data, and what is told of others."""

    data_rows: tuple[int, ...]
    problems: tuple[Problem, ...] = ()


def read_structure(
    grid: Grid, sheet: Sheet, headers: Headers, meant: Collection[int] = ()
) -> Structure:
    """Part the data of a sheet from what people write around them.

    A total is no row of data: it is told and passed over. A note is one, with one problem.
    Below a second header nobody can tell what is meant, so the sheet is refused there.

    meant: the further columns that a template made.
    """
    view = _View(grid, sheet, headers, meant)
    data: list[int] = []
    problems = [*view.tell_above()]
    below = [row for row in sorted(grid.rows) if row > headers.row]
    for number, row in enumerate(below):
        if view.is_record(row):
            data.append(row)
            continue
        filled = view.filled(row)
        if view.is_header(filled):
            return Structure(
                data_rows=tuple(data),
                problems=(*problems, view.tell_second(row, below[number + 1 :])),
            )
        if total := view.find_total(row, filled):
            problems.append(view.tell_total(row, total))
        elif filled or view.has_meant(row):
            data.append(row)
            problems += view.tell_note(row, filled)
    return Structure(data_rows=tuple(data), problems=tuple(problems))


class _View:
    """A sheet under its header."""

    def __init__(self, grid: Grid, sheet: Sheet, headers: Headers, meant: Collection[int]) -> None:
        self._grid = grid
        self._headers = headers
        self._meant = meant
        self._names = name_columns(sheet)
        self._starts = {name[:_ENOUGH] for name in self._names}
        columns = (each for each in sheet.columns if each.header in headers.columns)
        self._required = {column.header for column in columns if column.required}
        # What names a row is always the first column of a declaration.
        self._key = sheet.columns[0].header
        self._key_column = headers.columns.get(self._key, 0)
        self._first_columns = sorted(headers.columns.values())[: _ENOUGH + 1]
        self._required_columns = [headers.columns[header] for header in self._required]

    def filled(self, row: int) -> Mapping[str, Cell]:
        """The filled cells of a row under declared headers."""
        cells = self._grid.rows[row]
        found = ((header, cells.get(at)) for header, at in self._headers.columns.items())
        return {header: cell for header, cell in found if cell is not None and not is_blank(cell)}

    def has_meant(self, row: int) -> bool:
        """Whether something stands in a column that the template made."""
        return any(not is_blank(self._grid.cell(row, column)) for column in self._meant)

    def is_record(self, row: int) -> bool:
        """Whether a row is one at first sight: most rows are, and looking closer takes time."""
        cells = self._grid.rows[row]
        if any(is_blank(cells.find(column)) for column in self._required_columns):
            return False
        names_total = is_label(_text_in(cells.find(self._key_column)))
        return not names_total and not any(
            self._is_name(cells.find(column)) for column in self._first_columns
        )

    def _is_name(self, cell: Cell) -> bool:
        """Whether a cell holds what a header does."""
        text = _text_in(cell)
        return text[:_ENOUGH].casefold() in self._starts and fold(text) in self._names

    def is_header(self, filled: Mapping[str, Cell]) -> bool:
        """Whether most of a row repeats the header."""
        if any(cell.kind is not CellKind.TEXT for cell in filled.values()):
            return False
        repeated = sum(1 for cell in filled.values() if fold(text_of(cell)) in self._names)
        return repeated >= _ENOUGH and 2 * repeated > len(filled)

    def find_total(self, row: int, filled: Mapping[str, Cell]) -> str:
        """By what a row of numbers is a total; empty for another."""
        if not filled and not self.has_meant(row):
            return ""
        return find_total(
            filled,
            [self._grid.cell(row, column) for column in self._headers.others],
            key=self._key,
            required=self._required,
            first=self._first(row)[1],
        )

    def tell_above(self) -> Iterator[Problem]:
        """A header that was sorted in among its rows, say; a title fills in less."""
        above = [row for row in sorted(self._grid.rows) if row < self._headers.row]
        data = [row for row in above if self._looks_like_data(self.filled(row))]
        if data:
            count = "1 row" if len(data) == 1 else f"{len(data):,} rows"
            yield SHEET_ROWS_ABOVE.at(
                self._place(data[0]),
                found=f"{count} like data above the header in row {self._headers.row}",
            )

    def _looks_like_data(self, filled: Mapping[str, Cell]) -> bool:
        return len(filled) >= _ENOUGH and self._required <= filled.keys()

    def tell_second(self, row: int, below: Sequence[int]) -> Problem:
        """The refusal, at the first cell of the repeated header."""
        count = sum(1 for each in below if self.filled(each))
        rows = "1 filled row" if count == 1 else f"{count:,} filled rows"
        found = f"a second header in row {row}, with {rows} below it"
        return SHEET_SECOND_TABLE.at(self._place(row), found=found)

    def tell_total(self, row: int, words: str) -> Problem:
        """The word about a total."""
        return SHEET_TOTAL_ROW.at(self._place(row), found=f"a total in row {row}: {words}")

    def tell_note(self, row: int, filled: Mapping[str, Cell]) -> Iterator[Problem]:
        """The one problem of a row with one text; other rows have the problems of their cells."""
        others = (self._grid.cell(row, column) for column in self._headers.others)
        lacks = len(self._required - filled.keys())
        if len(filled) != 1 or lacks < _ENOUGH or not all(map(is_blank, others)):
            return
        ((header, cell),) = filled.items()
        text = text_of(cell)
        is_id = header == self._key and " " not in text and not text.endswith(":")
        if cell.kind is CellKind.TEXT and not is_id:
            yield ROW_NOTE.at(
                self._place(row, self._headers.columns[header], header),
                found=f"{quoted(text)} and nothing else in row {row}",
            )

    def _first(self, row: int) -> tuple[int, Cell]:
        cells = sorted(self._grid.rows[row].items())
        return next((each for each in cells if not is_blank(each[1])), cells[0])

    def _place(self, row: int, column: int = 0, header: str = "") -> Place:
        column = column or self._first(row)[0]
        return Place(sheet=self._grid.title, row=row, column=column, header=header)


def _text_in(cell: Cell) -> str:
    return str(cell.value).strip() if cell.kind is CellKind.TEXT else ""
