"""The target that the variables make up."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importer.model.failure import SettingsInvalid, SettingsMissing
from importer.model.secret import Secret
from importer.settings.target import CulaTarget, IsometricTarget, Target

Choose = Callable[..., Target]
Variables = dict[str, str]


def test_variables_make_up_a_target(choose: Choose, cula: Variables, isometric: Variables) -> None:
    target = choose(None, cula | isometric | {"PATH": "/bin", "IMPORTER_MAIL__HOST": "mail"})

    assert (target.name, target.time_zone, target.origin) == ("env", "UTC", "environment variables")
    assert target.cula == CulaTarget(
        base_url="https://api.demo.cula.earth/tracking/v1",
        token_url="https://auth.demo.cula.earth/oauth2/token",
        client_id="client-1",
        client_secret=Secret("canary-cula"),
        organisation_id="org_1",
        requests_per_minute=1200,
    )
    assert target.isometric == IsometricTarget(
        base_url="https://api.sandbox.isometric.com/mrv/v0",
        client_secret=Secret("canary-isometric"),
        access_token=Secret("canary-token"),
        project_id="prj_1",
        requests_per_minute=100,
    )


def test_every_setting_says_where_it_came_from(choose: Choose, isometric: Variables) -> None:
    target = choose(None, isometric | {"IMPORTER_TIME_ZONE": "Europe/Berlin"})

    assert target.cula is None
    assert target.origins == {
        "time_zone": "the variable IMPORTER_TIME_ZONE",
        "isometric.base_url": "the variable IMPORTER_ISOMETRIC__BASE_URL",
        "isometric.client_secret": "the variable IMPORTER_ISOMETRIC__CLIENT_SECRET",
        "isometric.access_token": "the variable IMPORTER_ISOMETRIC__ACCESS_TOKEN",
        "isometric.project_id": "the variable IMPORTER_ISOMETRIC__PROJECT_ID",
        "isometric.requests_per_minute": "built in",
        "isometric.creates_feedstock_types": "built in",
    }


@pytest.mark.parametrize("word", ["yes", "no"])
def test_whether_feedstock_types_can_be_made_is_stated(
    choose: Choose, isometric: Variables, word: str
) -> None:
    target = choose(None, isometric | {"IMPORTER_ISOMETRIC__CREATES_FEEDSTOCK_TYPES": word})
    assert target.isometric is not None
    assert target.isometric.creates_feedstock_types == word


def test_what_is_missing_is_named_all_at_once_with_its_variable(
    choose: Choose, cula: Variables, isometric: Variables
) -> None:
    del cula["IMPORTER_CULA__TOKEN_URL"]
    cula["IMPORTER_CULA__CLIENT_SECRET"] = "  "
    del isometric["IMPORTER_ISOMETRIC__PROJECT_ID"]

    with pytest.raises(SettingsMissing) as caught:
        choose(None, cula | isometric)

    assert str(caught.value) == (
        "The target env is not complete. What is missing: "
        "cula.token_url, cula.client_secret, isometric.project_id."
    )
    assert caught.value.remedy == (
        "Set the variable IMPORTER_CULA__TOKEN_URL; the variable IMPORTER_CULA__CLIENT_SECRET; "
        "the variable IMPORTER_ISOMETRIC__PROJECT_ID."
    )


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("IMPORTER_CULA__CLIENTID", "IMPORTER_CULA__CLIENT_ID"),
        ("IMPORTER_CULA_BASE_URL", "IMPORTER_CULA__BASE_URL"),
        ("IMPORTER_CULA__ORGANIZATION_ID", "IMPORTER_CULA__ORGANISATION_ID"),
        ("IMPORTER_ISOMETRIC__PROJECT", "IMPORTER_ISOMETRIC__PROJECT_ID"),
    ],
)
def test_a_variable_that_is_no_setting_gets_the_near_one(
    choose: Choose, cula: Variables, wrong: str, meant: str
) -> None:
    with pytest.raises(SettingsInvalid, match=f"{wrong} is not a setting") as caught:
        choose(None, cula | {wrong: "canary"})

    assert f"Did you mean {meant}?" in caught.value.remedy
    assert "canary" not in str(caught.value) + caught.value.remedy


@pytest.mark.parametrize("absolute", [True, False])
def test_a_secret_may_lie_in_a_file(
    choose: Choose, cula: Variables, folder: Path, absolute: bool
) -> None:
    file = folder / "secret"
    file.write_text("canary-file\n", encoding="utf-8-sig")
    del cula["IMPORTER_CULA__CLIENT_SECRET"]
    named = str(file) if absolute else "secret"

    target = choose(None, cula | {"IMPORTER_CULA__CLIENT_SECRET_FILE": named})

    assert target.cula is not None
    assert target.cula.client_secret.reveal() == "canary-file"
    assert target.origins["cula.client_secret"] == f"the secret file {file}"


def test_a_secret_wins_over_its_file(choose: Choose, cula: Variables) -> None:
    target = choose(None, cula | {"IMPORTER_CULA__CLIENT_SECRET_FILE": "/not/there"})

    assert target.cula is not None
    assert target.cula.client_secret.reveal() == "canary-cula"


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "cannot be read: No such file"), (b"\n", "is empty"), (b"can\xffary", "is not a text")],
)
def test_a_secret_file_that_cannot_be_used_is_named(
    choose: Choose, cula: Variables, folder: Path, content: bytes | None, words: str
) -> None:
    del cula["IMPORTER_CULA__CLIENT_SECRET"]
    if content is not None:
        (folder / "secret").write_bytes(content)

    with pytest.raises(SettingsInvalid, match=words) as caught:
        choose(None, cula | {"IMPORTER_CULA__CLIENT_SECRET_FILE": "secret"})

    assert str(folder / "secret") in str(caught.value)
    assert "the variable IMPORTER_CULA__CLIENT_SECRET_FILE" in str(caught.value)
