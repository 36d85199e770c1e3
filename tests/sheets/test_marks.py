"""Marks and notes: on the cells that have a problem, ours alone, and off again."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from importer.model.outcome import Status
from importer.model.place import Place
from importer.model.problem_kinds import HEADER_NEAR, SHEET_MERGED_CELLS
from importer.sheets.results.ranges import compact
from tests.sheets.builder import change, write_workbook
from tests.sheets.runs import annotate, not_a_number, outcome, report, trimmed

MONTH = "Loads\nLoad* | Weight*\n" + "\n".join(f"L-{row} | x" for row in range(2, 9))


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "month.xlsx", MONTH)


def rules(path: Path) -> list[tuple[str, Any]]:
    formats = load_workbook(path)["Loads"].conditional_formatting
    return [(str(each.sqref), rule) for each in formats for rule in each.rules]


def marks(path: Path) -> list[tuple[str, Any]]:
    """Our rules, but for those of the status column."""
    return [(where, rule) for where, rule in rules(path) if rule.formula == ['N("importer")=0']]


def test_cells_with_errors_are_marked_in_one_go(month: Path) -> None:
    run = report(outcome(row, Status.INVALID, not_a_number(row)) for row in (2, 3, 4, 7))
    ((where, rule),) = marks(annotate(month, run))
    assert where == "B2:B4 B7"
    assert rule.dxf.font.b
    assert rule.dxf.border.left.style == "thin"


def test_warnings_look_different_in_more_than_colour(month: Path) -> None:
    run = report(
        [outcome(2, Status.INVALID, not_a_number(2)), outcome(3, Status.CREATED, trimmed(3))]
    )
    (first, error), (second, warning) = marks(annotate(month, run))
    assert (first, second) == ("B2", "A3")
    assert error.dxf.font.b
    assert not warning.dxf.font.b
    assert warning.dxf.font.i
    assert error.dxf.border.left.style != warning.dxf.border.left.style


def test_a_cell_with_both_is_an_error(month: Path) -> None:
    run = report([outcome(2, Status.INVALID, trimmed(2), not_a_number(2, column=1))])
    assert [where for where, _ in marks(annotate(month, run))] == ["A2"]


def test_problems_of_header_and_sheet_mark_their_cells_too(month: Path) -> None:
    place = Place(sheet="Loads", row=1, column=2, header="Weight*")
    problems = [
        HEADER_NEAR.at(place, found="x"),
        SHEET_MERGED_CELLS.at(Place(sheet="Loads", row=5, column=1), found="x"),
        HEADER_NEAR.at(Place(sheet="Elsewhere", row=1, column=1), found="x"),
        HEADER_NEAR.at(Place(sheet="Loads", row=6), found="a row, which is no cell"),
    ]
    ((where, _),) = marks(annotate(month, report([outcome(2)], problems)))
    assert where == "A5 B1"


def test_each_kind_of_status_has_its_look(month: Path) -> None:
    run = report([outcome(2), outcome(4, Status.INVALID), outcome(5, Status.CONFLICT), outcome(6)])
    found = [
        (where, rule) for where, rule in rules(annotate(month, run)) if "OR(" in rule.formula[0]
    ]
    assert {where for where, _ in found} == {"C2 C4:C6"}
    formulas = " ".join(rule.formula[0] for _, rule in found)
    assert all(f'$C2="{status.value}"' in formulas for status in Status)
    assert len({rule.dxf.fill.bgColor.rgb for _, rule in found}) == 3


def test_marks_come_off_and_the_users_rules_stay_in_their_order(month: Path) -> None:
    def add(workbook: Workbook) -> None:
        for limit in ("10", "20"):
            rule = CellIsRule("greaterThan", [limit], fill=PatternFill(bgColor="FF0000"))
            workbook["Loads"].conditional_formatting.add("B2:B99", rule)

    change(month, add)
    written = annotate(month, report([outcome(2, Status.INVALID, not_a_number(2))]))
    for _ in range(3):
        written = annotate(written, report([outcome(3, Status.INVALID, not_a_number(3))]))
    found = sorted(rules(written), key=lambda pair: pair[1].priority)
    assert [where for where, _ in marks(written)] == ["B3"]
    assert [rule.formula for _, rule in found[-2:]] == [["10"], ["20"]]
    assert [rule.priority for _, rule in found] == list(range(1, len(found) + 1))
    bare = annotate(written, report())
    assert [rule.formula for _, rule in rules(bare)] == [["10"], ["20"]]


def test_a_note_says_what_is_wrong_where_none_is(month: Path) -> None:
    run = report(
        [outcome(2, Status.INVALID, not_a_number(2)), outcome(3, Status.CREATED, trimmed(3))]
    )
    page = load_workbook(annotate(month, run))["Loads"]
    assert page["B2"].comment.author == "importer"
    assert page["B2"].comment.text.startswith("To mend\nFound “heavy”.\nExpected a number")
    assert page["A3"].comment.text.startswith("Please note\nFound a space.")


def test_a_note_of_the_users_is_left_alone(month: Path) -> None:
    change(month, lambda book: setattr(book["Loads"]["B2"], "comment", Comment("mine", "Maria")))
    written = annotate(month, report([outcome(2, Status.INVALID, not_a_number(2))]))
    for path in (written, annotate(written, report())):
        note = load_workbook(path)["Loads"]["B2"].comment
        assert (note.text, note.author) == ("mine", "Maria")


def test_notes_of_ours_come_off(month: Path) -> None:
    written = annotate(month, report([outcome(2, Status.INVALID, not_a_number(2))]))
    page = load_workbook(annotate(written, report([outcome(2)])))["Loads"]
    assert not any(cell.comment for row in page.rows for cell in row)


def test_a_long_note_is_cut_and_still_comes_off(month: Path) -> None:
    problems = [not_a_number(2, found=f"value {number}") for number in range(200)]
    written = annotate(month, report([outcome(2, Status.INVALID, *problems)]))
    assert len(load_workbook(written)["Loads"]["B2"].comment.text) < 4_000
    assert load_workbook(annotate(written, report()))["Loads"]["B2"].comment is None


def test_notes_come_off_where_a_program_dropped_their_author(month: Path) -> None:
    written = annotate(month, report([outcome(2, Status.INVALID, not_a_number(2))]))
    change(written, lambda book: setattr(book["Loads"]["B2"].comment, "author", " "))
    assert load_workbook(annotate(written, report()))["Loads"]["B2"].comment is None


def test_a_mark_inside_of_merged_cells_is_no_trouble(month: Path) -> None:
    change(month, lambda book: book["Loads"].merge_cells("A6:B7"))
    run = report([outcome(7, Status.INVALID, not_a_number(7))])
    assert [where for where, _ in marks(annotate(month, run))] == ["B7"]


def test_no_cell_style_is_touched(month: Path) -> None:
    run = report([outcome(2, Status.INVALID, not_a_number(2))])
    cell = load_workbook(annotate(month, run))["Loads"]["B2"]
    assert cell.style_id == load_workbook(month)["Loads"]["B2"].style_id


@pytest.mark.parametrize(
    ("spots", "names"),
    [
        ([], []),
        ([(3, 5)], ["C5"]),
        ([(3, 6), (3, 5), (3, 7), (4, 8), (3, 9), (3, 5)], ["C5:C7", "C9", "D8"]),
    ],
)
def test_ranges(spots: list[tuple[int, int]], names: list[str]) -> None:
    assert compact(spots) == names
