"""A corrected workbook against the last run: fixed, still open, new."""

from dataclasses import replace

from importer.model import problem_kinds as kinds
from importer.model.outcome import Outcome, Status
from importer.reporting.difference import Difference, compare_problems
from tests.reporting.makers import of_file, problem, report, row

EMPTY = problem(row=2)
FUTURE = problem(kinds.ROW_FUTURE, row=3, column=7, header="Measured at")


def bad(number: int, *problems: object) -> Outcome:
    return row(Status.INVALID, number, *problems)  # type: ignore[arg-type] # from a table


def test_a_mended_cell_is_fixed() -> None:
    before = report("import", bad(2, EMPTY), bad(3, FUTURE))
    after = report("plan", row(Status.CREATED, 2), bad(3, FUTURE))
    assert compare_problems(before, after) == Difference(fixed=(EMPTY,), still_open=(FUTURE,))


def test_another_problem_of_the_same_cell_is_new() -> None:
    other = problem(kinds.CELL_NOT_A_NUMBER, row=2)
    difference = compare_problems(report("import", bad(2, EMPTY)), report("plan", bad(2, other)))
    assert difference == Difference(fixed=(EMPTY,), new=(other,))


def test_a_row_that_moved_is_known_by_its_key() -> None:
    moved = problem(row=9)
    below = replace(bad(9, moved), key="D-2")
    difference = compare_problems(report("import", bad(2, EMPTY)), report("plan", below))
    assert difference == Difference(still_open=(moved,))


def test_rows_without_a_key_are_known_by_their_numbers() -> None:
    second, third = problem(row=2), problem(row=3)
    before = report("plan", replace(bad(2, second), key=""), replace(bad(3, third), key=""))
    after = report("plan", replace(bad(3, third), key=""))
    assert compare_problems(before, after) == Difference(fixed=(second,), still_open=(third,))


def test_a_problem_of_the_file() -> None:
    gate = of_file(kinds.FILE_MANY_UPDATES, "changes to 9 of 12 existing records")
    before = report("plan", problems=(gate,))
    assert compare_problems(before, report("plan")).fixed == (gate,)
    assert compare_problems(before, before).still_open == (gate,)


def test_of_several_alike_only_as_many_are_fixed_as_are_gone() -> None:
    first, second = problem(row=2, found="“a”"), problem(row=2, found="“b”")
    before, after = report("plan", bad(2, first, second)), report("plan", bad(2, first))
    assert compare_problems(before, after) == Difference(fixed=(second,), still_open=(first,))


def test_what_only_the_service_can_say_is_not_fixed_by_a_plan() -> None:
    refused = problem(kinds.API_REFUSED, row=2)
    before = report("import", bad(2, refused))
    planned = compare_problems(before, report("plan", row(Status.CREATED, 2)))
    assert planned == Difference(untold=(refused,))
    sent = compare_problems(before, report("import", row(Status.CREATED, 2)))
    assert sent == Difference(fixed=(refused,))
