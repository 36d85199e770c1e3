"""Carries what people filled in into an empty template; each cell arrives, or a line says why not.

Values only: a text never becomes a formula, and looks stay behind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.manner import Conventions
from importer.model.place import Place, column_letters
from importer.model.upgrade import Told
from importer.sheets.own import CHANGES, START_HERE
from importer.sheets.reading.headers import HEADER_ROW
from importer.sheets.reading.statements import fill_statements
from importer.sheets.styles import font
from importer.sheets.text import write_text
from importer.sheets.titles import SheetNamer
from importer.sheets.upgrade.carried_cell import CellWriter, describe_value
from importer.sheets.upgrade.changes_page import write_changes
from importer.sheets.upgrade.columns import last_used_column
from importer.sheets.upgrade.editing import keep_content
from importer.sheets.upgrade.old_sheet import OldCell, OldSheet
from importer.sheets.upgrade.workbook import load_for_editing, quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a column goes.

    into: Excel's number of the new column; 0 for one of the user's own, which gets a place at the
        right.
    gone: why it goes nowhere, so that each of its values is listed; empty where it goes.
    renamed: names that are others by now: what a cell says in small letters → the name now.
    unit: column and text of the unit that its numbers have so far had without saying so.
    blank: what its blank cells have so far meant, to be filled in; empty where they meant nothing.
    """

    column: int
    into: int = 0
    gone: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)
    unit: tuple[int, str] = (0, "")
    blank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An old sheet, the title of the new one that takes its rows, and where its columns go."""

    source: OldSheet
    target: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The new workbook, the rows that were carried, and all that is to be told."""

    content: bytes
    rows: int
    told: tuple[Told, ...]


def carry(
    template: bytes,
    pages: Sequence[Page],
    own: Sequence[OldSheet],
    told: Sequence[Told],
    *,
    head: Sequence[tuple[str, str]],
    conventions: Conventions,
) -> Carried:
    """Fill a template with the rows of an old workbook.

    own: sheets of the user's own. told: what there is to tell beside cells. head: facts about the
    two workbooks. conventions: what the old one states of its dates and numbers.
    """
    workbook = load_for_editing(template, macros=False)
    fill_statements(workbook[START_HERE], conventions)
    every = list(told)
    rows = 0
    ends: dict[str, tuple[int, int]] = {}
    for page in pages:
        sheet = workbook[page.target]
        last_row, last_column = ends.get(page.target, (HEADER_ROW, last_used_column(sheet)))
        filler = _Filler(page=page, sheet=sheet, shift=last_row - HEADER_ROW, last=last_column)
        every += filler.fill()
        rows += sum(1 for cells in page.source.rows.values() if cells.keys() - page.source.ours)
        ends[page.target] = filler.end
    every += _carry_own(workbook, own)
    return Carried(content=_finish(workbook, every, head), rows=rows, told=tuple(every))


@dataclass(slots=True, kw_only=True)
class _Filler:
    """Fills one sheet. Rows keep their numbers, unless another sheet's rows stand there already.

    shift: how much further down rows go. last: the last column that is taken.
    """

    page: Page
    sheet: Worksheet
    shift: int
    last: int
    columns: dict[int, int] = field(default_factory=dict)

    @property
    def end(self) -> tuple[int, int]:
        """The last row and the last column that are taken."""
        lowest = max((row + self.shift for row in self.page.source.rows), default=HEADER_ROW)
        return max(lowest, HEADER_ROW + self.shift), self.last

    def fill(self) -> Iterator[Told]:
        """Write all columns, and tell what is not as it was."""
        source = self.page.source
        for move in self.page.moves:
            if move.gone:
                yield from self._list_values(move)
                continue
            number = move.into or self._add_column(move.column)
            self.columns[move.column] = number
            writer = CellWriter(self.sheet, number, move.renamed)
            for row, cell in source.of_column(move.column):
                yield from self._write(writer, (row, move.column), cell)
            yield from self._fill_blanks(writer, move)
        yield from self._fill_units()
        yield from self._tell_places()
        if self.shift and source.rows:
            first = min(source.rows)
            yield Told(
                what=f"The rows of {source.title} stand below those that were there before.",
                old=str(Place(sheet=source.title, row=first)),
                new=str(Place(sheet=self.sheet.title, row=first + self.shift)),
            )

    def _write(self, writer: CellWriter, spot: tuple[int, int], cell: OldCell) -> Iterator[Told]:
        row, column = spot
        for what, value in writer.write(row + self.shift, cell):
            new = self._place(writer.number, row + self.shift)
            yield Told(what=what, old=self.page.source.place(column, row), new=new, value=value)

    def _place(self, number: int, row: int) -> str:
        header = str(self.sheet.cell(HEADER_ROW, number).value or "")
        return str(Place(sheet=self.sheet.title, row=row, column=number, header=header))

    def _add_column(self, column: int) -> int:
        """A column of the user's own, at the right of all others."""
        self.last += 1
        header = self.page.source.headers.get(column, "")
        if header:
            cell = self.sheet.cell(HEADER_ROW, self.last)
            write_text(cell, header)
            cell.font = font(bold=True)
        return self.last

    def _list_values(self, move: Move) -> Iterator[Told]:
        for row, cell in self.page.source.of_column(move.column):
            yield Told(
                what=move.gone,
                old=self.page.source.place(move.column, row),
                value=describe_value(cell),
            )

    def _tell_places(self) -> Iterator[Told]:
        """Columns that stand elsewhere, in one line for the sheet."""
        source = self.page.source
        shifted = [
            f"{column_letters(old)} is {column_letters(new)} ({source.headers.get(old, '')})"
            for old, new in self.columns.items()
            if old != new
        ]
        if shifted:
            yield Told(
                what="Columns stand at other places.",
                old=f"sheet {source.title}",
                new=f"sheet {self.sheet.title}",
                value="; ".join(shifted),
            )

    def _fill_blanks(self, writer: CellWriter, move: Move) -> Iterator[Told]:
        """Say in each row what a blank cell has meant on the old sheet, and does not on the new."""
        source = self.page.source
        filled = {row for row, _ in source.of_column(move.column)}
        blank = [
            row
            for row, cells in source.rows.items()
            if move.blank and row not in filled and cells.keys() - source.ours
        ]
        for row in blank:
            writer.write_words(row + self.shift, move.blank)
            yield Told(
                what="What a blank cell has meant on its sheet is filled in.",
                old=source.place(move.column, row),
                new=self._place(writer.number, row + self.shift),
                value=move.blank,
            )

    def _fill_units(self) -> Iterator[Told]:
        """Say the unit in its own column where the heading has said it before."""
        for move in self.page.moves:
            number, unit = move.unit
            if not number:
                continue
            writer = CellWriter(self.sheet, number, {})
            rows = [row + self.shift for row, _ in self.page.source.of_column(move.column)]
            blank = [row for row in rows if self.sheet.cell(row, number).value is None]
            for row in blank:
                writer.write_words(row, unit)
            if blank:
                letters = column_letters(number)
                yield Told(
                    what="The unit has a column of its own now; what it was so far is filled in.",
                    old=self.page.source.place(move.column),
                    new=f"{self.sheet.title}!{letters}{blank[0]}:{letters}{blank[-1]}",
                    value=unit,
                )


def _carry_own(workbook: Workbook, own: Iterable[OldSheet]) -> Iterator[Told]:
    """Sheets of the user's own go over with their values."""
    namer = SheetNamer(workbook.sheetnames)
    for source in own:
        page = workbook.create_sheet(namer.name(source.title))
        page.sheet_state = "hidden" if source.hidden else "visible"
        if page.title != source.title:
            yield Told(
                what="A sheet of your own has another name: the importer uses the old one.",
                old=f"sheet {source.title}",
                new=f"sheet {page.title}",
            )
        for column in source.columns:
            writer = CellWriter(page, column, {})
            for row, cell in source.of_column(column):
                for what, value in writer.write(row, cell):
                    new = str(Place(sheet=page.title, row=row, column=column))
                    yield Told(what=what, old=source.place(column, row), new=new, value=value)
        if source.merged:
            yield Told(
                what="Merged cells are single ones now; the first holds what they held.",
                old=f"sheet {source.title}",
                new=f"sheet {page.title}",
                value=", ".join(source.merged),
            )


def _finish(workbook: Workbook, told: Sequence[Told], head: Sequence[tuple[str, str]]) -> bytes:
    """Write the list of changes, open on it, and make a file of it all."""
    page = workbook.create_sheet(CHANGES, 1)
    write_changes(page, told, head)
    for each in workbook.worksheets:
        each.sheet_view.tabSelected = each is page
        keep_content(each)
    workbook.active = page
    content = BytesIO()
    with quiet():
        workbook.save(content)
    return content.getvalue()
