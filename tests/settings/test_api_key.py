"""Cula's older way of signing in: `auth = "api-key"`, and what goes with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importer.model.failure import SettingsInvalid, SettingsMissing
from importer.model.ports import Organisation
from importer.model.secret import Secret
from importer.settings.environment import read_environment, read_secrets
from importer.settings.facts import build_facts
from importer.settings.target import CulaKeyTarget, CulaTarget, Target

Choose = Callable[..., Target]
Variables = dict[str, str]

PLANT = """
[targets.plant.cula]
auth = "api-key"
base_url = "https://api.cula.example/tracking/v1/"
organisation_id = "org_2"
"""
KEY = "IMPORTER_TARGETS__PLANT__CULA__API_KEY"


def test_variables_make_up_a_target_with_a_key(choose: Choose, cula_by_key: Variables) -> None:
    target = choose(None, cula_by_key)

    assert target.cula == CulaKeyTarget(
        base_url="https://api.cula.example/tracking/v1",
        api_key=Secret("canary-key"),
        organisation_id="org_1",
        requests_per_minute=1200,
    )
    assert target.cula.auth == "api-key"
    assert target.origins["cula.auth"] == "the variable IMPORTER_CULA__AUTH"
    assert set(target.origins) == {
        "time_zone",
        *(f"cula.{each}" for each in ("auth", "base_url", "api_key", "organisation_id")),
        "cula.requests_per_minute",
    }


@pytest.mark.parametrize("word", [None, "oauth2", "OAuth2"])
def test_oauth2_is_what_is_meant_where_nothing_is_said(
    choose: Choose, cula: Variables, word: str | None
) -> None:
    target = choose(None, cula | ({"IMPORTER_CULA__AUTH": word} if word else {}))

    assert isinstance(target.cula, CulaTarget)
    assert target.cula.auth == "oauth2"


def test_a_profile_takes_the_key_from_a_variable(choose: Choose, tmp_path: Path) -> None:
    target = choose("plant", {KEY: "canary-plant"}, write(tmp_path))

    assert isinstance(target.cula, CulaKeyTarget)
    assert target.cula.api_key.reveal() == "canary-plant"
    assert target.cula.base_url == "https://api.cula.example/tracking/v1"
    assert target.origins["cula.api_key"] == f"the variable {KEY}"


def test_a_profile_takes_the_key_from_a_secret_file(choose: Choose, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("canary-file\n")

    target = choose("plant", {}, write(tmp_path, 'api_key_file = "key"'))

    assert isinstance(target.cula, CulaKeyTarget)
    assert target.cula.api_key.reveal() == "canary-file"


def test_a_variable_may_name_the_file_of_the_key(choose: Choose, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("canary-file")

    target = choose("plant", {f"{KEY}_FILE": str(tmp_path / "key")}, write(tmp_path))

    assert isinstance(target.cula, CulaKeyTarget)
    assert target.cula.api_key.reveal() == "canary-file"


def test_a_key_in_the_file_itself_is_refused_and_not_shown(choose: Choose, tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"holds a secret, cula\.api_key") as caught:
        choose("plant", {}, write(tmp_path, 'api_key = "canary"'))

    assert KEY in caught.value.remedy
    assert "canary" not in str(caught.value) + caught.value.remedy


def test_what_is_missing_goes_by_the_way_of_signing_in(
    choose: Choose, cula_by_key: Variables
) -> None:
    with pytest.raises(SettingsMissing) as caught:
        choose(None, {"IMPORTER_CULA__AUTH": "api-key"})
    assert str(caught.value).endswith(
        "What is missing: cula.base_url, cula.api_key, cula.organisation_id."
    )

    del cula_by_key["IMPORTER_CULA__AUTH"], cula_by_key["IMPORTER_CULA__API_KEY"]
    with pytest.raises(SettingsMissing) as caught:
        choose(None, cula_by_key)
    assert str(caught.value).endswith(
        "What is missing: cula.token_url, cula.client_id, cula.client_secret."
    )


@pytest.mark.parametrize("other", ["TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE"])
def test_what_belongs_to_oauth2_does_not_go_with_a_key(
    choose: Choose, cula_by_key: Variables, other: str
) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        choose(None, cula_by_key | {f"IMPORTER_CULA__{other}": "canary-other"})

    name = other.lower().removesuffix("_file")
    assert str(caught.value) == (
        f"The setting cula.{name} (the variable IMPORTER_CULA__{other}) does not go with "
        "cula.auth = api-key."
    )
    assert caught.value.remedy == ("Take one of the two away: it goes with cula.auth = oauth2.")


def test_a_key_does_not_go_with_oauth2(choose: Choose, cula: Variables) -> None:
    with pytest.raises(SettingsInvalid, match=r"cula\.api_key .* does not go with") as caught:
        choose(None, cula | {"IMPORTER_CULA__API_KEY": "canary-key"})

    assert "cula.auth = api-key" in caught.value.remedy
    assert "canary" not in str(caught.value) + caught.value.remedy


def test_a_way_that_nobody_knows(choose: Choose, cula: Variables) -> None:
    with pytest.raises(SettingsInvalid, match="is none of oauth2, api-key: apikey") as caught:
        choose(None, cula | {"IMPORTER_CULA__AUTH": "apikey"})

    assert "Did you mean api-key?" in caught.value.remedy


def test_nothing_that_is_handed_out_prints_the_key(
    choose: Choose, cula_by_key: Variables, folder: Path
) -> None:
    target = choose(None, cula_by_key)
    assert target.cula is not None
    for each in (
        target,
        target.cula,
        read_environment(cula_by_key, folder),
        read_secrets({KEY: "canary"}, "plant", folder),
        build_facts(target, {"cula": Organisation(id="org_1", name="")}),
    ):
        assert "canary" not in f"{each} {each!r} {each:}", type(each)


def write(folder: Path, line: str = "") -> Path:
    """A settings file whose target has a key, and one line more."""
    path = folder / "importer.toml"
    path.write_text(PLANT + line)
    return path
