"""An empty sandbox per test, and one client per service that sends the needed headers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import httpx
import pytest

from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches

PLANT_CONFIG = "elc_01nrbark000000000000000001"
ELECTRICITY = "dpc_01nrbark000000000000000101"
METER_NUMBER = "dpc_01nrbark000000000000000103"
TICKETS = b"%PDF-1.7 weighbridge tickets of October"


@dataclass(kw_only=True)
class Clock:
    """Stands still until it is told to go on."""

    now: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class Api:
    """One service of a running sandbox, with the headers that it needs."""

    http: httpx.Client
    base: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {**self.headers, **options.pop("headers", {})}
        return self.http.request(method, self.base + path, headers=headers, **options)

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.request("GET", path, params=params)

    def post(self, path: str, body: Any) -> httpx.Response:
        return self.request("POST", path, json=body)

    def put(self, path: str, body: Any) -> httpx.Response:
        return self.request("PUT", path, json=body)

    def patch(self, path: str, body: Any) -> httpx.Response:
        return self.request("PATCH", path, json=body)

    def delete(self, path: str) -> httpx.Response:
        return self.request("DELETE", path)


class Uploads(Protocol):
    """How tests send a document to a signed address, as the tickets are announced."""

    def __call__(
        self, url: str, content: bytes = TICKETS, *, content_type: str = "application/pdf"
    ) -> httpx.Response: ...


class Files(Protocol):
    """How tests send a file to Cula, by default the tickets of the plant."""

    def __call__(
        self, name: str = "tickets.pdf", content: bytes = TICKETS, **fields: str
    ) -> httpx.Response: ...


class Measures(Protocol):
    """How tests make a datapoint; the answer is its id."""

    def __call__(self, magnitude: float, unit: str, **quantity: float) -> str: ...


class Enters(Protocol):
    """How tests make an entry of October that says nothing yet; the answer is its id."""

    def __call__(self, reference: str = "BATCH-10") -> str: ...


class Opens(Protocol):
    """How tests open a sandbox with switches or routers of their own."""

    def __call__(self, **options: Any) -> AbstractContextManager[Running]: ...


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=5) as client:
        yield client


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Clock]]:
    """One server for all tests that need no switches of their own; each one resets it."""
    clock = Clock()
    with running(tmp_path_factory.mktemp("shared") / "sandbox.sqlite", clock=clock) as sandbox:
        yield sandbox, clock


@pytest.fixture
def clock(shared: tuple[Running, Clock]) -> Clock:
    _, clock = shared
    clock.now = Clock().now
    return clock


@pytest.fixture
def opens(tmp_path: Path, clock: Clock) -> Opens:
    def open_sandbox(**options: Any) -> AbstractContextManager[Running]:
        return running(tmp_path / "sandbox.sqlite", **{"clock": clock, **options})

    return open_sandbox


@pytest.fixture
def switches(request: pytest.FixtureRequest) -> Switches:
    """The switches of the sandbox of a test; `@pytest.mark.parametrize` may set others."""
    chosen = getattr(request, "param", None)
    return chosen if isinstance(chosen, Switches) else Switches()


@pytest.fixture
def sandbox(
    shared: tuple[Running, Clock], clock: Clock, opens: Opens, switches: Switches
) -> Iterator[Running]:
    if switches == Switches():
        yield shared[0].reset()
        return
    with opens(switches=switches, clock=clock) as sandbox:
        yield sandbox


@pytest.fixture
def control(http: httpx.Client, sandbox: Running) -> Api:
    return Api(http=http, base=f"{sandbox.url}/_sandbox")


@pytest.fixture
def cula_headers(http: httpx.Client) -> Callable[[Running], dict[str, str]]:
    def ask(sandbox: Running) -> dict[str, str]:
        answer = http.post(
            sandbox.cula_token_url,
            auth=(sandbox.cula_client_id, sandbox.cula_client_secret),
            data={"grant_type": "client_credentials"},
        )
        return {
            "Authorization": f"Bearer {answer.json()['access_token']}",
            "Cula-Organisation-Id": sandbox.cula_organisation_id,
        }

    return ask


@pytest.fixture
def cula(
    http: httpx.Client, sandbox: Running, cula_headers: Callable[[Running], dict[str, str]]
) -> Api:
    return Api(http=http, base=sandbox.cula_base_url, headers=cula_headers(sandbox))


@pytest.fixture
def isometric_headers() -> Callable[[Running], dict[str, str]]:
    def build(sandbox: Running) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {sandbox.isometric_access_token}",
            "X-Client-Secret": sandbox.isometric_client_secret,
        }

    return build


@pytest.fixture
def isometric(
    http: httpx.Client, sandbox: Running, isometric_headers: Callable[[Running], dict[str, str]]
) -> Api:
    return Api(http=http, base=sandbox.isometric_base_url, headers=isometric_headers(sandbox))


@pytest.fixture
def electricity_log() -> dict[str, Any]:
    """A log that is right: 1,000 kWh at the plant in October."""
    return {
        "external_id": "ELEC-2026-10",
        "config_id": PLANT_CONFIG,
        "site": {"external_id": "NB-PLANT"},
        "period_start": "2026-10-01T00:00:00.000Z",
        "period_end": "2026-10-31T00:00:00.000Z",
        "data_points": [
            {"config_id": ELECTRICITY, "input_value": {"value": 1000, "unit": "kWh"}},
            {"config_id": METER_NUMBER, "input_value": "M-1"},
        ],
    }


@pytest.fixture
def biochar_mass(sandbox: Running) -> dict[str, Any]:
    """A datapoint that is right: 18 t of biochar."""
    return {
        "project_id": sandbox.project_id,
        "supplier_reference_id": "DP-MASS-10",
        "display_name": "Biochar produced in October",
        "description": "Weighed on the bag scale",
        "type": "REPORTED",
        "quantity": {"magnitude": 18000, "unit": "kg"},
        "source_ids": [],
    }


@pytest.fixture
def measure(isometric: Api, biochar_mass: dict[str, Any]) -> Measures:
    def post(magnitude: float, unit: str, **quantity: float) -> str:
        body = {
            **biochar_mass,
            "supplier_reference_id": f"DP-{uuid4()}",
            "quantity": {"magnitude": magnitude, "unit": unit, **quantity},
        }
        return str(isometric.post("/datapoints", body).json()["id"])

    return post


@pytest.fixture
def enter(isometric: Api, sandbox: Running) -> Enters:
    def post(reference: str = "BATCH-10") -> str:
        body = {
            "project_id": sandbox.project_id,
            "ghg_entry_template_id": "rvt_1NRBARK01SBX0001",
            "supplier_reference_id": reference,
            "started_on": "2026-10-01",
            "completed_on": "2026-10-31",
        }
        return str(isometric.post("/ghg_entries", body).json()["id"])

    return post


@pytest.fixture
def loader(sandbox: Running, measure: Measures) -> dict[str, Any]:
    """A free-standing component that is right: 100 L of diesel that a loader burned."""
    given = {"diesel_volume": measure(100, "L"), "diesel_factor": measure(2.68, "kgCO2e / L")}
    return {
        "project_id": sandbox.project_id,
        "supplier_reference_id": "CMP-LOADER-10",
        "component_blueprint_key": "diesel-use",
        "display_name": "Diesel of the loader",
        "description": None,
        "activity_started_at": "2026-10-01T00:00:00.000Z",
        "activity_completed_at": "2026-10-31T23:00:00.000Z",
        "inputs": [
            {
                "__typename": "CreateComponentScalarInput",
                "input_key": key,
                "datapoint_id": datapoint,
            }
            for key, datapoint in given.items()
        ],
    }


@pytest.fixture
def component(isometric: Api, loader: dict[str, Any]) -> str:
    """The id of the diesel of the loader, which counts towards nothing yet."""
    return str(isometric.post("/components", loader).json()["id"])


@pytest.fixture
def tickets(sandbox: Running) -> dict[str, Any]:
    """A source that is right: the weighbridge tickets of October, before they are uploaded."""
    return {
        "__typename": "CreateDocumentSourceRequest",
        "project_id": sandbox.project_id,
        "supplier_reference_id": "SRC-TICKETS-10",
        "display_name": "Weighbridge tickets October 2026",
        "file_name": "tickets.pdf",
        "content_type": "application/pdf",
        "content_length": len(TICKETS),
        "published_at": "2026-11-03",
    }


@pytest.fixture
def upload(http: httpx.Client) -> Uploads:
    def put(
        url: str, content: bytes = TICKETS, *, content_type: str = "application/pdf"
    ) -> httpx.Response:
        return http.put(url, content=content, headers={"Content-Type": content_type})

    return put


@pytest.fixture
def announced(isometric: Api, tickets: dict[str, Any]) -> dict[str, Any]:
    """The answer for the tickets: their source, and the address to which they go."""
    return dict(isometric.post("/sources", tickets).json())


@pytest.fixture
def source_id(announced: dict[str, Any], upload: Uploads) -> str:
    """The source of the tickets, which have been uploaded."""
    upload(announced["signed_upload_url"])
    return str(announced["source"]["id"])


@pytest.fixture
def send_file(cula: Api) -> Files:
    def post(name: str = "tickets.pdf", content: bytes = TICKETS, **fields: str) -> httpx.Response:
        site = {"site": "ext-NB-PLANT", **fields}
        file = (name, content, "application/pdf")
        return cula.request("POST", "/files", data=site, files={"file": file})

    return post
