"""What a target is called in texts."""

from collections.abc import Callable

import pytest

from importer.model.ports import Organisation
from importer.model.report import TargetFacts
from importer.settings.facts import build_facts, name_host
from importer.settings.target import Target

Choose = Callable[..., Target]
Variables = dict[str, str]


def test_a_target_is_told_by_host_and_organisation(
    choose: Choose, cula: Variables, isometric: Variables
) -> None:
    facts = build_facts(
        choose(None, cula | isometric),
        {
            "cula": Organisation(id="org_1", name="Plant North"),
            "isometric": Organisation(id="org_9", name=""),
        },
    )

    assert facts == TargetFacts(
        name="env",
        hosts=(("cula", "cula-demo"), ("isometric", "isometric-sandbox")),
        organisations=(("cula", "Plant North"), ("isometric", "org_9")),
        origin="environment variables",
    )


def test_only_what_the_target_has_is_told(choose: Choose, plant: Variables) -> None:
    facts = build_facts(
        choose("plant-north", plant), {"isometric": Organisation(id="org_9", name="x")}
    )

    assert facts.hosts == (("cula", "api.cula.example"),)
    assert facts.organisations == ()
    assert facts.origin == "importer.toml"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://API.Demo.Cula.Earth/tracking/v1", "cula-demo"),
        ("https://api.isometric.com/mrv/v0", "api.isometric.com"),
        ("http://127.0.0.1:8123/cula", "127.0.0.1:8123"),
    ],
)
def test_hosts_are_named(address: str, host: str) -> None:
    assert name_host(address) == host
