"""When two values of a field are the same value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.model.record import Json
from importer.planning.comparison import equal
from planning.states_of import values

TABLE = """
the same text                 | "kg"                | "kg"                        | yes
another text                  | "kg"                | "t"                         | no
case counts                   | "kg"                | "KG"                        | no
a text is no number           | "12.5"              | 12.5                        | no
whole and broken              | 12                  | 12.0                        | yes
the last digit of a double    | 0.1                 | 0.10000000000000002         | yes
within a billionth            | 84230.0             | 84230.00001                 | yes
beyond a billionth            | 84230.0             | 84230.001                   | no
a tiny number is not zero     | 1e-15               | 0                           | no
zero                          | 0                   | -0.0                        | yes
the sign counts               | 5                   | -5                          | no
as far apart as doubles get   | 1.7e308             | -1.7e308                    | no
whole numbers beyond a double | 9007199254740993    | 9007199254740992            | yes
yes is not one                | true                | 1                           | no
no is not zero                | false               | 0                           | no
one is not yes                | 1                   | true                        | no
no is not nothing             | false               | null                        | no
yes and yes                   | true                | true                        | yes
nothing and an empty list     | null                | []                          | yes
nothing and an empty text     | null                | ""                          | no
nothing and zero              | null                | 0                           | no
an amount                     | {"n": 8, "u": "kg"} | {"u": "kg", "n": 8.0}       | yes
an amount in another unit     | {"n": 8, "u": "kg"} | {"n": 8, "u": "t"}          | no
an amount with more to it     | {"n": 8, "u": "kg"} | {"n": 8, "u": "kg", "x": 1} | no
an amount within a billionth  | {"n": 84230.0}      | {"n": 84230.00001}          | yes
yes is not one within, either | {"n": true}         | {"n": 1}                    | no
lists of one order            | ["a", "b"]          | ["a", "b"]                  | yes
a list within a billionth     | [0.1]               | [0.10000000000000002]       | yes
yes is not one in a list      | [true]              | [1]                         | no
a longer list                 | ["a"]               | ["a", "b"]                  | no
a list and its only member    | ["a"]               | "a"                         | no
"""

ROWS = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(
    ("one", "other", "is_same"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_equal_is_what_the_table_says(one: str, other: str, is_same: str) -> None:
    assert equal(json.loads(one), json.loads(other)) is (is_same == "yes")
    assert equal(json.loads(other), json.loads(one)) is (is_same == "yes")


@pytest.mark.parametrize("number", [10**400, -(10**400)])
@pytest.mark.parametrize("other", [5.0, 5, 10**401, 0.0])
def test_a_whole_number_that_no_float_holds_is_compared_all_the_same(
    number: int, other: float
) -> None:
    assert not equal(number, other)
    assert not equal(other, number)
    assert equal(number, number)


@given(values)
def test_every_value_equals_itself(value: Json) -> None:
    assert equal(value, json.loads(json.dumps(value)))


@given(values, values)
def test_it_does_not_matter_which_side_comes_first(one: Json, other: Json) -> None:
    assert equal(one, other) == equal(other, one)


@given(st.floats(min_value=1e-300, max_value=1e300), st.sampled_from([1e-10, -1e-10]))
def test_numbers_are_the_same_within_the_tolerance(number: float, share: float) -> None:
    assert equal(number, number * (1 + share))


@given(st.floats(min_value=1e-290, max_value=1e300), st.sampled_from([1e-8, -1e-8]))
def test_numbers_differ_beyond_the_tolerance(number: float, share: float) -> None:
    assert not equal(number, number * (1 + share))
