"""Problems grouped by their cause, their cells in few words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.model import problem_kinds as kinds
from importer.model.cause import group_by_cause, list_places
from importer.model.place import Place
from importer.model.problem import Problem, ProblemKind


def at(cell: str) -> Place:
    """`Datapoints!C5` a cell, `Datapoints!5` a row, `Datapoints` a sheet, empty the workbook."""
    sheet, _, name = cell.partition("!")
    letters, row = re.fullmatch(r"([A-Z]?)(\d*)", name).groups()  # type: ignore[union-attr]  # it always fits
    column = ord(letters) - 64 if letters else 0
    return Place(sheet=sheet, row=int(row or 0), column=column)


PLACES = {
    "one": ("D!C5", "D!C5"),
    "a run": ("D!C5 D!C6 D!C7", "D!C5:C7"),
    "a run of two": ("D!C5 D!C6", "D!C5:C6"),
    "a run and another": ("D!C5 D!C6 D!C90", "D!C5:C6, C90"),
    "in any order": ("D!C90 D!C6 D!C5", "D!C5:C6, C90"),
    "twice": ("D!C5 D!C5 D!C6", "D!C5:C6"),
    "two columns": ("D!C5 D!E5 D!C6", "D!C5:C6, E5"),
    "two sheets": ("D!C5 E!B2 D!C6", "D!C5:C6; E!B2"),
    "a row": ("D!7", "D row 7"),
    "rows": ("D!7 D!8 D!9 D!12", "D rows 7–9, row 12"),
    "rows and cells": ("D!7 D!C5", "D!row 7, C5"),
    "a sheet": ("D", "sheet D"),
    "a sheet and a cell of it": ("D D!C5", "D!C5"),
    "the workbook": ("", "the workbook"),
}


@pytest.mark.parametrize(("cells", "words"), PLACES.values(), ids=PLACES.keys())
def test_places_are_listed_compactly(cells: str, words: str) -> None:
    assert list_places(at(cell) for cell in cells.split() or [""]) == words


def test_no_places_are_no_words() -> None:
    assert list_places([]) == ""


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 30)), max_size=40))
def test_no_cell_is_lost_or_made_up(cells: list[tuple[int, int]]) -> None:
    listed = list_places(Place(sheet="D", row=row, column=column) for column, row in cells)
    found = set()
    for part in listed.removeprefix("D!").split(", ") if listed else []:
        first, _, last = part.partition(":")
        for row in range(int(first[1:]), int((last or first)[1:]) + 1):
            found.add((ord(first[0]) - 64, row))
    assert found == set(cells)


def problem(kind: ProblemKind, cell: str, found: str = "x", expected: str = "") -> Problem:
    return kind.at(at(cell), found=found, expected=expected)


def test_problems_of_one_kind_expectation_and_remedy_are_one_cause() -> None:
    (cause,) = group_by_cause(
        [
            problem(kinds.CELL_CHOICE, "D!C5", "“MEASURED”"),
            problem(kinds.CELL_CHOICE, "D!C6", "“MEASURED”"),
            problem(kinds.CELL_CHOICE, "D!C9", "“GUESSED”"),
        ]
    )
    assert cause.places == "D!C5:C6, C9"
    assert cause.found == "“MEASURED” (and 1 more)"
    assert cause.first.place == at("D!C5")


def test_another_expectation_is_another_cause() -> None:
    causes = group_by_cause(
        [
            problem(kinds.CELL_RANGE, "D!C5", expected="at most 1"),
            problem(kinds.CELL_RANGE, "D!C6", expected="at most 5"),
        ]
    )
    assert [each.places for each in causes] == ["D!C5", "D!C6"]


def dates(*rows: int, column: str = "D") -> list[Problem]:
    """Dates with two readings, each in words of its own."""
    return [
        kinds.CELL_AMBIGUOUS.at(
            at(f"D!{column}{row}"), found=f"date {row}", expected="a date", remedy=f"Type {row}."
        )
        for row in rows
    ]


def test_many_problems_of_a_column_with_words_of_their_own_are_one_cause() -> None:
    (cause,) = group_by_cause(dates(2, 3, 4, 7))
    assert cause.places == "D!D2:D4, D7"
    assert cause.found == "date 2 (and 3 more)"
    assert (cause.expected, cause.remedy) == ("a date", kinds.CELL_AMBIGUOUS.remedy)


def test_a_few_are_told_one_by_one() -> None:
    causes = group_by_cause(dates(2, 3, 4))
    assert [each.remedy for each in causes] == ["Type 2.", "Type 3.", "Type 4."]


def test_columns_are_never_joined() -> None:
    causes = group_by_cause([*dates(2, 3, 4, 5), *dates(12, 13, 14, 15, column="E")])
    assert [each.places for each in causes] == ["D!D2:D5", "D!E12:E15"]


def test_a_frequent_cause_stays_apart_from_scattered_ones() -> None:
    often = [problem(kinds.CELL_UNIT, f"D!E{row}", "the unit “kgs”") for row in range(20, 30)]
    odd = [
        kinds.CELL_UNIT.at(
            at(f"D!E{row}"), found=f"the unit “u{row}”", remedy=f"If m{row} is meant."
        )
        for row in range(2, 8)
    ]
    first, second = group_by_cause([*odd, *often])
    assert (first.places, first.found) == ("D!E20:E29", "the unit “kgs”")
    assert (second.places, second.found) == ("D!E2:E7", "the unit “u2” (and 5 more)")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["b", "a", "a"], "a (and 1 more)"),
        (["a"], "a"),
        (["a", "a"], "a"),
        (["a", "b"], "a (and 1 more)"),
        (["a", "b", "c", "b"], "b (and 2 more)"),
    ],
)
def test_what_was_found_is_told_once_and_the_rest_counted(values: list[str], words: str) -> None:
    (cause,) = group_by_cause(
        problem(kinds.CELL_CHOICE, f"D!C{row}", value) for row, value in enumerate(values, 2)
    )
    assert cause.found == words


def test_errors_come_first_then_what_is_most_frequent_then_what_came_first() -> None:
    causes = group_by_cause(
        [
            *(problem(kinds.CELL_TRIMMED, f"D!A{row}") for row in range(2, 9)),
            problem(kinds.CELL_REQUIRED, "D!B2"),
            problem(kinds.CELL_LENGTH, "D!C2"),
            *(problem(kinds.CELL_CHOICE, f"D!D{row}") for row in range(2, 4)),
        ]
    )
    assert [(each.first.code, each.is_error) for each in causes] == [
        ("CELL_CHOICE", True),
        ("CELL_REQUIRED", True),
        ("CELL_LENGTH", True),
        ("CELL_TRIMMED", False),
    ]


@given(st.lists(st.sampled_from([kinds.CELL_CHOICE, kinds.CELL_TRIMMED, kinds.ROW_ORDER])))
def test_no_problem_is_lost_in_grouping(found: list[ProblemKind]) -> None:
    problems = [problem(kind, f"D!A{row}") for row, kind in enumerate(found, 2)]
    grouped = [each for cause in group_by_cause(problems) for each in cause.problems]
    assert sorted(map(str, grouped)) == sorted(map(str, problems))
