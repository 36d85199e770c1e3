"""`importer template --upgrade`: what may be typed, and what is said."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from support.made import fill
from support.tables import write_book
from tests.cli.shell import Shell, files_in
from tests.flows.test_account_template import DIESEL

RELEASED = Path(__file__).resolve().parents[1] / "templates_released" / "0.1.0"


@pytest.fixture
def old(folder: Path) -> Path:
    return Path(shutil.copyfile(RELEASED / "filled.xlsx", folder / "old.xlsx"))


def test_a_filled_workbook_is_carried_over(folder: Path, shell: Shell, old: Path) -> None:
    before = old.read_bytes()
    said = shell("template", "--upgrade", "old.xlsx", "-o", "new.xlsx")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "Wrote new.xlsx. 93 rows were carried over; nothing changed.\n"
        "Next: look at it, then:\n  importer check new.xlsx\n"
    )
    assert files_in(folder) == {"old.xlsx", "new.xlsx"}
    assert old.read_bytes() == before
    assert shell("check", "new.xlsx").code == 1


def test_changes_are_counted(folder: Path, shell: Shell) -> None:
    write_book(folder / "old.xlsx", "Datapoints\nName | External ID | Mine\nMass | D-1 | x")
    said = shell("template", "--upgrade", "old.xlsx", "-o", "new.xlsx")
    assert said.out.startswith(
        "Wrote new.xlsx. 1 row was carried over; 1 change, each with its line on the sheet Changes."
    )


def test_a_workbook_that_was_made_for_an_account(folder: Path, shell: Shell) -> None:
    shell("template", "--target", "sandbox", "--config", "Diesel", "-o", "old.xlsx")
    fill(folder / "old.xlsx", {"Emission logs": [DIESEL]})
    said = shell("template", "--upgrade", "old.xlsx", "-o", "new.xlsx")
    assert (said.code, said.out) == (2, "")
    assert "old.xlsx was made for an account" in said.err
    assert "--target sandbox" in said.err
    said = shell("template", "--upgrade", "old.xlsx", "-o", "new.xlsx", "--target", "sandbox")
    assert (said.code, said.err) == (0, "")
    assert "1 row was carried over; nothing changed." in said.out
    assert shell("check", "new.xlsx").code == 0


def test_a_workbook_of_another_organisation(folder: Path, shell: Shell) -> None:
    shell("template", "--target", "sandbox", "-o", "old.xlsx")
    book = load_workbook(folder / "old.xlsx")
    for row in book["Meta"].iter_rows():
        if row[0].value == "organisation of cula":
            row[1].value = "org_of_somebody_else"
    book.save(folder / "old.xlsx")
    said = shell("template", "--upgrade", "old.xlsx", "-o", "new.xlsx", "--target", "sandbox")
    assert said.code == 1
    assert "FILE_OTHER_ACCOUNT" in said.out
    assert files_in(folder) == {"old.xlsx"}


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "FILE_NOT_FOUND"), (b"hello", "FILE_NOT_A_WORKBOOK")],
    ids=["not there", "no workbook"],
)
def test_a_file_that_cannot_be_read_is_refused_as_by_a_check(
    folder: Path, shell: Shell, content: bytes | None, code: str
) -> None:
    if content is not None:
        (folder / "old.xlsx").write_bytes(content)
    said = shell("template", "--upgrade", "old.xlsx", "-o", "new.xlsx")
    assert said.code == 1
    assert code in said.out
    assert said.out == shell("check", "old.xlsx").out
    assert not (folder / "new.xlsx").exists()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("--config", "Diesel", "-o", "new.xlsx"), "leave --config and --entry-template out"),
        (("--entry-template", "x", "-o", "new.xlsx"), "leave --config and --entry-template out"),
        (("--with", "statements", "-o", "new.xlsx"), "leave --with out"),
        (("cula", "-o", "new.xlsx"), "made of the book carbon-import"),
        (("culla", "-o", "new.xlsx"), "Did you mean cula?"),
        (("-o", "old.xlsx", "--force"), "which stays as it is"),
        (("-o", "./old.xlsx", "--force"), "which stays as it is"),
        (("-o", "new.xls"), "A template is an .xlsx file"),
        ((), "Missing option"),
    ],
)
def test_what_makes_no_sense(
    folder: Path, shell: Shell, old: Path, words: tuple[str, ...], answer: str
) -> None:
    before = old.read_bytes()
    said = shell("template", "--upgrade", "old.xlsx", *words)
    assert (said.code, said.out) == (2, "")
    assert answer in " ".join(said.err.split())
    assert files_in(folder) == {"old.xlsx"}
    assert old.read_bytes() == before


def test_the_book_may_be_named_when_it_is_the_same(shell: Shell, old: Path) -> None:
    words = ("template", "carbon-import", "--upgrade", "old.xlsx", "-o", "new.xlsx")
    assert shell(*words).code == 0
    assert shell(*words).code == 2
    assert shell(*words, "--force").code == 0
