"""Which target a command goes to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importer.model.failure import SettingsInvalid, SettingsMissing
from importer.settings.choice import choose_target, find_target
from importer.settings.target import SandboxChosen, Target

Choose = Callable[..., Target]
Variables = dict[str, str]


def test_the_sandbox_is_built_in(folder: Path, cula: Variables) -> None:
    found = choose_target("sandbox", config=None, environ=cula, folder=folder)

    assert found == SandboxChosen()


def test_no_target_lists_those_that_are_there(choose: Choose, plant: Variables) -> None:
    with pytest.raises(SettingsMissing) as caught:
        choose(None, plant)

    assert str(caught.value) == (
        "No target is chosen. Targets: sandbox (built in), plant-north (importer.toml)."
    )
    for hint in ("--target sandbox", "IMPORTER_CULA__", "IMPORTER_ISOMETRIC__", "importer.toml"):
        assert hint in caught.value.remedy


def test_variables_come_before_the_list(choose: Choose, plant: Variables, cula: Variables) -> None:
    assert choose(None, plant | cula).name == "env"


@pytest.mark.parametrize(("wrong", "meant"), [("plantnorth", "plant-north"), ("sandbx", "sandbox")])
def test_an_unknown_target_gets_the_near_one(
    choose: Choose, plant: Variables, wrong: str, meant: str
) -> None:
    with pytest.raises(SettingsMissing, match=f"There is no target {wrong}") as caught:
        choose(wrong, plant)

    assert "plant-north (importer.toml)" in str(caught.value)
    assert f"Did you mean {meant}?" in caught.value.remedy


def test_a_target_is_named_to_the_letter(choose: Choose, plant: Variables) -> None:
    with pytest.raises(SettingsMissing, match="There is no target Plant-North"):
        choose("Plant-North", plant)


def test_the_target_of_the_variables_cannot_be_named(choose: Choose, cula: Variables) -> None:
    with pytest.raises(SettingsMissing, match="There is no target env") as caught:
        choose("env", cula)

    assert "Leave --target out" in caught.value.remedy


def test_a_target_without_a_service_contacts_nobody(choose: Choose, folder: Path) -> None:
    zone = {"IMPORTER_TIME_ZONE": "Europe/Berlin"}
    with pytest.raises(SettingsMissing, match="The target env has no service"):
        choose(None, zone)

    found = find_target(None, config=None, environ=zone, folder=folder)
    assert isinstance(found, Target)
    assert (found.time_zone, found.cula, found.isometric) == ("Europe/Berlin", None, None)


def test_a_check_can_do_without_a_target(folder: Path) -> None:
    assert find_target(None, config=None, environ={}, folder=folder) is None


@pytest.mark.parametrize("setting", ["BASE_URL", "TOKEN_URL"])
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://api.example/v1", "to api.example for all to read"),
        ("http://localhost.example", "to localhost.example for all to read"),
        ("http://10.0.0.1", "for all to read"),
        ("ftp://api.example", "is not a web address"),
        ("api.example/v1", "is not a web address"),
        ("canary", "is not a web address"),
        ("https://", "is not a web address"),
        ("https://[canary", "is not a web address"),
        ("https://api.example:canary/v1", "is not a web address"),
        ("https://me:canary@api.example", "more than host and path"),
        ("https://api.example?key=canary", "more than host and path"),
        ("https://api.example/\nv1", "character at position 21"),
        ("https://api.example/…", "character at position 21"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(
    choose: Choose, cula: Variables, setting: str, address: str, words: str
) -> None:
    with pytest.raises(SettingsInvalid, match=words) as caught:
        choose(None, cula | {f"IMPORTER_CULA__{setting}": address})

    assert f"the variable IMPORTER_CULA__{setting}" in str(caught.value)
    assert caught.value.remedy
    assert "canary" not in str(caught.value) + caught.value.remedy


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "127.9.9.9", "[::1]:8000"])
def test_this_machine_may_be_reached_in_the_open(
    choose: Choose, cula: Variables, host: str
) -> None:
    target = choose(None, cula | {"IMPORTER_CULA__BASE_URL": f"http://{host}/v1/"})

    assert target.cula is not None
    assert target.cula.base_url == f"http://{host}/v1"


@pytest.mark.parametrize("count", ["0", "-1", "1.5", "1,200", "many", "1e3", "١٢", "0x10"])
def test_a_pace_is_a_whole_number_above_0(choose: Choose, cula: Variables, count: str) -> None:
    with pytest.raises(SettingsInvalid, match=r"not a whole number above 0|position 1") as caught:
        choose(None, cula | {"IMPORTER_CULA__REQUESTS_PER_MINUTE": count})

    assert "IMPORTER_CULA__REQUESTS_PER_MINUTE" in str(caught.value)


def test_a_pace_is_taken(choose: Choose, cula: Variables) -> None:
    target = choose(None, cula | {"IMPORTER_CULA__REQUESTS_PER_MINUTE": " 60 "})

    assert target.cula is not None
    assert target.cula.requests_per_minute == 60


@pytest.mark.parametrize(
    ("zone", "remedy"),
    [("Europe/Berln", "Did you mean Europe/Berlin?"), ("../etc/passwd", "UTC"), ("Europe", "UTC")],
)
def test_a_time_zone_has_to_exist(choose: Choose, cula: Variables, zone: str, remedy: str) -> None:
    with pytest.raises(SettingsInvalid, match="is not a time zone") as caught:
        choose(None, cula | {"IMPORTER_TIME_ZONE": zone})

    assert remedy in caught.value.remedy


@pytest.mark.parametrize("pasted", ["can\nary", "“canary”", "can\u200bary"])
def test_a_secret_that_was_pasted_wrongly_is_refused_unseen(
    choose: Choose, cula: Variables, pasted: str
) -> None:
    with pytest.raises(SettingsInvalid, match="cannot be sent") as caught:
        choose(None, cula | {"IMPORTER_CULA__CLIENT_SECRET": pasted})

    assert "ary" not in str(caught.value).replace("variable", "")
