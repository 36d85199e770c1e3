"""A sheet of a workbook that is upgraded: its headers and cells with all that a cell has to say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.cell import Cell as FileCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.place import Place
from importer.model.table import Cell, CellKind, RawValue
from importer.sheets.meta import find_columns
from importer.sheets.names import fold
from importer.sheets.own import AUTHOR, SIGNATURE, TEMPLATE_AUTHOR, is_own_header
from importer.sheets.reading.cell import read_cell, show_formula, text_of
from importer.sheets.reading.grid import Grid
from importer.sheets.reading.headers import HEADER_ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class OldCell:
    """A cell: what it holds, how it is shown, and what hangs on it.

    formula: how its value is computed; empty for a plain one.
    note, link: what the user attached to it; our own notes are left out.
    """

    cell: Cell
    number_format: str = "General"
    formula: str = ""
    note: str = ""
    link: str = ""

    @property
    def value(self) -> RawValue:
        """What the cell holds, as it is read."""
        return self.cell.value


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSheet:
    """A sheet. `declared` is what the importer calls it; empty for one of the user's own.

    header_row: where the headers stand; 1 on one of the user's own.
    headers: that row by column. rows: everything below, by row and column; of one of the user's
        own row 1, too.
    above: what stands above the headers, such as a title.
    fields: the columns that the template had, and what it wrote down about them.
    expected: what the template's notes say about the content of a column.
    notes: what the user wrote about headers.
    ours: the columns of an earlier run.
    """

    title: str
    declared: str
    headers: Mapping[int, str]
    rows: Mapping[int, Mapping[int, OldCell]]
    header_row: int = HEADER_ROW
    above: tuple[str, ...] = ()
    fields: Mapping[int, str] = field(default_factory=dict)
    expected: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    ours: frozenset[int] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    hidden: bool = False
    merged: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns with a header or a cell, but for ours."""
        filled = {column for cells in self.rows.values() for column in cells}
        return tuple(sorted((filled | set(self.headers)) - self.ours))

    def place(self, column: int, row: int = 0) -> str:
        """A cell or, without a row, a header, in words."""
        header, at = self.headers.get(column, ""), row or self.header_row
        return str(Place(sheet=self.title, row=at, column=column, header=header))

    def of_column(self, column: int) -> Iterator[tuple[int, OldCell]]:
        """The filled cells of a column with their rows."""
        for row, cells in self.rows.items():
            if column in cells:
                yield row, cells[column]


def read_old_sheet(
    page: Worksheet,
    values: Worksheet,
    grid: Grid,
    *,
    declared: str,
    header_row: int,
    figures: Iterable[str],
    meta: Mapping[str, str],
) -> OldSheet:
    """All of a sheet. `values` is the same one with the saved values of its formulas."""
    first: Mapping[int, Cell] = grid.rows.get(header_row, {}) if declared else {}
    headers = {column: text for column, cell in sorted(first.items()) if (text := text_of(cell))}
    rows: dict[int, dict[int, OldCell]] = {}
    for (row, column), cell in sorted(page._cells.items()):
        if not declared or row > header_row:
            read = _read(cell, values._cells.get((row, column)))
            if read is not None:
                rows.setdefault(row, {})[column] = read
    heads = {column: page._cells.get((header_row, column)) for column in headers}
    return OldSheet(
        title=page.title,
        declared=declared,
        headers=headers,
        rows=rows,
        header_row=header_row,
        above=tuple(
            text
            for row in sorted(grid.rows)
            if row < header_row
            for _, cell in sorted(grid.rows[row].items())
            if (text := text_of(cell))
        ),
        fields=find_columns(page.title, headers, meta),
        expected={column: _expected(cell) for column, cell in heads.items()},
        notes={column: note for column, cell in heads.items() if (note := _note(cell))},
        ours=frozenset(_find_ours(headers, figures)) if declared else frozenset(),
        hidden_rows=tuple(sorted(each for each in grid.hidden_rows if each in rows)),
        hidden=grid.hidden,
        merged=tuple(map(str, grid.merged)),
    )


def _read(cell: FileCell | MergedCell, cached: FileCell | MergedCell | None) -> OldCell | None:
    """The cell; None for one on which there is nothing."""
    if isinstance(cell, MergedCell):
        return None
    read, note = read_cell(cell, cached), _note(cell)
    is_formula = cell.data_type == "f"
    link = _link(cell, read)
    if read.kind is CellKind.BLANK and not (is_formula or note or link):
        return None
    return OldCell(
        cell=read,
        number_format=cell.number_format,
        formula=show_formula(cell.value) if is_formula else "",
        note=note,
        link=link,
    )


def _link(cell: FileCell, read: Cell) -> str:
    """Where a cell leads to, unless that is what stands in it."""
    target = str(cell.hyperlink.target or cell.hyperlink.location or "") if cell.hyperlink else ""
    return "" if target.removeprefix("mailto:") == str(read.value or "") else target


def _note(cell: FileCell | MergedCell | None) -> str:
    """The user's note; ours are made anew."""
    if cell is None or isinstance(cell, MergedCell) or cell.comment is None:
        return ""
    text = str(cell.comment.text)
    is_ours = cell.comment.author in (AUTHOR, TEMPLATE_AUTHOR) or text.endswith(SIGNATURE)
    return "" if is_ours else text


def _expected(cell: FileCell | MergedCell | None) -> str:
    """What the template says about the content of a column; empty where it says nothing."""
    if cell is None or isinstance(cell, MergedCell) or cell.comment is None:
        return ""
    lines = str(cell.comment.text).splitlines()
    return next((each.strip() for each in lines if each.startswith("Expected: ")), "")


def _find_ours(headers: Mapping[int, str], figures: Iterable[str]) -> Iterator[int]:
    """Columns of an earlier run. A figure counts only right behind another of them."""
    known = {fold(each) for each in figures}
    before = 0
    for column, text in headers.items():
        if is_own_header(text) or (before and before == column - 1 and fold(text) in known):
            before = column
            yield column
