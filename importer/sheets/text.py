"""Text into cells: what a user or a service wrote never becomes a formula or breaks the file."""

import math
import re

from openpyxl.cell import Cell, MergedCell

from importer.model.record import Json

LONGEST = 32_767
"""Characters that Excel takes in one cell, counted in UTF-16."""

_CUT = "…"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as a text, whatever it starts with."""
    if isinstance(cell, MergedCell):
        return
    cell.value = shorten(clean(text))
    # openpyxl takes `=1+1` for a formula and `#N/A` for an error.
    cell.data_type = "s"
    # With this mark it stays a text when someone edits the cell, too.
    cell.quotePrefix = True


def write_value(cell: Cell, value: Json) -> None:
    """Write what a service answered: a number as a number, everything else as text."""
    match value:
        case None:
            return
        case bool():
            write_text(cell, "yes" if value else "no")
        case int() | float() if math.isfinite(value):
            cell.value = value
            cell.number_format = "#,##0.00"
        case _:
            write_text(cell, str(value))


def clean(text: str) -> str:
    """The text without the characters that no workbook can hold."""
    return _FORBIDDEN.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))


def shorten(text: str, longest: int = LONGEST) -> str:
    """The text cut to that many UTF-16 units, the last one telling that it was cut."""
    if len(text) <= longest and text.isascii():
        return text
    units = text.encode("utf-16-le", errors="replace")
    if len(units) <= 2 * longest:
        return units.decode("utf-16-le")
    return units[: 2 * (longest - 1)].decode("utf-16-le", errors="ignore") + _CUT
