"""Texts of a sheet's first columns, for small sheets of our own."""

from collections.abc import Iterator, Mapping

from importer.sheets.ooxml.parts import Parts
from importer.sheets.ooxml.row_cells import read_cells, read_text
from importer.sheets.ooxml.shared_texts import find_texts
from importer.sheets.ooxml.sheet_stream import SheetStream


def read_texts(
    parts: Parts, part: str, shared_strings: str, columns: int
) -> Iterator[Mapping[int, str]]:
    """The rows of a sheet as texts by column, as far as that one. Raises PartDamaged."""
    found: list[dict[int, tuple[str, int]]] = []
    with parts.open(part) as stream:
        for row in SheetStream(stream).rows():
            cells = read_cells(row) if row.number else ()
            found.append({c.column: read_text(row, c) for c in cells if c.column <= columns})
    wanted = {number for row in found for _, number in row.values() if number >= 0}
    texts = find_texts(parts, shared_strings, wanted)
    for each in found:
        yield {column: texts.get(number, text) for column, (text, number) in each.items()}
