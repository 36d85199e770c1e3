"""Our columns in a results workbook: status, id, message, and the figures of the service."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from importer.model.outcome import Outcome, Status
from importer.model.problem import Problem, Severity
from importer.model.record import Json
from importer.sheets.names import fold
from importer.sheets.note import count_lines
from importer.sheets.ooxml.sheet_edit import Change, NewCell
from importer.sheets.ooxml.tags import escape_cell
from importer.sheets.own import HEADERS, ID, MESSAGE, STATUS, is_own_header
from importer.sheets.results.looks import Looks
from importer.sheets.text import clean, shorten

_WIDTHS = {STATUS: 14, ID: 26, MESSAGE: 80}
_FIGURE_WIDTH = 24
_MESSAGE_LETTERS = 92
_LINE_HEIGHT = 15.0
_MOST_LINES = 8
_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumns:
    """Our columns on a sheet of that title: where they stand, by header, and their rows.

    outcomes: by row, in ascending order.
    """

    title: str
    header_row: int
    columns: Mapping[str, int]
    outcomes: Mapping[int, Outcome]
    looks: Looks

    @property
    def rows(self) -> Sequence[int]:
        """The rows that are written, ascending: that of the headers, and those with an outcome."""
        return sorted({self.header_row, *self.outcomes})

    @property
    def widths(self) -> Mapping[int, float]:
        """How wide our columns are."""
        return {n: _WIDTHS.get(header, _FIGURE_WIDTH) for header, n in self.columns.items()}

    def cells(self, row: int) -> Change:
        """What stands in a row."""
        if row == self.header_row:
            found = self.columns.items()
            return tuple((n, build_text(header, self.looks.header)) for header, n in found), None
        outcome = self.outcomes[row]
        message = _message(self.title, outcome)
        return tuple(self._cells(outcome, message)), message_height(message)

    def _cells(self, outcome: Outcome, message: str) -> Iterator[tuple[int, NewCell]]:
        yield self.columns[STATUS], _build_status(outcome.status, self.looks.text)
        for header, text in ((ID, outcome.id), (MESSAGE, message)):
            if text:
                yield self.columns[header], build_text(text, self.looks.text)
        for header, value in outcome.results:
            if header in self.columns and value is not None:
                yield self.columns[header], build_value(value, self.looks)


def place_columns(start: int, figures: Sequence[str]) -> Mapping[str, int] | None:
    """Where our columns stand, by header; None where a sheet is used up to its last ones."""
    columns = {header: number for number, header in enumerate((*HEADERS, *figures), start)}
    return columns if max(columns.values()) <= _LAST_COLUMN else None


def find_own_columns(texts: Mapping[int, str], figures: Sequence[str]) -> Mapping[int, str]:
    """Which columns of a header row are ours: column → header.

    A figure counts only right behind another of ours: people have such columns, too.
    """
    own = {fold(header): header for header in (*HEADERS, *figures)}
    known = {fold(header) for header in figures}
    found: dict[int, str] = {}
    for number, text in sorted(texts.items()):
        name = fold(text)
        if is_own_header(text) or (number - 1 in found and name in known):
            found[number] = own[name]
    return found


def build_text(text: str, look: int) -> NewCell:
    """A cell with a text, whatever that starts with."""
    shown = escape_cell(shorten(clean(text)))
    content = b'<is><t xml:space="preserve">%b</t></is>' % shown
    return NewCell(style=look, kind="inlineStr", content=content)


@cache
def _build_status(status: Status, look: int) -> NewCell:
    return build_text(status.value, look)


def build_value(value: Json, looks: Looks) -> NewCell:
    """A cell with what a service answered: a number as a number, everything else as text."""
    match value:
        case bool():
            return build_text("yes" if value else "no", looks.text)
        case int() | float() if math.isfinite(value):
            content = b"<v>%b</v>" % repr(value).encode()
            return NewCell(style=looks.number, kind="n", content=content)
        case _:
            return build_text(str(value), looks.text)


def message_height(message: str) -> float | None:
    """The height in points that a row needs for its message; None where an ordinary one does."""
    lines = min(count_lines(message, _MESSAGE_LETTERS), _MOST_LINES)
    return lines * _LINE_HEIGHT if lines > 1 else None


def _message(title: str, outcome: Outcome) -> str:
    """The outcome's own words, then a line for each of its problems."""
    lines = [outcome.message] if outcome.message else []
    return "\n".join(lines + [_line(title, outcome, problem) for problem in outcome.problems])


def _line(title: str, outcome: Outcome, problem: Problem) -> str:
    place = problem.place
    is_here = place.sheet == title and place.row == outcome.row
    where = f"{place.cell} {place.header}".strip() if is_here else str(place)
    tone = "Please note: " if problem.severity is Severity.WARNING else ""
    return f"{where}: {tone}{problem.text}" if where else f"{tone}{problem.text}"
