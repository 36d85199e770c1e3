"""The catalogue of problems, and the words of one."""

import re

import pytest

from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import ProblemKind, Severity, quoted

PLACES = ("FILE", "SHEET", "HEADER", "CELL", "ROW", "KEY", "REF", "API")
every_kind = pytest.mark.parametrize("kind", kinds.CATALOGUE, ids=[k.code for k in kinds.CATALOGUE])


def test_every_kind_of_the_module_is_in_the_catalogue_once() -> None:
    declared = {name for name in vars(kinds) if name.split("_")[0] in PLACES}
    codes = [kind.code for kind in kinds.CATALOGUE]
    assert len(codes) == len(set(codes))
    assert set(codes) == declared


@every_kind
def test_a_code_is_the_name_under_which_it_is_found(kind: ProblemKind) -> None:
    assert getattr(kinds, kind.code) is kind


@every_kind
def test_a_kind_says_in_plain_words_what_it_means_and_what_to_do(kind: ProblemKind) -> None:
    assert re.fullmatch(r"[A-Z`].+\.", kind.meaning)
    assert re.fullmatch(r"[A-Z].+[^ ]", kind.remedy)
    assert re.fullmatch(r"[a-z].*[^. ]", kind.expected)


def test_a_problem_says_what_was_found_what_is_expected_and_what_to_do() -> None:
    place = Place(sheet="Datapoints", row=3, column=3, header="Type")
    found = kinds.CELL_CHOICE.at(place, found="“MEASURED”", expected="one of A, B")
    assert found.severity is Severity.ERROR
    assert found.text == ("Found “MEASURED”; expected one of A, B. Pick a value from the list.")
    assert str(found) == f"Datapoints!C3 (Type): {found.text} [CELL_CHOICE]"


def test_what_the_place_does_not_know_better_is_said_by_the_kind() -> None:
    found = kinds.CELL_REQUIRED.at(Place(), found="nothing", remedy="Ask.")
    assert (found.expected, found.remedy) == (kinds.CELL_REQUIRED.expected, "Ask.")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("kg", "“kg”"),
        (5, "“5”"),
        ("", "“”"),
        ("two\nlines\tand   blanks", "“two lines and blanks”"),
        ("x" * 80, f"“{'x' * 80}”"),
        ("x" * 81, f"“{'x' * 79}…”"),
    ],
)
def test_a_value_is_quoted_on_one_line_and_cut(value: object, shown: str) -> None:
    assert quoted(value) == shown
