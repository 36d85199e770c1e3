"""Named targets in `importer.toml`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importer.model.failure import SettingsInvalid, SettingsMissing
from importer.settings.target import Target

Choose = Callable[..., Target]
Variables = dict[str, str]


def test_a_profile_takes_its_secret_from_a_variable(choose: Choose, plant: Variables) -> None:
    target = choose("plant-north", plant)

    assert (target.name, target.time_zone, target.origin) == (
        "plant-north",
        "Europe/Berlin",
        "importer.toml",
    )
    assert target.cula is not None
    assert target.cula.base_url == "https://api.cula.example/v1"
    assert target.cula.requests_per_minute == 300
    assert target.cula.client_secret.reveal() == "canary-plant"
    assert target.isometric is None
    assert target.origins == {
        "time_zone": "importer.toml",
        "cula.base_url": "importer.toml",
        "cula.auth": "built in",
        "cula.token_url": "importer.toml",
        "cula.client_id": "importer.toml",
        "cula.client_secret": ("the variable IMPORTER_TARGETS__PLANT_NORTH__CULA__CLIENT_SECRET"),
        "cula.organisation_id": "importer.toml",
        "cula.requests_per_minute": "importer.toml",
    }


def test_a_secret_file_starts_at_the_settings_file(choose: Choose, tmp_path: Path) -> None:
    config = write(tmp_path / "etc", 'client_secret_file = "secrets/cula"')
    (tmp_path / "etc" / "secrets").mkdir()
    (tmp_path / "etc" / "secrets" / "cula").write_text(" canary-file \n")

    target = choose("plant", {}, config)

    assert target.cula is not None
    assert target.cula.client_secret.reveal() == "canary-file"
    assert target.origins["cula.client_secret"] == (
        f"the secret file {tmp_path / 'etc' / 'secrets' / 'cula'}"
    )


def test_a_variable_wins_over_the_secret_file(choose: Choose, tmp_path: Path) -> None:
    config = write(tmp_path, 'client_secret_file = "not-there"')

    target = choose("plant", {"IMPORTER_TARGETS__PLANT__CULA__CLIENT_SECRET": "canary"}, config)

    assert target.cula is not None
    assert target.cula.client_secret.reveal() == "canary"


def test_a_named_target_takes_nothing_from_the_variables_of_env(
    choose: Choose, plant: Variables, cula: Variables, isometric: Variables
) -> None:
    others = cula | isometric | {"IMPORTER_TIME_ZONE": "Asia/Tokyo"}

    assert choose("plant-north", plant | others) == choose("plant-north", plant)
    with pytest.raises(SettingsMissing, match=r"cula\.client_secret"):
        choose("plant-north", others)


def test_what_is_missing_is_named_with_its_place(choose: Choose, tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text('[targets.plant.isometric]\nbase_url = "https://api.example"\n')

    with pytest.raises(SettingsMissing) as caught:
        choose("plant", {}, config)

    place = f"in [targets.plant.isometric] of {config}"
    variable = "the variable IMPORTER_TARGETS__PLANT__ISOMETRIC__"
    assert str(caught.value) == (
        "The target plant is not complete. What is missing: "
        "isometric.client_secret, isometric.access_token, isometric.project_id."
    )
    assert caught.value.remedy == (
        f"Set {variable}CLIENT_SECRET (or client_secret_file {place}); "
        f"{variable}ACCESS_TOKEN (or access_token_file {place}); project_id {place}."
    )


def test_the_file_of_the_working_folder_comes_before_the_users_own(
    choose: Choose, plant: Variables, own_settings: Path
) -> None:
    write(own_settings, 'client_secret_file = "secret"')
    (own_settings / "secret").write_text("canary")

    with pytest.raises(SettingsMissing, match="no target plant"):
        choose("plant", {})
    assert choose("plant-north", plant).origin == "importer.toml"


def test_the_users_own_file_is_found_from_anywhere(choose: Choose, own_settings: Path) -> None:
    write(own_settings, 'client_secret_file = "secret"')
    (own_settings / "secret").write_text("canary")

    assert choose("plant", {}).origin == str(own_settings / "importer.toml")


def test_the_named_file_comes_before_all_others(
    choose: Choose, plant: Variables, tmp_path: Path
) -> None:
    config = write(tmp_path / "etc", "")

    with pytest.raises(SettingsMissing, match="no target plant-north"):
        choose("plant-north", plant, config)


def test_a_named_file_that_is_not_there_is_missed(choose: Choose, tmp_path: Path) -> None:
    with pytest.raises(SettingsMissing, match="is not there"):
        choose("plant", {}, tmp_path / "nothing.toml")


@pytest.mark.parametrize("secret", ["client_secret", "access_token"])
def test_a_secret_in_the_file_is_refused_and_not_shown(
    choose: Choose, tmp_path: Path, secret: str
) -> None:
    config = tmp_path / "importer.toml"
    config.write_text(f'[targets.plant.isometric]\n{secret} = "canary"\n')

    with pytest.raises(SettingsInvalid, match="holds a secret") as caught:
        choose("plant", {}, config)

    assert f"IMPORTER_TARGETS__PLANT__ISOMETRIC__{secret.upper()}" in caught.value.remedy
    assert f"{secret}_file" in caught.value.remedy
    assert "canary" not in str(caught.value) + caught.value.remedy


@pytest.mark.parametrize(
    ("content", "words", "remedy"),
    [
        ("[targts.plant]", "has targts, which", "Did you mean targets?"),
        ("[targets.plant.culla]", r"has culla in \[targets.plant\]", "Did you mean cula?"),
        ("[targets.plant]\ntimezone = 'UTC'", "has timezone in", "Did you mean time_zone?"),
        ("[targets.plant.cula]\nbaseurl = 'x'", "has baseurl in", "Did you mean base_url?"),
        ("[targets.plant.cula]\nclient_id_file = 'x'", "has client_id_file in", "client_id"),
        ("targets = 3", "gives targets a value", r"\[targets\]"),
        ("[targets]\nplant = 'x'", "gives targets.plant a value", r"\[targets.plant\]"),
        ("[targets.plant]\ncula = 'x'", "gives targets.plant.cula a value", "on a line"),
        ("[targets.plant.cula]\nclient_id = true", "neither a text nor", "in quotes"),
        ("[targets.plant.cula]\nclient_id = ''", "neither a text nor", "take the line out"),
        ("[targets.plant.cula]\nclient_id = ['x']", "gives cula.client_id of the", "quotes"),
        ("[targets.sandbox]", "that target is built in", "Rename"),
        ("[targets.env]", "that the variables make up", "Rename"),
        ("[targets.'a__b']", "not a usable name", "plant-north"),
        ("[targets.'Süd']", "not a usable name", "letters"),
        ("[targets.plant-a]\n[targets.plant_A]", "variables would be the same", "Rename"),
        ("[targets.plant\n", "not valid TOML: .*line 1", "that line"),
        ("[targets.plant]\n\nx == 1", "not valid TOML: .*line 3", "that line"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    choose: Choose, tmp_path: Path, content: str, words: str, remedy: str
) -> None:
    config = tmp_path / "importer.toml"
    config.write_text(content, encoding="utf-8")

    with pytest.raises(SettingsInvalid, match=words) as caught:
        choose("plant", {}, config)

    assert str(config) in str(caught.value)
    assert remedy.replace("\\", "") in caught.value.remedy


def test_a_file_that_is_no_text_is_refused(choose: Choose, tmp_path: Path) -> None:
    (tmp_path / "importer.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SettingsInvalid, match="not a text in UTF-8"):
        choose("plant", {}, tmp_path / "importer.toml")


def test_a_mark_from_windows_does_no_harm(choose: Choose, plant: Variables, folder: Path) -> None:
    file = folder / "importer.toml"
    file.write_text(file.read_text(), encoding="utf-8-sig")

    assert choose("plant-north", plant).name == "plant-north"


def test_a_variable_of_the_target_that_is_no_secret_is_refused(
    choose: Choose, plant: Variables
) -> None:
    elsewhere = {"IMPORTER_TARGETS__PLANT_NORTH__CULA__BASE_URL": "https://elsewhere.example"}

    with pytest.raises(SettingsInvalid, match="CULA__BASE_URL is not a setting"):
        choose("plant-north", plant | elsewhere)


def write(folder: Path, line: str) -> Path:
    """A settings file with one target `plant`, its own line included."""
    folder.mkdir(exist_ok=True)
    path = folder / "importer.toml"
    path.write_text(f"""
        [targets.plant.cula]
        base_url = "https://api.cula.example/v1"
        token_url = "https://auth.cula.example/token"
        client_id = "client-2"
        organisation_id = "org_2"
        {line}
    """)
    return path
