"""Where something stands in the user's workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


def column_letters(number: int) -> str:
    """Excel's name of a column: 1 is `A`, 27 is `AA`."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file, a sheet of it, a row of that, or a cell; the more is known, the narrower.

    `row` and `column` are Excel's own numbers, starting at 1.
    """

    sheet: str = ""
    row: int = 0
    column: int = 0
    header: str = ""

    @property
    def cell(self) -> str:
        """The cell's name, such as `D7`; empty where the place is wider than a cell."""
        return f"{column_letters(self.column)}{self.row}" if self.row and self.column else ""

    def __str__(self) -> str:
        if not self.sheet:
            return "the workbook"
        if self.cell:
            named = f" ({self.header})" if self.header else ""
            return f"{self.sheet}!{self.cell}{named}"
        if self.row:
            return f"{self.sheet}, row {self.row}"
        return f"sheet {self.sheet}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowPlaces(Mapping[str, Place]):
    """The cells of a row by header, made when they are asked for: most never are.

    columns: Excel's number of each header's column; 0 where the sheet lacks it, whose place is
        the row.
    """

    sheet: str
    row: int
    columns: Mapping[str, int]

    def __getitem__(self, header: str) -> Place:
        column = self.columns[header]
        return Place(sheet=self.sheet, row=self.row, column=column, header=header if column else "")

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)
