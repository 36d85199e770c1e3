"""One cell on its way from an old workbook into a new one."""

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date, datetime

from openpyxl.cell import Cell as FileCell
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.table import CellKind
from importer.sheets.note import build_note
from importer.sheets.text import LONGEST, write_text
from importer.sheets.upgrade.columns import open_cell
from importer.sheets.upgrade.old_sheet import OldCell

_YOURS = "you"
"""Author of notes that go over: whose they were is not kept."""

_NO_VALUE = "#N/A"
_STYLE = "_style"
"""Where openpyxl keeps the numbers of a cell's styles."""


class CellWriter:
    """Writes cells down one column, which gives them their look.

    renamed: names that are others by now: what a cell says in small letters → the name now.
    """

    def __init__(self, page: Worksheet, number: int, renamed: Mapping[str, str]) -> None:
        self.number = number
        self._page = page
        self._renamed = renamed
        self._look: FileCell | None = None

    def write(self, row: int, old: OldCell) -> Iterator[tuple[str, str]]:
        """Write a cell; answers with what is not as it was, each with the value concerned."""
        cell = self._open(row)
        if old.note:
            cell.comment = build_note(old.note, _YOURS)
        if old.link:
            yield "The cell led to another place; the link does not go over.", old.link
        yield from self._write_value(cell, old)
        if old.formula:
            yield _tell_formula(old), old.formula

    def write_words(self, row: int, text: str) -> None:
        """Write a text of ours."""
        write_text(self._open(row), text)

    def _write_value(self, cell: FileCell, old: OldCell) -> Iterator[tuple[str, str]]:
        value = old.value
        match old.cell.kind:
            case CellKind.BLANK:
                return
            case CellKind.TEXT:
                yield from self._write_text(cell, str(value))
                return
            case CellKind.ERROR:
                _write_error(cell, str(value))
                yield (
                    "An error of the spreadsheet goes over as it is: put its value there.",
                    str(value),
                )
            case CellKind.FORMULA_WITHOUT_VALUE:
                _write_error(cell, _NO_VALUE)
            case _:
                cell.value = value
        cell.number_format = old.number_format

    def _write_text(self, cell: FileCell, text: str) -> Iterator[tuple[str, str]]:
        now = self._renamed.get(text.strip().casefold())
        if now is not None and now != text:
            yield f"What the cell names is called {now} now.", text
            text = now
        if len(text) > LONGEST:
            yield f"The text is cut to {LONGEST:,} characters.", text
        cell.value = text
        # openpyxl takes `=1+1` for a formula and `#N/A` for an error.
        cell.data_type = "s"
        cell.quotePrefix = True

    def _open(self, row: int) -> FileCell:
        """The cell; the first one finds out how those of its column look."""
        if self._look is None:
            cell = open_cell(self._page, row, self.number)
            if not isinstance(cell, FileCell):
                raise TypeError("a template has no merged cells")
            self._look = FileCell(self._page, row=row, column=self.number)
            _copy_look(cell, self._look)
            return cell
        cell = self._page.cell(row, self.number)
        if not isinstance(cell, FileCell):
            raise TypeError("a template has no merged cells")
        _copy_look(self._look, cell)
        return cell


def _copy_look(source: FileCell, target: FileCell) -> None:
    """All of a look at once: part by part takes longer than all the rest of an upgrade."""
    setattr(target, _STYLE, copy(getattr(source, _STYLE)))


def describe_value(old: OldCell) -> str:
    """What a cell holds, as a text that says all of it."""
    shown = _show(old)
    notes = [f"formula {old.formula}"] if old.formula else []
    notes += [f"note: {old.note}"] if old.note else []
    notes += [f"link: {old.link}"] if old.link else []
    return f"{shown} ({'; '.join(notes)})" if notes else shown


def _show(old: OldCell) -> str:
    value = old.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
            return value.date().isoformat() if midnight else value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case int() | float() if old.cell.percent:
            return f"{value!r} (shown as percent)"
    return str(value)


def _tell_formula(old: OldCell) -> str:
    if old.cell.kind is CellKind.FORMULA_WITHOUT_VALUE:
        return (
            f"A formula without a saved value: {_NO_VALUE} stands there until you put its value "
            "in. Or open the old workbook in a spreadsheet program, save it, and upgrade it again."
        )
    if old.cell.kind is CellKind.BLANK:
        return "A formula that shows nothing: the cell is blank now."
    return "A formula is the value now that was saved with it."


def _write_error(cell: FileCell, code: str) -> None:
    cell.value = code
    cell.data_type = "e"
