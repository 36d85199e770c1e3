"""Problems grouped by their cause, the most frequent first, with their cells listed compactly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from importer.model.place import Place, column_letters
from importer.model.problem import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Problems of one kind with one expectation and remedy."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """The problem whose words stand for all."""
        return self.problems[0]

    @property
    def is_error(self) -> bool:
        """Whether it keeps rows out."""
        return self.first.severity is Severity.ERROR

    @property
    def places(self) -> str:
        """Where: `Datapoints!C5:C90, C95; Entries!B2`."""
        return list_places(each.place for each in self.problems)

    @property
    def found(self) -> str:
        """What was found: the one thing, or the first of several."""
        others = len({each.found for each in self.problems}) - 1
        return self.first.found + (f" (and {others} more)" if others else "")


def group_by_cause(problems: Iterable[Problem]) -> tuple[Cause, ...]:
    """Errors before warnings, then the most frequent first; otherwise in the order given."""
    groups: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.code, problem.expected, problem.remedy].append(problem)
    causes = (Cause(problems=tuple(each)) for each in groups.values())
    return tuple(sorted(causes, key=lambda each: (not each.is_error, -len(each.problems))))


def list_places(places: Iterable[Place]) -> str:
    """Places by sheet, cells of one column that follow each other as a range."""
    by_sheet: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        by_sheet[place.sheet][place.column].append(place.row)
    return "; ".join(_list_sheet(sheet, columns) for sheet, columns in by_sheet.items())


def _list_sheet(sheet: str, columns: dict[int, list[int]]) -> str:
    if not sheet:
        return "the workbook"
    parts = [
        _name_run(column, first, last)
        for column, rows in columns.items()
        for first, last in _runs(sorted({row for row in rows if row}))
    ]
    if not parts:
        return f"sheet {sheet}"
    # Cells are written as Excel writes them; rows are words.
    return f"{sheet}{'!' if any(columns) else ' '}{', '.join(parts)}"


def _runs(rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Runs of rows that follow each other, as first and last."""
    start = previous = None
    for row in rows:
        if previous is not None and row == previous + 1:
            previous = row
            continue
        if start is not None and previous is not None:
            yield start, previous
        start = previous = row
    if start is not None and previous is not None:
        yield start, previous


def _name_run(column: int, first: int, last: int) -> str:
    letters = column_letters(column)
    if not letters:
        return f"row {first}" if first == last else f"rows {first}–{last}"
    return f"{letters}{first}" if first == last else f"{letters}{first}:{letters}{last}"
