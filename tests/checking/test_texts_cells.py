"""Several texts in one cell, and choices by value or label."""

import pytest

from importer.declare.column import Kind
from tests.checking.bench import problem_of, read, value_of

CHOICES = {"choices": ("wind", "solar_pv", "B7"), "labels": ("Wind power", "Sun", "wind")}


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("wind", ("wind",)),
        ("wind; solar", ("wind", "solar")),
        ("wind;solar;", ("wind", "solar")),
        ("two words ; and, a comma", ("two words", "and, a comma")),
        ("solar; Wind", ("solar", "Wind")),
    ],
)
def test_texts_are_parted_by_semicolons(cell: str, texts: tuple[str, ...]) -> None:
    assert value_of(Kind.TEXTS, cell) == texts


def test_a_number_is_one_text() -> None:
    assert value_of(Kind.TEXTS, 735) == ("735",)


def test_nothing_between_semicolons_is_no_text() -> None:
    assert problem_of(Kind.TEXTS, "; ;").code == "CELL_NOT_TEXT"


@pytest.mark.parametrize("cell", ["wind; sun; wind", "WIND; wind power"])
def test_a_text_that_stands_twice_is_a_slip(cell: str) -> None:
    problem = problem_of(Kind.TEXTS, cell, **CHOICES)
    assert (problem.code, problem.found) == ("REF_TWICE", "“wind” more than once")


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.CHOICE])
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("wind", "wind"),
        ("WIND", "wind"),
        ("Wind Power", "wind"),
        ("Solar PV", "solar_pv"),
        ("sun", "solar_pv"),
        ("b7", "B7"),
        ("coal", "coal"),
    ],
)
def test_a_choice_is_taken_by_value_or_label(kind: Kind, typed: str, value: str) -> None:
    """A value comes before a label: “wind” is no B7."""
    assert value_of(kind, typed, **CHOICES) == value


def test_a_label_of_two_choices_is_neither() -> None:
    value, _ = read(Kind.TEXT, "fuel", choices=("a", "b"), labels=("Fuel", "fuel"))
    assert value == "fuel"
