"""The lines in which another process says what a workbook holds; nothing of them is trusted."""

import json
from datetime import datetime, time, timedelta
from typing import IO

from importer.model.table import Cell, CellKind, Cells
from importer.sheets.gate.limits import Limits
from importer.sheets.ooxml.coordinates import LAST_COLUMN, LAST_ROW
from importer.sheets.ooxml.markup import TooMuch
from importer.sheets.reading.grid import Block, Grid, Layouts

_LONGEST = 1 << 26
"""Bytes of a line, which is a row at most."""

_WHOLE = 10**15
"""Below it a float says every digit of a whole number."""

Said = object
"""What JSON may hold."""


class BrokenOff(Exception):
    """The lines are not what was agreed on, or end before their end; with the reader's words."""


def read_lines(stream: IO[bytes], limits: Limits) -> tuple[Grid, ...]:
    """The worksheets that the lines describe. Raises BrokenOff and TooMuch."""
    reader = _Reader(limits)
    while line := stream.readline(_LONGEST):
        match _parse(line):
            case ["end"]:
                return tuple(reader.grids)
            case ["sheet", str() as title, "WorkSheet", str() as visibility, merged]:
                reader.start_sheet(title, visibility, merged)
            case ["row", int() as number, list() as cells]:
                reader.take_row(number, cells)
            case ["broken", str() as words]:
                raise BrokenOff(words)
            case _:
                raise BrokenOff("a line that says nothing")
    raise BrokenOff("it came to no end")


def _parse(line: bytes) -> Said:
    try:
        parsed: Said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenOff("a line that is no JSON") from error
    return parsed


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self.grids: list[Grid] = []
        self._limits = limits
        self._rows: dict[int, Cells[int]] = {}
        self._layouts = Layouts()
        self._cells = self._characters = 0

    def start_sheet(self, title: str, visibility: str, merged: Said) -> None:
        """What follows stands on a new sheet."""
        if len(self.grids) >= self._limits.entries:
            raise BrokenOff("more sheets than parts")
        self._rows, self._layouts = {}, Layouts()
        self.grids.append(
            Grid(
                title=title,
                rows=self._rows,
                hidden=visibility != "Visible",
                merged=tuple(_read_block(each) for each in _as_list(merged)),
            )
        )

    def take_row(self, number: int, said: list[Said]) -> None:
        """A row of the sheet, after those above it."""
        last = next(reversed(self._rows), 0)
        if not self.grids or isinstance(number, bool) or not last < number <= LAST_ROW:
            raise BrokenOff("a row out of its place")
        self._cells += len(said)
        if self._cells > self._limits.cells:
            raise TooMuch.of_cells(self._limits)
        cells: dict[int, Cell] = {}
        before = 0
        for each in said:
            match each:
                case [int() as column, str() as tag, value] if before < column <= LAST_COLUMN:
                    cells[column] = self._read_cell(tag, value)
                    before = column
                case _:
                    raise BrokenOff("a cell out of its place")
        self._rows[number] = self._layouts.pack(cells)

    def _read_cell(self, tag: str, value: Said) -> Cell:
        try:
            match tag, value:
                case "t", str():
                    return self._text(value)
                case "b", bool():
                    return Cell(kind=CellKind.BOOLEAN, value=value)
                case "n", int() | float() if not isinstance(value, bool):
                    return Cell(kind=CellKind.NUMBER, value=_shorten(value))
                case "d", str():
                    return Cell(kind=CellKind.DATE, value=datetime.fromisoformat(value))
                case "c", str():
                    return Cell(kind=CellKind.TIME, value=time.fromisoformat(value))
                case "s", int() | float():
                    return Cell(kind=CellKind.TIME, value=timedelta(seconds=value))
        except (ValueError, OverflowError) as error:
            raise BrokenOff("a moment that is none") from error
        raise BrokenOff("a value of an unknown kind")

    def _text(self, text: str) -> Cell:
        self._characters += len(text)
        if self._characters > self._limits.characters:
            raise TooMuch.of_texts(self._limits)
        return Cell(kind=CellKind.TEXT, value=text)


def _shorten(number: int | float) -> int | float:
    """A whole number as one: these formats keep most of them with a point."""
    is_whole = isinstance(number, float) and number.is_integer() and abs(number) < _WHOLE
    return int(number) if is_whole else number


def _as_list(said: Said) -> list[Said]:
    if said is not None and not isinstance(said, list):
        raise BrokenOff("merged cells that are no list")
    return said or []


def _read_block(said: Said) -> Block:
    """Merged cells: the first and the last of them, both counted from 0, row before column."""
    match said:
        case [[int() as first_row, int() as first], [int() as last_row, int() as last]] if (
            0 <= first_row <= last_row < LAST_ROW and 0 <= first <= last < LAST_COLUMN
        ):
            return Block(
                first_row=first_row + 1,
                first_column=first + 1,
                last_row=last_row + 1,
                last_column=last + 1,
            )
    raise BrokenOff("merged cells out of their place")
