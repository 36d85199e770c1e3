"""`targets` and `runs`: where records go, and what went there. Secrets show as dots."""

import re
from pathlib import Path

import pytest

from importer.flows.author import name_author
from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import Shell, files_in, is_sound

PROFILE = """
[targets.plant-north.isometric]
base_url = "{url}"
project_id = "prj_1"
"""


def test_the_targets_that_there_are(folder: Path, shell: Shell) -> None:
    (folder / "importer.toml").write_text(PROFILE.format(url="https://api.example/mrv/v0"))
    said = shell("targets")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "sandbox  built in: a local twin of both services\n"
        "plant-north  from importer.toml\n"
        "\nNext: see one, and whether it answers:\n  importer targets plant-north\n"
    )


def test_a_target_shows_its_settings_and_no_secret(here: Running, shell: Shell) -> None:
    said = shell("targets", "sandbox")
    assert (said.code, said.err) == (0, "")
    assert f"isometric.base_url                 {here.isometric_base_url}" in said.out
    assert "isometric.access_token             •••" in said.out
    secrets = (here.cula_client_secret, here.isometric_client_secret, here.isometric_access_token)
    assert not any(each in said.out for each in secrets)
    assert "✓ cula: it answers" in said.out
    assert said.out.endswith("\nNext:\n  importer plan FILE --target sandbox\n")


def test_a_target_that_does_not_let_us_in(
    folder: Path, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "own.toml").write_text(PROFILE.format(url=here.isometric_base_url))
    for name in ("CLIENT_SECRET", "ACCESS_TOKEN"):
        monkeypatch.setenv(f"IMPORTER_TARGETS__PLANT_NORTH__ISOMETRIC__{name}", f"canary-{name}")
    said = shell("targets", "plant-north", "--config", "own.toml")
    assert said.code == 1
    assert "✗ isometric: " in said.out
    assert "canary" not in said.both
    assert said.out.endswith("  importer targets plant-north --config own.toml\n")


def test_a_target_with_a_key_shows_its_way_of_signing_in_and_no_key(
    folder: Path, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "importer.toml").write_text(
        "[targets.older.cula]\n"
        f'auth = "api-key"\nbase_url = "{here.cula_base_url}"\norganisation_id = "org_7"\n'
    )
    monkeypatch.setenv("IMPORTER_TARGETS__OLDER__CULA__API_KEY", here.cula_api_key)
    said = shell("targets", "older")
    assert (said.code, said.err) == (0, "")
    for line in (
        r"cula\.auth +api-key +\(importer\.toml\)",
        r"cula\.api_key +••• +\(the variable IMPORTER_TARGETS__OLDER__CULA__API_KEY\)",
        r"cula\.organisation_id +org_7 +\(importer\.toml\)",
        r"✓ cula: it answers",
    ):
        assert re.search(line, said.out), line
    assert "client" not in said.out
    assert here.cula_api_key not in said.both


def test_runs(folder: Path, here: Running, shell: Shell) -> None:
    assert shell("runs").out.startswith("The ledger has no runs yet.")
    books.write(folder / "my month.xlsx", books.TWO)
    shell("import", "my month.xlsx", "--target", "sandbox")
    shell("import", "my month.xlsx", "--target", "sandbox")
    listed = shell("runs", "--last", "1")
    assert (listed.code, listed.err) == (0, "")
    line = f"import to sandbox by {name_author()}  finished  unchanged 2  my month.xlsx"
    assert line in listed.out
    assert listed.out.endswith("  importer runs 2\n")
    assert "run 1 " not in listed.out
    one = shell("runs", "1")
    assert "datapoint D-2  POST /datapoints  status 200" in one.out
    assert one.out.endswith("  importer import 'my month.xlsx' --target sandbox\n")
    assert "Nothing was sent." in shell("runs", "2").out


def test_a_run_that_is_not_there(shell: Shell) -> None:
    said = shell("runs", "99")
    assert (said.code, said.out) == (3, "")
    assert "The ledger has no run 99.\nimporter runs lists those that it has." in said.err
    assert is_sound(said)


def test_a_sandbox_with_faults_that_nobody_knows(folder: Path, shell: Shell) -> None:
    said = shell("sandbox", "--faults", "slow,locusts")
    assert (said.code, said.out) == (2, "")
    assert "locusts is none of" in said.err
    assert files_in(folder.parent) == set()
