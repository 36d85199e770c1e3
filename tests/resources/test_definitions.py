"""Sites, configs and feedstock types: how cells may name them, and where they are read."""

import pytest
from hypothesis import given, settings

from importer.declare.definition import Definition
from importer.model.record import Json
from importer.resources.catalog import CATALOG
from importer.resources.cula.account import EMISSION_LOG_CONFIG, SITE, active_version
from importer.resources.isometric.account import ENTRY_TEMPLATE, FEEDSTOCK_TYPE
from importer.resources.isometric.datapoint import DATAPOINT
from planning.account import config
from resources.nonsense import json_documents

PATHS = {
    SITE: "/sites",
    EMISSION_LOG_CONFIG: "/periodic-emission-log-configs",
    ENTRY_TEMPLATE: "/projects/{project_id}/ghg_entry_templates",
    FEEDSTOCK_TYPE: "/feedstock_types",
}


@pytest.mark.parametrize(("definition", "path"), PATHS.items(), ids=lambda each: str(each)[:20])
def test_a_definition_is_listed_where_the_service_lists_it(
    definition: Definition, path: str
) -> None:
    assert definition.path == path
    assert CATALOG.definition(definition.name) is definition


NAMES: list[tuple[Definition, dict[str, Json], tuple[str, ...]]] = [
    (SITE, {"id": "ste_1", "external_id": "P", "name": "Plant"}, ("ste_1", "P", "Plant")),
    (SITE, {"id": "ste_1", "external_id": None, "name": "Plant"}, ("ste_1", "Plant")),
    (SITE, {"id": "ste_1", "external_id": "", "name": 5}, ("ste_1",)),
    (EMISSION_LOG_CONFIG, config(), ("elc_1", "Grid electricity")),
    (EMISSION_LOG_CONFIG, config(active_version=None), ("elc_1",)),
    (
        FEEDSTOCK_TYPE,
        {"id": "ftt_1", "supplier_reference_id": "F", "name": "Spruce"},
        ("ftt_1", "F", "Spruce"),
    ),
]


@pytest.mark.parametrize(("definition", "item", "names"), NAMES)
def test_a_definition_is_named_by_its_id_first(
    definition: Definition, item: dict[str, Json], names: tuple[str, ...]
) -> None:
    assert definition.spellings(item) == names


def test_a_config_is_completed_by_its_active_version() -> None:
    """A version cannot be pinned: the server applies the active one."""
    assert EMISSION_LOG_CONFIG.parts({"id": "elc_1", "active_version_id": "ecv_2"}) == {
        "active_version": "/periodic-emission-log-configs/elc_1/versions/ecv_2"
    }


def test_an_id_is_no_path() -> None:
    parts = EMISSION_LOG_CONFIG.parts({"id": "../x", "active_version_id": "a?b"})
    assert parts["active_version"] == "/periodic-emission-log-configs/..%2Fx/versions/a%3Fb"


@pytest.mark.parametrize("version", [None, "ecv_1", [], 5])
def test_a_version_that_is_none_is_empty(version: Json) -> None:
    assert active_version({"active_version": version}) == {}


@settings(max_examples=50)
@given(json_documents)
def test_a_definition_of_any_shape_is_read_without_a_crash(document: Json) -> None:
    item = document if isinstance(document, dict) else {"active_version": document}
    for definition in CATALOG.definitions:
        definition.spellings(item)
        definition.parts(item)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("not_locked", ""),
        (None, ""),
        ("locked_used_in_verified_removal", "a datapoint that a verified entry uses"),
        ("locked_library_datapoint", "a datapoint of the library"),
        ("locked_in_a_way_of_tomorrow", "a datapoint that is locked in a way of tomorrow"),
    ],
)
def test_a_datapoint_is_locked_unless_it_says_not(state: Json, words: str) -> None:
    assert DATAPOINT.locked is not None
    assert DATAPOINT.locked({"locked_status": state}) == words
