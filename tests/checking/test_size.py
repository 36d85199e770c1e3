"""A large workbook takes no longer per row than a small one, and none of its mistakes is lost."""

import time
from collections.abc import Callable

import pytest

from importer.checking.workbook import check_tables
from importer.model.table import RawValue, Row, Table
from importer.resources.catalog import CATALOG
from tests.checking.bench import NOW, check, keys, listed, make_cell

pytestmark = pytest.mark.slow

ROWS = 4_000
SECONDS = 6.0
"""Of the processor, for work that takes half a second; what was quadratic took eight and more."""

Cells = dict[str, RawValue]


def point(number: int, **other: RawValue) -> Cells:
    right: Cells = {
        "External ID": f"D-{number}",
        "Name": f"Mass {number}",
        "Type": "reported",
        "Value": 12.5,
        "Unit": "kg",
        "Standard deviation": 0.5,
        "Measured at": "2026-10-03 07:00",
        "Sources": "",
        "Description": "weighed",
        "Uncertainty justification": "scale",
    }
    return right | other


def entry(number: int) -> Cells:
    return {
        "External ID": f"D-{number}",
        "Template": "Batch",
        "Started on": "2026-10-15",
        "Completed on": "2026-10-01",
    }


def lost_input(number: int) -> Cells:
    return {"Entry": f"X-{number}", "Component": "Kiln", "Input": "mass", "Datapoints": "D-1"}


def table(title: str, row: Callable[[int], Cells]) -> Table:
    rows = [row(number) for number in range(ROWS)]
    return Table(
        sheet=title,
        title=title,
        columns={header: number for number, header in enumerate(rows[0], start=1)},
        rows=tuple(
            Row(number=number, cells={header: make_cell(value) for header, value in row.items()})
            for number, row in enumerate(rows, start=2)
        ),
    )


def points(**other: RawValue) -> list[Table]:
    return [table("Datapoints", lambda number: point(number, **other))]


LARGE: dict[str, tuple[Callable[[], list[Table]], int]] = {
    "bad limits": (lambda: points(Type="X", **{"Standard deviation": -1}), 2 * ROWS),
    "one id": (lambda: points(**{"External ID": "D"}), ROWS),
    "pairs of ids": (lambda: [table("Datapoints", lambda n: point(n // 2))], ROWS),
    "ids of another sheet, and a rule": (
        lambda: [table("Datapoints", point), table("Entries", entry)],
        3 * ROWS,
    ),
    "inputs of no entry": (
        lambda: [table("Entries", entry), table("Entry inputs", lost_input)],
        2 * ROWS,
    ),
}


@pytest.mark.parametrize(("build", "problems"), LARGE.values(), ids=list(LARGE))
def test_time_grows_with_the_rows(build: Callable[[], list[Table]], problems: int) -> None:
    tables = build()
    started = time.process_time()
    checked = check_tables(tables, CATALOG, found=(), zone="Europe/Stockholm", now=NOW)
    assert time.process_time() - started < SECONDS
    assert len(checked.problems) == problems
    assert max((len(problem.text) for problem in checked.problems), default=0) < 400


GOOD = "| Mass | REPORTED | 12.5 | weighed"
MISTAKES = {
    "much": "CELL_NOT_A_NUMBER",
    "": "CELL_REQUIRED",
    '"1.234"': "CELL_AMBIGUOUS",
}


@pytest.mark.parametrize(("cell", "code"), MISTAKES.items())
def test_505_mistakes_are_505_problems(cell: str, code: str) -> None:
    rows = [f"D-{number} {GOOD.replace('12.5', cell)}" for number in range(505)]
    header = "Datapoints\nExternal ID | Name | Type | Value | Description"
    checked = check("\n".join([header, *rows, f"D-505 {GOOD}"]))
    assert listed(checked.problems) == sorted(f"{code} Datapoints!D{n}" for n in range(2, 507))
    assert keys(checked) == ["D-505"]
