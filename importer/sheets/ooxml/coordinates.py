"""Coordinates of cells, such as `AB12`, as numbers; first of each is 1."""

import re

from importer.model.problem import quoted
from importer.sheets.ooxml.markup import PartDamaged
from importer.sheets.reading.grid import Block

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_DIGITS = re.compile("[0-9]{1,7}")
_LETTERS = re.compile("[A-Z]{1,3}")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)


def read_column(letters: str) -> int:
    """The number of a column: `A` is 1, `AA` is 27. Raises PartDamaged."""
    plain = letters.upper()
    number = 0
    for letter in plain if _LETTERS.fullmatch(plain) else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 1 <= number <= LAST_COLUMN:
        raise PartDamaged(f"a cell in a column {quoted(letters)}, which no sheet has")
    return number


def read_row(digits: str) -> int:
    """The number of a row. Raises PartDamaged."""
    number = int(digits) if _DIGITS.fullmatch(digits) else 0
    if not 1 <= number <= LAST_ROW:
        raise PartDamaged(f"a row {quoted(digits)}, which no sheet has")
    return number


def read_block(reference: str) -> Block:
    """The bounds of a range such as `A1:B2`, or of one cell. Raises PartDamaged."""
    first, _, last = reference.partition(":")
    one, other = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if one is None or other is None:
        raise PartDamaged(f"a range {quoted(reference)}, which no sheet has")
    rows = sorted((read_row(one[2]), read_row(other[2])))
    columns = sorted((read_column(one[1]), read_column(other[1])))
    return Block(
        first_row=rows[0], first_column=columns[0], last_row=rows[1], last_column=columns[1]
    )
