"""Data points as they are read with an API key, which opens an older API."""

import pytest

from importer.declare.column import Kind
from importer.declare.definition import DefinedField
from importer.declare.resource import Items
from importer.model.ports import API_KEY, AUTH
from importer.model.record import Json
from importer.resources.cula.data_point import define_data_points, read_values, write_values
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.cula.file import FILE
from planning.account import SITE, config, point

MARK: dict[str, Json] = {AUTH: API_KEY}
OLDER_SITE = {**SITE, **MARK}


def older(own_id: str, name: str, kind: str, **more: Json) -> dict[str, Json]:
    """A data point config as the older API lists it."""
    listed = point(own_id, name, kind)
    del listed["accepts_input"]
    return {**listed, "has_dependencies": False, **more}


def items(*points: Json) -> Items:
    return {"Config": config(*points, **MARK), "Site": OLDER_SITE}


def define(kind: str, **more: Json) -> DefinedField:
    (field,) = define_data_points(items(older("dpc_1", "Power", kind, **more))).fields
    return field


@pytest.mark.parametrize(
    ("kind", "because"),
    [
        (
            "percentage",
            "a percentage, which the older API of Cula's API keys may count from 0 to 100",
        ),
        ("duration", "a duration, which the older API of Cula's API keys may count in seconds"),
        (
            "material_id",
            "a material, whose form in the older API of Cula's API keys is not published",
        ),
        (
            "container_type_id",
            "a container type, whose form in the older API of Cula's API keys is not published",
        ),
    ],
)
def test_what_is_not_sure_is_not_sent(kind: str, because: str) -> None:
    column = define(kind, default_input_value=7).column
    assert (column.available, column.because) == (False, because)
    assert column.default == "", "its scale is not sure either"


@pytest.mark.parametrize(
    "kind", ["short_text", "long_text", "multi_text", "number", "boolean", "amount", "timestamp"]
)
def test_everything_else_is_sent(kind: str) -> None:
    column = define(kind).column
    assert column.available
    assert column.kind is not Kind.DEFINED


@pytest.mark.parametrize(
    ("more", "computed"),
    [
        ({"has_dependencies": True}, True),
        ({"has_dependencies": False}, False),
        ({"has_dependencies": None}, False),
        ({"has_dependencies": True, "accepts_input": None}, True),
        ({"has_dependencies": True, "accepts_input": True}, False),
        ({"has_dependencies": False, "accepts_input": False}, True),
    ],
)
def test_a_data_point_with_dependencies_is_computed(more: dict[str, Json], computed: bool) -> None:
    assert define("number", **more).computed is computed


def test_pounds_are_no_unit() -> None:
    assert define("amount", amount_base="weight").column.units == ("kg", "t", "shortton")
    assert define("amount", amount_base="volume").column.units == ("l", "m3", "foot^3", "yard^3")


def test_values_are_read_and_sent_again_as_they_were_put_in() -> None:
    """The normalised value, whatever its name, is never compared; a scale is never guessed."""
    known = items(
        older("dpc_1", "Power", "amount", amount_base="weight"),
        older("dpc_2", "Share", "percentage"),
        older("dpc_3", "Factor", "number", has_dependencies=True),
    )
    stored: dict[str, Json] = {
        "data_points": [
            {
                "config_id": "dpc_1",
                "input_value": {"value": 2, "unit": "t"},
                "value": {"value": 2000, "unit": "kg"},
            },
            {"config_id": "dpc_2", "input_value": 15.7, "value": 15.7},
            {"config_id": "dpc_3", "input_value": None, "value": 0.04},
        ]
    }
    values = read_values(stored, known)
    assert values == {"dpc_1": {"value": 2, "unit": "t"}, "dpc_2": 15.7}
    assert write_values(values, known) == [
        {"config_id": "dpc_1", "input_value": {"value": 2, "unit": "t"}},
        {"config_id": "dpc_2", "input_value": 15.7},
    ]


def test_files_do_not_go_with_a_key() -> None:
    assert EMISSION_LOG.misfits is not None
    assert FILE.misfits is not None
    assert [each.header for each in EMISSION_LOG.misfits(items())] == ["Files"]
    assert [each.header for each in FILE.misfits({"Site": OLDER_SITE})] == ["File"]
    assert not FILE.misfits({"Site": SITE})


def test_a_body_names_no_files() -> None:
    assert EMISSION_LOG.shape is not None
    body: dict[str, Json] = {"external_id": "E-10", "file_ids": []}
    assert EMISSION_LOG.shape(body, items()) == {"external_id": "E-10"}
    assert EMISSION_LOG.shape(body, {"Config": config(), "Site": SITE}) == body


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ({"file_ids": []}, ""),
        ({"file_ids": ["fil_1"]}, "linked files (an update with an API key might unlink them)"),
        ({}, "no word about linked files (an update with an API key might unlink them)"),
        ({"file_ids": None}, "no word about linked files (an update with an API key might"),
    ],
)
def test_a_log_that_may_have_files_is_not_replaced(log: dict[str, Json], reason: str) -> None:
    assert EMISSION_LOG.locked is not None
    found = EMISSION_LOG.locked({**log, **MARK})
    assert found.startswith(reason)
    assert bool(found) is bool(reason)
    assert not EMISSION_LOG.locked(log)
