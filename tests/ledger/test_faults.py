"""What real databases complain about, in words."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, OperationalError

from importer.ledger.faults import plain_words
from importer.model.failure import LedgerUnavailable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE things (name TEXT UNIQUE)")
    return path


def write(file: Path, *statements: str, options: str = "") -> None:
    engine = create_engine(f"sqlite:///file:{file}?uri=true{options}")
    try:
        with plain_words(str(file)), engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def test_a_file_that_may_not_be_written(file: Path) -> None:
    with pytest.raises(LedgerUnavailable, match=r"ledger\.sqlite may not be written") as caught:
        write(file, "INSERT INTO things VALUES ('a')", options="&mode=ro")

    assert "right to write" in caught.value.remedy
    assert isinstance(caught.value.__cause__, OperationalError)


def test_a_disk_that_is_full(file: Path) -> None:
    with pytest.raises(LedgerUnavailable, match="the disk is full") as caught:
        write(
            file,
            "PRAGMA max_page_count = 3",
            "INSERT INTO things VALUES (hex(zeroblob(100000)))",
        )

    assert "Make room" in caught.value.remedy


def test_a_file_that_is_damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    file.write_bytes(content)

    with pytest.raises(LedgerUnavailable, match="damaged"):
        write(file, "INSERT INTO things VALUES ('a')")


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable, match="cannot be opened"):
        write(tmp_path / "nothing", "SELECT 1", options="&mode=rw")


def test_a_mistake_of_ours_is_not_dressed_up(file: Path) -> None:
    with pytest.raises(IntegrityError):
        write(file, "INSERT INTO things VALUES ('a')", "INSERT INTO things VALUES ('a')")
