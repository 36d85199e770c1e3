"""Secrets stand nowhere, whatever services repeat; a product that lets one out is noticed."""

import logging
from collections.abc import Iterator

import pytest

from importer.apis import client
from reliability.canary import COMMANDS, SCENES, Cage, Scene, open_cage, play

pytestmark = [pytest.mark.reliability, pytest.mark.timeout(600)]

EVERY_OTHER = SCENES[:1] + SCENES[1::2]


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with open_cage() as opened:
        yield opened


@pytest.mark.parametrize("scene", EVERY_OTHER, ids=lambda scene: scene.name)
def test_no_secret_is_anywhere(cage: Cage, scene: Scene) -> None:
    figures = play(cage, scene)
    assert figures.hits == ()
    assert figures.silent == ()
    assert figures.places >= 3 * len(COMMANDS)


def find(name: str) -> Scene:
    return next(each for each in SCENES if each.name == name)


def test_a_refusal_that_is_kept_as_it_came_is_noticed(
    cage: Cage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "blot_out", lambda body, _secrets: body)
    hits = play(cage, find("writes: 422 as error")).hits
    assert {"access_token of Isometric", "signed address", "presented Bearer"} <= {
        hit.split(": ", 2)[-1].split(" in ")[0] for hit in hits
    }
    assert any("ledger.sqlite" in hit for hit in hits)


def test_a_secret_in_a_log_is_noticed(cage: Cage, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = client.Client.exchange

    def tell(own: client.Client, request: client.Request) -> object:
        logging.getLogger("importer").debug("%s", request.headers)
        return exchange(own, request)

    monkeypatch.setattr(client.Client, "exchange", tell)
    hits = play(cage, find("undisturbed")).hits
    assert any("X-Client-Secret in log of" in hit for hit in hits)
