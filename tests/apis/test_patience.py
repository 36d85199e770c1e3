"""Pauses: chance within bounds, and the service's own wishes before our arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.apis.patience import Patience
from tests.apis.fakes import FakeTime, patient

MONDAY = "Mon, 23 Nov 2026 08:59:00 GMT"
NINE = "Tue, 24 Nov 2026 09:00:00 GMT"
A_MINUTE_LATER = "Tue, 24 Nov 2026 09:01:00 GMT"


@pytest.mark.parametrize(
    ("attempt", "ceiling"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30), (9_999, 30)]
)
def test_a_pause_is_a_part_of_a_doubling_time(attempt, ceiling):
    parts = {chance: Patience(chance=lambda c=chance: c).pause(attempt) for chance in (0, 0.5, 1)}
    assert parts == {0: 0, 0.5: ceiling / 2, 1: ceiling}


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, 4.25),
        ({"retry-after": "7"}, 7.25),
        ({"retry-after": " 0 "}, 0.25),
        ({"retry-after": "3600"}, 120.25),
        ({"retry-after": "9" * 5000}, 120.25),
        ({"retry-after": A_MINUTE_LATER}, 60.25),
        ({"retry-after": A_MINUTE_LATER.replace("GMT", "-0000")}, 60.25),
        ({"retry-after": MONDAY}, 0.25),
        ({"retry-after": "Tue, 24 Nov 2099 09:00:00 GMT"}, 120.25),
        ({"retry-after": A_MINUTE_LATER, "date": "Tue, 24 Nov 2026 09:00:30 GMT"}, 30.25),
        ({"retry-after": A_MINUTE_LATER, "date": "soon"}, 60.25),
        ({"retry-after": "soon"}, 4.25),
        ({"retry-after": "-5"}, 4.25),
        ({"retry-after": "1.5"}, 4.25),
        ({"retry-after": "²"}, 4.25),
        ({"retry-after": "1, 2"}, 4.25),
    ],
)
def test_a_pause_that_is_asked_for(headers, pause):
    assert patient(FakeTime()).pause_asked_for(3, headers) == pause


HEADER_TEXTS = st.text(st.characters(max_codepoint=255), max_size=40)


@given(HEADER_TEXTS, HEADER_TEXTS)
def test_any_header_gives_a_bearable_pause(retry_after, date):
    headers = {"retry-after": retry_after, "date": date}
    assert 0 <= patient(FakeTime()).pause_asked_for(1, headers) <= 120.5


@given(st.datetimes().map(lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S +0000")))
def test_any_date_gives_a_bearable_pause(retry_after):
    assert 0 <= patient(FakeTime()).pause_asked_for(1, {"retry-after": retry_after}) <= 120.5
