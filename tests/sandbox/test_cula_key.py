"""Cula as it was: an API key alone, and the older names and scales."""

from typing import Any

import httpx
import pytest

from importer.sandbox.facts import Running as Facts
from importer.sandbox.identity import Identity
from importer.sandbox.server import Running
from tests.sandbox.conftest import ELECTRICITY, Api

LOGS = "/periodic-emission-logs"
DIESEL_VERSION = (
    "/periodic-emission-log-configs/elc_01nrbark000000000000000003"
    "/versions/ecv_01nrbark000000000000000031"
)
GRID_VERSION = (
    "/periodic-emission-log-configs/elc_01nrbark000000000000000001"
    "/versions/ecv_01nrbark000000000000000012"
)


@pytest.fixture
def older(http: httpx.Client, sandbox: Running) -> Api:
    """The same service, with nothing but the key."""
    headers = {"Authorization": f"Bearer {sandbox.cula_api_key}"}
    return Api(http=http, base=sandbox.cula_base_url, headers=headers)


def by_name(points: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in points}


def points_of(api: Api, version: str) -> dict[str, dict[str, Any]]:
    return by_name(api.get(version).json()["data_point_configs"])


@pytest.fixture
def diesel_log() -> dict[str, Any]:
    """A log with 30 % of biodiesel and an hour and a half of idle time, in the older scales."""
    values = {301: {"value": 2, "unit": "m3"}, 302: 100, 303: 30, 307: 5400}
    return {
        "external_id": "DIESEL-10",
        "config_id": "elc_01nrbark000000000000000003",
        "site": {"external_id": "NB-YARD"},
        "period_start": "2026-10-01T00:00:00.000Z",
        "period_end": "2026-10-31T00:00:00.000Z",
        "data_points": [
            {"config_id": f"dpc_01nrbark{number:018d}", "input_value": value}
            for number, value in values.items()
        ],
    }


def test_the_key_opens_without_an_organisation(older: Api) -> None:
    assert older.get("/sites").status_code == 200
    assert older.get("/files").json()["data"] == []


@pytest.mark.parametrize("key", ["x", "sandbox-cula-api-ke"])
def test_another_key_is_401(older: Api, key: str) -> None:
    answer = older.request("GET", "/sites", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "auth_error"


def test_a_computed_data_point_goes_by_its_dependencies(older: Api, cula: Api) -> None:
    points, today = points_of(older, GRID_VERSION), points_of(cula, GRID_VERSION)
    assert {name for name, each in points.items() if each["has_dependencies"]} == {"Grid factor"}
    assert not any("accepts_input" in each for each in points.values())
    assert not any("has_dependencies" in each for each in today.values())


def test_configs_have_the_older_scales_and_names(older: Api) -> None:
    points = points_of(older, DIESEL_VERSION)
    share = points["Biodiesel share"]
    assert (share["default_input_value"], share["validation"]) == (7, {"max": 30})
    assert points["Idle time"]["validation"] == {"min": 0, "max": 2_678_400}
    assert points["Lubricant"]["type"] == "material_id"


def test_values_have_the_older_scales_and_names(
    older: Api, cula: Api, diesel_log: dict[str, Any]
) -> None:
    made = older.post(LOGS, diesel_log)
    assert made.status_code == 201
    points = by_name(made.json()["data_points"])
    share, idle = points["Biodiesel share"], points["Idle time"]
    assert (share["input_value"], share["value"]) == (30, 30)
    assert (idle["input_value"], idle["value"]) == (5400, 5400)
    assert not any("result_value" in each for each in points.values())
    listed = older.get(LOGS).json()["data"][0]
    assert by_name(listed["data_points"]) == points
    today = by_name(cula.get(f"{LOGS}/ext-DIESEL-10").json()["data_points"])
    assert today["Biodiesel share"]["result_value"] == pytest.approx(0.3)
    assert today["Idle time"]["result_value"] == 5_400_000


def test_an_amount_has_both_values(older: Api, electricity_log: dict[str, Any]) -> None:
    answer = older.post(LOGS, electricity_log).json()
    (kwh,) = [each for each in answer["data_points"] if each["config_id"] == ELECTRICITY]
    assert kwh["input_value"] == kwh["value"] == {"value": 1000, "unit": "kWh"}


@pytest.mark.parametrize("files", [[], None, ["fil_1"]])
def test_files_are_not_named_in_a_log(
    older: Api, electricity_log: dict[str, Any], files: list[str] | None
) -> None:
    answer = older.post(LOGS, {**electricity_log, "file_ids": files})
    assert answer.status_code == 422
    assert answer.json()["error"]["param"] == "file_ids"


@pytest.mark.parametrize("body", [b"", b"{"])
def test_a_body_that_is_none_is_refused_as_ever(older: Api, cula: Api, body: bytes) -> None:
    statuses = {api.request("POST", LOGS, content=body).status_code for api in (older, cula)}
    assert len(statuses) == 1
    assert statuses < {400, 422}


def test_an_older_database_has_the_key_too(sandbox: Running) -> None:
    facts = sandbox.store.identity.facts()
    del facts["cula_api_key"]
    assert Identity.read(facts).cula_api_key == sandbox.cula_api_key


def test_an_older_sandbox_tells_no_key(sandbox: Running) -> None:
    facts = sandbox.describe()
    del facts["cula"]["api_key"]
    assert not Facts.read(sandbox.url, facts).cula_api_key


def test_the_key_is_not_in_its_repr(sandbox: Running) -> None:
    assert sandbox.cula_api_key not in repr(sandbox)
