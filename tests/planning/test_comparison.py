"""Three-way comparison: the workbook, the service, and what was confirmed between them.

In the tables a state is written `a=1 b=kg`; `b=kg>kilo` is a field that was sent as `kg` and
seen as `kilo` right after, `b=>5` one that was seen but not sent, `b=5>` one that was sent
and is not shown. `-` is no confirmation at all.
"""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.model.plan import Difference
from importer.model.ports import Confirmation
from importer.model.record import Json, State
from importer.planning.comparison import (
    Comparison,
    Relation,
    changed_there,
    compare,
    equal,
    is_confirmed,
)
from planning.makers import NOVEMBER_3, plainly
from planning.states_of import fields, states

EARLIER = datetime(2025, 10, 2, tzinfo=UTC)

TABLE = """
what                              | workbook       | service    | earlier   | last          | is
never confirmed, but the same     | a=1            | a=1        | -         | -             | equal
never confirmed, and different    | a=2            | a=1        | -         | -             | never
nothing is stated                 |                | a=1        | -         | -             | equal
as confirmed                      | a=1            | a=1        | -         | a=1           | equal
changed here                      | a=2            | a=1        | -         | a=1           | here
changed there                     | a=1            | a=2        | -         | a=1           | there
changed to two things             | a=3            | a=2        | -         | a=1           | both
changed to the same thing         | a=2            | a=2        | -         | a=1           | equal
one field here, another there     | a=2 b=1        | a=1 b=2    | -         | a=1 b=1       | both
here; there what is not stated    | a=2            | a=1 b=9    | -         | a=1 b=1       | here
here; there to what is stated     | a=2 b=5        | a=1 b=5    | -         | a=1 b=1       | here
an old file                       | a=1            | a=2        | a=1       | a=2           | old
an old file, the service went on  | a=1            | a=3        | a=1       | a=2           | old
an old file, the service is at it | a=1            | a=1        | a=1       | a=2           | equal
an old file with less in it       | a=1            | a=2 b=2    | a=1 b=1   | a=2 b=2       | old
one value back, the other new     | a=1 b=2        | a=2 b=2    | a=1 b=1   | a=2 b=2       | old
an old file with a new column     | a=1 c=7        | a=2        | a=1       | a=2           | old
an old file, one cell changed     | a=1 b=9        | a=2 b=1    | a=1 b=1   | a=2 b=1       | old
an old file, respelled            | u=kg           | u=ton      | u=kg>kilo | u=t>ton       | old
newly stated, as it was seen      | a=1 b=5        | a=1 b=5    | -         | a=1 b=>5      | equal
newly stated, other than seen     | a=1 b=6        | a=1 b=5    | -         | a=1 b=>5      | here
newly stated, and changed there   | a=1 b=6        | a=1 b=7    | -         | a=1 b=>5      | both
newly stated as it was, but there | a=1 b=5        | a=1 b=7    | -         | a=1 b=>5      | there
newly stated, never seen          | a=1 b=6        | a=1        | -         | a=1           | here
newly stated, came up there       | a=1 b=6        | a=1 b=5    | -         | a=1           | both
blank keeps                       | a=1            | a=1 b=5    | -         | a=1 b=1       | equal
clear                             | a=null         | a=1        | -         | a=1           | here
clear what is not there           | a=null         |            | -         | a=1           | equal
cleared there                     | a=1            | a=null     | -         | a=1           | there
cleared here, changed there       | a=null         | a=2        | -         | a=1           | both
cleared and confirmed             | a=null         | a=null     | -         | a=null        | equal
respelled                         | u=kg           | u=kilo     | -         | u=kg>kilo     | equal
respelled, and written so here    | u=kilo         | u=kilo     | -         | u=kg>kilo     | equal
respelled, another unit here      | u=t            | u=kilo     | -         | u=kg>kilo     | here
respelled, another unit there     | u=kg           | u=pound    | -         | u=kg>kilo     | there
respelled, both                   | u=t            | u=pound    | -         | u=kg>kilo     | both
respelled, and another field      | u=kg a=2       | u=kilo a=1 | -         | u=kg>kilo a=1 | here
respelled, never confirmed        | u=kg           | u=kilo     | -         | -             | never
respelled in an earlier life only | u=kg           | u=kilo     | u=kg>kilo | u=kg>kg       | there
newly stated word, other was seen | u=t            | u=kilo     | -         | u=>kilo       | here
a word that was not shown, or so  | u=kg           | u=kilo     | -         | u=kg>         | there
a word that comes back a number   | u=kg           | u=5        | -         | u=kg>5        | there
a number that comes back a word   | u=5            | u=five     | -         | u=5>five      | there
not shown right after, but now    | a=1            | a=1        | -         | a=1>          | equal
not shown right after, other now  | a=1            | a=2        | -         | a=1>          | there
not shown right after, changed    | a=2            | a=1        | -         | a=1>          | here
gone from the service             | a=1            |            | -         | a=1           | there
within the tolerance              | a=0.9999999999 | a=1        | -         | a=1           | equal
a text for a number               | a=1            | a="1"      | -         | a=1           | there
yes for one                       | a=true         | a=1        | -         | a=1           | here
"""


def read_state(text: str, side: int) -> dict[str, Json]:
    """One side of `a=1 b=kg>kilo`: 0 is what was sent, 1 what was seen."""
    found: dict[str, Json] = {}
    for part in text.split():
        name, _, shown = part.partition("=")
        sides = shown.split(">") if ">" in shown else [shown, shown]
        if sides[side]:
            found[name] = read_value(sides[side])
    return found


def read_value(text: str) -> Json:
    known: dict[str, Json] = {"null": None, "true": True, "false": False}
    if text in known:
        return known[text]
    if text.startswith('"'):
        return text.strip('"')
    return float(text) if text[0].isdigit() else text


def read_confirmations(*texts: str) -> list[Confirmation]:
    return [
        Confirmation(sent=read_state(text, 0), observed=read_state(text, 1), at=at)
        for text, at in zip(texts, (EARLIER, NOVEMBER_3), strict=True)
        if text != "-"
    ]


def against(
    workbook: State, service: State, confirmations: list[Confirmation] | None = None
) -> Comparison:
    return compare(
        workbook,
        service,
        confirmations or [],
        headers={},
        same=plainly,
    )


RELATIONS = {
    "equal": Relation.EQUAL,
    "here": Relation.CHANGED_HERE,
    "there": Relation.CHANGED_THERE,
    "both": Relation.CHANGED_BOTH,
    "old": Relation.OLD_FILE,
    "never": Relation.NEVER_CONFIRMED,
}

ROWS = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize(
    ("workbook", "service", "earlier", "last", "relation"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_the_relation_is_what_the_table_says(
    workbook: str, service: str, earlier: str, last: str, relation: str
) -> None:
    confirmations = read_confirmations(earlier, last)
    found = against(read_state(workbook, 0), read_state(service, 0), confirmations)
    assert found.relation is RELATIONS[relation]
    assert bool(found.differences) == (found.relation is not Relation.EQUAL)


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        (["solar", "wind"], ["wind", "solar"], True),
        (["wind"], ["wind", "solar"], False),
        (["wind", "wind"], ["wind", "solar"], False),
        ([1, 2], [2, 1], False),
        ([], None, True),
    ],
)
def test_the_order_of_texts_does_not_count(one: Json, other: Json, is_equal: bool) -> None:
    """No service promises to keep it; of numbers it may mean something."""
    assert equal(one, other) is is_equal


def test_every_field_that_differs_is_named_with_both_values() -> None:
    found = compare(
        {"a": 1, "b": 2, "c": 3},
        {"a": 1, "b": 9},
        [],
        headers={"b": "Value"},
        same=plainly,
    )
    assert found.differences == (
        Difference(field="b", header="Value", before=9, after=2),
        Difference(field="c", header="c", before=None, after=3),
    )


def test_the_day_of_the_last_agreement_is_told() -> None:
    assert against({"a": 2}, {"a": 1}, read_confirmations("a=0", "a=1")).agreed_at == NOVEMBER_3
    assert against({"a": 2}, {"a": 1}).agreed_at is None


def regardless_of_case(field: str, one: Json, other: Json) -> bool:
    return str(one).lower() == str(other).lower()


def test_a_field_may_know_better_than_equality_what_is_the_same() -> None:
    found = compare(
        {"u": "kg"},
        {"u": "KG"},
        [],
        headers={},
        same=regardless_of_case,
    )
    assert found.relation is Relation.EQUAL


def case_of_units(field: str, one: Json, other: Json) -> bool:
    """Only of units the case does not count."""
    return regardless_of_case(field, one, other) if field == "u" else one == other


def test_what_was_confirmed_is_compared_in_the_way_of_its_field_too() -> None:
    respelled = read_confirmations("-", "u=kg>kilo")
    found = compare({"u": "kg"}, {"u": "KILO"}, respelled, headers={}, same=case_of_units)
    assert found.relation is Relation.EQUAL
    earlier = read_confirmations("u=KG", "u=t")
    found = compare({"u": "kg"}, {"u": "T"}, earlier, headers={}, same=case_of_units)
    assert found.relation is Relation.OLD_FILE


def test_a_number_that_comes_back_as_another_one_is_no_spelling() -> None:
    last = Confirmation(sent={"v": 840}, observed={"v": 812}, at=NOVEMBER_3)
    assert against({"v": 840}, {"v": 812}, [last]).relation is Relation.CHANGED_THERE


confirmations = st.builds(Confirmation, sent=states, observed=states, at=st.just(NOVEMBER_3))
histories = st.lists(confirmations, max_size=3)


@settings(max_examples=50)
@given(states, histories)
def test_what_is_the_same_is_equal_whatever_was_confirmed(
    state: State, history: list[Confirmation]
) -> None:
    assert against(state, state, history).relation is Relation.EQUAL


words = st.dictionaries(fields, st.text(max_size=3), max_size=4)


@settings(max_examples=50)
@given(words, st.data(), histories)
def test_a_confirmed_state_is_equal_however_the_service_spells_it(
    sent: State, data: st.DataObject, history: list[Confirmation]
) -> None:
    respelled = data.draw(st.fixed_dictionaries({field: st.text(max_size=3) for field in sent}))
    last = Confirmation(sent=sent, observed=respelled, at=NOVEMBER_3)
    assert against(sent, respelled, [*history, last]).relation is Relation.EQUAL


@settings(max_examples=50)
@given(states, states, histories)
def test_a_difference_is_never_lost(
    workbook: State, service: State, history: list[Confirmation]
) -> None:
    found = against(workbook, service, history)
    named = {each.field: (each.before, each.after) for each in found.differences}
    assert (found.relation is Relation.EQUAL) == (not named)
    for field, value in workbook.items():
        if field in named:
            assert named[field] == (service.get(field), value)
        else:
            assert equal(value, service.get(field)) or _is_respelled(
                field, workbook, service, history
            )


def _is_respelled(field: str, workbook: State, service: State, history: list[Confirmation]) -> bool:
    last = history[-1]
    if not isinstance(workbook[field], str) or not isinstance(service.get(field), str):
        return False
    return equal(workbook[field], last.sent[field]) and equal(
        service.get(field), last.observed[field]
    )


@settings(max_examples=50)
@given(states, states, histories)
def test_changed_here_is_never_said_when_the_service_changed_what_differs(
    workbook: State, service: State, history: list[Confirmation]
) -> None:
    found = against(workbook, service, history)
    if found.relation is not Relation.CHANGED_HERE:
        return
    for each in found.differences:
        assert not changed_there(each.field, each.before, history[-1], plainly)


@settings(max_examples=50)
@given(states, states)
def test_without_a_confirmation_nothing_is_taken_over(workbook: State, service: State) -> None:
    found = against(workbook, service)
    assert found.relation in (Relation.EQUAL, Relation.NEVER_CONFIRMED)


@settings(max_examples=50)
@given(states, states, histories, confirmations)
def test_what_was_confirmed_before_is_never_an_ordinary_change(
    old: State, service: State, history: list[Confirmation], last: Confirmation
) -> None:
    earlier = Confirmation(sent=old, observed=old, at=EARLIER)
    found = against(old, service, [*history, earlier, last])
    assert found.relation in (Relation.EQUAL, Relation.OLD_FILE, Relation.CHANGED_THERE)


@pytest.mark.parametrize(
    ("workbook", "service", "last", "is_known"),
    [
        ("a=1", "a=1", "a=1", True),
        ("u=kg", "u=kilo", "u=kg>kilo", True),
        ("a=2", "a=2", "a=1", False),
        ("a=1 b=5", "a=1 b=5", "a=1 b=>5", False),
        ("a=1", "a=1 b=9", "a=1 b=1", True),
        ("a=1", "a=1", "a=1>", True),
    ],
    ids=["as it was", "respelled", "both went on", "newly stated", "not stated", "not shown"],
)
def test_an_agreement_is_confirmed_as_far_as_the_last_confirmation_says_it(
    workbook: str, service: str, last: str, is_known: bool
) -> None:
    (confirmed,) = read_confirmations("-", last)
    assert (
        is_confirmed(read_state(workbook, 0), read_state(service, 0), confirmed, plainly)
        is is_known
    )
