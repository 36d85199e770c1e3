"""Cells of text and of ids."""

import math

from importer.checking.ground import Ground, Parsed
from importer.checking.number_formats import describe_shown, show_number
from importer.checking.numbers import to_float
from importer.checking.texts import squeeze, trim
from importer.checking.wording import show_cell
from importer.declare.column import Column
from importer.model import problem_kinds as kinds
from importer.model.problem import quoted
from importer.model.table import Cell, CellKind

_BEYOND_ALL_DIGITS = 10**15
"""Spreadsheet programs keep 15 digits of a number."""


def read_text_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """A text; a number is taken as it is shown, anything else is refused.

    Where there are choices, the one that is meant; what fits none is pandera's.
    """
    del unit
    text, problems = _read_text(cell, ground)
    return (choose(text, ground.column) if isinstance(text, str) else text), problems


def read_texts_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """Several texts, parted by semicolons."""
    del unit
    text, problems = _read_text(cell, ground)
    if not isinstance(text, str):
        return None, problems
    parts = [part for part in (trim(each)[0] for each in text.split(";")) if part]
    texts = tuple(choose(part, ground.column) for part in parts)
    twice = next((each for each in texts if texts.count(each) > 1), None)
    if not texts:
        return ground.refuse(
            kinds.CELL_NOT_TEXT,
            found=f"{show_cell(cell)}, which holds no text",
            expected="texts parted by semicolons",
            remedy="Write a text, or leave the cell blank.",
        )
    if twice is not None:
        return ground.refuse(
            kinds.REF_TWICE,
            found=f"{quoted(twice)} more than once",
            expected="each text once",
            remedy="Delete the repeated text.",
        )
    return texts, problems


def choose(text: str, column: Column) -> str:
    """The choice that is meant by a text, by its value or else its label; else the text itself.

    Case, space and underscore do not count.
    """
    if text in column.choices:
        return text
    for names in (column.choices, column.labels):
        named = zip(names, column.choices, strict=False)
        alike = {choice for name, choice in named if _fold(name) == _fold(text)}
        if len(alike) == 1:
            return alike.pop()
    return text


def _fold(text: str) -> str:
    return squeeze(text.replace("_", " "))


def _read_text(cell: Cell, ground: Ground) -> Parsed:
    if isinstance(cell.value, str):
        return cell.value, ()
    number = _plain_number(cell)
    if number is None:
        return ground.refuse(
            kinds.CELL_NOT_TEXT,
            found=show_cell(cell),
            remedy="Format the cell as text and type it again.",
        )
    if abs(number) >= _BEYOND_ALL_DIGITS:
        return _lost_digits(cell, ground)
    return _as_shown(number, cell, ground)


def read_key_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """Ids that Excel turned into numbers are taken only when nothing can have been lost.

    They are taken as they are shown: under the format `00000` the number 123 is the id 00123.
    """
    del unit
    if isinstance(cell.value, str):
        return cell.value, ()
    number = _plain_number(cell)
    if number is None or not number.is_integer() or abs(number) >= _BEYOND_ALL_DIGITS:
        return _lost_digits(cell, ground)
    return _as_shown(number, cell, ground)


def _as_shown(number: float, cell: Cell, ground: Ground) -> Parsed:
    shown = show_number(number, cell.format)
    if shown is not None:
        return shown, ()
    return ground.refuse(
        kinds.CELL_ID_LOST_DIGITS,
        found=f"{show_cell(cell)}, {describe_shown(number, cell.format)}",
        expected="a text, so that what is meant is what is seen",
        remedy="Format the cell as text and type it again as it is meant.",
    )


def _plain_number(cell: Cell) -> float | None:
    """The number that the cell shows; None for one that it shows as something else."""
    if cell.kind is not CellKind.NUMBER or cell.percent or not isinstance(cell.value, int | float):
        return None
    number = to_float(cell.value)
    return None if math.isnan(number) else number


def _lost_digits(cell: Cell, ground: Ground) -> Parsed:
    return ground.refuse(
        kinds.CELL_ID_LOST_DIGITS,
        found=f"{show_cell(cell)}, which the spreadsheet program has made of what was typed",
    )
