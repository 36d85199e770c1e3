"""The cells that only the account explains: found by id or name, read, and all told in one pass."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from importer.checking.completeness import DefinedRecord, find_defined_violations
from importer.checking.definitions import read_defined
from importer.declare.column import Column, Kind
from importer.declare.definition import Defined, DefinedField
from importer.model.problem import Problem
from importer.model.record import Amount, Value
from importer.resources.catalog import CATALOG
from tests.checking.bench import NOW, check, listed

LOG = CATALOG.resource("emission-log")


def point(number: int, name: str, kind: Kind, **column: object) -> DefinedField:
    return DefinedField(
        inner=f"dpc_{number}",
        spellings=((f"dpc_{number}", name),),
        column=Column(header=name, kind=kind, **column),  # type: ignore[arg-type]
        computed=name == "Grid factor",
    )


DIESEL = Defined(
    fields=(
        point(1, "Volume", Kind.AMOUNT, units=("l", "m3"), required=True, at_least=0, at_most=5000,
              bound_unit="l"),
        point(2, "Bio share", Kind.PERCENTAGE, at_least=0, at_most=0.3),
        point(3, "Invoice number", Kind.TEXT, required=True, longest=8),
        point(4, "Read at", Kind.MOMENT, zone="Europe/Stockholm"),
        point(5, "Estimated", Kind.BOOLEAN),
        point(6, "Grid factor", Kind.NUMBER),
        point(7, "Fuel", Kind.TEXT, choices=("B7", "HVO")),
        point(8, "Tank", Kind.NUMBER),
        point(9, "Tank", Kind.NUMBER),
        point(10, "Photo", Kind.DEFINED, available=False),
    )
)  # fmt: skip

BOOK = """
Emission logs
External ID | Config | Site    | Period start | Period end
DIESEL-10   | Diesel | NB-YARD | 2026-10-01   | 2026-10-31

Emission log values
Emission log | Data point | Value | Unit
"""
GOOD = """
DIESEL-10 | Volume         | 2140   | l
DIESEL-10 | Invoice number | 4471   |
"""


def read(
    rows: str, defined: Defined = DIESEL, stored: Collection[str] = ()
) -> tuple[dict[str, Value], list[Problem]]:
    """The values of the one log, and what is wrong with them."""
    checked = check(BOOK + rows.strip("\n"))
    assert checked.problems == ()
    (record,) = checked.records
    filled, problems = read_defined(LOG, record, defined, zone="UTC")
    each = DefinedRecord(resource=LOG, record=filled, defined=defined, stored=stored)
    return dict(filled.defined), [*problems, *find_defined_violations([each], now=NOW)]


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


RANGES = {
    "below": (
        "Volume | -1 | l",
        "“-1 l”",
        "a number from 0 to 5000 l",
    ),
    "above": ("Volume | 5000.5 | L", "“5000.5 l”", "a number from 0 to 5000 l"),
    "share": ("Bio share | 31 % |", "“0.31”", "a share from 0 to 0.3, where 0.5 is 50 %"),
}


@pytest.mark.parametrize(("row", "found", "expected"), RANGES.values(), ids=list(RANGES))
def test_a_value_out_of_its_range(row: str, found: str, expected: str) -> None:
    _, (problem,) = read(f"DIESEL-10 | {row}", stored=["dpc_1", "dpc_3"])
    assert listed([problem]) == ["CELL_RANGE Emission log values!C2"]
    assert (problem.found, problem.expected) == (found, expected)


def test_a_bound_in_another_unit_does_not_bind() -> None:
    found, problems = read("DIESEL-10 | Volume | 9000 | m3", stored=["dpc_3"])
    assert problems == []
    assert found["dpc_1"] == Amount(number=9000, unit="m3")


def test_a_choice_and_a_length_of_the_definition() -> None:
    _, problems = read(
        "DIESEL-10 | Fuel | petrol |\nDIESEL-10 | Invoice number | 123456789 |", stored=["dpc_1"]
    )
    assert listed(problems) == [
        "CELL_CHOICE Emission log values!C2",
        "CELL_LENGTH Emission log values!C3",
    ]
    assert problems[0].expected == "one of B7, HVO"


def test_mandatory_values_that_are_not_there_are_all_named() -> None:
    _, problems = read("DIESEL-10 | Estimated | no |")
    assert listed(problems) == [
        "REF_INCOMPLETE Emission logs!B2",
        "REF_INCOMPLETE Emission logs!B2",
    ]
    assert [each.found for each in problems] == [
        "no value for “Volume”",
        "no value for “Invoice number”",
    ]
    assert problems[0].expected == "a row for it on the sheet Emission log values"
    assert problems[0].remedy == "Add a row for “DIESEL-10” on that sheet."


def test_a_mandatory_value_that_the_service_holds_is_not_missing() -> None:
    _, problems = read("DIESEL-10 | Estimated | no |", stored=["dpc_1", "dpc_3"])
    assert problems == []


def test_a_mandatory_value_that_cannot_be_read_is_not_missing_too() -> None:
    _, problems = read("DIESEL-10 | Volume | much | l\nDIESEL-10 | Invoice number | 4471 |")
    assert listed(problems) == ["CELL_NOT_A_NUMBER Emission log values!C2"]


def test_a_mandatory_value_that_is_not_sent_yet_leads_to_the_service() -> None:
    photo = Defined(fields=(point(1, "Photo", Kind.DEFINED, available=False, required=True),))
    _, (problem,) = read("", photo)
    assert problem.code == "REF_INCOMPLETE"
    assert problem.found == "no value for “Photo”, a kind of value that this version does not send"
    assert problem.remedy == (
        "Enter “DIESEL-10” on the service's own page, and delete its rows here."
    )


def test_a_value_that_may_be_blank_and_is_counts_as_missing() -> None:
    values = LOG.details[0]
    columns = tuple(replace(column, required=False) for column in values.sheet.columns)
    optional = replace(values, sheet=replace(values.sheet, columns=columns))
    log = replace(LOG, details=(optional,))
    catalog = replace(CATALOG, resources=(log,))
    (record,) = check(BOOK + "DIESEL-10 | Volume | | l", catalog).records
    filled, problems = read_defined(log, record, DIESEL, zone="UTC")
    assert (filled.defined, problems) == ({}, ())
    each = DefinedRecord(resource=log, record=filled, defined=DIESEL, stored=["dpc_3"])
    (missing,) = find_defined_violations([each], now=NOW)
    assert missing.found == "no value for “Volume”"


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


def test_records_of_one_definition_are_checked_each_for_itself() -> None:
    checked = check(
        BOOK.replace("\n\nEm", "\nDIESEL-11 | Diesel | NB-YARD | 2026-11-01 | 2026-11-30\n\nEm", 1)
        + GOOD.strip("\n")
        + "\nDIESEL-11 | Volume | -1 | l"
    )
    filled = [read_defined(LOG, record, DIESEL, zone="UTC")[0] for record in checked.records]
    each = [DefinedRecord(resource=LOG, record=record, defined=DIESEL) for record in filled]
    assert listed(find_defined_violations(each, now=NOW)) == [
        "CELL_RANGE Emission log values!C4",
        "REF_INCOMPLETE Emission logs!B3",
    ]
