"""`Changes`: what an upgrade changed, a line for each, so that nothing is gone unnoticed."""

from collections.abc import Iterable, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from importer.model.upgrade import Told
from importer.sheets.board import Board

NOTHING = "Nothing changed: every filled cell stands where it stood."

_WIDTHS = (60, 40, 40, 50)
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
    board.title("What this upgrade changed")
    for label, value in head:
        board.fact(label, value)
    board.paragraph(f"\n{_LEFT_BEHIND}")
    if not told:
        board.alert(NOTHING)
        return
    board.heading(count_changes(len(told)))
    board.head("What changed", "In the old workbook", "In this workbook", "Value")
    for each in told:
        first, *more = _cut(each.value)
        board.line(each.what, each.old, each.new, first)
        for part in more:
            board.line("… and on", each.old, each.new, part)


def count_changes(number: int) -> str:
    """A number of changes in words."""
    return "1 change" if number == 1 else f"{number:,} changes"


def _cut(value: str) -> Sequence[str]:
    """A value in parts that fit into a cell each."""
    return [value[start : start + _FITS] for start in range(0, len(value), _FITS)] or [""]
