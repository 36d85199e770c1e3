"""Where something stands in the user's workbook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from importer.model.place import Place, RowPlaces, column_letters

LETTERS = {1: "A", 26: "Z", 27: "AA", 52: "AZ", 53: "BA", 702: "ZZ", 703: "AAA", 16384: "XFD"}


@pytest.mark.parametrize(("number", "letters"), LETTERS.items())
def test_a_column_has_the_letters_of_the_spreadsheet(number: int, letters: str) -> None:
    assert column_letters(number) == letters


@given(st.integers(1, 16384))
def test_every_column_has_the_letters_that_openpyxl_gives_it(number: int) -> None:
    assert column_letters(number) == get_column_letter(number)


@pytest.mark.parametrize("number", [0, -1])
def test_what_is_no_column_has_no_letters(number: int) -> None:
    assert column_letters(number) == ""


PLACES = {
    "the workbook": Place(),
    "sheet Entries": Place(sheet="Entries"),
    "Entries, row 7": Place(sheet="Entries", row=7),
    "Entries!D7": Place(sheet="Entries", row=7, column=4),
    "Entries!D7 (Completed on)": Place(sheet="Entries", row=7, column=4, header="Completed on"),
    "sheet Loads": Place(sheet="Loads", column=4, header="Weight"),
}


@pytest.mark.parametrize(("words", "place"), PLACES.items())
def test_a_place_is_as_narrow_as_is_known(words: str, place: Place) -> None:
    assert str(place) == words


def test_only_a_cell_has_the_name_of_a_cell() -> None:
    assert Place(sheet="Entries", row=7, column=28).cell == "AB7"
    assert Place(sheet="Entries", row=7).cell == ""
    assert Place(sheet="Entries", column=28).cell == ""


def test_the_places_of_a_row_are_those_of_its_cells() -> None:
    places = RowPlaces(sheet="Entries", row=7, columns={"Entry": 2, "Action": 0})
    assert dict(places) == {
        "Entry": Place(sheet="Entries", row=7, column=2, header="Entry"),
        "Action": Place(sheet="Entries", row=7),
    }
    with pytest.raises(KeyError):
        places["Unit"]
