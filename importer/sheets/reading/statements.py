"""What a workbook states of itself on `Start here`: how its dates and numbers are written."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import pairwise

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.manner import Conventions, DateOrder, DecimalSign
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import SHEET_WORD_UNKNOWN
from importer.sheets.board import Board
from importer.sheets.names import fold
from importer.sheets.own import START_HERE
from importer.sheets.reading.cell import is_blank, text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.styles import SLATE, fill
from importer.sheets.text import write_text

DATES, NUMBERS = "Dates as text", "Numbers as text"

_WORDS: Mapping[str, Mapping[str, Enum]] = {
    DATES: {"day first": DateOrder.DAY_FIRST, "month first": DateOrder.MONTH_FIRST},
    NUMBERS: {"decimal point": DecimalSign.POINT, "decimal comma": DecimalSign.COMMA},
}
_ABOUT = {
    DATES: "What comes first in 03/04/2025. Blank: such a date is asked about.",
    NUMBERS: "What the sign in 1.234 or 1,234 is. Blank: such a number is asked about.",
}


def write_statements(page: Worksheet, board: Board) -> None:
    """Write a line for each thing that may be stated, with a choice of words."""
    for label, words in _WORDS.items():
        cell = board.line(label, "", _ABOUT[label])[1]
        cell.fill = fill(SLATE.light)
        choice = DataValidation(
            type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True
        )
        choice.add(cell.coordinate)
        page.add_data_validation(choice)


def fill_statements(page: Worksheet, conventions: Conventions) -> None:
    """Put what another workbook states into the lines of this one."""
    stated = {conventions.dates, conventions.decimal}
    for cells in page.iter_rows():
        for label, below in pairwise(cells):
            for word, meant in _WORDS.get(str(label.value), {}).items():
                if meant in stated:
                    write_text(page[below.coordinate], word)


def read_statements(grids: Iterable[Grid]) -> tuple[Conventions, tuple[Problem, ...]]:
    """What is stated, and the words that nobody understands, which state nothing."""
    found: dict[str, Enum] = {}
    problems: list[Problem] = []
    for grid in grids:
        for label, place, text in _answers(grid) if fold(grid.title) == fold(START_HERE) else ():
            meant = {fold(word): each for word, each in _WORDS[label].items()}
            meant |= {fold(str(each.value)): each for each in meant.values()}
            if fold(text) in meant:
                found[label] = meant[fold(text)]
                continue
            expected = " or ".join(map(quoted, _WORDS[label]))
            problems.append(
                SHEET_WORD_UNKNOWN.at(
                    place,
                    found=f"{quoted(text)} beside {quoted(label)}",
                    expected=f"{expected}, or a blank cell",
                )
            )
    dates, decimal = found.get(DATES), found.get(NUMBERS)
    conventions = Conventions(
        dates=dates if isinstance(dates, DateOrder) else None,
        decimal=decimal if isinstance(decimal, DecimalSign) else None,
    )
    return conventions, tuple(problems)


def _answers(grid: Grid) -> Iterator[tuple[str, Place, str]]:
    """The filled cells right of a label, with that."""
    labels = {fold(label): label for label in _WORDS}
    for row, cells in sorted(grid.rows.items()):
        for column, cell in sorted(cells.items()):
            label, answer = labels.get(fold(text_of(cell))), grid.cell(row, column + 1)
            if label and not is_blank(answer):
                place = Place(sheet=grid.title, row=row, column=column + 1, header=label)
                yield label, place, text_of(answer)
