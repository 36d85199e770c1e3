"""Our columns in a results workbook: status, id, message, and the figures of the service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.outcome import Outcome
from importer.model.problem import Problem, Severity
from importer.sheets.columns import last_used_column, set_width
from importer.sheets.note import count_lines
from importer.sheets.own import HEADERS, ID, MESSAGE, STATUS
from importer.sheets.styles import font, style_own_header
from importer.sheets.text import write_text, write_value

_WIDTHS = {STATUS: 14, ID: 26, MESSAGE: 80}
_FIGURE_WIDTH = 24
_MESSAGE_LETTERS = 92
_LINE_HEIGHT = 15.0
_MOST_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumns:
    """Where our columns stand on a sheet, by header, and the rows that they speak about."""

    columns: Mapping[str, int]
    rows: tuple[int, ...]


def write_result_columns(
    page: Worksheet, header_row: int, outcomes: Sequence[Outcome], figures: Sequence[str]
) -> ResultColumns:
    """Write the outcomes of a sheet's rows at the right of its last used column."""
    start = last_used_column(page) + 1
    columns = {header: number for number, header in enumerate((*HEADERS, *figures), start)}
    for header, number in columns.items():
        cell = page.cell(header_row, number)
        write_text(cell, header)
        style_own_header(cell)
        set_width(page, number, _WIDTHS.get(header, _FIGURE_WIDTH))
    for outcome in outcomes:
        _write_row(page, outcome, columns)
    return ResultColumns(columns=columns, rows=tuple(outcome.row for outcome in outcomes))


def message_height(message: str) -> float | None:
    """The height in points that a row needs for its message; None where an ordinary one does."""
    lines = min(count_lines(message, _MESSAGE_LETTERS), _MOST_LINES)
    return lines * _LINE_HEIGHT if lines > 1 else None


def _write_row(page: Worksheet, outcome: Outcome, columns: Mapping[str, int]) -> None:
    texts = {STATUS: outcome.status.value, ID: outcome.id, MESSAGE: _message(page, outcome)}
    for header, text in texts.items():
        if text:
            write_text(own_cell(page, outcome.row, columns[header]), text)
    _fit_row(page, outcome.row, _message(page, outcome))
    for header, value in outcome.results:
        if header in columns:
            write_value(own_cell(page, outcome.row, columns[header]), value)


def _fit_row(page: Worksheet, row: int, message: str) -> None:
    """Not every program does this by itself; a height that somebody chose is left."""
    if page.row_dimensions[row].height is None:
        page.row_dimensions[row].height = message_height(message)


def own_cell(page: Worksheet, row: int, column: int) -> Cell:
    """A cell of one of our columns, styled as they are."""
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("behind the last used column nothing is merged")
    cell.font = font()
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _message(page: Worksheet, outcome: Outcome) -> str:
    """The outcome's own words, then a line for each of its problems."""
    lines = [outcome.message] if outcome.message else []
    return "\n".join(lines + [_line(page, outcome, problem) for problem in outcome.problems])


def _line(page: Worksheet, outcome: Outcome, problem: Problem) -> str:
    place = problem.place
    is_here = place.sheet == page.title and place.row == outcome.row
    where = f"{place.cell} {place.header}".strip() if is_here else str(place)
    tone = "Please note: " if problem.severity is Severity.WARNING else ""
    return f"{where}: {tone}{problem.text}" if where else f"{tone}{problem.text}"
