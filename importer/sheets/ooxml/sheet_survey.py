"""What has to be known of a sheet before it is changed: where it ends, and what of it is ours."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from importer.sheets.ooxml.parts import Parts
from importer.sheets.ooxml.row_cells import (
    CellPiece,
    column_number,
    find_cell,
    holds,
    last_filled,
    read_cells,
    read_text,
)
from importer.sheets.ooxml.shared_texts import find_texts
from importer.sheets.ooxml.sheet_stream import Row, SheetStream
from importer.sheets.ooxml.tags import TAG, attributes, children, find_opening

TRUE = ("1", "true", "on")

_NAME = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")

Block = tuple[int, int, int, int]
"""First column and row, last column and row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked about a sheet.

    header_row: the row in which headers stand; 0 for a sheet that has no columns of ours.
    find_own: tells by a row's headers which columns are ours: column → header.
    fitted: the height in points that a text of ours has given its row; None for none.
    explains: the header of the column whose texts do that.
    """

    header_row: int = 0
    find_own: Callable[[Mapping[int, str]], Mapping[int, str]] = lambda _: {}
    fitted: Callable[[str], float | None] = lambda _: None
    explains: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A sheet as it is: the last column with something of the user's, and what is ours.

    own: our columns, by number. fitted: rows whose height we have set.
    drawing: the relation of the drawing with the boxes of notes; empty where there is none.
    """

    last: int
    own: Mapping[int, str]
    fitted: frozenset[int]
    merged: Sequence[Block]
    drawing: str

    def is_covered(self, column: int, row: int) -> bool:
        """Whether a cell is hidden below the first one of merged cells."""
        return any(
            left <= column <= right and top <= row <= bottom and (column, row) != (left, top)
            for left, top, right, bottom in self.merged
        )


def survey(parts: Parts, part: str, shared_strings: str, asked: Asked) -> Survey:
    """Look through a sheet once. Raises PartDamaged."""
    with parts.open(part) as stream:
        sheet = SheetStream(stream)
        looker = _Looker(parts, shared_strings, sheet.prefix, asked)
        for row in sheet.rows():
            if row.number:
                looker.look(row)
        tail = sheet.tail()
    merged, drawing = _read_tail(tail)
    last = max([looker.last, *(right for _, _, right, _ in merged)])
    return Survey(last=last, own=looker.own, fitted=looker.fitted(), merged=merged, drawing=drawing)


class _Looker:
    def __init__(self, parts: Parts, shared_strings: str, prefix: bytes, asked: Asked) -> None:
        self.last = 0
        self.own: Mapping[int, str] = {}
        self._parts, self._shared, self._prefix, self._asked = parts, shared_strings, prefix, asked
        self._first = self._message = 0
        self._heights: dict[int, tuple[float, str, int]] = {}

    def look(self, row: Row) -> None:
        if row.number == self._asked.header_row:
            self._look_at_headers(row)
        if not self.own:
            self.last = last_filled(row, self._prefix, self.last)
            return
        start = find_cell(row, self._prefix, self._first)
        if start:
            before = Row(row.data, row.number, row.inner, start)
            self.last = last_filled(before, self._prefix, self.last)
        self._look_behind(row, start)

    def fitted(self) -> frozenset[int]:
        """The rows whose height is the one that the message in them has given them."""
        wanted = {number for _, _, number in self._heights.values() if number >= 0}
        texts = find_texts(self._parts, self._shared, wanted)
        return frozenset(
            row
            for row, (height, text, number) in self._heights.items()
            if self._asked.fitted(texts.get(number, text)) == height
        )

    def _look_at_headers(self, row: Row) -> None:
        found = {cell.column: read_text(row, cell) for cell in read_cells(row)}
        wanted = [number for _, number in found.values() if number >= 0]
        shared = find_texts(self._parts, self._shared, wanted)
        texts = {column: shared.get(number, text) for column, (text, number) in found.items()}
        self.own = self._asked.find_own(texts)
        self._first = min(self.own, default=0)
        explaining = (c for c, header in self.own.items() if header == self._asked.explains)
        self._message = next(explaining, 0)

    def _look_behind(self, row: Row, start: int) -> None:
        """Cells from the first of our columns on: those of ours do not count as filled."""
        for cell in read_cells(row, start):
            if cell.column not in self.own:
                if cell.column > self.last and holds(row, cell):
                    self.last = cell.column
            elif cell.column == self._message:
                self._note_height(row, cell)

    def _note_height(self, row: Row, cell: CellPiece) -> None:
        tag = row.data[: row.inner]
        if b"ht" not in tag:
            return
        given = attributes(tag)
        if given.get("customHeight") in TRUE and "ht" in given:
            self._heights[row.number] = (_number(given["ht"]), *read_text(row, cell))


def _read_tail(tail: bytes) -> tuple[Sequence[Block], str]:
    merged: list[Block] = []
    drawing = ""
    for each in children(tail, tail_start(tail)):
        if each.local == "mergeCells":
            for cell in children(tail, each.inner, each.close):
                ref = attributes(tail[cell.start : cell.inner]).get("ref", "")
                merged += [] if (block := read_block(ref)) is None else [block]
        elif each.local == "legacyDrawing":
            drawing = attributes(tail[each.start : each.inner]).get("id", "")
    return merged, drawing


def tail_start(tail: bytes) -> int:
    """Where the elements behind the rows start."""
    closing = TAG.match(tail)
    is_closing = closing is not None and closing[1] and closing[2].endswith(b"sheetData")
    return closing.end() if closing is not None and is_closing else 0


def read_block(reference: str) -> Block | None:
    """The bounds of a range such as `A1:B2`; None for what is none."""
    first, _, last = reference.partition(":")
    one, other = _NAME.fullmatch(first), _NAME.fullmatch(last or first)
    if one is None or other is None:
        return None
    columns = sorted((column_number(one[1]), column_number(other[1])))
    rows = sorted((int(one[2]), int(other[2])))
    return columns[0], rows[0], columns[1], rows[1]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def is_selected(parts: Parts, part: str) -> bool:
    """Whether a sheet, of whatever kind, is one of those that are selected."""
    with parts.open(part) as stream:
        head = SheetStream(stream).head
    root, views = find_opening(head, "sheetViews")
    if root is None or views is None:
        return False
    return any(
        attributes(head[each.start : each.inner]).get("tabSelected", "0") in TRUE
        for each in children(head, views.end())
        if each.local == "sheetView"
    )


def mentions(parts: Parts, part: str, words: Collection[bytes]) -> bool:
    """Whether one of these stands anywhere in a part."""
    with parts.open(part) as stream:
        sheet = SheetStream(stream)
        if any(word in sheet.head for word in words):
            return True
        for _ in sheet.rows():
            pass
        tail = sheet.tail()
    return any(word in tail for word in words)
