"""Rows that add up others: how they are known."""

import re
from collections.abc import Iterable, Mapping

from importer.model.problem import quoted
from importer.model.table import Cell, CellKind
from importer.sheets.names import fold
from importer.sheets.reading.cell import text_of

_WORDS = frozenset(
    {
        *("total", "totals", "subtotal", "subtotals", "grandtotal", "sum", "sums"),
        *("summe", "gesamt", "gesamtsumme", "zwischensumme", "insgesamt"),
        *("somme", "soustotal", "totale", "suma", "totaal", "subtotaal"),
        *("summa", "totalt", "delsumma"),
    }
)
_ENOUGH = 3
_STARTS = frozenset(word[:_ENOUGH] for word in _WORDS)
"""Enough of a word to know at a glance that a text is none of them."""
_ADDS = re.compile(r"=\s*(SUM|SUBTOTAL|AGGREGATE)\s*\(", re.IGNORECASE)
_NUMBERS = (CellKind.NUMBER, CellKind.FORMULA_WITHOUT_VALUE)


def is_label(text: str) -> bool:
    """Whether a text says that its row is a total: `Total`, `Sub-total:`, `Total October`."""
    if text[:1].isalnum() and text[:_ENOUGH].casefold() not in _STARTS:
        return False
    first = text.split(" ", maxsplit=1)[0]
    return fold(first) in _WORDS or fold(text) in _WORDS


def find_total(
    cells: Mapping[str, Cell], others: Iterable[Cell], *, key: str, required: set[str], first: Cell
) -> str:
    """By what a row is a total: its label, or the formula that adds up; empty for a record.

    cells: its filled cells by declared header. others: those of further columns. first: the first
    of all. key: the header over what names a row. A total lacks what names a record, and holds no
    text in a column that every record fills in.
    """
    label = text_of(cells.get(key, first))
    if not is_label(label):
        label = ""
    rest = {header: cell for header, cell in cells.items() if not label or text_of(cell) != label}
    numbers = [each for each in (*rest.values(), *others) if each.kind in _NUMBERS]
    words = {header for header, cell in rest.items() if cell.kind not in _NUMBERS}
    if key in rest or not numbers or required & words or required <= rest.keys():
        return ""
    if label:
        return quoted(label)
    sums = (formula for cell in numbers if _ADDS.match(formula := _formula_of(cell)))
    return "" if words else next(sums, "")


def _formula_of(cell: Cell) -> str:
    return str(cell.value) if cell.kind is CellKind.FORMULA_WITHOUT_VALUE else cell.formula
