"""What is wrong, cause by cause: where, what was found, what is expected, what to do."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from importer.model.cause import Cause, group_by_cause, list_places
from importer.model.outcome import Outcome, Status
from importer.model.place import Place
from importer.model.report import FileReport
from importer.reporting.folding import fold

MOST = 10
"""How many causes are told where the results workbook has all of them."""

_LONGEST_PLACES = 240


def render_causes(report: FileReport, *, width: int) -> Iterator[str]:
    """The problems of a file, then the rows that stay out for another row's sake.

    Where a results workbook has all of them, the most frequent are enough.
    """
    causes = group_by_cause(report.all_problems)
    most = MOST if report.results else len(causes)
    for cause in causes[:most]:
        yield fold(_name_cause(cause, is_cut=bool(report.results)), width=width, indent=2, hang=4)
        yield fold(f"{cause.remedy} [{cause.first.code}]", width=width, indent=6, hang=0)
    if causes[most:]:
        yield f"  … and {count_others(causes[most:])}, all in the results workbook."
    for reason in list_reasons(report.outcomes):
        yield fold(f"– {reason}", width=width, indent=2, hang=4)


def _name_cause(cause: Cause, *, is_cut: bool) -> str:
    """Where it is, what was found, and what is expected."""
    mark, number = "✗" if cause.is_error else "!", len(cause.problems)
    times = f"{number} × " if number > 1 else ""
    places = cut_places(cause.places) if is_cut else cause.places
    expected = f"; expected {cause.expected}" if cause.expected else ""
    return f"{mark} {times}{places}{_name_header(cause)}: found {cause.found}{expected}."


def _name_header(cause: Cause) -> str:
    header = find_header(cause)
    return f" ({header})" if header else ""


def find_header(cause: Cause) -> str:
    """The column's name, where all places are of one column."""
    headers = {(each.place.sheet, each.place.column, each.place.header) for each in cause.problems}
    (_, column, header) = next(iter(headers))
    return header.rstrip("*") if len(headers) == 1 and column else ""


def cut_places(places: str) -> str:
    """Places, cut behind a whole one where they are so many that nobody reads them."""
    if len(places) <= _LONGEST_PLACES:
        return places
    return places[:_LONGEST_PLACES].rpartition(",")[0] + ", …"


def count_others(causes: Sequence[Cause]) -> str:
    """How many causes are not told one by one."""
    kinds = f"{len(causes)} more kind{'s' if len(causes) > 1 else ''} of problems"
    warnings = sum(not cause.is_error for cause in causes)
    return kinds if not warnings else f"{kinds} ({warnings} of them warnings)"


def list_reasons(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Why rows stay out that have no problem of their own, up to as many as are read."""
    waiting: dict[str, list[Place]] = defaultdict(list)
    for each in outcomes:
        stays_out = each.status in (Status.INVALID, Status.BLOCKED)
        if stays_out and each.message and not each.problems:
            waiting[each.message].append(Place(sheet=each.sheet, row=each.row))
    for message, places in list(waiting.items())[:MOST]:
        yield f"{list_places(places)}: {message}"
    others = sum(len(places) for places in list(waiting.values())[MOST:])
    if others:
        yield f"and {others} more row{'s' if others > 1 else ''} for the sake of others."
