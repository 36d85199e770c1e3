"""`Import summary`: what became of the workbook, and what to do next."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from openpyxl.worksheet.worksheet import Worksheet

from importer.model.cause import Cause, group_by_cause
from importer.model.outcome import Status
from importer.model.place import Place
from importer.model.problem import Problem, Severity
from importer.model.problem_kinds import CATALOGUE
from importer.model.report import FileReport
from importer.sheets.board import Board
from importer.sheets.styles import SLATE
from importer.sheets.text import shorten

_WIDTHS = (34, 38, 40, 50, 32)
_LONGEST_PLACES = 500
_MOST_PROBLEMS = 1_000

_MEANINGS = {kind.code: kind.meaning for kind in CATALOGUE}

_ASKING_VERBS = ("check", "plan")
"""Commands after which nothing has happened yet."""


def write_summary(
    page: Worksheet,
    report: FileReport,
    head: Sequence[tuple[str, str]],
    *,
    name: str,
    notes: Sequence[str] = (),
) -> None:
    """Write the summary; `name` is that of the file in which it is going to stand.

    notes: what is to be known of that file, beside the report's own.
    """
    board = Board(page, _WIDTHS)
    problems = tuple(dict.fromkeys(report.all_problems))
    board.title("Import summary")
    for label, value in head:
        board.fact(label, value)
    if report.stopped:
        board.alert("\n".join(report.stopped))
    _write_counts(board, report)
    board.heading("What to do next")
    for step in _next_steps(report, problems, name):
        board.paragraph(step)
    _write_notes(board, (*report.notes, *notes))
    _write_causes(board, problems)
    _write_problems(board, problems)
    page.sheet_properties.tabColor = SLATE.strong


def _write_counts(board: Board, report: FileReport) -> None:
    board.heading("Rows")
    board.head("Status", "Rows", "What it means")
    is_over = report.verb not in _ASKING_VERBS
    for status, rows in report.counts.items():
        board.line(status.value, rows, _meaning(status) if is_over else f"({report.verb} only)")
    board.line("all rows", sum(report.counts.values()))


def _meaning(status: Status) -> str:
    match status:
        case Status.CREATED:
            return "is now in the service"
        case Status.UPDATED:
            return "was there, and now says what the row says"
        case Status.UNCHANGED:
            return "was there already, and says what the row says"
        case Status.CONFLICT:
            return "the service says something else; nothing was sent"
        case Status.INVALID:
            return "has problems to mend; nothing was sent"
        case Status.BLOCKED:
            return "waits for a row that it refers to"
        case Status.FAILED:
            return "was refused by the service"
        case Status.UNCERTAIN:
            return "may or may not have arrived; the next import looks first"
        case Status.SKIPPED:
            return "was left out of this run"
    assert_never(status)


def _next_steps(report: FileReport, problems: Iterable[Problem], name: str) -> Iterable[str]:
    verb = "submit" if report.verb == "submit" else "import"
    again = f'importer {verb} "{name}"'
    counts = report.counts
    if report.later:
        yield f'•  To close the periods of this workbook, type:   importer submit "{name}"'
    if report.is_in_order and report.verb not in _ASKING_VERBS:
        yield "Nothing: every row is in order. You may import the file again at any time."
        return
    if any(problem.severity is Severity.ERROR for problem in problems):
        yield "•  Mend the marked cells in this workbook (they are listed below), and save it."
    if counts.get(Status.CONFLICT):
        yield "•  Conflicts: compare both values. To send the workbook's, add --overwrite."
    if counts.get(Status.BLOCKED):
        yield "•  Blocked rows go in by themselves once the rows that they name are in order."
    if counts.get(Status.UNCERTAIN) or counts.get(Status.FAILED):
        yield "•  Uncertain and failed rows: importing again looks each of them up first."
    yield f"•  Then type:   {again}"
    yield "    Rows that are in order already are not sent a second time."


def _write_notes(board: Board, notes: Sequence[str]) -> None:
    if notes:
        board.heading("Please note")
        for note in notes:
            board.paragraph(note)


def _write_causes(board: Board, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    board.heading("Problems by cause")
    board.head("How often", "What is wrong", "Where", "What is expected", "What to do")
    for cause in group_by_cause(problems):
        board.line(
            _times(cause),
            f"{_MEANINGS.get(cause.first.code, cause.first.code)} Found {cause.found}.",
            shorten(cause.places, _LONGEST_PLACES),
            cause.expected,
            cause.remedy,
        )


def _times(cause: Cause) -> str:
    count, kind = len(cause.problems), "error" if cause.is_error else "warning"
    return f"{count:,} {kind}" if count == 1 else f"{count:,} {kind}s"


def _write_problems(board: Board, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    board.heading("Each problem")
    board.head("Where", "What was found", "What is expected", "What to do", "Code")
    for problem in problems[:_MOST_PROBLEMS]:
        board.line(
            str(problem.place),
            problem.found,
            problem.expected,
            problem.remedy,
            f"{problem.code} ({problem.severity.value})",
            link=_link(problem.place),
        )
    if len(problems) > _MOST_PROBLEMS:
        more = len(problems) - _MOST_PROBLEMS
        board.paragraph(f"{more:,} more stand in the messages of their rows.")


def _link(place: Place) -> str:
    """Where a click leads; nowhere for the workbook as a whole."""
    if not place.sheet:
        return ""
    sheet = place.sheet.replace("'", "''")
    return f"'{sheet}'!{place.cell or f'A{max(place.row, 1)}'}"
