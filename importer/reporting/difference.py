"""A corrected workbook against the last run of it: what is fixed, still open, and new."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from importer.model import problem_kinds as kinds
from importer.model.problem import Problem
from importer.model.report import FileReport

_TOLD_BY_SENDING = frozenset(
    each.code
    for each in (
        kinds.API_REFUSED,
        kinds.KEY_HELD,
        kinds.API_DOCUMENT,
        kinds.API_UNCERTAIN,
        kinds.ROW_NEGATIVE_NET,
        kinds.ROW_CALCULATION_FAILED,
    )
)
"""What only the answer to a write can say: a plan that is silent about it proves nothing."""

_Mark = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Problems of two reports. `untold` will be known only once the rows are sent."""

    fixed: tuple[Problem, ...] = ()
    still_open: tuple[Problem, ...] = ()
    new: tuple[Problem, ...] = ()
    untold: tuple[Problem, ...] = ()


def compare_problems(before: FileReport, after: FileReport) -> Difference:
    """Problems by sheet, code, header and the row's key, so that a row may move.

    A row without a key is known by its number.
    """
    earlier, later = tuple(_marked(before)), tuple(_marked(after))
    left = Counter(mark for mark, _ in earlier)
    still_open, new = [], []
    for mark, problem in later:
        if left[mark] > 0:
            left[mark] -= 1
            still_open.append(problem)
        else:
            new.append(problem)
    gone = tuple(_take(earlier, left))[::-1]
    is_silent = after.verb != "import"
    untold = tuple(each for each in gone if is_silent and each.code in _TOLD_BY_SENDING)
    return Difference(
        fixed=tuple(each for each in gone if each not in untold),
        still_open=tuple(still_open),
        new=tuple(new),
        untold=untold,
    )


def _marked(report: FileReport) -> Iterator[tuple[_Mark, Problem]]:
    """Every problem once, with what it is known by."""
    keys = {problem: each.key for each in report.outcomes for problem in each.problems}
    for problem in report.all_problems:
        place = problem.place
        row = keys.get(problem) or (str(place.row) if place.row else "")
        yield (place.sheet.casefold(), problem.code, place.header, row.casefold()), problem


def _take(earlier: tuple[tuple[_Mark, Problem], ...], left: Counter[_Mark]) -> Iterator[Problem]:
    """The earlier problems that have no match; of several alike the last ones."""
    for mark, problem in reversed(earlier):
        if left[mark] > 0:
            left[mark] -= 1
            yield problem
