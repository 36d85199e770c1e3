"""Rows as nearly all programs write them, taken out of a sheet before its XML is parsed.

To meet each element of millions costs more than all else. A row of plain cells, spelled as Excel,
LibreOffice and the common libraries do, is told by a pattern that fits nothing else, so it is read
at one go. Whatever is odd, and all that follows what could hide a row (a comment, say), is left to
the parser: its bytes, in order, with the usual rows gone.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from importer.model.table import BLANK_CELL, Cell
from importer.sheets.ooxml.cell_values import CellValues, with_formula
from importer.sheets.ooxml.coordinates import read_column, read_row
from importer.sheets.ooxml.markup import PartDamaged
from importer.sheets.ooxml.sheet_row import SheetRow

_START = b"<sheetData>"
_END = b"</row>"
_MOST_WAITING = 1 << 22
"""Bytes in which the rows must start, and a row must end; a usual sheet has far less."""

_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>?]*\?>)?\s*<worksheet[\s>]")
_ENCODING = re.compile(rb"""^[^<]*<\?xml[^<>?]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)
_HIDING = ("<!", "<?")
"""Starts of what may hold anything: comments, CDATA, instructions."""

_TEXT = r"([^<>&\x00-\x1f\x7f-\x9f\ufffe\uffff]*)"
_NAMES = "spans|s|customFormat|ht|customHeight|hidden|outlineLevel|collapsed|thickTop|thickBot"
_ROW = re.compile(
    rf'\s*<row r="([0-9]{{1,7}})"((?: (?:{_NAMES}|x14ac:dyDescent)="[^"<>&]*")*) ?(/?)>'
)
_ATTRIBUTE = re.compile(r'([A-Za-z0-9:]+)="([^"]*)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?:'
    rf' t="inlineStr"><is><t(?: xml:space="preserve")?>{_TEXT}</t></is></c>|'
    r'(?: t="(b|e|n|s|str)")?'
    rf" ?(?:/>|>(?:(?:<f>{_TEXT}</f>)?<v>{_TEXT}</v>)?</c>))"
)
_GROUPS = 8
"""Pieces per cell when a row is split by that pattern: what stands before it, and its groups."""


class UsualRows:
    """Parts the usual rows of one sheet from the bytes that have to be parsed.

    is_hidden: tells by a row's attributes whether it is hidden.
    """

    def __init__(self, values: CellValues, is_hidden: Callable[[Mapping[str, str]], bool]) -> None:
        self._values, self._is_hidden = values, is_hidden
        self._columns: dict[str, int] = {}
        self._waiting = b""
        self._is_inside = False
        self._is_over = False

    def part(self, data: bytes) -> Iterator[bytes | SheetRow]:
        """The next bytes of the sheet: rows, and bytes to be parsed between them, in order."""
        if self._is_over:
            yield data
            return
        self._waiting += data
        if not self._is_inside:
            yield from self._enter()
        if self._is_inside and not self._is_over:
            yield from self._take_rows()
        if self._is_over or len(self._waiting) > _MOST_WAITING:
            yield from self.finish()

    def finish(self) -> Iterator[bytes]:
        """What is left to be parsed, now that nothing usual follows."""
        self._is_over = True
        rest, self._waiting = self._waiting, b""
        if rest:
            yield rest

    def _enter(self) -> Iterator[bytes]:
        """Up to where the rows start, in a sheet whose element names have no prefix."""
        head, found, rest = self._waiting.partition(_START)
        if found:
            is_plain = b"<!" not in head and head.count(b"<?") <= 1
            self._is_over = not (is_plain and _ROOT.match(head)) or bool(_ENCODING.match(head))
            self._is_inside = True
            self._waiting = rest
            yield head + found

    def _take_rows(self) -> Iterator[bytes | SheetRow]:
        end = self._waiting.rfind(_END) + len(_END)
        if end < len(_END):
            return
        try:
            text = self._waiting[:end].decode()
        except UnicodeDecodeError:
            self._is_over = True
            return
        self._waiting = self._waiting[end:]
        yield from self._part_text(text)

    def _part_text(self, text: str) -> Iterator[bytes | SheetRow]:
        at = 0
        while at < len(text):
            opening = _ROW.match(text, at)
            start, at = at, text.index("</row>", at) + len("</row>")
            if opening is not None and opening[3]:
                at = opening.end()
                yield self._build(opening, {})
            elif (
                opening is not None
                and (
                    cells := self._read_cells(text[opening.end() : at - len("</row>")], opening[1])
                )
                is not None
            ):
                yield self._build(opening, cells)
            else:
                odd = text[start:at]
                if not odd.lstrip().startswith("<row") or any(each in odd for each in _HIDING):
                    self._is_over = True
                    self._waiting = text[start:].encode() + self._waiting
                    return
                yield odd.encode()

    def _build(self, opening: re.Match[str], cells: dict[int, Cell]) -> SheetRow:
        is_hidden = self._is_hidden(dict(_ATTRIBUTE.findall(opening[2])))
        return SheetRow(number=read_row(opening[1]), is_hidden=is_hidden, cells=cells)

    def _read_cells(self, inner: str, digits: str) -> dict[int, Cell] | None:
        """The filled cells of a row by column; None where anything in it is odd."""
        parts = _CELL.split(inner)
        between, rows = parts[::_GROUPS], parts[2::_GROUPS]
        if any(between) or rows.count(digits) != len(rows):
            return None
        read, columns = self._values.read, self._columns
        cells: dict[int, Cell] = {}
        column = 0
        try:
            for letters, style, inline, kind, formula, value in zip(
                parts[1::_GROUPS],
                parts[3::_GROUPS],
                parts[4::_GROUPS],
                parts[5::_GROUPS],
                parts[6::_GROUPS],
                parts[7::_GROUPS],
                strict=True,
            ):
                column = columns.get(letters) or self._learn(letters)
                if inline is None:
                    cell = read(kind or "", style or "", value or "")
                    if formula is not None and cell is not BLANK_CELL:
                        cell = with_formula(cell, f"={formula}")
                    elif formula is not None:
                        return None
                else:
                    cell = read("inlineStr", style or "", inline)
                if cell is not BLANK_CELL:
                    cells[column] = cell
        except PartDamaged as damage:
            damage.row, damage.column = read_row(digits), column
            raise
        return cells

    def _learn(self, letters: str) -> int:
        self._columns[letters] = read_column(letters)
        return self._columns[letters]
