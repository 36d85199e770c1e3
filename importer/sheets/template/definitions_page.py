"""The hidden `Definitions` sheet: what a template was made from, so that a check needs no network.

A row is one definition: its kind, its id, and its JSON in as many cells as that needs.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.definition import Item, Saved
from importer.sheets.names import fold
from importer.sheets.own import DEFINITIONS
from importer.sheets.reading.cell import text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.text import LONGEST, write_text

_KIND, _ID, _FIRST = 1, 2, 3
_READ_AT = "read at"
_MOST = 20_000_000
"""Characters of all definitions together that are read; a workbook is anybody's."""


def write_definitions(page: Worksheet, saved: Saved) -> None:
    """Write when the definitions were read, then one in each row."""
    write_text(page.cell(1, _KIND), _READ_AT)
    write_text(page.cell(1, _ID), saved.at)
    every = ((kind, item) for kind, items in saved.items.items() for item in items)
    for row, (kind, item) in enumerate(every, 2):
        write_text(page.cell(row, _KIND), kind)
        write_text(page.cell(row, _ID), str(item["id"]))
        # ASCII: no character counts twice towards what a cell can hold.
        text = json.dumps(item, ensure_ascii=True, separators=(",", ":"))
        for column, start in enumerate(range(0, len(text), LONGEST), _FIRST):
            write_text(page.cell(row, column), text[start : start + LONGEST])


def read_definitions(grids: Iterable[Grid]) -> Saved:
    """The definitions of a workbook; none where it has no such sheet, or where that is no more
    what a template wrote."""
    for grid in grids:
        if grid.hidden and fold(grid.title) == fold(DEFINITIONS):
            try:
                items = _group(_read_rows(grid))
            except (ValueError, RecursionError):
                return Saved()
            return Saved(at=text_of(grid.cell(1, _ID)), items=items)
    return Saved()


def _group(rows: Iterable[tuple[str, Item]]) -> Mapping[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for kind, item in rows:
        found[kind].append(item)
    return {kind: tuple(items) for kind, items in found.items()}


def _read_rows(grid: Grid) -> Iterator[tuple[str, Item]]:
    """Kind and content of each row. Raises ValueError where one is no definition."""
    size = 0
    for row in sorted(grid.rows):
        if row == 1:
            continue
        cells = grid.rows[row]
        parts = [str(cells[column].value) for column in sorted(cells) if column >= _FIRST]
        size += sum(map(len, parts))
        if size > _MOST:
            raise ValueError("more than any account has")
        item = json.loads("".join(parts))
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            raise ValueError("no definition")
        yield text_of(grid.cell(row, _KIND)), item
