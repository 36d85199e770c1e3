"""The limits that definitions set, and the values that they ask for."""

from dataclasses import replace

import pytest

from importer.checking.completeness import DefinedRecord, find_defined_violations
from importer.checking.definitions import DefinedReader
from importer.declare.column import Kind
from importer.declare.definition import Defined
from importer.resources.catalog import CATALOG
from tests.checking.bench import NOW, check, listed
from tests.checking.diesel_log import BOOK, DIESEL, GOOD, LOG, point, read

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


@pytest.mark.parametrize(
    ("volume", "unit", "is_within"),
    [
        (5000, "l", True),
        (5001, "l", False),
        (5, "m3", True),
        (5.001, "m3", False),
        (9000, "m3", False),
        (1000, "US gallon", True),
        (2000, "US gallon", False),
    ],
)
def test_a_bound_holds_for_amounts_in_other_units(
    volume: float, unit: str, is_within: bool
) -> None:
    _, problems = read(f"DIESEL-10 | Volume | {volume} | {unit}", stored=["dpc_3"])
    found = [each for each in listed(problems) if "CONVERTED" not in each]
    assert found == ([] if is_within else ["CELL_RANGE Emission log values!C2"])


def test_a_bound_that_cannot_be_converted_binds_nothing() -> None:
    odd = Defined(fields=(point(1, "Volume", Kind.AMOUNT, units=("barrel",), at_most=1,
                                bound_unit="l"),))  # fmt: skip
    assert read("DIESEL-10 | Volume | 9000 | barrel", odd)[1] == []


def test_bounds_in_two_units_both_hold() -> None:
    chips = Defined(fields=(point(1, "Chips", Kind.AMOUNT, units=("kg", "t"), at_least=100,
                                  bound_unit="kg", at_most=9, most_unit="t"),))  # fmt: skip
    assert read("DIESEL-10 | Chips | 8999 | kg", chips)[1] == []
    for amount in ("99 | kg", "0.0999 | t", "9001 | kg", "10 | t"):
        _, (problem,) = read(f"DIESEL-10 | Chips | {amount}", chips)
        assert problem.code == "CELL_RANGE"
        assert problem.expected == "a number from 100 kg to 9 t"


def test_the_bounds_of_a_duration_are_shown_as_people_write_them() -> None:
    idle = Defined(fields=(point(1, "Idle", Kind.DURATION, at_most=5_400_000),))
    assert read("DIESEL-10 | Idle | 1:30 |", idle)[1] == []
    _, (problem,) = read("DIESEL-10 | Idle | 1:31 |", idle)
    assert (problem.code, problem.found) == ("CELL_RANGE", "“1:31”")
    assert problem.expected == "a duration of at most 1:30 (hours:minutes)"


def test_of_several_texts_those_that_are_no_choice_are_named() -> None:
    tags = Defined(fields=(point(1, "Tags", Kind.TEXTS, choices=("wind", "solar")),))
    assert read("DIESEL-10 | Tags | Solar; WIND |", tags)[1] == []
    _, (problem,) = read("DIESEL-10 | Tags | wind; coal; gas |", tags)
    assert (problem.code, problem.found) == ("CELL_CHOICE", "“coal”, “gas”")


def test_a_choice_and_a_length_of_the_definition() -> None:
    _, problems = read(
        "DIESEL-10 | Fuel | petrol |\nDIESEL-10 | Invoice number | 123456789 |", stored=["dpc_1"]
    )
    assert listed(problems) == [
        "CELL_CHOICE Emission log values!C2",
        "CELL_LENGTH Emission log values!C3",
    ]
    assert problems[0].expected == "one of B7, HVO"


def test_a_moment_of_the_definition_that_is_still_to_come() -> None:
    read_at = Defined(fields=(point(4, "Read at", Kind.MOMENT, not_in_future=True),))
    _, (problem,) = read("DIESEL-10 | Read at | 2026-11-15 12:01 |", read_at)
    assert listed([problem]) == ["ROW_FUTURE Emission log values!C2"]
    assert read("DIESEL-10 | Read at | 2026-11-15 12:00 |", read_at)[1] == []


def test_a_mandatory_value_that_is_not_sent_asks_for_no_row() -> None:
    grease = Defined(fields=(point(1, "Grease", Kind.DEFINED, available=False, required=True,
                                   because="a material that cannot be looked up"),))  # fmt: skip
    _, (problem,) = read("", grease)
    assert problem.found == "no value for “Grease”, a material that cannot be looked up"
    assert "row for it" not in problem.expected
    assert problem.remedy.startswith("Enter “DIESEL-10” on the service's own page")


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
    assert (
        problems[0].expected
        == "a row for it on the sheet Emission log values, or a value in a column of that name"
    )
    assert problems[0].remedy == "Add a row for “DIESEL-10” on that sheet, or fill in the column."


def test_a_mandatory_value_that_the_service_holds_is_not_missing() -> None:
    _, problems = read("DIESEL-10 | Estimated | no |", stored=["dpc_1", "dpc_3"])
    assert problems == []


def test_a_mandatory_value_that_cannot_be_read_is_not_missing_too() -> None:
    _, problems = read("DIESEL-10 | Volume | much | l\nDIESEL-10 | Invoice number | 4471 |")
    assert listed(problems) == ["CELL_NOT_A_NUMBER Emission log values!C2"]


def test_a_mandatory_value_that_is_not_sent_yet_leads_to_the_service() -> None:
    photo = Defined(fields=(point(1, "Photo", Kind.DEFINED, available=False, required=True),))
    _, (problem,) = read("", photo)
    assert listed([problem]) == ["REF_INCOMPLETE Emission logs!B2"]
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
    filled, problems = DefinedReader(log, DIESEL, "UTC").read(record)
    assert (filled.defined, problems) == ({}, ())
    each = DefinedRecord(resource=log, record=filled, defined=DIESEL, stored=["dpc_3"])
    (missing,) = find_defined_violations([each], now=NOW)
    assert missing.found == "no value for “Volume”"


def test_records_of_one_definition_are_checked_each_for_itself() -> None:
    checked = check(
        BOOK.replace("\n\nEm", "\nDIESEL-11 | Diesel | NB-YARD | 2026-11-01 | 2026-11-30\n\nEm", 1)
        + GOOD.strip("\n")
        + "\nDIESEL-11 | Volume | -1 | l"
    )
    filled = [DefinedReader(LOG, DIESEL, "UTC").read(record)[0] for record in checked.records]
    each = [DefinedRecord(resource=LOG, record=record, defined=DIESEL) for record in filled]
    assert listed(find_defined_violations(each, now=NOW)) == [
        "CELL_RANGE Emission log values!C4",
        "REF_INCOMPLETE Emission logs!B3",
    ]
