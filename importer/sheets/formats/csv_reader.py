"""Text files of separated values: one file is a sheet, named after it; every cell is text."""

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import ZipFile

from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import (
    FILE_DAMAGED,
    FILE_ENCODING,
    FILE_NOT_A_WORKBOOK,
    FILE_SEPARATOR,
    SHEET_TWICE,
)
from importer.model.table import Cell, CellKind
from importer.sheets.formats.csv_folder import hash_folder, list_csv_files
from importer.sheets.formats.csv_separator import Separation, find_separation, split_records
from importer.sheets.formats.csv_text import NoText, read_lines
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.kinship import SEPARATED, TEXT, describe_bytes, find_csv_parts
from importer.sheets.gate.limits import Limits
from importer.sheets.names import fold
from importer.sheets.ooxml.coordinates import LAST_COLUMN, LAST_ROW
from importer.sheets.ooxml.markup import TooMuch
from importer.sheets.reading.grid import Contents, Grid, pack_rows

_SAMPLE = 200
_HEAD = 4096
_ODD = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""Signs that no title of a sheet has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    title: str
    open: Callable[[], AbstractContextManager[BinaryIO]]


def read_csv(
    path: Path, kind: FileKind, limits: Limits, headers: Set[str] = frozenset()
) -> Contents | Problem:
    """The sheets of a file, a folder or a zip, or what keeps them from being read.

    headers: the folded headers of all sheets that may be meant: evidence for the separator.
    Raises TooMuch.
    """
    match kind:
        case FileKind.CSV_FOLDER:
            files = list_csv_files(path)
            parts = [_Part(title=each.stem, open=_opener(each)) for each in files]
            return _read_parts(parts, limits, headers, hash_folder(path))
        case FileKind.CSV_ZIP:
            with ZipFile(path) as package:
                parts = [
                    _Part(
                        title=PurePosixPath(each.replace("\\", "/")).stem,
                        open=_zipped(package, each),
                    )
                    for each in find_csv_parts(package.namelist())
                ]
                return _read_parts(parts, limits, headers, _hash(path))
    part = _Part(title=path.stem, open=_opener(path))
    return _read_parts([part], limits, headers, _hash(path))


def _opener(path: Path) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return lambda: path.open("rb")


def _zipped(package: ZipFile, name: str) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return lambda: package.open(name)  # type: ignore[return-value]  # a file in all but name


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_parts(
    parts: Sequence[_Part], limits: Limits, headers: Set[str], digest: str
) -> Contents | Problem:
    grids: dict[str, Grid] = {}
    budget = _Budget(limits)
    for part in parts:
        title = " ".join(part.title.translate(_ODD).split()) or "Sheet"
        if fold(title) in grids:
            place = Place(sheet=title)
            return SHEET_TWICE.at(place, found=f"two files for the sheet {quoted(title)}")
        with part.open() as file:
            grid = _read_part(file, title, budget, headers)
        if isinstance(grid, Problem):
            return grid
        grids[fold(title)] = grid
    return Contents(grids=tuple(grids.values()), digest=digest)


@dataclass(slots=True)
class _Budget:
    """How many filled cells and characters may still come."""

    limits: Limits
    cells: int = 0
    characters: int = 0

    def take(self, cells: dict[int, Cell], size: int) -> None:
        self.cells += len(cells)
        self.characters += size
        if self.cells > self.limits.cells:
            raise TooMuch.of_cells(self.limits)
        if self.characters > self.limits.characters:
            raise TooMuch.of_texts(self.limits)


def _read_part(file: BinaryIO, title: str, budget: _Budget, headers: Set[str]) -> Grid | Problem:
    head = file.read(_HEAD)
    file.seek(0)
    if head and (found := describe_bytes(head)) not in (SEPARATED, TEXT):
        return FILE_NOT_A_WORKBOOK.at(Place(sheet=title), found=found)
    try:
        lines = read_lines(file)
        start = list(islice(lines, _SAMPLE))
        separation = find_separation(start, headers)
        if separation is None:
            found = "values that more than one of comma, semicolon and tab could separate"
            return FILE_SEPARATOR.at(Place(sheet=title), found=found)
        rest = chain(start[1:] if separation.is_declared else start, lines)
        return _read_rows(rest, title, separation, budget)
    except NoText as error:
        return FILE_ENCODING.at(Place(sheet=title), found=str(error))


def _read_rows(
    lines: Iterator[str], title: str, separation: Separation, budget: _Budget
) -> Grid | Problem:
    rows: dict[int, dict[int, Cell]] = {}
    wide: list[int] = []
    number = 0
    try:
        for number, record in enumerate(split_records(lines, separation.separator), 1):
            cells = {
                column: Cell(kind=CellKind.TEXT, value=text.replace("\r\n", "\n"))
                for column, text in enumerate(record, 1)
                if text
            }
            if not cells:
                continue
            if number > LAST_ROW or next(reversed(cells)) > LAST_COLUMN:
                return FILE_DAMAGED.at(
                    Place(sheet=title), found="more rows or columns than a sheet has"
                )
            budget.take(cells, sum(map(len, record)))
            rows[number] = cells
            if (
                number > separation.header_row
                and separation.width
                and next(reversed(cells)) > separation.width
            ):
                wide.append(number)
    except csv.Error as error:
        place = Place(sheet=title, row=number + 1)
        return FILE_DAMAGED.at(place, found=f"a quote or value that does not end ({error})")
    if wide:
        return _too_wide(title, wide, separation)
    return Grid(title=title, rows=pack_rows(rows))


def _too_wide(title: str, wide: Sequence[int], separation: Separation) -> Problem:
    rows = "a row that has" if len(wide) == 1 else f"{len(wide):,} rows that have"
    return FILE_SEPARATOR.at(
        Place(sheet=title, row=wide[0]),
        found=f"{rows} more values than the header has columns, the first in row {wide[0]}",
        expected=f"at most {separation.width} values in a row, as in row {separation.header_row}",
    )
