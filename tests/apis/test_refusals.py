"""What a service complains about: the member that it names, and its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.apis.client import Exchange
from importer.apis.refusals import read_refusals


def read(status: int, json: object, text: str = "") -> list[tuple[str, str]]:
    answer = Exchange(status=status, json=json, text=text)  # type: ignore[arg-type]  # any JSON
    return [(each.member, each.words) for each in read_refusals(answer)]


def cula(**error: object) -> dict[str, object]:
    return {"error": {"type": "validation_error", "request_id": "req_1", **error}}


@pytest.mark.parametrize(
    ("json", "complaints"),
    [
        pytest.param(
            cula(message="is not a unit", param="data_points[0].input_value"),
            [("data_points[0].input_value", "is not a unit")],
            id="Cula: one",
        ),
        pytest.param(
            cula(
                message="Validation failed",
                param="period_start",
                details=[
                    {"code": "field_invalid", "param": "period_start", "message": "no date"},
                    {"code": "field_invalid", "param": "site", "message": "unknown"},
                ],
            ),
            [("period_start", "no date"), ("site", "unknown")],
            id="Cula: several",
        ),
        pytest.param(
            cula(
                message="External id is taken", code="external_id_in_use", existing={"id": "eml_9"}
            ),
            [("external_id", "External id is taken (held by eml_9)")],
            id="Cula: taken",
        ),
        pytest.param(
            cula(message="Taken", code="external_id_in_use") | {"existing": {"id": "eml_9"}},
            [("external_id", "Taken (held by eml_9)")],
            id="Cula: taken, told outside of the error",
        ),
        pytest.param(
            cula(message="Taken", code="external_id_in_use", existing=["eml_9"]),
            [("external_id", "Taken")],
            id="Cula: taken, not told by whom",
        ),
        pytest.param(
            cula(message="Finalised", code="locked", details=[5, {"message": 5}]),
            [("", "Finalised")],
            id="Cula: details that are none",
        ),
        pytest.param(cula(code="odd"), [("", "odd")], id="Cula: a code only"),
        pytest.param(
            {"detail": [{"loc": ["body", "quantity", "magnitude"], "msg": "not a number"}]},
            [("quantity.magnitude", "not a number")],
            id="Isometric: nested",
        ),
        pytest.param(
            {
                "detail": [
                    {"loc": ["body", "source_ids", 0], "msg": "too short", "input": "secret?"},
                    {"loc": ["query", "first"], "msg": "at most 50"},
                    {"loc": "body", "msg": "odd place"},
                ]
            },
            [("source_ids[0]", "too short"), ("query.first", "at most 50"), ("", "odd place")],
            id="Isometric: several",
        ),
        pytest.param(
            {"detail": "Could not find 'Source' with IDs 'src_1'"},
            [("", "Could not find 'Source' with IDs 'src_1'")],
            id="Isometric: words",
        ),
        pytest.param(
            cula(message="a\x00b\n" + "c" * 600),
            [("", "a b " + "c" * 495 + "…")],
            id="long and odd",
        ),
    ],
)
def test_documented_bodies(json, complaints):
    assert read(422, json) == complaints


@pytest.mark.parametrize(
    ("json", "text", "words"),
    [
        (None, "<html>Bad gateway</html>", "<html>Bad gateway</html>"),
        (None, "", "no explanation"),
        ({"detail": []}, '{"detail": []}', '{"detail": []}'),
        ({"detail": None}, '{"detail": null}', '{"detail": null}'),
        ({"error": "invalid_client"}, '{"error": "invalid_client"}', '{"error": "invalid_client"}'),
        ({"error": {}}, '{"error": {}}', '{"error": {}}'),
        ([1], "[1]", "[1]"),
    ],
)
def test_anything_else_is_told_as_it_came(json, text, words):
    assert read(400, json, text) == [("", words)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab\x00\n[].", max_size=5),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "error",
                    "detail",
                    "details",
                    "loc",
                    "msg",
                    "param",
                    "message",
                    "code",
                    "existing",
                    "id",
                ]
            ),
            children,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "<?xml version='1.0'?><Error><Code>ExpiredToken</Code><Message>Invalid argument."
            "</Message><Details>expired at …</Details></Error>",
            "ExpiredToken: Invalid argument.",
        ),
        ("<Error><Message>A &amp; B\x1b</Message><Code>C</Code></Error>", "C: A & B"),
        ("<Error><Code></Code></Error>", "<Error><Code></Code></Error>"),
        ("<html>Bad gateway</html>", "<html>Bad gateway</html>"),
        ("<Code>cut", "<Code>cut"),
    ],
)
def test_what_a_document_storage_says(text, words):
    assert read(403, None, text) == [("", words)]


@given(JSON)
def test_there_is_always_a_complaint_that_can_be_shown(json):
    complaints = read(400, json)
    assert complaints
    for member, words in complaints:
        assert words
        assert (member + words).isprintable()
