"""Texts of a part of a sheet: of its first columns, or of its first rows."""

from collections.abc import Iterator, Mapping

from importer.sheets.ooxml.coordinates import LAST_COLUMN, LAST_ROW
from importer.sheets.ooxml.parts import Parts
from importer.sheets.ooxml.row_cells import read_cells, read_text
from importer.sheets.ooxml.shared_texts import find_texts
from importer.sheets.ooxml.sheet_stream import SheetStream


def read_texts(
    parts: Parts,
    part: str,
    shared_strings: str,
    *,
    rows: int = LAST_ROW,
    columns: int = LAST_COLUMN,
) -> Iterator[tuple[int, Mapping[int, str]]]:
    """The rows up to that one as texts by column, up to that one. Raises PartDamaged.

    Of the texts that cells share only those are kept that stand in them.
    """
    found: list[tuple[int, dict[int, tuple[str, int]]]] = []
    with parts.open(part) as stream:
        for row in SheetStream(stream).rows():
            if row.number > rows:
                break
            if row.number:
                cells = ((each.column, read_text(row, each)) for each in read_cells(row))
                kept = {column: text for column, text in cells if column <= columns}
                found.append((row.number, kept))
    wanted = {number for _, row in found for _, number in row.values() if number >= 0}
    texts = find_texts(parts, shared_strings, wanted)
    for number, kept in found:
        yield number, {column: texts.get(index, text) for column, (text, index) in kept.items()}
