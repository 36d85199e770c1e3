"""Typed values in the form that is compared, and members at dotted places."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.declare.column import Column, Kind
from importer.model.record import Clear, Document, Json, Reference, Value
from importer.planning.wire import compared, find_member, observed, on_wire, put_member
from planning.makers import amount, datapoints, ids, nowhere

CET = timezone(timedelta(hours=1))
KNOWN = ids(D_1="dtp_1", D_2="dtp_2")

VALUES: dict[str, tuple[Value, Json]] = {
    "a text": ("kg", "kg"),
    "a whole number": (840, 840),
    "a number": (0.5, 0.5),
    "yes": (True, True),
    "a day": (date(2025, 10, 1), "2025-10-01"),
    "a moment": (datetime(2025, 10, 1, 9, 30, tzinfo=UTC), "2025-10-01T09:30:00Z"),
    "a moment elsewhere": (datetime(2025, 10, 1, 0, 30, tzinfo=CET), "2025-09-30T23:30:00Z"),
    "milliseconds": (
        datetime(2025, 10, 1, 9, 30, 0, 250_000, tzinfo=UTC),
        "2025-10-01T09:30:00.250Z",
    ),
    "an amount": (amount(84230, "kWh"), {"value": 84230, "unit": "kWh"}),
    "clear": (Clear.CLEAR, None),
    "a reference": (Reference(to="datapoint", key="D-1"), "dtp_1"),
    "a reference to come": (Reference(to="datapoint", key="D-9"), "new datapoint D-9"),
    "references are a set": (datapoints("D-2", "D-1", "D-2"), ["dtp_1", "dtp_2"]),
    "one reference of a list": (datapoints("D-1"), ["dtp_1"]),
    "a document": (
        Document(named="x/a.pdf", name="a.pdf", size=3, digest="ab", content_type="text/plain"),
        {"name": "a.pdf", "sha256": "ab", "size": 3, "type": "text/plain"},
    ),
}


@pytest.mark.parametrize(("value", "form"), VALUES.values(), ids=VALUES.keys())
def test_the_compared_form_of_a_value(value: Value, form: Json) -> None:
    assert compared(value, KNOWN) == form


MOMENT = Column(header="Measured at", kind=Kind.MOMENT)


@pytest.mark.parametrize(
    "stored",
    [
        "2025-10-14T09:30:00Z",
        "2025-10-14T09:30:00.000Z",
        "2025-10-14T09:30:00.000999Z",
        "2025-10-14T11:30:00+02:00",
        "2025-10-14T09:30:00",
        "2025-10-14 09:30:00+00:00",
    ],
)
def test_a_stored_moment_is_one_however_it_is_spelled(stored: str) -> None:
    assert observed(MOMENT, stored) == "2025-10-14T09:30:00Z"


@pytest.mark.parametrize(
    "stored", ["", "soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-10:00", 5, None, {}]
)
def test_what_is_no_moment_stays_as_it_is(stored: Json) -> None:
    assert observed(MOMENT, stored) == stored


@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)),
    st.integers(-14, 14),
)
def test_a_moment_reads_back_the_same_whatever_offset_it_comes_in(
    moment: datetime, hours: int
) -> None:
    """Services cut microseconds off; what is finer than a millisecond is not sent either."""
    here = moment.replace(tzinfo=UTC)
    there = here.astimezone(timezone(timedelta(hours=hours)))
    for precision in ("milliseconds", "microseconds"):
        answer = there.isoformat(timespec=precision)
        assert observed(MOMENT, answer) == compared(here, nowhere)


def test_stored_references_are_a_set() -> None:
    sources = Column(header="Sources", kind=Kind.REFERENCES)
    assert observed(sources, ["src_2", "src_1", "src_2"]) == ["src_1", "src_2"]
    assert observed(sources, [{"id": 1}, None, "src_1"]) == [None, "src_1", {"id": 1}]
    assert observed(sources, None) is None


def test_a_column_says_how_a_value_is_sent_and_read() -> None:
    cents = Column(
        header="Price",
        kind=Kind.NUMBER,
        to_wire=lambda value: f"{value} EUR",
        from_wire=lambda value: str(value).removesuffix(" EUR"),
    )
    assert on_wire(cents, 5) == "5 EUR"
    assert on_wire(cents, None) is None
    assert observed(cents, "5 EUR") == "5"


BODY: dict[str, Json] = {"id": "x", "site": {"id": None}, "quantity": {"magnitude": 5}, "n": [1]}


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("id", (True, "x")),
        ("site.id", (True, None)),
        ("quantity.magnitude", (True, 5)),
        ("quantity.unit", (False, None)),
        ("quantity.magnitude.more", (False, None)),
        ("n.0", (False, None)),
        ("other", (False, None)),
    ],
)
def test_a_member_is_found_at_its_dotted_place(place: str, found: tuple[bool, Json]) -> None:
    assert find_member(BODY, place) == found


def test_a_member_is_put_with_the_objects_on_the_way() -> None:
    body: dict[str, Json] = {}
    put_member(body, "quantity.magnitude", 5)
    put_member(body, "quantity.unit", None)
    put_member(body, "name", "x")
    assert body == {"quantity": {"magnitude": 5, "unit": None}, "name": "x"}
    with pytest.raises(TypeError, match="name"):
        put_member(body, "name.first", "y")


places = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(".".join)


@given(places, st.integers())
def test_what_is_put_is_found(place: str, value: int) -> None:
    body: dict[str, Json] = {}
    put_member(body, place, value)
    assert find_member(body, place) == (True, value)
