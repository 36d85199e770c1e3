"""Marks: what makes a cell with a problem stand out, and comes off again without a trace.

All of them are conditional formats, so that no cell's own style is touched. Their formulas carry
a word by which they are known again; it adds nothing to what the formula says.
"""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.cell import MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from importer.model.outcome import Status
from importer.model.place import column_letters
from importer.model.problem import Problem, Severity
from importer.sheets.columns import open_cell
from importer.sheets.note import build_note
from importer.sheets.own import AUTHOR, SIGNATURE, STATUS
from importer.sheets.ranges import compact
from importer.sheets.result_columns import ResultColumns
from importer.sheets.text import shorten

_WORD = 'N("importer")'
MARKER = f"{_WORD}=0"
"""Always true, and kept by spreadsheet programs as it is written."""

_LONGEST_NOTE = 3_000


def mark_problems(
    page: Worksheet, problems: Iterable[Problem], written: ResultColumns | None
) -> None:
    """Mark the cells of a sheet that have problems, and its status cells by what they say."""
    cells = _by_cell(page, problems)
    _replace_rules(page, (*_problem_rules(cells), *_status_rules(written)))
    for (column, row), found in cells.items():
        _add_note(page, row, column, found)


def take_off_marks(page: Worksheet) -> None:
    """Remove the marks and notes of an earlier run; everything else keeps its order."""
    _replace_rules(page, ())
    for cell in list(page._cells.values()):
        if cell.comment is not None and cell.comment.text.rstrip().endswith(SIGNATURE):
            cell.comment = None


def _by_cell(
    page: Worksheet, problems: Iterable[Problem]
) -> Mapping[tuple[int, int], Sequence[Problem]]:
    cells: dict[tuple[int, int], list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        place = problem.place
        if place.sheet == page.title and place.cell:
            cells.setdefault((place.column, place.row), []).append(problem)
    return cells


def _problem_rules(
    cells: Mapping[tuple[int, int], Sequence[Problem]],
) -> Iterable[tuple[str, Rule]]:
    """Errors and warnings, told apart by weight and border as well as by colour."""
    wrong = [spot for spot, found in cells.items() if _has_error(found)]
    odd = [spot for spot, found in cells.items() if not _has_error(found)]
    if wrong:
        yield " ".join(compact(wrong)), _rule(MARKER, _ERROR)
    if odd:
        yield " ".join(compact(odd)), _rule(MARKER, _WARNING)


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _status_rules(written: ResultColumns | None) -> Iterable[tuple[str, Rule]]:
    if written is None or not written.rows:
        return
    column, first = written.columns[STATUS], min(written.rows)
    spots = " ".join(compact((column, row) for row in written.rows))
    cell = f"${column_letters(column)}{first}"
    for statuses, look in _STATUS_LOOKS:
        says = ",".join(f'{cell}="{status.value}"' for status in statuses)
        yield spots, _rule(f"AND({MARKER},OR({says}))", look)


def _rule(formula: str, look: DifferentialStyle) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=look)


def _replace_rules(page: Worksheet, ours: Sequence[tuple[str, Rule]]) -> None:
    """Put our rules first, so that no other hides them, and the user's behind in their order."""
    theirs = sorted(
        ((str(each.sqref), rule) for each in page.conditional_formatting for rule in each.rules),
        key=lambda pair: pair[1].priority,
    )
    kept = [(spots, rule) for spots, rule in theirs if not _is_ours(rule)]
    page.conditional_formatting = ConditionalFormattingList()
    for priority, (spots, rule) in enumerate((*ours, *kept), 1):
        rule.priority = priority
        page.conditional_formatting.add(spots, rule)


def _is_ours(rule: Rule) -> bool:
    return any(_WORD in formula for formula in rule.formula)


def _add_note(page: Worksheet, row: int, column: int, problems: Sequence[Problem]) -> None:
    """Say at the cell what is wrong with it, unless someone's note is there already."""
    cell = open_cell(page, row, column)
    if isinstance(cell, MergedCell) or cell.comment is not None:
        return
    words = shorten("\n\n".join(map(_words, problems)), _LONGEST_NOTE)
    cell.comment = build_note(f"{words}\n\n{SIGNATURE}", AUTHOR)


def _words(problem: Problem) -> str:
    title = "To mend" if problem.severity is Severity.ERROR else "Please note"
    return f"{title}\nFound {problem.found}.\nExpected {problem.expected}.\n{problem.remedy}"


def _frame(side: Side) -> Border:
    return Border(left=side, right=side, top=side, bottom=side)


_ERROR = DifferentialStyle(
    font=Font(bold=True, color="8B1A10"),
    fill=PatternFill(bgColor="F9C9C4"),
    border=_frame(Side(style="thin", color="8B1A10")),
)
_WARNING = DifferentialStyle(
    font=Font(italic=True, color="6B4E00"),
    fill=PatternFill(bgColor="FFEBB0"),
    border=_frame(Side(style="dashed", color="6B4E00")),
)
_GOOD = DifferentialStyle(font=Font(color="14532D"), fill=PatternFill(bgColor="D5EFDC"))

_STATUS_LOOKS = (
    ((Status.CREATED, Status.UPDATED, Status.UNCHANGED), _GOOD),
    ((Status.INVALID, Status.FAILED), _ERROR),
    ((Status.CONFLICT, Status.BLOCKED, Status.UNCERTAIN, Status.SKIPPED), _WARNING),
)
