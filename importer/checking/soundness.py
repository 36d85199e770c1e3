"""Which sheets can be relied on: a sheet that was not read as a whole may hide rows and values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from importer.checking.suggestions import find_meant
from importer.declare.catalog import Catalog
from importer.model.problem import Problem, Severity
from importer.model.table import Table

FIRST_DATA_ROW = 2
_OF_SHEETS = ("SHEET_", "HEADER_")
"""Codes that are about a sheet, even where they name a cell of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundness:
    """What is wrong with sheets as wholes.

    unsound: the declared sheets with an error, each with the title in the user's file of the
        sheet that has it: its own, or one that is nearly called so and that was not read.
    """

    unsound: Mapping[str, str] = field(default_factory=dict)


def judge_sheets(
    catalog: Catalog, tables: Sequence[Table], problems: Iterable[Problem]
) -> Soundness:
    """Find the sheets that an error of reading keeps out."""
    sheet_of = {table.title: table.sheet for table in tables}
    names = [sheet.name for sheet in catalog.sheets]
    unsound: dict[str, str] = {}
    for problem in problems:
        title = problem.place.sheet
        if title and is_of_sheet(problem) and problem.severity is Severity.ERROR:
            unsound.setdefault(sheet_of.get(title) or find_meant(title, names), title)
    return Soundness(unsound=unsound)


def is_of_sheet(problem: Problem) -> bool:
    """Whether a problem is about a sheet as a whole rather than about one of its rows."""
    return problem.code.startswith(_OF_SHEETS) or problem.place.row < FIRST_DATA_ROW


def find_bad_rows(problems: Iterable[Problem]) -> Collection[tuple[str, int]]:
    """Rows with an error at them, by the title of the sheet in the user's file."""
    return {
        (problem.place.sheet, problem.place.row)
        for problem in problems
        if problem.severity is Severity.ERROR and problem.place.row >= FIRST_DATA_ROW
    }
