"""A sheet part in pieces: what stands before its rows, row by row, and what stands behind them."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from importer.sheets.ooxml.encoding import Source
from importer.sheets.ooxml.markup import CHUNK, PartDamaged
from importer.sheets.ooxml.tags import (
    TAG,
    attributes,
    find_end,
    find_opening,
    local_name,
    prefix_of,
)

_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*(?:"(\d{1,9})"|'(\d{1,9})')""")
_SPECIAL = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
_SPECIAL_STARTS = b"!?"
_MOST = 1 << 30


class Row(NamedTuple):
    """A row with all of its bytes. `inner`, `close`: where its cells start and end.

    number: 0 for what is no row: space, comments. is_numbered: whether it says its number itself.
    A tuple, as there are very many of them and a dataclass takes thrice as long to make.
    """

    data: bytes
    number: int = 0
    inner: int = 0
    close: int = 0
    is_numbered: bool = True


class SheetStream:
    """Reads a sheet part once, from its start: `head`, then `rows()`, then `tail()`.

    head: up to where the rows start, without the tag for that, which is `opening`; all of the
        part for sheets without rows, such as charts.
    prefix: of the sheet's elements, with its colon.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._source = Source(stream)
        self._rest = b""
        self.encoding = self._source.encoding
        self.head, self.opening = self._read_head()
        self.root = find_opening(self.head, "")[0]
        if self.root is None:
            raise PartDamaged("a sheet without any element")
        self.prefix = prefix_of(self.root[2])

    @property
    def has_rows(self) -> bool:
        """Whether there is something between head and tail."""
        return bool(self.opening) and not self.opening.endswith(b"/>")

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the part, and what stands between them; one after another."""
        buffer, at, number, size = self._rest, 0, 0, CHUNK
        while self.has_rows:
            row = _read_piece(buffer, at, number)
            if row is not None:
                if not row.data:
                    break
                number = row.number or number
                at += len(row.data)
                size = CHUNK
                yield row
                continue
            more = self._source.read(size)
            if not more:
                raise PartDamaged("a sheet whose rows do not end")
            buffer, at = buffer[at:] + more, 0
            # A piece that is longer than what is read at a time is not searched each time again.
            size = min(2 * size, _MOST)
        self._rest = buffer[at:]

    def tail(self) -> bytes:
        """All behind the rows, which have to be read before."""
        return self._rest + self._source.read_all()

    def _read_head(self) -> tuple[bytes, bytes]:
        buffer, size = b"", CHUNK
        while more := self._source.read(size):
            buffer += more
            _, opening = find_opening(buffer, "sheetData")
            if opening is not None:
                self._rest = buffer[opening.end() :]
                return buffer[: opening.start()], opening[0]
            size = min(2 * size, _MOST)
        return buffer, b""


def _read_piece(data: bytes, at: int, before: int) -> Row | None:
    """The next row or what stands before it; empty where the rows end; None where it is cut."""
    start = data.find(b"<", at)
    if start < 0:
        return None
    if start > at:
        return Row(data[at:start])
    if data[at + 1 : at + 2] in _SPECIAL_STARTS:
        return _read_special(data, at)
    tag = TAG.match(data, at)
    if tag is None:
        return None
    if tag[1]:
        return Row(b"")
    if tag[3].endswith(b"/"):
        close, end = tag.end(), tag.end()
    else:
        close, end = find_end(data, tag[2], tag.end())
    if end < 0:
        return None
    if local_name(tag[2]) != "row":
        return Row(data[at:end])
    number = _number(tag[0])
    return Row(data[at:end], number or before + 1, tag.end() - at, close - at, bool(number))


def _read_special(data: bytes, at: int) -> Row | None:
    """A comment or the like, which is no row; None where it is cut."""
    for opening, closing in _SPECIAL:
        if data.startswith(opening, at):
            end = data.find(closing, at + len(opening))
            return Row(data[at : end + len(closing)]) if end >= 0 else None
    return None


def _number(tag: bytes) -> int:
    """The number that a row's tag says; 0 where it says none."""
    match = _ROW_NUMBER.search(tag)
    if match:
        return int(match[1] or match[2])
    given = attributes(tag).get("r", "") if b"r" in tag else ""
    return int(given) if given.isdecimal() else 0
