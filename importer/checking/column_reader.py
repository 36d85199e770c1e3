"""Reads the cells of one column, as many as there are."""

from collections.abc import Iterable
from dataclasses import replace

from importer.checking.cells import READERS, is_blank, is_plain, parse_cell
from importer.checking.ground import Ground, Parsed
from importer.checking.text_cells import read_key_cell, read_text_cell
from importer.declare.column import Column
from importer.model.manner import PLAIN, Manner
from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.table import Cell, CellKind, RawValue

_NOTHING: Parsed = None, ()
_NOWHERE = Place()
_MOST_KEPT = 1_000
_TYPED = CellKind.NUMBER, CellKind.DATE, CellKind.TIME, CellKind.BOOLEAN


class ColumnReader:
    """Reads cells as `parse_cell` does, and keeps what the first different texts of them give.

    Most columns hold a few texts many times. So what is read here has no place of its own: the
    problems stand nowhere until `stand_at` puts them down.
    """

    def __init__(self, column: Column, zone: str, manner: Manner = PLAIN) -> None:
        """`zone` (IANA) is that of moments which name none."""
        self._ground = Ground(column=column, place=_NOWHERE, zone=zone, manner=manner)
        self._kept: dict[RawValue, Parsed] = {}
        self._read_typed = READERS[column.kind] if column.available else parse_cell
        self._takes_texts = self._read_typed in (read_key_cell, read_text_cell)
        self._takes_texts &= not column.choices

    def read(self, cell: Cell, unit: str = "") -> Parsed:
        """The typed value of a cell; nothing of one that is blank. `unit` goes with an amount."""
        if cell.kind is CellKind.TEXT:
            if unit:
                return _NOTHING if is_blank(cell) else parse_cell(cell, self._ground, unit)
            return self._kept.get(cell.value) or self._read_text(cell)
        if cell.kind is CellKind.BLANK:
            return _NOTHING
        read = self._read_typed if cell.kind in _TYPED else parse_cell
        return read(cell, self._ground, unit)

    def _read_text(self, cell: Cell) -> Parsed:
        text = str(cell.value)
        if self._takes_texts and is_plain(text):
            return text, ()
        parsed = _NOTHING if is_blank(cell) else parse_cell(cell, self._ground)
        if len(self._kept) < _MOST_KEPT:
            self._kept[text] = parsed
        return parsed


def stand_at(place: Place, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a cell that was read, at its place."""
    return tuple(replace(each, place=place) for each in problems)
