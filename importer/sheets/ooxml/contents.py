"""All cells of a workbook in the format of .xlsx and .xlsm, sheet by sheet."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from importer.model.table import Cell, Cells
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.ooxml.book import Book, SheetPart, read_book
from importer.sheets.ooxml.cell_values import CellValues
from importer.sheets.ooxml.markup import PartDamaged, TooMuch
from importer.sheets.ooxml.number_formats import read_number_formats
from importer.sheets.ooxml.parts import Parts
from importer.sheets.ooxml.sheet import MoveFormula, SheetReader
from importer.sheets.ooxml.sheet_row import SheetRow
from importer.sheets.ooxml.texts import read_shared_strings
from importer.sheets.reading.grid import Block, Contents, Grid, Layouts


@dataclass(slots=True, kw_only=True)
class OpenSheet:
    """A worksheet whose rows are read while they are asked for.

    merged: complete when the rows have come to their end.
    """

    title: str
    is_hidden: bool
    rows: Iterator[SheetRow]
    merged: list[Block]


def read_contents(file: BinaryIO, limits: Limits = LIMITS) -> Contents:
    """The cells of all worksheets. Raises PartDamaged and TooMuch."""
    grids = tuple(_build_grid(sheet) for sheet in open_sheets(file, limits))
    formulas = (
        cell.formula for grid in grids for cells in grid.rows.values() for cell in cells.values()
    )
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a file
    return Contents(grids=grids, has_formulas=any(formulas), digest=digest)


def open_sheets(
    file: BinaryIO, limits: Limits = LIMITS, *, move: MoveFormula | None = None
) -> Iterator[OpenSheet]:
    """The worksheets, each to be read to its end before the next. Raises PartDamaged and TooMuch.

    Memory is that of the shared texts and of a piece of a sheet at a time.
    move: as for the `SheetReader`.
    """
    with Parts(file) as parts:
        book = read_book(parts)
        values = _open_values(parts, book, limits)
        budget = _Budget(limits)
        for sheet in book.sheets:
            reader = SheetReader(values, move=move)
            rows = _read_rows(parts, sheet, reader, budget)
            yield OpenSheet(
                title=sheet.title, is_hidden=sheet.is_hidden, rows=rows, merged=reader.merged
            )


@dataclass(slots=True)
class _Budget:
    """How many filled cells may still come."""

    limits: Limits
    filled: int = 0

    def take(self, cells: int) -> None:
        self.filled += cells
        if self.filled > self.limits.cells:
            raise TooMuch.of_cells(self.limits)


def _open_values(parts: Parts, book: Book, limits: Limits) -> CellValues:
    texts: list[list[str]] = []

    def read_texts() -> list[str]:
        if not texts and not book.shared_strings:
            raise PartDamaged("a cell that names a shared text, of which the file has none")
        if not texts:
            with parts.open(book.shared_strings) as stream:
                texts.append(read_shared_strings(stream, book.shared_strings, limits))
        return texts[0]

    formats = read_number_formats(parts, book.styles)
    return CellValues(read_texts, formats, limits, is_1904=book.is_1904)


def _read_rows(
    parts: Parts, sheet: SheetPart, reader: SheetReader, budget: _Budget
) -> Iterator[SheetRow]:
    try:
        with parts.open(sheet.part) as stream:
            for row in reader.read(stream, sheet.part):
                budget.take(len(row.cells))
                yield row
    except PartDamaged as damage:
        damage.sheet = sheet.title
        raise


def _build_grid(sheet: OpenSheet) -> Grid:
    rows: dict[int, Cells[int]] = {}
    parted: dict[int, dict[int, Cell]] = {}
    hidden: set[int] = set()
    layouts = Layouts()
    for row in sheet.rows:
        if row.number not in rows:
            rows[row.number] = layouts.pack(row.cells)
        else:
            # The file has the row in pieces.
            if row.number not in parted:
                parted[row.number] = dict(rows[row.number])
            parted[row.number].update(row.cells)
        if row.is_hidden:
            hidden.add(row.number)
    rows.update((number, layouts.pack(cells)) for number, cells in parted.items())
    numbers = list(rows)
    return Grid(
        title=sheet.title,
        rows=rows if numbers == sorted(numbers) else dict(sorted(rows.items())),
        hidden_rows=frozenset(hidden),
        hidden=sheet.is_hidden,
        merged=tuple(sorted(sheet.merged, key=_bounds)),
    )


def _bounds(block: Block) -> tuple[int, int, int, int]:
    return block.first_column, block.first_row, block.last_column, block.last_row
