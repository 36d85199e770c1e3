"""Every kind of column meets every kind of cell: a value, or the problem that fits."""

from datetime import date, datetime, time

import pytest

from importer.declare.column import Kind
from importer.model.table import BLANK_CELL, Cell, CellKind
from tests.checking.bench import make_cell, read

CELLS = {
    "text": make_cell("abc"),
    "number": make_cell(12.5),
    "yes": make_cell(True),
    "day": make_cell(date(2025, 10, 31)),
    "moment": make_cell(datetime(2025, 10, 31, 14, 30)),
    "time": make_cell(time(14, 30)),
    "error": Cell(kind=CellKind.ERROR, value="#REF!"),
    "formula": Cell(kind=CellKind.FORMULA_WITHOUT_VALUE, value="=A1"),
}

EXPECTED = """
kind       | text         | number     | yes        | day        | moment     | time
KEY        | ok           | LOST       | LOST       | LOST       | LOST       | LOST
TEXT       | ok           | ok         | NOT_TEXT   | NOT_TEXT   | NOT_TEXT   | NOT_TEXT
TEXTS      | ok           | ok         | NOT_TEXT   | NOT_TEXT   | NOT_TEXT   | NOT_TEXT
DURATION   | DURATION     | DURATION   | DURATION   | DURATION   | DURATION   | ok
NUMBER     | NUMBER       | ok         | NUMBER     | NUMBER     | NUMBER     | NUMBER
PERCENTAGE | NUMBER       | ok         | NUMBER     | NUMBER     | NUMBER     | NUMBER
AMOUNT     | NUMBER       | ok         | NUMBER     | NUMBER     | NUMBER     | NUMBER
BOOLEAN    | YES_OR_NO    | YES_OR_NO  | ok         | YES_OR_NO  | YES_OR_NO  | YES_OR_NO
DATE       | DATE         | DATE       | DATE       | ok         | DATE       | DATE
MOMENT     | MOMENT       | MOMENT     | MOMENT     | ok         | ok         | MOMENT
CHOICE     | ok           | ok         | NOT_TEXT   | NOT_TEXT   | NOT_TEXT   | NOT_TEXT
REFERENCE  | ok           | LOST       | LOST       | LOST       | LOST       | LOST
REFERENCES | ok           | LOST       | LOST       | LOST       | LOST       | LOST
DEFINED    | NOT_YET      | NOT_YET    | NOT_YET    | NOT_YET    | NOT_YET    | NOT_YET
"""
SHORT = {
    "LOST": "CELL_ID_LOST_DIGITS",
    "NOT_TEXT": "CELL_NOT_TEXT",
    "NUMBER": "CELL_NOT_A_NUMBER",
    "DURATION": "CELL_NOT_A_DURATION",
    "YES_OR_NO": "CELL_NOT_YES_OR_NO",
    "DATE": "CELL_NOT_A_DATE",
    "MOMENT": "CELL_NOT_A_MOMENT",
    "NOT_YET": "CELL_NOT_YET",
}


def _rows() -> list[tuple[Kind, str, str]]:
    header, *rows = [
        [cell.strip() for cell in line.split("|")] for line in EXPECTED.strip().splitlines()
    ]
    return [
        (Kind[row[0]], cell, expected)
        for row in rows
        for cell, expected in zip(header[1:], row[1:], strict=True)
    ]


def test_the_table_names_every_kind() -> None:
    assert {kind for kind, _, _ in _rows()} == set(Kind)


def test_the_cells_are_of_every_kind() -> None:
    assert {cell.kind for cell in CELLS.values()} | {BLANK_CELL.kind} == set(CellKind)


@pytest.mark.parametrize(("kind", "cell", "expected"), _rows())
def test_a_cell_is_a_value_or_the_problem_that_fits(kind: Kind, cell: str, expected: str) -> None:
    value, problems = read(kind, CELLS[cell], units=("kg",))
    codes = [problem.code for problem in problems]
    assert codes == ([] if expected == "ok" else [SHORT[expected]])
    assert (value is None) == (expected != "ok")


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("cell", "code", "found"),
    [
        ("error", "CELL_ERROR_VALUE", "the error #REF!"),
        ("formula", "CELL_FORMULA_WITHOUT_VALUE", "a formula without a saved result"),
    ],
)
def test_what_the_spreadsheet_program_left_unsaid_is_named_before_anything_else(
    kind: Kind, cell: str, code: str, found: str
) -> None:
    value, (problem,) = read(kind, CELLS[cell])
    assert value is None
    assert (problem.code, problem.found) == (code, found)


def test_a_cell_that_depends_on_the_account_is_shown() -> None:
    _, (problem,) = read(Kind.DEFINED, CELLS["number"])
    assert problem.found == "the number 12.5"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("cell", CELLS)
def test_a_column_that_is_not_sent_yet_takes_nothing(kind: Kind, cell: str) -> None:
    value, (problem,) = read(kind, CELLS[cell], available=False)
    assert value is None
    assert problem.code == "CELL_NOT_YET"
