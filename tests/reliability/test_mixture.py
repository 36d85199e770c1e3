"""Seeded mixtures: a hundred of them, and one with the product broken on purpose."""

from collections.abc import Iterator

import pytest

from importer.flows import looking
from reliability.mixture import Table, draw, open_table, play

pytestmark = [pytest.mark.reliability, pytest.mark.timeout(600)]

SEEDS, PARTS = 100, 4


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with open_table() as opened:
        yield opened


@pytest.mark.parametrize("part", range(PARTS))
def test_any_mixture_of_faults_ends_with_everything_once(table: Table, part: int) -> None:
    played = [play(table, draw(seed)) for seed in range(part, SEEDS, PARTS)]
    assert [each for each in played if each.findings] == []
    assert sum(each.met for each in played) > len(played)


def test_a_seed_plays_the_same_again(table: Table) -> None:
    def spell() -> tuple[object, list[tuple[str, int | None]]]:
        played = play(table, draw(3))
        twin = table.strict if draw(3).strict else table.lenient
        # Behind the second slash there are ids, which the service makes up.
        paths = [(each.path.count("/"), each.status) for each in twin.store.requests()]
        return played, paths

    assert draw(3) == draw(3)
    assert spell() == spell()


def test_a_write_that_is_blindly_repeated_is_noticed(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking.Sight, "look_up", lambda *_, **__: None)
    seeds = [seed for seed in range(40) if not draw(seed).strict]
    found = {each.wrong.value for seed in seeds for each in play(table, draw(seed)).findings}
    assert "duplicates" in found
