"""Cells of text, ids and references, words that mean yes or no, choices, and the word (clear)."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from importer.checking.workbook import check_tables
from importer.declare.column import Kind
from importer.model.record import Clear, Reference
from importer.model.table import Cell, RawValue
from importer.resources.catalog import CATALOG
from tests.checking.bench import NOW, listed, make_cell, problem_of, read, read_tables, value_of

IDS: list[tuple[RawValue, str]] = [
    ("NB-1", "NB-1"),
    ("00123", "00123"),
    ("1001.0", "1001.0"),
    ("1e5", "1e5"),
    (1001, "1001"),
    (1001.0, "1001"),
    (0, "0"),
    (-0.0, "0"),
    (999_999_999_999_999, "999999999999999"),
]


@pytest.mark.parametrize(("value", "key"), IDS)
def test_an_id_is_taken_where_nothing_was_lost(value: RawValue, key: str) -> None:
    assert value_of(Kind.KEY, value) == key


LOST: list[tuple[RawValue, bool, str]] = [
    (10**15, False, "the number 1000000000000000"),
    (12345678901234567, False, "the number 12345678901234600"),
    (10**400, False, "a number that is too large"),
    (1001.5, False, "the number 1001.5"),
    (0.5, True, "50 % in a cell formatted as percent"),
    (1, True, "100 % in a cell formatted as percent"),
    (date(2025, 10, 1), False, "the date 2025-10-01"),
    (datetime(2025, 10, 1, 7, 30), False, "the date 2025-10-01 07:30"),
    (True, False, "TRUE"),
    (False, False, "FALSE"),
]


@pytest.mark.parametrize(("value", "percent", "found"), LOST)
@pytest.mark.parametrize("kind", [Kind.KEY, Kind.REFERENCE, Kind.REFERENCES])
def test_an_id_that_may_have_lost_something_is_refused(
    kind: Kind, value: RawValue, percent: bool, found: str
) -> None:
    problem = problem_of(kind, make_cell(value, percent=percent))
    assert problem.code == "CELL_ID_LOST_DIGITS"
    assert problem.found == f"{found}, which the spreadsheet program has made of what was typed"


SHOWN: list[tuple[float, str, str]] = [
    (123, "00000", "00123"),
    (1234567, "00000", "1234567"),
    (0, "00000", "00000"),
    (-5, "000", "-005"),
    (123, "General", "123"),
    (123, "@", "123"),
    (123, "0", "123"),
    (1001, "#,##0", "1001"),
    (1001, "#,##0.00", "1001"),
    (1001, "# ##0", "1001"),
    (1001, "_-* #,##0_-;-* #,##0_-", "1001"),
    (123, "[Red]00000", "00123"),
    (123, "[$-409]00000", "00123"),
    (5, '"NB-"000', "NB-005"),
    (12345, "00\\-000", "12-345"),
    (123456789, "000-00-0000", "123-45-6789"),
    (7, '0" t"', "7 t"),
    (-7, "000;(000)", "(007)"),
    (0, "000;-000;0000", "0000"),
]


@pytest.mark.parametrize(("number", "code", "shown"), SHOWN)
@pytest.mark.parametrize("kind", [Kind.KEY, Kind.TEXT])
def test_a_number_that_is_an_id_is_taken_as_it_is_shown(
    kind: Kind, number: float, code: str, shown: str
) -> None:
    assert value_of(kind, make_cell(number, shown=code)) == shown


OTHERWISE: list[tuple[float, str, str]] = [
    (1234567890123, "0.00E+00", "the number 1234567890123, shown as 1.23E+12"),
    (12, "# ?/?", "the number 12, which its number format “# ?/?” shows as something else"),
    (12, '"€" 0', 'the number 12, which its number format “"€" 0” shows as something else'),
    (12, "[$€-407] 0", "number format"),
    (12, "yyyy", "number format"),
    (1200, "0,", "number format"),
    (1200, "#,##0,k", "number format"),
    (12, "[<100]000;0", "number format"),
    (0, "#", "number format"),
    (12, '"fixed"', "number format"),
    (12, "000.0", "number format"),
]


@pytest.mark.parametrize(("number", "code", "found"), OTHERWISE)
@pytest.mark.parametrize("kind", [Kind.KEY, Kind.TEXT, Kind.REFERENCE])
def test_a_number_that_is_shown_as_another_is_refused_with_both(
    kind: Kind, number: float, code: str, found: str
) -> None:
    problem = problem_of(kind, make_cell(number, shown=code))
    assert problem.code == "CELL_ID_LOST_DIGITS"
    assert found in problem.found


@pytest.mark.parametrize(
    ("code", "shown"), [("0", "12.5, shown as 13"), ("0.0", ""), ("#,##0", "12.5, shown as 13")]
)
def test_a_text_that_is_shown_rounded_is_refused_with_both(code: str, shown: str) -> None:
    cell = make_cell(12.5, shown=code)
    if shown:
        assert problem_of(Kind.TEXT, cell).found == f"the number {shown}"
    else:
        assert value_of(Kind.TEXT, cell) == "12.5"


TEXTS: list[tuple[RawValue, str]] = [
    ("00123", "00123"),
    ("line 1\nline 2", "line 1\nline 2"),
    (735999100012, "735999100012"),
    (12.5, "12.5"),
    (0.1 + 0.2, "0.3"),
    (0.00000015, "0.00000015"),
    (1e-20, "0.00000000000000000001"),
    (1e-21, "1E-21"),
    (1e-200, "1E-200"),
    ("TRUE", "TRUE"),
]


@pytest.mark.parametrize(("value", "text"), TEXTS)
def test_a_number_where_text_belongs_is_taken_as_it_is_shown(value: RawValue, text: str) -> None:
    assert value_of(Kind.TEXT, value) == text


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.CHOICE])
def test_a_number_that_is_shown_as_something_else_is_no_text(kind: Kind) -> None:
    problem = problem_of(kind, make_cell(0.5, percent=True))
    assert problem.code == "CELL_NOT_TEXT"
    assert problem.found == "50 % in a cell formatted as percent"


@pytest.mark.parametrize("number", [735999100012345678, 10**15])
def test_a_number_with_more_digits_than_were_kept_is_no_text(number: int) -> None:
    assert problem_of(Kind.TEXT, number).code == "CELL_ID_LOST_DIGITS"


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.CHOICE])
def test_what_is_no_number_at_all_is_no_text_either(kind: Kind) -> None:
    assert problem_of(kind, float("nan")).code == "CELL_NOT_TEXT"


UNSEEN = {
    "blank": " ",
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "zero-width space": "\u200b",
    "byte order mark": "\ufeff",
    "left-to-right mark": "\u200e",
    "pop directional isolate": "\u2069",
    "line break": "\n",
}


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=list(UNSEEN))
@pytest.mark.parametrize("form", ["{}NB-1", "NB-1{}", "{}NB-1{}"])
def test_outer_spaces_and_unseen_signs_go_with_a_word(form: str, sign: str) -> None:
    value, (problem,) = read(Kind.KEY, form.replace("{}", sign))
    assert value == "NB-1"
    assert (problem.code, problem.severity.value) == ("CELL_TRIMMED", "warning")
    assert problem.found == "spaces around or invisible signs in “NB-1”"


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=list(UNSEEN))
def test_a_cell_in_which_nobody_sees_anything_is_blank(sign: str) -> None:
    head = "Emission logs\nExternal ID | Config | Site | Period start | Period end | Display key\n"
    (table,) = read_tables(f"{head}L-1 | Diesel | X | 2026-10-01 | 2026-10-31 | X")
    (row,) = table.rows
    unseen = {**row.cells, "Site": make_cell(sign), "Display key": make_cell(sign + sign)}
    table = replace(table, rows=(replace(row, cells=unseen),))
    checked = check_tables([table], CATALOG, found=(), zone="UTC", now=NOW)
    assert listed(checked.problems) == ["CELL_REQUIRED Emission logs!C2"]


def test_unseen_signs_within_an_id_go_too() -> None:
    value, (problem,) = read(Kind.KEY, "NB\u200b-\u00ad1")
    assert value == "NB-1"
    assert problem.code == "CELL_TRIMMED"


def test_a_trimmed_cell_with_an_error_keeps_its_error() -> None:
    value, problems = read(Kind.NUMBER, " abc ")
    assert value is None
    assert [each.code for each in problems] == ["CELL_NOT_A_NUMBER", "CELL_TRIMMED"]


WORDS: list[tuple[RawValue, bool]] = [
    *(("yes", True), ("Yes ", True), ("TRUE", True), ("y", True), ("no", False), ("N", False)),
    *(("Ja", True), ("WAHR", True), ("oui", True), ("vrai", True), ("1", True), (1, True)),
    *(
        ("nein", False),
        ("FALSCH", False),
        ("non", False),
        ("faux", False),
        ("0", False),
        (0, False),
    ),
    (1.0, True),
]


@pytest.mark.parametrize(("word", "meant"), WORDS)
def test_yes_and_no_in_words(word: RawValue, meant: bool) -> None:
    value, _ = read(Kind.BOOLEAN, word)
    assert value is meant


@pytest.mark.parametrize(
    "value", ["perhaps", "x", "✓", "10", 2, 0.5, "si", make_cell(1, percent=True)]
)
def test_what_is_neither_yes_nor_no(value: RawValue | Cell) -> None:
    assert problem_of(Kind.BOOLEAN, value).code == "CELL_NOT_YES_OR_NO"


CHOICES = ("REPORTED", "STANDARD_PUBLISHED_VALUE", "1")
CHOSEN: list[tuple[RawValue, str]] = [
    ("REPORTED", "REPORTED"),
    ("reported", "REPORTED"),
    ("Standard published value", "STANDARD_PUBLISHED_VALUE"),
    ("standard_published value", "STANDARD_PUBLISHED_VALUE"),
    (1.0, "1"),
]


@pytest.mark.parametrize(("value", "choice"), CHOSEN)
def test_a_choice_regardless_of_case_space_and_underscore(value: RawValue, choice: str) -> None:
    assert value_of(Kind.CHOICE, value, choices=CHOICES) == choice


def test_choices_that_differ_by_case_only_are_told_apart() -> None:
    assert value_of(Kind.CHOICE, "ab", choices=("AB", "ab")) == "ab"
    assert value_of(Kind.CHOICE, "AB", choices=("AB", "ab")) == "AB"


@pytest.mark.parametrize("word", ["(clear)", "(CLEAR)", " (clear) "])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.DEFINED])
def test_the_word_that_clears(kind: Kind, word: str) -> None:
    assert value_of(kind, word, clearable=True) is Clear.CLEAR
    problem = problem_of(kind, word)
    assert (problem.code, problem.found) == ("CELL_NOT_CLEARABLE", "“(clear)”")


def test_clearing_what_has_to_be_filled_in_offers_no_blank() -> None:
    problem = problem_of(Kind.TEXT, "(clear)", required=True)
    assert problem.expected == "a value, as this cell has to be filled in"
    assert problem.remedy == "Write a value."


def references(*keys: str) -> tuple[Reference, ...]:
    return tuple(Reference(to="datapoint", key=key) for key in keys)


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ("D-1", ["D-1"]),
        ("D-1; D-2;D-3 ;", ["D-1", "D-2", "D-3"]),
        (";D-1;;", ["D-1"]),
        (1001.0, ["1001"]),
    ],
)
def test_references_are_parted_by_semicolons(value: RawValue, keys: list[str]) -> None:
    assert value_of(Kind.REFERENCES, value, to="datapoint") == references(*keys)


@pytest.mark.parametrize("text", ["D-1", "D-1;", "; D-1"])
def test_one_reference(text: str) -> None:
    assert value_of(Kind.REFERENCE, text, to="datapoint") == references("D-1")[0]


def test_several_references_where_one_is_taken() -> None:
    problem = problem_of(Kind.REFERENCE, "D-1; D-2")
    assert (problem.code, problem.found) == ("REF_ONE_ONLY", "“D-1; D-2”")


@pytest.mark.parametrize("text", ["D-1; D-2; D-1", "D-1; d-1"])
def test_a_reference_that_is_repeated_in_any_case(text: str) -> None:
    problem = problem_of(Kind.REFERENCES, text)
    assert (problem.code, problem.found) == ("REF_TWICE", "“D-1” more than once")


@pytest.mark.parametrize("kind", [Kind.REFERENCE, Kind.REFERENCES])
@pytest.mark.parametrize("text", [";", "; ;"])
def test_semicolons_alone_name_nothing(kind: Kind, text: str) -> None:
    problem = problem_of(kind, text)
    assert (problem.code, problem.found) == ("REF_NOT_FOUND", f"“{text}”, which names nothing")
    assert problem.remedy == "Write an id, or leave the cell blank."
