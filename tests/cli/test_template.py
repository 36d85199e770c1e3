"""`importer template`: an empty workbook, whole or not at all, and never over another file."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from support.tables import write_book
from tests.cli.shell import Shell, files_in
from tests.flows import books


def sheets(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/workbook.xml").decode()


@pytest.mark.parametrize(
    ("book", "has", "lacks"),
    [
        ((), ("Emission logs", "Datapoints"), ()),
        (("carbon-import",), ("Emission logs", "Datapoints"), ()),
        (("cula",), ("Emission logs",), ("Datapoints",)),
        (("isometric",), ("Datapoints",), ("Emission logs",)),
    ],
    ids=["no book", "carbon-import", "cula", "isometric"],
)
def test_each_book(
    folder: Path,
    shell: Shell,
    book: tuple[str, ...],
    has: tuple[str, ...],
    lacks: tuple[str, ...],
) -> None:
    said = shell("template", *book, "-o", "month.xlsx")
    assert (said.code, said.err) == (0, "")
    assert said.out == ("Wrote month.xlsx.\nNext: fill it in, then:\n  importer check month.xlsx\n")
    assert files_in(folder) == {"month.xlsx"}
    assert all(each in sheets(folder / "month.xlsx") for each in has)
    assert not any(each in sheets(folder / "month.xlsx") for each in lacks)


def test_sheets_on_request_come_when_they_are_asked_for(folder: Path, shell: Shell) -> None:
    shell("template", "-o", "plain.xlsx")
    said = shell("template", "-o", "month.xlsx", "--with", "feedstock-types, Statements")
    assert said.code == 0
    for name in ("Feedstock types", "Statements"):
        assert f'name="{name}"' in sheets(folder / "month.xlsx")
        assert f'name="{name}"' not in sheets(folder / "plain.xlsx")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (
            ("--with", "statments"),
            "statments is none of feedstock-types, components, statements. "
            "Did you mean statements?",
        ),
        (("cula", "--with", "statements"), "statements goes into another book."),
    ],
    ids=["unknown", "of another book"],
)
def test_a_sheet_that_the_book_cannot_have(
    folder: Path, shell: Shell, words: tuple[str, ...], answer: str
) -> None:
    said = shell("template", *words, "-o", "month.xlsx")
    assert (said.code, said.out) == (2, "")
    assert answer in said.err
    assert files_in(folder) == set()


def test_an_empty_template_has_no_rows(shell: Shell) -> None:
    shell("template", "-o", "month.xlsx")
    said = shell("check", "month.xlsx")
    assert said.code == 1
    assert "FILE_NO_ROWS" in said.out


def test_the_next_command_can_be_pasted(shell: Shell) -> None:
    said = shell("template", "-o", "my month.xlsx")
    assert said.out.endswith("\n  importer check 'my month.xlsx'\n")


def test_a_file_that_is_there_is_kept(folder: Path, shell: Shell) -> None:
    (folder / "month.xlsx").write_text("mine")
    said = shell("template", "-o", "month.xlsx")
    assert (said.code, said.out) == (2, "")
    assert "month.xlsx is there already. Name another file, or pass --force." in said.err
    assert (folder / "month.xlsx").read_text() == "mine"
    assert shell("template", "-o", "month.xlsx", "--force").code == 0
    assert "Datapoints" in sheets(folder / "month.xlsx")


def test_an_unknown_book_gets_the_near_one(folder: Path, shell: Shell) -> None:
    said = shell("template", "culla", "-o", "month.xlsx")
    assert (said.code, said.out) == (2, "")
    assert "culla is none of carbon-import, cula, isometric. Did you mean cula?" in said.err
    assert files_in(folder) == set()


@pytest.mark.parametrize("name", ["month", "month.xls", "month.xlsm", "month.csv"])
def test_a_name_that_no_spreadsheet_program_would_open(
    name: str, folder: Path, shell: Shell
) -> None:
    said = shell("template", "-o", name)
    assert (said.code, said.out) == (2, "")
    assert "A template is an .xlsx file" in said.err
    assert "month.xlsx" in said.err
    assert files_in(folder) == set()


@pytest.mark.parametrize("place", ["inbox", "notes.txt"])
def test_a_folder_that_is_not_there(place: str, folder: Path, shell: Shell) -> None:
    (folder / "notes.txt").write_text("a file")
    said = shell("template", "-o", f"{place}/month.xlsx")
    assert (said.code, said.out) == (2, "")
    assert f"The folder {place} is not there. Make it first." in said.err
    assert files_in(folder) == {"notes.txt"}


def test_a_folder_as_output(folder: Path, shell: Shell) -> None:
    (folder / "month.xlsx").mkdir()
    assert shell("template", "-o", "month.xlsx", "--force").code == 2
    assert shell("template").code == 2


def test_one_is_made_for_an_account(folder: Path, shell: Shell) -> None:
    said = shell("template", "--target", "sandbox", "--config", "Diesel", "-o", "diesel.xlsx")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("\n  importer check diesel.xlsx\n")
    headings = [cell.value for cell in load_workbook(folder / "diesel.xlsx")["Emission logs"][1]]
    assert headings[7:10] == ["Diesel volume*", "Diesel volume unit", "Machine hours*"]


def test_several_configs_get_a_sheet_each(folder: Path, shell: Shell) -> None:
    asked = ("--config", "Diesel", "--config", "Natural gas")
    said = shell("template", "--target", "sandbox", *asked, "-o", "month.xlsx")
    assert said.code == 0, said.both
    assert load_workbook(folder / "month.xlsx").sheetnames[:3] == [
        "Start here",
        "Diesel",
        "Natural gas",
    ]


@pytest.mark.parametrize(
    ("words", "code", "answer"),
    [
        (("--config", "Diesel"), 2, "Which account? Name it, such as --target sandbox."),
        (("--target", "sandbox", "--config", "Steam"), 3, "Steam is no emission log config"),
        (("--with-existing",), 2, "Whose records? Name the target, such as --target sandbox."),
        (("--target", "sandbox", "--from", "2026-10-01"), 2, "pass --with-existing, too."),
        (
            (
                *("--target", "sandbox", "--with-existing"),
                *("--from", "2026-10-02", "--to", "2026-10-01"),
            ),
            2,
            "--from 2026-10-02 is after --to 2026-10-01. Swap them, or correct one.",
        ),
        (("--target", "sandbox", "--with-existing", "--to", "October"), 2, "does not match"),
        (
            (
                "--target",
                "nowhere",
            ),
            3,
            "nowhere",
        ),
    ],
)
def test_what_cannot_be_made_for_an_account(
    folder: Path, shell: Shell, words: tuple[str, ...], code: int, answer: str
) -> None:
    said = shell("template", *words, "-o", "month.xlsx")
    assert (said.code, said.out) == (code, "")
    assert answer in " ".join(said.err.split())
    assert "Traceback" not in said.err
    assert files_in(folder) == set()


def test_one_comes_with_what_is_there(folder: Path, shell: Shell) -> None:
    write_book(folder / "book.xlsx", books.BOTH)
    assert shell("import", "book.xlsx", "--target", "sandbox").code == 0
    said = shell("template", "--target", "sandbox", "--with-existing", "-o", "now.xlsx")
    assert (said.code, said.err) == (0, "")
    text = " ".join(said.out.split())
    assert "Wrote now.xlsx. Filled in: 1 on Emission logs, 3 on Datapoints." in text
    assert "without an External ID (see the sheet Without External ID)." in text
    assert "Not filled in: Files and Sources, as no document can be read back." in text
    assert said.out.endswith("\n  importer plan now.xlsx --target sandbox\n")
    planned = shell("plan", "now.xlsx", "--target", "sandbox")
    assert planned.code == 0
    assert " rows are in order.\n  unchanged " in planned.out
