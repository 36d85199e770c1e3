"""What a service is documented to refuse, as lines of a table: what is typed, and the problem.

A block of a table begins with where the refusals are documented: a page; *observed*, as integrators
saw them; or *not published*, and handled the careful way all the same. Then each line has

    what is refused | cells | what is typed into them | the problem | what its text has in it

The cells are those of a good workbook, `A2:A14` all from one to the other. `(blank)` empties a
cell, and `(101 letters)` stands for so many of them. A problem stands at the first of the cells
where it names no other.
"""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl.utils import column_index_from_string

from importer.model.problem import Problem, Severity
from importer.model.report import FileReport
from support.desk import WRITES, Desk
from support.plant import CellValue, Month
from support.tables import read_value
from tests.flows.months import save

OBSERVED = "observed"
NOT_PUBLISHED = "not published"


@dataclass(frozen=True, slots=True)
class Line:
    """One refusal.

    typed: values by cell, such as `{"Datapoints!B2": None}`.
    problem: code and cell; several are parted by commas, in the order of the alphabet.
    says: what the text of the first one has in it.
    also: what else the workbook is, where cells do not say it.
    """

    refusal: str
    source: str
    typed: Mapping[str, CellValue]
    problem: str
    says: str
    also: Callable[[Month], object] | None = None


def read_lines(text: str) -> list[Line]:
    """The lines of a table."""
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        source, *rows = block.splitlines()
        found += [_read_line(source.strip(), row) for row in rows]
    return found


def _read_line(source: str, row: str) -> Line:
    refusal, cells, value, problem, says = (each.strip() for each in row.split("|"))
    places = spread(*cells.split(", "))
    return Line(
        refusal=refusal,
        source=source,
        typed=dict.fromkeys(places, _read_cell(value)),
        problem=problem if "!" in problem else f"{problem} {places[0]}",
        says=says,
    )


def spread(*cells: str) -> list[str]:
    """Cells, and those of ranges in one column, one by one."""
    found = []
    for each in cells:
        sheet, ends = each.split("!")
        first, *last = ends.split(":")
        rows = [int(re.sub("[A-Z]", "", end)) for end in (first, *last)]
        letters = re.sub(r"\d", "", first)
        found += [f"{sheet}!{letters}{row}" for row in range(rows[0], rows[-1] + 1)]
    return found


def _read_cell(text: str) -> CellValue:
    if text == "(blank)":
        return None
    return read_value(re.sub(r"\((\d+) letters\)", lambda found: "x" * int(found[1]), text))


def each_of(*lines: Line) -> pytest.MarkDecorator:
    """One test for each line of a table."""
    names = [each.refusal for each in lines]
    assert len(set(names)) == len(names)
    return pytest.mark.parametrize("line", lines, ids=names)


def fill_in(desk: Desk, month: Month, line: Line) -> Path:
    """The line's workbook: the good one with what the line types into it."""
    changed = deepcopy(month)
    for place, value in line.typed.items():
        sheet, cell = place.split("!")
        letters, number = re.findall(r"[A-Z]+|\d+", cell)
        table, row = changed[sheet], int(number) - 2
        headers = list(dict.fromkeys(header for each in table for header in each))
        table += [{} for _ in range(row + 1 - len(table))]
        table[row][headers[column_index_from_string(letters) - 1]] = value
    if line.also:
        line.also(changed)
    return save(desk, changed, "line.xlsx")


def find_out(desk: Desk, path: Path) -> FileReport:
    """What the check tells without asking a service, else what the plan does."""
    checked = desk.report_check(path)
    return checked if _errors(checked) else desk.plan(path)


def assert_told(report: FileReport, line: Line) -> None:
    """Exactly that problem stands at exactly that cell, and says what is wrong and what to do."""
    problems = sorted(_errors(report), key=_name)
    assert ", ".join(_name(each) for each in problems) == line.problem, problems
    assert line.says in problems[0].text
    assert all(each.found and each.expected and each.remedy for each in problems)


def _errors(report: FileReport) -> list[Problem]:
    return [each for each in report.all_problems if each.severity is Severity.ERROR]


def _name(problem: Problem) -> str:
    place = problem.place
    return f"{problem.code} {place.sheet}!{place.cell or place.row}"


def list_refused(desk: Desk, after: int) -> list[bool]:
    """For each write behind the first ones, whether the sandbox refused it."""
    writes = [
        each
        for each in desk.twin.store.requests()
        if each.method in WRITES and each.service != "token"
    ]
    return [(each.status or 0) >= 400 for each in writes[after:]]
