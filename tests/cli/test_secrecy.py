"""Secrets are sent where they belong and stand nowhere else: no output, no workbook, no ledger."""

import sqlite3
import zipfile
from pathlib import Path

import pytest

from importer.sandbox.server import Running
from support.tables import write_book
from tests.cli import books
from tests.cli.shell import Shell
from tests.flows.books import LOG


def secrets_of(twin: Running) -> tuple[str, ...]:
    return (twin.cula_client_secret, twin.isometric_client_secret, twin.isometric_access_token)


@pytest.fixture
def env_target(twin: Running, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Running:
    """The sandbox as the target that the variables make up."""
    for name, value in twin.variables().items():
        monkeypatch.setenv(name, value)
    return twin


def test_an_import_tells_no_secret(
    env_target: Running, folder: Path, state: Path, shell: Shell
) -> None:
    books.write(folder / "month.xlsx", books.WRONG_CELL)
    told = [
        shell(*words).both
        for words in (
            ("check", "month.xlsx"),
            ("plan", "month.xlsx"),
            ("import", "month.xlsx"),
            ("import", "month.results.xlsx", "--json"),
            ("runs", "1"),
        )
    ]
    assert '"status": "unchanged"' in told[3]
    with zipfile.ZipFile(folder / "month.results.xlsx") as package:
        told += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    told.append(dump(state / "ledger.sqlite"))
    assert "Weighbridge" in told[-1]
    for secret in secrets_of(env_target):
        assert len(secret) > 8
        assert not any(secret in each for each in told)


def test_an_import_with_an_api_key_tells_no_key(
    twin: Running, folder: Path, state: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {
        "AUTH": "api-key",
        "BASE_URL": twin.cula_base_url,
        "API_KEY": twin.cula_api_key,
        "ORGANISATION_ID": twin.cula_organisation_id,
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"IMPORTER_CULA__{name}", value)
    write_book(folder / "month.xlsx", LOG)
    told = [
        shell(*words).both
        for words in (
            ("targets", "env"),
            ("plan", "month.xlsx"),
            ("import", "month.xlsx"),
            ("import", "month.results.xlsx", "--json"),
            ("runs", "1"),
        )
    ]
    assert '"status": "unchanged"' in told[3]
    with zipfile.ZipFile(folder / "month.results.xlsx") as package:
        told += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    told.append(dump(state / "ledger.sqlite"))
    assert "L-OCT" in told[-1]
    assert not any(twin.cula_api_key in each for each in told)


def dump(database: Path) -> str:
    connection = sqlite3.connect(database)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()
