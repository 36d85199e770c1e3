"""Problems grouped by their cause, the most frequent first, with their cells listed compactly."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from importer.model.place import Place, column_letters
from importer.model.problem import Problem, ProblemKind, Severity
from importer.model.problem_kinds import CATALOGUE

_FEW = 3
"""Problems of which each is told by itself, and up to which a cause is a small one."""

_KINDS = {kind.code: kind for kind in CATALOGUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Problems of one kind with one expectation and remedy, or of one column with many."""

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
        """What was found: the one thing, or the most frequent of several."""
        counts = Counter(each.found for each in self.problems)
        ((most, _),) = counts.most_common(1)
        return f"{most} (and {len(counts) - 1} more)" if len(counts) > 1 else most

    @property
    def expected(self) -> str:
        """What is expected of all; what the catalogue says where that is not one thing."""
        every, kind = {each.expected for each in self.problems}, self._kind
        return kind.expected if len(every) > 1 and kind else self.first.expected

    @property
    def remedy(self) -> str:
        """What to do about all, likewise."""
        every, kind = {each.remedy for each in self.problems}, self._kind
        return kind.remedy if len(every) > 1 and kind else self.first.remedy

    @property
    def _kind(self) -> ProblemKind | None:
        return _KINDS.get(self.first.code)


def group_by_cause(problems: Iterable[Problem]) -> tuple[Cause, ...]:
    """Errors before warnings, then the most frequent first; otherwise in the order given.

    Where a column has many problems of one kind that each have words of their own, such as dates
    with two readings, those are one cause.
    """
    groups: dict[tuple[object, ...], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.code, problem.severity, problem.expected, problem.remedy].append(problem)
    causes = (Cause(problems=tuple(each)) for each in _join_scattered(groups.values()))
    return tuple(sorted(causes, key=lambda each: (not each.is_error, -len(each.problems))))


def _join_scattered(groups: Collection[list[Problem]]) -> Iterable[list[Problem]]:
    """Small groups of one column and kind as one, where there are more than a few."""
    counts = Counter(_find_column(group) for group in groups)
    joined: dict[tuple[object, ...], list[Problem]] = {}
    for group in groups:
        column = _find_column(group)
        if not column or counts[column] <= _FEW:
            joined[id(group),] = group
        else:
            joined.setdefault(column, []).extend(group)
    return joined.values()


def _find_column(group: Sequence[Problem]) -> tuple[object, ...]:
    """The kind and column of a small group of problems; nothing of one that is larger or wider."""
    places = {(each.place.sheet, each.place.column) for each in group}
    first = group[0]
    is_small = len(group) <= _FEW and len(places) == 1 and first.place.cell
    return (first.code, first.severity, *places) if is_small else ()


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
