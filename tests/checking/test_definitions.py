"""The cells that only the account explains: found by id or name, read, and all told in one pass."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from importer.declare.column import Kind
from importer.declare.definition import Defined
from importer.model.problem import Problem
from importer.model.record import Amount
from tests.checking.bench import listed
from tests.checking.diesel_log import DIESEL, GOOD, LOG, fill, point, read


def only(rows: str, defined: Defined = DIESEL) -> Problem:
    """The one problem of these rows beside the good ones, which begin in row 2."""
    _, (problem,) = read(GOOD + rows.strip("\n"), defined)
    return problem


def test_values_of_every_kind() -> None:
    found, problems = read(
        GOOD
        + """
        DIESEL-10 | Bio share | 7 %                |
        DIESEL-10 | Read at   | 2026-11-01 08:15   |
        DIESEL-10 | Estimated | no                 |
        DIESEL-10 | Fuel      | HVO                |
        """.strip()
    )
    assert problems == []
    assert found == {
        "dpc_1": Amount(number=2140, unit="l"),
        "dpc_2": 0.07,
        "dpc_3": "4471",
        "dpc_4": datetime(2026, 11, 1, 7, 15, tzinfo=UTC),
        "dpc_5": False,
        "dpc_7": "HVO",
    }


def test_the_cells_of_values_and_of_units_are_known() -> None:
    record, _ = fill(GOOD)
    assert {inner: place.cell for inner, place in record.defined_places.items()} == {
        "dpc_1": "C2",
        "dpc_3": "C3",
    }
    assert {inner: place.cell for inner, place in record.defined_units.items()} == {
        "dpc_1": "D2",
        "dpc_3": "D3",
    }


def test_a_moment_without_a_zone_of_its_own_is_in_that_of_the_target() -> None:
    refuelled = Defined(fields=(point(1, "Refuelled at", Kind.MOMENT),))
    record, _ = fill("DIESEL-10 | Refuelled at | 2026-11-01 08:15 |", refuelled, zone="Asia/Tokyo")
    assert record.defined == {"dpc_1": datetime(2026, 10, 31, 23, 15, tzinfo=UTC)}


def test_a_detail_that_explains_itself_is_passed_over() -> None:
    values = LOG.details[0]
    notes = replace(values, sheet=replace(values.sheet, name="Notes"), value="", unit="")
    record, problems = fill(GOOD, log=replace(LOG, details=(notes, values)))
    assert problems == ()
    assert set(record.defined) == {"dpc_1", "dpc_3"}


@pytest.mark.parametrize("name", ["dpc_2", "Bio share", "bio  SHARE", "DPC_2"])
def test_a_data_point_by_id_or_name(name: str) -> None:
    found, problems = read(f"{GOOD}DIESEL-10 | {name} | 0.2 |")
    assert problems == []
    assert found["dpc_2"] == 0.2


def test_a_data_point_that_is_not_there_names_the_nearest() -> None:
    problem = only("DIESEL-10 | Invoice numer | 7 |")
    assert listed([problem]) == ["REF_UNKNOWN_NAME Emission log values!B4"]
    assert problem.found == "“Invoice numer”, which “Diesel” does not have"
    assert problem.expected.startswith("one of “Volume”, “Bio share”, “Invoice number”, ")
    assert "Grid factor" not in problem.expected
    assert "Photo" not in problem.expected
    assert problem.remedy == "Did you mean “Invoice number”?"


def test_a_data_point_like_no_other_may_be_a_row_too_many() -> None:
    problem = only("DIESEL-10 | Weather | fine |")
    assert problem.remedy == "Correct the data point, or delete the row."


def test_a_definition_without_data_points_takes_no_row() -> None:
    _, (problem,) = read("DIESEL-10 | Volume | 7 | l", Defined(fields=()))
    assert problem.code == "REF_UNKNOWN_NAME"
    assert problem.expected == "no row for “Diesel”"


def test_a_name_that_two_data_points_have_asks_for_the_id() -> None:
    problem = only("DIESEL-10 | Tank | 7 |")
    assert listed([problem]) == ["REF_SEVERAL Emission log values!B4"]
    assert problem.found == "“Tank”, which “Diesel” has 2 times"
    assert problem.expected == "one of “dpc_8”, “dpc_9”"
    assert problem.remedy == "Write the id instead of the name."


def test_a_data_point_that_is_defined_twice_with_one_id_cannot_be_meant() -> None:
    twice = Defined(fields=(point(8, "Tank", Kind.NUMBER), point(8, "Tank", Kind.NUMBER)))
    _, (problem,) = fill("DIESEL-10 | dpc_8 | 7 |", twice)
    assert listed([problem]) == ["REF_SEVERAL Emission log values!B2"]
    assert problem.found == "“dpc_8”, which “Diesel” has 2 times"


def test_the_id_tells_two_of_one_name_apart() -> None:
    found, problems = read(f"{GOOD}DIESEL-10 | dpc_8 | 7 |\nDIESEL-10 | dpc_9 | 8 |")
    assert problems == []
    assert (found["dpc_8"], found["dpc_9"]) == (7, 8)


def test_a_computed_data_point_takes_no_value() -> None:
    problem = only("DIESEL-10 | Grid factor | 7 |")
    assert listed([problem]) == ["REF_COMPUTED Emission log values!B4"]
    assert problem.found == "“Grid factor”, which the service fills in itself"


def test_one_data_point_under_two_spellings_is_a_problem_on_both() -> None:
    _, problems = read(f"{GOOD}DIESEL-10 | Estimated | yes |\nDIESEL-10 | dpc_5 | no |")
    assert listed(problems) == [
        "KEY_DETAIL_TWICE Emission log values!B4",
        "KEY_DETAIL_TWICE Emission log values!B5",
    ]
    assert [each.found for each in problems] == [
        "“Estimated”, which stands in row 5, too",
        "“dpc_5”, which stands in row 4, too",
    ]


def test_a_kind_of_value_that_is_not_sent_yet_asks_for_its_row_to_go() -> None:
    problem = only("DIESEL-10 | Photo | photo.jpg |")
    assert listed([problem]) == ["CELL_NOT_YET Emission log values!B4"]
    assert problem.found == "a row for “Photo”, a kind of value that this version does not send"
    assert problem.remedy == "Delete the row, and enter the value on the service's own page."


UNITS = {
    "unknown": ("Volume | 2140 | gallons", "the unit “gallons”", "one of the units l, m3"),
    "missing": ("Volume | 2140 | ", "a number without a unit", "one of the units l, m3"),
    "not wanted": ("Bio share | 0.2 | %", "the unit “%”", "no unit: “Bio share” is a percentage"),
}


@pytest.mark.parametrize(("row", "found", "expected"), UNITS.values(), ids=list(UNITS))
def test_a_unit_that_does_not_fit_stands_at_its_own_cell(
    row: str, found: str, expected: str
) -> None:
    _, (problem,) = read(f"DIESEL-10 | {row}", stored=["dpc_1", "dpc_3"])
    assert listed([problem]) == ["CELL_UNIT Emission log values!D2"]
    assert (problem.found, problem.expected) == (found, expected)


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("Volume | much | gallons", ["CELL_NOT_A_NUMBER C2", "CELL_UNIT D2"]),
        ("Bio share | much | %", ["CELL_NOT_A_NUMBER C2", "CELL_UNIT D2"]),
        ("Volume | 7 % | gallons", ["CELL_AMBIGUOUS C2", "CELL_UNIT D2"]),
    ],
)
def test_neither_the_value_nor_its_unit_hides_the_other(row: str, codes: list[str]) -> None:
    _, problems = read(f"DIESEL-10 | {row}", stored=["dpc_1", "dpc_3"])
    assert listed(problems) == [each.replace(" ", " Emission log values!") for each in codes]


def test_all_problems_of_a_record_are_told_in_one_pass() -> None:
    _, problems = read(
        """
        DIESEL-10 | Volume      | -1               | gallons
        DIESEL-10 | Bio share   | much             | %
        DIESEL-10 | Read at     | 2026-10-25 02:30 |
        DIESEL-10 | Estimated   | perhaps          |
        DIESEL-10 | Grid factor | 7                |
        DIESEL-10 | Fuel        | petrol           |
        DIESEL-10 | Tank        | 8                |
        DIESEL-10 | Weather     | fine             |
        DIESEL-10 | Photo       | photo.jpg        |
        """.strip()
    )
    assert listed(problems) == [
        "CELL_AMBIGUOUS Emission log values!C4",
        "CELL_CHOICE Emission log values!C7",
        "CELL_NOT_A_NUMBER Emission log values!C3",
        "CELL_NOT_YES_OR_NO Emission log values!C5",
        "CELL_NOT_YET Emission log values!B10",
        "CELL_UNIT Emission log values!D2",
        "CELL_UNIT Emission log values!D3",
        "REF_COMPUTED Emission log values!B6",
        "REF_INCOMPLETE Emission logs!B2",
        "REF_SEVERAL Emission log values!B8",
        "REF_UNKNOWN_NAME Emission log values!B9",
    ]


def test_a_word_that_clears_clears_no_value_of_a_definition() -> None:
    _, problems = read("DIESEL-10 | Estimated | (clear) |", stored=["dpc_1", "dpc_3"])
    assert listed(problems) == ["CELL_NOT_CLEARABLE Emission log values!C2"]


def test_spaces_around_a_value_are_told_as_for_any_cell() -> None:
    found, problems = read('DIESEL-10 | Fuel | "HVO " |', stored=["dpc_1", "dpc_3"])
    assert found == {"dpc_7": "HVO"}
    assert listed(problems) == ["CELL_TRIMMED Emission log values!C2"]
