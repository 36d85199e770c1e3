"""Marks: what makes a cell with a problem stand out, and comes off again without a trace.

All of them are conditional formats, so that no cell's own style is touched. Their formulas carry
a word by which they are known again; it adds nothing to what the formula says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from importer.model.outcome import Status
from importer.model.place import column_letters
from importer.model.problem import Problem, Severity
from importer.sheets.note import build_note
from importer.sheets.ooxml.notes_edit import NewNote
from importer.sheets.ooxml.rules_edit import NewRule
from importer.sheets.own import AUTHOR, SIGNATURE, STATUS
from importer.sheets.results.looks import Looks
from importer.sheets.results.ranges import Spot, compact
from importer.sheets.results.result_columns import ResultColumns
from importer.sheets.text import shorten

_WORD = 'N("importer")'
MARKER = f"{_WORD}=0"
"""Always true, and kept by spreadsheet programs as it is written."""

MARKER_WORD = b"importer"
"""What stands in a sheet that has marks of ours, however its quotes are written."""

MOST_NOTES = 10_000
"""On a sheet: spreadsheet programs take long to open more. The messages say all of them."""

_LONGEST_NOTE = 3_000

Marked = Mapping[Spot, Sequence[Problem]]
"""The problems of a sheet by the cells that they stand at."""


def group_by_cell(problems: Iterable[Problem]) -> Mapping[str, Marked]:
    """The problems that stand at a cell, by sheet and cell."""
    found: dict[str, dict[Spot, list[Problem]]] = {}
    for problem in dict.fromkeys(problems):
        place = problem.place
        if place.cell:
            cells = found.setdefault(place.sheet, {})
            cells.setdefault((place.column, place.row), []).append(problem)
    return found


def build_rules(marked: Marked, written: ResultColumns | None, looks: Looks) -> Sequence[NewRule]:
    """The marks of cells with problems, and of status cells by what they say."""
    return (*_problem_rules(marked, looks), *_status_rules(written, looks))


def is_own_rule(formula: str) -> bool:
    """Whether a conditional format with that formula is one of ours."""
    return _WORD in formula


def is_own_note(text: str) -> bool:
    """Whether a note with that text is one of ours."""
    return text.rstrip().endswith(SIGNATURE)


def build_notes(marked: Marked) -> Mapping[Spot, NewNote]:
    """What is said at the cells with problems."""
    first = sorted(marked, key=lambda spot: spot[::-1])[:MOST_NOTES]
    return {spot: _build_note(marked[spot]) for spot in first}


def _problem_rules(marked: Marked, looks: Looks) -> Iterator[NewRule]:
    """Errors and warnings, told apart by weight and border as well as by colour."""
    wrong = [spot for spot, found in marked.items() if _has_error(found)]
    odd = [spot for spot, found in marked.items() if not _has_error(found)]
    for spots, look in ((wrong, looks.error), (odd, looks.warning)):
        if spots:
            yield NewRule(spots=" ".join(compact(spots)), formula=MARKER, look=look)


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _status_rules(written: ResultColumns | None, looks: Looks) -> Iterator[NewRule]:
    if written is None:
        return
    column, first = written.columns[STATUS], min(written.outcomes)
    spots = " ".join(compact((column, row) for row in written.outcomes))
    cell = f"${column_letters(column)}{first}"
    for statuses, look in (
        ((Status.CREATED, Status.UPDATED, Status.UNCHANGED), looks.good),
        ((Status.INVALID, Status.FAILED), looks.error),
        ((Status.CONFLICT, Status.BLOCKED, Status.UNCERTAIN, Status.SKIPPED), looks.warning),
    ):
        says = ",".join(f'{cell}="{status.value}"' for status in statuses)
        formula = f"AND({MARKER},OR({says}))"
        yield NewRule(spots=spots, formula=formula, look=look)


def _build_note(problems: Sequence[Problem]) -> NewNote:
    words = shorten("\n\n".join(map(_words, problems)), _LONGEST_NOTE)
    note = build_note(f"{words}\n\n{SIGNATURE}", AUTHOR)
    return NewNote(text=note.text, width=int(note.width), height=int(note.height))


def _words(problem: Problem) -> str:
    title = "To mend" if problem.severity is Severity.ERROR else "Please note"
    return f"{title}\nFound {problem.found}.\nExpected {problem.expected}.\n{problem.remedy}"
