"""The short ways for plain cells give what the long ways give, whatever stands in a cell."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.checking.cells import is_blank, is_plain, parse_cell
from importer.checking.column_reader import ColumnReader, stand_at
from importer.checking.dates import in_zone
from importer.checking.ground import Ground, Parsed
from importer.checking.texts import _INVISIBLE, _SPACES, is_unseen, squeeze, trim
from importer.declare.column import Column, Kind
from importer.model.table import Cell
from tests.checking.bench import PLACE, make_cell
from tests.checking.odd_cells import cells

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SIGNS = st.sampled_from("(clear) Aß\t\n\u00a0\u200b\u00ad\u2007\ufeff（\u2474ﬁ\u0301\u0345")
TEXTS = st.text(SIGNS, max_size=9) | st.text(max_size=12)


@st.composite
def columns(draw: st.DrawFn) -> Column:
    return Column(
        header="Column",
        kind=draw(st.sampled_from(Kind)),
        to="source",
        choices=draw(st.sampled_from([(), ("REPORTED", "kWh")])),
        units=draw(st.sampled_from([("kg",), ("kWh", "MWh")])),
        clearable=draw(st.booleans()),
        available=draw(st.integers(0, 9)) > 0,
    )


def read_the_long_way(column: Column, cell: Cell, unit: str) -> Parsed:
    ground = Ground(column=column, place=PLACE, zone="Europe/Stockholm")
    return (None, ()) if is_blank(cell) else parse_cell(cell, ground, unit)


def a_column_is_read_like_its_cells(
    column: Column, given_cells: list[Cell], units: list[str]
) -> None:
    reader = ColumnReader(column, "Europe/Stockholm")
    for cell in (*given_cells, *given_cells):
        for unit in units:
            value, problems = reader.read(cell, unit)
            told = value, stand_at(PLACE, problems)
            expected = read_the_long_way(column, cell, unit)
            assert repr(told) == repr(expected)  # 1 is not 1.0 or True here


@pytest.mark.parametrize("text", ["(clear)", " (CLEAR) ", "reported", "12", "12,5 ", "kwh", ""])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("choices", [(), ("REPORTED", "kWh")])
def test_texts_that_are_not_what_they_look(kind: Kind, choices: tuple[str, ...], text: str) -> None:
    column = Column(header="Column", kind=kind, to="source", choices=choices, units=("kg", "MWh"))
    a_column_is_read_like_its_cells(column, [make_cell(text)], ["kg", "", "g", "MWh"])


LAW = given(
    columns(),
    st.lists(cells() | TEXTS.map(make_cell), min_size=1, max_size=6),
    st.lists(st.sampled_from(["", "kg", "MWh", "furlong"]), min_size=1, max_size=2),
)


def test_a_column_is_read_like_its_cells() -> None:
    settings(max_examples=60)(LAW(a_column_is_read_like_its_cells))()


@pytest.mark.many
def test_a_column_is_read_like_its_cells_at_length() -> None:
    settings(max_examples=500)(LAW(a_column_is_read_like_its_cells))()


def test_more_texts_than_are_kept_are_read_all_the_same() -> None:
    column = Column(header="Column", kind=Kind.CHOICE, choices=("REPORTED",))
    reader = ColumnReader(column, "UTC")
    texts = [f"odd {number}" for number in range(1_500)]
    assert [reader.read(make_cell(each))[0] for each in (*texts, *texts)] == [*texts, *texts]


@given(TEXTS)
def test_a_text_is_trimmed_and_squeezed_as_sign_by_sign(text: str) -> None:
    trimmed = text.translate(_INVISIBLE).translate(_SPACES).strip()
    plain = unicodedata.normalize("NFKC", trimmed)
    assert trim(text) == (trimmed, trimmed != text)
    assert squeeze(text) == " ".join(plain.split()).casefold()
    assert is_unseen(text) == all(
        each.isspace() or unicodedata.category(each) == "Cf" for each in text
    )


@given(TEXTS)
def test_a_plain_text_is_taken_as_it_is(text: str) -> None:
    is_taken = bool(trim(text)[0]) and not trim(text)[1] and squeeze(text) != "(clear)"
    assert not is_plain(text) or is_taken
    assert is_plain(text) or not is_taken or not text.isprintable()


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1))
    | st.sampled_from([datetime(2025, 3, 30, 2, 30), datetime(2025, 10, 26, 2, 30)])
)
def test_a_moment_means_the_instants_whose_clocks_show_it(moment: datetime) -> None:
    both = [moment.replace(tzinfo=STOCKHOLM, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = [each for each in both if each.astimezone(STOCKHOLM).replace(tzinfo=None) == moment]
    found = [each.astimezone(UTC) for each in in_zone(moment, STOCKHOLM)]
    assert found == list(dict.fromkeys(shown))


def test_problems_are_put_down_at_their_place() -> None:
    reader = ColumnReader(Column(header="Column", kind=Kind.NUMBER), "UTC")
    _, problems = reader.read(make_cell("much"))
    elsewhere = replace(PLACE, row=8)
    assert [each.place for each in stand_at(PLACE, problems)] == [PLACE]
    assert [each.place for each in stand_at(elsewhere, problems)] == [elsewhere]
