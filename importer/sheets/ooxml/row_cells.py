"""The cells of a row as bytes: which columns they stand in, what they hold, and other ones."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from importer.model.place import column_letters
from importer.sheets.ooxml.sheet_stream import Row
from importer.sheets.ooxml.tags import (
    TAG,
    Element,
    attributes,
    children,
    find_end,
    open_tag,
    set_attribute,
    text_of,
)

_USUAL = re.compile(rb'\sr="([A-Z]{1,3})\d')
_OTHER_CELL = re.compile(rb"<(?:[^\s/<>:]+:)?c[\s/>]")
_HOLDS = re.compile(rb"<(?:[^\s/<>:]+:)?(?:v|is|f)[\s>]")
_LETTERS = re.compile(r"[A-Za-z]{1,3}")


class CellPiece(NamedTuple):
    """A cell of a row: its column, where its tag, its content and the end of it stand.

    A tuple, as there are very many of them.
    """

    column: int
    start: int
    inner: int
    close: int
    end: int
    is_numbered: bool = True


@cache
def column_number(letters: str) -> int:
    """The number of a column by its name of up to three letters: 1 for `A`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


name_of_column = lru_cache(1024)(column_letters)
"""The name of a column, kept: it is asked for at every cell."""


def read_cells(row: Row, start: int = 0, before: int = 0) -> Iterator[CellPiece]:
    """The cells of a row from some place in it on; before: the column of the cell before that."""
    data, at, column = row.data, start or row.inner, before
    while (at := data.find(b"<", at, row.close)) >= 0:
        tag = TAG.match(data, at, row.close)
        if tag is None:
            # A comment; cells stand behind it.
            at = _skip(data, at)
            continue
        name = tag[2]
        if tag[3].endswith(b"/"):
            close = end = tag.end()
        else:
            close, end = find_end(data, name, tag.end())
            if end < 0:
                return
        if name == b"c" or name.endswith(b":c"):
            given = _column(tag[0])
            column = given or column + 1
            yield CellPiece(column, at, tag.end(), close, end, bool(given))
        at = end


def last_column(row: Row, prefix: bytes) -> int:
    """The column of the last cell, told quickly; 0 where it takes a closer look to tell."""
    found = _find_last(row, prefix)
    return found[1] if found else 0


def last_filled(row: Row, prefix: bytes, above: int) -> int:
    """The last column with something in it, as far as it is above that one; else `above`."""
    found = _find_last(row, prefix)
    if found:
        if found[1] <= above:
            return above
        if _HOLDS.search(row.data, found[0], row.close):
            return found[1]
    filled = (each.column for each in read_cells(row) if holds(row, each))
    return max(above, max(filled, default=0))


def holds(row: Row, cell: CellPiece) -> bool:
    """Whether a value stands in it; a look alone is none."""
    inner = children(row.data, cell.inner, cell.close) if cell.close > cell.inner else ()
    return any(
        each.local in ("is", "f") or (each.local == "v" and each.close > each.inner)
        for each in inner
    )


def read_text(row: Row, cell: CellPiece) -> tuple[str, int]:
    """What stands in a cell as text, and -1; or the number of the shared string that does."""
    kind = attributes(row.data[cell.start : cell.inner]).get("t", "n")
    for each in children(row.data, cell.inner, cell.close):
        if each.local == "v" and kind == "s":
            number = text_of(row.data, each).strip()
            return "", int(number) if number.isdecimal() else -1
        if each.local == "v":
            return text_of(row.data, each), -1
        if each.local == "is":
            return read_string(row.data, each), -1
    return "", -1


def read_string(data: bytes, item: Element) -> str:
    """The text of a string, of all its runs; how it is pronounced does not count."""
    texts = []
    for each in children(data, item.inner, item.close):
        if each.local == "t":
            texts.append(text_of(data, each))
        elif each.local == "r":
            texts.append(read_string(data, each))
    return "".join(texts)


def put_cells(
    row: Row, prefix: bytes, cells: Mapping[int, bytes], removed: Collection[int]
) -> bytes:
    """The row with these cells by column, and without those of other columns; all else stays."""
    first, last = min((*cells, *removed)), last_column(row, prefix)
    if last and last < first:
        return _put_at_end(row, b"".join(cells[column] for column in sorted(cells)))
    return _put_between(row, cells, removed, start=find_cell(row, prefix, first))


def _put_at_end(row: Row, new: bytes) -> bytes:
    if not new:
        return row.data
    if row.inner == row.close and row.data.endswith(b"/>"):
        tag = TAG.match(row.data)
        name = tag[2] if tag else b"row"
        return open_tag(row.data) + new + b"</" + name + b">"
    return row.data[: row.close] + new + row.data[row.close :]


def find_cell(row: Row, prefix: bytes, column: int) -> int:
    """Where the cell of a column starts, if it is written as programs do; else 0."""
    name = f'c r="{name_of_column(column)}{row.number}"'.encode()
    return max(row.data.find(b"<" + prefix + name, row.inner, row.close), 0)


def _put_between(
    row: Row, cells: Mapping[int, bytes], removed: Collection[int], *, start: int
) -> bytes:
    """Cell by cell; one that does not say its column does so once another stands before it.

    start: where the first of the columns that are meant stands; 0 where that is not known.
    """
    pieces: list[bytes] = []
    waiting = sorted(cells)
    gone, at, is_moved = {*cells, *removed}, 0, False
    for cell in read_cells(row, start):
        while waiting and waiting[0] <= cell.column:
            pieces += [row.data[at : cell.start], cells[waiting.pop(0)]]
            at, is_moved = cell.start, True
        if cell.column in gone:
            pieces.append(row.data[at : cell.start])
            at, is_moved = cell.end, True
        elif is_moved and not cell.is_numbered:
            tag = row.data[cell.start : cell.inner]
            name = f"{name_of_column(cell.column)}{row.number}"
            pieces += [row.data[at : cell.start], set_attribute(tag, b"r", name)]
            at = cell.inner
    rest = Row(row.data[at:], row.number, row.inner - at, row.close - at)
    return b"".join((*pieces, _put_at_end(rest, b"".join(cells[each] for each in waiting))))


def _find_last(row: Row, prefix: bytes) -> tuple[int, int] | None:
    """Where the last cell stands, and its column, if it is written as programs do."""
    start = row.data.rfind(b"<" + prefix + b"c r=", row.inner, row.close)
    if start < 0 or _OTHER_CELL.search(row.data, start + 1, row.close):
        return None
    usual = _USUAL.search(row.data, start, start + len(prefix) + 16)
    return (start, column_number(usual[1].decode())) if usual else None


def _column(tag: bytes) -> int:
    usual = _USUAL.search(tag)
    if usual:
        return column_number(usual[1].decode())
    letters = _LETTERS.match(attributes(tag).get("r", ""))
    return column_number(letters[0]) if letters else 0


def _skip(data: bytes, at: int) -> int:
    """Behind a comment or the like."""
    for opening, closing in ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")):
        if data.startswith(opening, at):
            return max(data.find(closing, at) + len(closing), at + 1)
    return at + 1


def name_row(row: Row) -> Row:
    """The row with its number in its tag, which it left to be counted."""
    tag = TAG.match(row.data)
    if tag is None or row.is_numbered:
        return row
    named = set_attribute(tag[0], b"r", str(row.number))
    longer = len(named) - len(tag[0])
    data = named + row.data[tag.end() :]
    return Row(data, row.number, row.inner + longer, row.close + longer)


def build_row(number: int, prefix: bytes, cells: Mapping[int, bytes], height: str) -> bytes:
    """A row that was not there."""
    fit = f' ht="{height}" customHeight="1"' if height else ""
    tag = b"<" + prefix + f'row r="{number}"{fit}>'.encode()
    return tag + b"".join(cells[each] for each in sorted(cells)) + b"</" + prefix + b"row>"
