"""A sheet for a page: rows under Excel's numbers and letters, with what became of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from importer.model.outcome import Outcome, Status
from importer.model.place import Place, column_letters
from importer.model.problem import Problem, Severity
from importer.model.report import FileReport
from importer.model.view import RowView, SheetView
from importer.reporting.page_words import ICONS, name_status

ROWS_PER_PAGE = 200
_LONGEST_NOTE = 90
_SHORT = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A problem at its cell: short beside it, whole on request."""

    is_error: bool
    short: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell. `anchor` names it in an address."""

    anchor: str
    text: str
    notes: tuple[Note, ...] = ()

    @property
    def look(self) -> str:
        """How it looks: `short` is not broken over lines, `error` and `warning` are marked."""
        words = ["short" if len(self.text) <= _SHORT else "long"]
        if self.notes:
            words.append("error" if any(each.is_error for each in self.notes) else "warning")
        return " ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row with its outcome. `messages` say what its cells do not say."""

    number: int
    anchor: str
    status: Status
    icon: str
    word: str
    id: str
    cells: tuple[ShownCell, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One of the sheets: how many rows it has, and in how many there is something to fix."""

    title: str
    rows: int
    open_rows: int
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """One page of one sheet. `status` is the filter, None for all rows."""

    tabs: tuple[Tab, ...]
    title: str
    letters: tuple[str, ...]
    header_row: int
    header: tuple[ShownCell, ...]
    rows: tuple[ShownRow, ...]
    total: int
    page: int
    pages: int
    status: Status | None


def build_sheet_page(
    sheets: Sequence[SheetView],
    report: FileReport,
    *,
    title: str = "",
    status: Status | None = None,
    page: int = 1,
) -> SheetPage | None:
    """The page of the sheet of that title (else the first that has rows of the status).

    None where the workbook has no known sheet. A page number beyond the last is the last.
    """
    outcomes = {(each.sheet, each.row): each for each in report.outcomes}
    kept = [_keep(each, outcomes, status) for each in sheets]
    chosen = _choose(sheets, kept, title)
    if chosen is None:
        return None
    sheet, rows = sheets[chosen], kept[chosen]
    pages = max(1, -(-len(rows) // ROWS_PER_PAGE))
    page = min(max(page, 1), pages)
    shown = _Shown(sheet=sheet, number=chosen + 1, verb=report.verb, problems=_by_place(report))
    first = (page - 1) * ROWS_PER_PAGE
    return SheetPage(
        tabs=tuple(
            _tab(each, outcomes, kept[number], is_shown=number == chosen)
            for number, each in enumerate(sheets)
        ),
        title=sheet.title,
        letters=sheet.letters,
        header_row=sheet.header_row,
        header=shown.header(),
        rows=tuple(
            shown.row(each, outcomes.get((sheet.title, each.number)))
            for each in rows[first : first + ROWS_PER_PAGE]
        ),
        total=len(rows),
        page=page,
        pages=pages,
        status=status,
    )


def find_page(sheet: SheetView, row: int) -> int:
    """The page on which a row stands when all rows are shown."""
    before = sum(1 for each in sheet.rows if each.number < row)
    return before // ROWS_PER_PAGE + 1


def name_anchor(number: int, place: Place) -> str:
    """The name of a cell or row of the sheet of that number, such as `s1-D7`."""
    return f"s{number}-{place.cell or f'r{place.row}'}"


def _keep(
    sheet: SheetView, outcomes: Mapping[tuple[str, int], Outcome], status: Status | None
) -> Sequence[RowView]:
    if status is None:
        return sheet.rows
    return [
        row
        for row in sheet.rows
        if (found := outcomes.get((sheet.title, row.number))) and found.status is status
    ]


def _choose(
    sheets: Sequence[SheetView], kept: Sequence[Sequence[RowView]], title: str
) -> int | None:
    for number, sheet in enumerate(sheets):
        if sheet.title == title:
            return number
    filled = (number for number, rows in enumerate(kept) if rows)
    return next(filled, 0 if sheets else None)


def _tab(
    sheet: SheetView,
    outcomes: Mapping[tuple[str, int], Outcome],
    kept: Sequence[RowView],
    *,
    is_shown: bool,
) -> Tab:
    found = (outcomes.get((sheet.title, row.number)) for row in sheet.rows)
    is_open = (each is None or not _is_fine(each) for each in found)
    return Tab(title=sheet.title, rows=len(kept), open_rows=sum(is_open), is_shown=is_shown)


def _is_fine(outcome: Outcome) -> bool:
    return outcome.status.is_in_order or outcome.status is Status.SKIPPED


def _by_place(report: FileReport) -> Mapping[tuple[str, int, int], list[Problem]]:
    found: dict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    for each in report.all_problems:
        found[each.place.sheet, each.place.row, each.place.column].append(each)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """The sheet that is shown, and the problems of all."""

    sheet: SheetView
    number: int
    verb: str
    problems: Mapping[tuple[str, int, int], list[Problem]]

    def header(self) -> tuple[ShownCell, ...]:
        row = self.sheet.header_row
        return tuple(self._cell(row, column, header) for column, header in self.sheet.columns)

    def row(self, row: RowView, outcome: Outcome | None) -> ShownRow:
        status = outcome.status if outcome else Status.INVALID
        columns = [column for column, _ in self.sheet.columns]
        cells = zip(columns, row.texts, strict=True)
        return ShownRow(
            number=row.number,
            anchor=f"s{self.number}-r{row.number}",
            status=status,
            icon=ICONS[status],
            word=name_status(status, self.verb),
            id=outcome.id if outcome else "",
            cells=tuple(self._cell(row.number, column, text) for column, text in cells),
            messages=tuple(_messages(outcome, set(columns))) if outcome else (),
        )

    def _cell(self, row: int, column: int, text: str) -> ShownCell:
        return ShownCell(
            anchor=f"s{self.number}-{column_letters(column)}{row}",
            text=text,
            notes=tuple(
                _note(each) for each in self.problems.get((self.sheet.title, row, column), ())
            ),
        )


def _messages(outcome: Outcome, columns: set[int]) -> Sequence[str]:
    """What is said of the row; a problem at a cell says here only what to do."""
    said = [outcome.message] if outcome.message else []
    for each in outcome.problems:
        is_shown = each.place.column in columns
        said.append(f"{each.place.cell}: {each.remedy}" if is_shown else each.text)
    return said


def _note(problem: Problem) -> Note:
    text = f"expected {problem.expected}" if problem.expected else problem.remedy
    short = text if len(text) <= _LONGEST_NOTE else f"{text[: _LONGEST_NOTE - 1]}…"
    return Note(
        is_error=problem.severity is Severity.ERROR,
        short=short,
        whole=problem.text,
    )
