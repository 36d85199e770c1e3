"""A service of each kind before a scripted server, in fake time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import pytest

from importer.apis.client import Client, open_client
from importer.apis.cula import CulaKeySettings, CulaService, CulaSettings
from importer.apis.isometric import IsometricService, IsometricSettings
from importer.apis.pace import Pace
from importer.model.secret import Secret
from tests.apis.fakes import FakeTime, patient
from tests.apis.scripted import TOKEN_PATH, Scripted, serve

S = TypeVar("S")


@dataclass(kw_only=True)
class Stage(Generic[S]):
    """A service, the server that it talks to, and the time that it believes in."""

    service: S
    server: Scripted
    time: FakeTime


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    with open_client() as client:
        yield client


@pytest.fixture
def server() -> Iterator[Scripted]:
    with serve() as server:
        yield server


@pytest.fixture
def cula_settings(server: Scripted) -> CulaSettings:
    return CulaSettings(
        base_url=f"{server.url}/tracking/v1",
        token_url=f"{server.url}{TOKEN_PATH}",
        client_id="client-of-ours",
        client_secret=Secret("cula-client-secret"),
        organisation_id="org_01",
    )


@pytest.fixture
def isometric_settings(server: Scripted) -> IsometricSettings:
    return IsometricSettings(
        base_url=f"{server.url}/mrv/v0",
        client_secret=Secret("isometric-client-secret"),
        access_token=Secret("isometric-access-token"),
        project_id="prj_1",
    )


@pytest.fixture
def cula(
    server: Scripted, cula_settings: CulaSettings, client: Client, time: FakeTime
) -> Stage[CulaService]:
    service = CulaService(
        cula_settings,
        client=client,
        pace=Pace(None, clock=time.clock, sleep=time.sleep),
        patience=patient(time),
        clock=time.clock,
    )
    return Stage(service=service, server=server, time=time)


@pytest.fixture
def cula_key_settings(server: Scripted) -> CulaKeySettings:
    return CulaKeySettings(
        base_url=f"{server.url}/tracking/v1",
        api_key=Secret("cula-api-key-of-ours"),
        organisation_id="org_01",
    )


@pytest.fixture
def cula_by_key(
    server: Scripted, cula_key_settings: CulaKeySettings, client: Client, time: FakeTime
) -> Stage[CulaService]:
    service = CulaService(
        cula_key_settings,
        client=client,
        pace=Pace(None, clock=time.clock, sleep=time.sleep),
        patience=patient(time),
        clock=time.clock,
    )
    return Stage(service=service, server=server, time=time)


@pytest.fixture
def isometric(
    server: Scripted, isometric_settings: IsometricSettings, client: Client, time: FakeTime
) -> Stage[IsometricService]:
    service = IsometricService(
        isometric_settings,
        client=client,
        pace=Pace(None, clock=time.clock, sleep=time.sleep),
        patience=patient(time),
    )
    return Stage(service=service, server=server, time=time)
