"""Reads the cells of one column, as many as there are."""

from collections.abc import Iterable
from dataclasses import replace

from importer.checking.cells import is_blank, parse_cell
from importer.checking.ground import Ground, Parsed
from importer.declare.column import Column
from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.table import Cell, CellKind, RawValue

_NOTHING: Parsed = None, ()
_NOWHERE = Place()
_MOST_KEPT = 1_000


class ColumnReader:
    """Reads cells as `parse_cell` does, and keeps what the first different texts of them give.

    Most columns hold a few texts many times. So what is read here has no place of its own: the
    problems stand nowhere until `stand_at` puts them down.
    """

    def __init__(self, column: Column, zone: str) -> None:
        """`zone` (IANA) is that of moments which name none."""
        self._ground = Ground(column=column, place=_NOWHERE, zone=zone)
        self._kept: dict[RawValue, Parsed] = {}

    def read(self, cell: Cell) -> Parsed:
        """The typed value of a cell; nothing of one that is blank."""
        if cell.kind is not CellKind.TEXT:
            return self._parse(cell)
        parsed = self._kept.get(cell.value)
        if parsed is None:
            parsed = self._parse(cell)
            if len(self._kept) < _MOST_KEPT:
                self._kept[cell.value] = parsed
        return parsed

    def _parse(self, cell: Cell) -> Parsed:
        return _NOTHING if is_blank(cell) else parse_cell(cell, self._ground)


def stand_at(place: Place, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a cell that was read, at its place."""
    return tuple(replace(each, place=place) for each in problems)
