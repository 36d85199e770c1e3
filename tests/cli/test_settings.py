"""Settings that are missing, half set or wrong, and services that do not let us in."""

import errno
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import Shell, files_in, is_sound, writes

CANARIES = ("canary-cula", "canary-isometric", "canary-token")

PROFILE = """
[targets.plant-north.isometric]
base_url = "{url}"
project_id = "prj_1"
"""


def isometric(url: str) -> dict[str, str]:
    return {
        "IMPORTER_ISOMETRIC__BASE_URL": url,
        "IMPORTER_ISOMETRIC__CLIENT_SECRET": "canary-isometric",
        "IMPORTER_ISOMETRIC__ACCESS_TOKEN": "canary-token",
        "IMPORTER_ISOMETRIC__PROJECT_ID": "prj_1NRBARK01SBX0001",
    }


def cula(twin: Running) -> dict[str, str]:
    return {
        "IMPORTER_CULA__BASE_URL": twin.cula_base_url,
        "IMPORTER_CULA__TOKEN_URL": twin.cula_token_url,
        "IMPORTER_CULA__CLIENT_ID": twin.cula_client_id,
        "IMPORTER_CULA__CLIENT_SECRET": "canary-cula",
        "IMPORTER_CULA__ORGANISATION_ID": twin.cula_organisation_id,
    }


def set_all(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def book(folder: Path) -> Path:
    return books.write(folder / "month.xlsx", books.ONE)


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between attempts take no time."""
    monkeypatch.setattr("importer.apis.patience.Patience.pause", lambda *_: 0.0)
    monkeypatch.setattr("importer.apis.breaker.Breaker.pause", lambda _: 0.0)


@pytest.mark.parametrize("verb", ["plan", "import"])
def test_without_a_target_the_targets_are_listed(
    verb: str, folder: Path, book: Path, shell: Shell
) -> None:
    (folder / "importer.toml").write_text(PROFILE.format(url="https://api.example/mrv/v0"))
    said = shell(verb, "month.xlsx", "--allow-overlap")
    assert (said.code, said.out) == (3, "")
    assert "Targets: sandbox (built in), plant-north (importer.toml)." in said.err
    assert said.err.endswith(
        f"Next:\n  importer {verb} month.xlsx --target sandbox --allow-overlap\n"
    )
    assert is_sound(said)
    assert files_in(folder.parent) == {"work/month.xlsx", "work/importer.toml"}


def test_an_unknown_target_gets_the_near_one(folder: Path, book: Path, shell: Shell) -> None:
    (folder / "importer.toml").write_text(PROFILE.format(url="https://api.example/mrv/v0"))
    said = shell("plan", "month.xlsx", "--target", "plant-nord")
    assert (said.code, said.out) == (3, "")
    assert "There is no target plant-nord." in said.err
    assert "Did you mean plant-north?" in said.err


def test_half_set_variables_name_all_that_are_missing(
    book: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPORTER_CULA__CLIENT_SECRET", "canary-cula")
    said = shell("import", "month.xlsx")
    assert (said.code, said.out) == (3, "")
    for name in ("BASE_URL", "TOKEN_URL", "CLIENT_ID", "ORGANISATION_ID"):
        assert f"IMPORTER_CULA__{name}" in said.err
    assert "canary" not in said.both


def test_a_check_does_not_mind_half_set_variables(
    book: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPORTER_CULA__BASE_URL", "https://api.example/v1")
    said = shell("check", "month.xlsx")
    assert (said.code, said.err) == (0, "")
    assert "The target env is not complete." in said.out
    assert "So moments without a zone were read as UTC." in " ".join(said.out.split())
    assert said.out.endswith("  importer plan month.xlsx\n")


def test_a_check_minds_a_target_that_is_named(book: Path, shell: Shell) -> None:
    assert shell("check", "month.xlsx", "--target", "plant").code == 3


def test_a_settings_file_that_is_not_there(book: Path, shell: Shell) -> None:
    said = shell("plan", "month.xlsx", "--target", "plant", "--config", "gone.toml")
    assert (said.code, said.out) == (3, "")
    assert "The settings file gone.toml is not there." in said.err


def test_a_settings_file_that_is_no_toml(folder: Path, book: Path, shell: Shell) -> None:
    (folder / "importer.toml").write_text("[targets.plant\n")
    said = shell("plan", "month.xlsx", "--target", "plant")
    assert (said.code, said.out) == (3, "")
    assert "importer.toml is not valid TOML" in said.err


def test_rows_of_a_service_without_settings(
    folder: Path, book: Path, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, cula(here) | {"IMPORTER_CULA__CLIENT_SECRET": here.cula_client_secret})
    said = shell("import", "month.xlsx")
    assert said.code == 3
    assert "month.xlsx has rows on the sheet Datapoints" in said.err
    assert "no settings for isometric" in said.err
    assert files_in(folder) == {"month.xlsx"}


@pytest.mark.parametrize("service", ["cula", "isometric"])
def test_credentials_that_are_refused(
    service: str, book: Path, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = cula(here) if service == "cula" else isometric(here.isometric_base_url)
    set_all(monkeypatch, wrong)
    said = shell("import", "month.xlsx")
    assert (said.code, said.out) == (3, "")
    assert "Next: do that, then type the command again." in said.err
    assert "client_secret" in said.err
    assert is_sound(said)
    assert not any(each in said.both for each in CANARIES)
    assert files_in(book.parent) == {"month.xlsx"}


@pytest.mark.usefixtures("no_pauses")
def test_a_service_that_cannot_be_reached(
    book: Path, closed_port: int, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, isometric(f"http://127.0.0.1:{closed_port}/mrv/v0"))
    said = shell("import", "month.xlsx")
    assert (said.code, said.out) == (3, "")
    assert f"127.0.0.1:{closed_port}" in said.err
    assert "there was no connection" in said.err
    assert "online" in said.err
    assert is_sound(said)
    assert not any(each in said.both for each in CANARIES)
    assert files_in(book.parent) == {"month.xlsx"}


def test_results_that_cannot_be_written(
    folder: Path,
    book: Path,
    here: Running,
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fill_the_disk(part: Path, write: Callable[[BinaryIO], None]) -> None:
        content = BytesIO()
        write(content)
        part.write_bytes(content.getvalue()[:100])
        if content.getvalue():
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("importer.sheets.results.delivery._fill", fill_the_disk)
    said = shell("import", "month.xlsx", "--target", "sandbox")
    assert said.code == 3
    words = " ".join(said.out.split())
    assert "month.xlsx: its one row is in order. created 1 Stopped: The results workbook" in words
    assert "month.results.xlsx could not be written: No space left on device." in words
    assert "name another folder with --results DIR" in words
    assert is_sound(said)
    assert files_in(folder) == {"month.xlsx"}


def test_where_results_cannot_go_nothing_is_sent(
    folder: Path, book: Path, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(part: Path, write: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("importer.sheets.results.delivery._fill", refuse)
    said = shell("import", "month.xlsx", "--target", "sandbox")
    assert said.code == 3
    words = " ".join(said.out.split())
    assert "month.results.xlsx could not be written: Permission denied." in words
    assert writes(here) == []


def test_a_results_folder_that_cannot_be(
    folder: Path, book: Path, here: Running, shell: Shell
) -> None:
    (folder / "taken").write_text("a file")
    said = shell("import", "month.xlsx", "--target", "sandbox", "--results", "taken/results")
    assert said.code == 3
    assert "taken/results/month.results.xlsx could not be written" in " ".join(said.out.split())
    assert is_sound(said)


def test_a_results_folder_that_is_a_file(book: Path, shell: Shell) -> None:
    said = shell("import", "month.xlsx", "--target", "sandbox", "--results", "month.xlsx")
    assert (said.code, said.out) == (2, "")
    assert "'month.xlsx' is a file" in said.err


@pytest.mark.parametrize("target", ["sandbox", "env"])
def test_a_state_folder_that_cannot_be_written(
    target: str, book: Path, twin: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = book.parent.parent / "state"
    state.write_text("a file")
    set_all(monkeypatch, {"IMPORTER_STATE_DIR": str(state / "deep")})
    right = {
        "IMPORTER_ISOMETRIC__CLIENT_SECRET": twin.isometric_client_secret,
        "IMPORTER_ISOMETRIC__ACCESS_TOKEN": twin.isometric_access_token,
    }
    set_all(monkeypatch, isometric(twin.isometric_base_url) | right)
    words = ("--target", "sandbox") if target == "sandbox" else ()
    said = shell("import", "month.xlsx", *words)
    assert (said.code, said.out) == (3, "")
    assert str(state / "deep") in said.err
    assert "IMPORTER_STATE_DIR" in said.err
    assert is_sound(said)
    assert files_in(book.parent) == {"month.xlsx"}
