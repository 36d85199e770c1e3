"""Bodies: what counts as JSON, and what text may show."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.apis.bodies import clean, read_json


@pytest.mark.parametrize(
    ("body", "document"),
    [
        (b'{"id": "eml_1", "n": 1.5}', {"id": "eml_1", "n": 1.5}),
        (b'\xef\xbb\xbf{"bom": true}', {"bom": True}),
        ('{"ü": "\\ud83d\\ude00"}'.encode(), {"ü": "😀"}),
        (b"[]", []),
        (b'"https://signed.example/"', "https://signed.example/"),
    ],
)
def test_json(body, document):
    assert read_json(body) == document


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html>Bad gateway</html>", id="a page"),
        pytest.param(b'{"id": "', id="broken off"),
        pytest.param(b'{"a": 1} {"b": 2}', id="two documents"),
        pytest.param(b'{"n": NaN}', id="not a number"),
        pytest.param(b'{"n": -Infinity}', id="infinity"),
        pytest.param(b'{"n": 1e999}', id="beyond a float"),
        pytest.param(b'{"n": ' + b"9" * 5000 + b"}", id="more digits than Python reads"),
        pytest.param(b'{"t": "\\ud800"}', id="half a character"),
        pytest.param(b'{"t": "\xed\xa0\x80"}', id="half a character in bytes"),
        pytest.param('{"t": 1}'.encode("utf-16"), id="not UTF-8"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[" * 200 + b"]" * 200, id="deep"),
        pytest.param(b"[" * 200_000, id="deeper than Python reads"),
    ],
)
def test_what_is_no_json_is_none(body):
    assert read_json(body) is None


@given(st.binary() | st.text(st.sampled_from('{}[]":,0\\ud8e-\x00é'), max_size=30).map(str.encode))
def test_any_body_can_be_read_and_written_again(body):
    json.dumps(read_json(body), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("period_end is before period_start", "period_end is before period_start"),
        (" two\n\tlines\x00 ", "two lines"),
        ("colour \x1b[31mred\x1b[0m", "colour [31mred [0m"),
        ("from \u202eright\u202c to\u200b left", "from right to left"),
        ("", ""),
        ("\ud800", ""),
    ],
)
def test_text_is_made_safe_to_show(text, shown):
    assert clean(text) == shown


def test_long_text_is_cut():
    assert clean("a" * 501) == "a" * 499 + "…"
    assert clean("a" * 500) == "a" * 500
    assert len(clean("word " * 1_000_000, 20)) == 20
