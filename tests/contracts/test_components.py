"""What the sandbox answers about free-standing components, from POST to DELETE, is as described."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from contracts.descriptions import JSON_TYPE, Finding
from contracts.recording import Recorded
from importer.sandbox.server import Running, running

BASE = "/mrv/v0"
VENDOR = "isometric-vendor"
RENAMED = "ghg_entry_template_component_id is not named"
"""Isometric's document is older than the renaming of June 2026."""
ONLY_IN_VENDORS = "DELETE /datapoints/"

Body = dict[str, Any]
Send = Callable[..., Recorded]


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "sandbox.sqlite") as started:
        yield started


@pytest.fixture
def send(twin: Running) -> Iterator[Send]:
    """Sends a request that has to be described, and answers with the exchange."""
    headers = {
        "Authorization": f"Bearer {twin.isometric_access_token}",
        "X-Client-Secret": twin.isometric_client_secret,
    }
    with httpx.Client(base_url=twin.url + BASE, headers=headers) as client:

        def exchange(method: str, path: str, body: Body | None = None) -> Recorded:
            answer = client.request(method, path, json=body)
            recorded = Recorded(
                method=method,
                path=BASE + path.partition("?")[0],
                content_type="" if body is None else JSON_TYPE,
                content=b"" if body is None else json.dumps(body).encode(),
                status=answer.status_code,
                answer=answer.json() if answer.content else None,
            )
            assert any(recorded.find_operations()) or f"{method} {path}".startswith(ONLY_IN_VENDORS)
            assert find_faults(recorded) == []
            return recorded

        yield exchange


def find_faults(exchange: Recorded) -> list[Finding]:
    found = [*exchange.find_request_faults(), *exchange.find_answer_faults()]
    return [each for each in found if not is_known(each, exchange.status)]


def is_known(finding: Finding, status: int) -> bool:
    """Whether Isometric's document cannot have it: a new name, or a status but 200, 204 and 422."""
    is_refusal = finding.place.endswith(f" {status}") and status in (400, 404)
    return finding.description == VENDOR and (finding.place.endswith(RENAMED) or is_refusal)


@pytest.fixture
def make(send: Send, twin: Running) -> Callable[..., str]:
    """Makes a datapoint, an entry or a component."""

    def post(path: str, **body: Any) -> str:
        made = send("POST", path, {"project_id": twin.project_id, **body})
        assert made.status == 200, made
        return str(made.answer["id"])

    return post


@pytest.fixture
def litres(make: Callable[..., str]) -> str:
    return make(
        "/datapoints",
        supplier_reference_id="DP-LITRES",
        display_name="Diesel",
        description="Fuel log",
        type="REPORTED",
        quantity={"magnitude": 100, "unit": "L", "standard_deviation": 1},
        source_ids=[],
    )


@pytest.fixture
def entry(make: Callable[..., str]) -> str:
    return make(
        "/ghg_entries",
        ghg_entry_template_id="rvt_1NRBARK01SBX0001",
        supplier_reference_id="BATCH-10",
        started_on="2026-10-01",
        completed_on="2026-10-31",
    )


@pytest.fixture
def component(make: Callable[..., str], litres: str) -> str:
    return make(
        "/components",
        supplier_reference_id="CMP-LOADER-10",
        component_blueprint_key="diesel-use",
        display_name="Diesel of the loader",
        description=None,
        activity_started_at="2026-10-01T00:00:00Z",
        activity_completed_at="2026-10-31T00:00:00Z",
        inputs=[
            scalar("diesel_volume", litres),
            scalar("diesel_factor", "dtp_1NRBARK01SBX0005"),
        ],
    )


def scalar(key: str, datapoint: str) -> Body:
    typename = "CreateComponentScalarInput"
    return {"__typename": typename, "input_key": key, "datapoint_id": datapoint}


def test_a_component_is_made_read_and_changed(send: Send, component: str):
    path = f"/components/{component}"
    assert send("GET", path).status == 200
    assert send("PATCH", path, {"description": "Refuelled on Fridays"}).status == 200
    assert send("GET", "/components").status == 200


def test_it_is_attributed_and_taken_off(send: Send, entry: str, component: str):
    path = f"/ghg_entries/{entry}/component_attributions"
    share = {
        "component_id": component,
        "component_group_key": "pyrolysis",
        "attribution_factor": 0.5,
    }
    attributed = send("PATCH", path, {"components_to_add": [share]})
    assert attributed.answer["co2e_net_removed_standard_deviation_kg"] == 1.34
    assert send("GET", f"{path}?first=50").answer["total_count"] == 8
    assert send("PATCH", path, {"components_to_remove": [component]}).status == 200
    assert send("PATCH", path, {}).status == 200


def test_all_is_deleted(send: Send, entry: str, component: str):
    for path in (f"/components/{component}", f"/ghg_entries/{entry}"):
        assert send("DELETE", path).status == 204
        assert send("GET", path).status == 404


def test_refusals_are_as_described(send: Send, entry: str, component: str):
    path = f"/ghg_entries/{entry}/component_attributions"
    share = {"component_id": component, "component_group_key": "mining"}
    assert send("PATCH", path, {"components_to_add": [share]}).status == 400
    assert send("PATCH", path, {"components_to_remove": [component]}).status == 400
    assert send("PATCH", f"/components/{component}", {"inputs": []}).status == 400


def test_a_datapoint_is_deleted_when_nothing_uses_it(send: Send, component: str, litres: str):
    path = f"/datapoints/{litres}"
    assert send("DELETE", path).status == 400
    send("DELETE", f"/components/{component}")
    assert send("DELETE", path).status == 204
