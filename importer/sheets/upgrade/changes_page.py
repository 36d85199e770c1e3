"""`Changes`: what an upgrade changed, a line for each, so that nothing is gone unnoticed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from importer.model.upgrade import Told
from importer.sheets.board import FIRST_COLUMN, Board, find_title
from importer.sheets.reading.grid import Grid

NOTHING = "Nothing changed: every filled cell stands where it stood."

_TITLE = "What this upgrade changed"
_HEADS = ("What changed", "In the old workbook", "In this workbook", "Value")
_ON = "… and on"
_WIDTHS = (60, 40, 40, 50)
_COLUMNS = range(FIRST_COLUMN, FIRST_COLUMN + len(_HEADS))
_FITS = 16_000
"""Characters that fit into a cell, whatever they are."""

_LEFT_BEHIND = (
    "Notes, marks and columns of an earlier import, colours, widths and drop-down lists of your "
    "own are not carried over.\nThe pages Start here, Lists, Meta and Definitions are made anew. "
    "Your old workbook is untouched."
)


def write_changes(page: Worksheet, told: Sequence[Told], head: Iterable[tuple[str, str]]) -> None:
    """Write the list. Every value is a text, whatever it looks like."""
    board = Board(page, _WIDTHS)
    board.title(_TITLE)
    for label, value in head:
        board.fact(label, value)
    board.paragraph(f"\n{_LEFT_BEHIND}")
    if not told:
        board.alert(NOTHING)
        return
    board.heading(count_changes(len(told)))
    board.head(*_HEADS)
    for each in told:
        first, *more = _cut(each.value)
        board.line(each.what, each.old, each.new, first)
        for part in more:
            board.line(_ON, each.old, each.new, part)


def read_changes(grid: Grid) -> tuple[Told, ...] | None:
    """The lines of such a list that hold a value, which may stand nowhere else; None where it is
    no list of ours."""
    if find_title(grid) != _TITLE:
        return None
    found: list[Told] = []
    is_below = False
    for row in sorted(grid.rows):
        what, old, new, value = (_text_at(grid, row, number) for number in _COLUMNS)
        if is_below and what == _ON and found:
            found[-1] = replace(found[-1], value=found[-1].value + value)
        elif is_below:
            found.append(Told(what=what, old=old, new=new, value=value))
        is_below = is_below or (what, old, new, value) == _HEADS
    return tuple(each for each in found if each.value)


def _text_at(grid: Grid, row: int, column: int) -> str:
    """The whole text: in a value every blank may count."""
    value = grid.cell(row, column).value
    return "" if value is None else str(value)


def count_changes(number: int) -> str:
    """A number of changes in words."""
    return "1 change" if number == 1 else f"{number:,} changes"


def _cut(value: str) -> Sequence[str]:
    """A value in parts that fit into a cell each."""
    return [value[start : start + _FITS] for start in range(0, len(value), _FITS)] or [""]
