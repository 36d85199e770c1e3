"""A file that is not what it should be: one clear message with place and remedy, no more."""

from collections.abc import Callable
from pathlib import Path

import pytest

from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import Shell, files_in, is_sound, writes

Make = Callable[[Path], Path]


def _bytes(content: bytes) -> Make:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def _book(text: str) -> Make:
    return lambda path: books.write(path, text)


UNREADABLE = [
    pytest.param(
        "gone.xlsx", lambda path: path, ("FILE_NOT_FOUND", "gone.xlsx", "spelling"), id="not there"
    ),
    pytest.param(
        "notes.xlsx",
        _bytes(b"just some notes\n"),
        ("FILE_NOT_A_WORKBOOK", "a text file", "save it as"),
        id="text",
    ),
    pytest.param(
        "list.csv",
        _bytes("id;größe\n1;a\n".encode("cp1252")),
        ("FILE_ENCODING", "not UTF-8", "Save it as “CSV UTF-8"),
        id="csv",
    ),
    pytest.param(
        "paper.pdf",
        _bytes(b"%PDF-1.7\n%\xe2\xe3\n"),
        ("FILE_NOT_A_WORKBOOK", "a PDF document", "save it as"),
        id="pdf",
    ),
    pytest.param(
        "empty.xlsx", _bytes(b""), ("FILE_NOT_A_WORKBOOK", "an empty file"), id="empty file"
    ),
    pytest.param(
        "old.xls",
        lambda path: books.write_ole(path, "Workbook"),
        ("FILE_DAMAGED", "(.xls)", "repair"),
        id="xls",
    ),
    pytest.param(
        "locked.xlsx",
        lambda path: books.write_ole(path, "EncryptedPackage"),
        ("FILE_ENCRYPTED", "password", "Save a copy without the password"),
        id="encrypted",
    ),
    pytest.param("cut.xlsx", books.write_cut, ("FILE_DAMAGED", "repair"), id="damaged"),
    pytest.param(
        "costs.xlsx",
        _book(books.OTHER_SHEETS),
        ("SHEET_NONE_KNOWN", "“Costs”", "importer template -o"),
        id="no sheet of ours",
    ),
    pytest.param(
        "blank.xlsx",
        _book(books.NO_ROWS),
        ("FILE_NO_ROWS", "no filled row", "Fill in a row"),
        id="no rows",
    ),
]

WRONG = [
    pytest.param(
        books.UNKNOWN_HEADER,
        ("HEADER_NEAR", "Datapoints!F1", "“Descripton”", "“Description”"),
        id="near header",
    ),
    pytest.param(
        books.MISSING_HEADER,
        ("HEADER_MISSING", "Datapoints", "“Type”", "Add the header"),
        id="missing header",
    ),
    pytest.param(
        books.WRONG_CELL,
        ("CELL_NOT_A_NUMBER", "Datapoints!D3 (Value)", "“much”", "Type the plain number"),
        id="wrong cell",
    ),
    pytest.param(
        books.LOST_REFERENCE,
        ("REF_NOT_FOUND", "Entry inputs!A2 (Entry)", "“E-9”", "Correct the id"),
        id="reference to nothing",
    ),
]


@pytest.mark.parametrize(("name", "make", "words"), UNREADABLE)
def test_check_of_a_file_that_cannot_be_read(
    folder: Path, shell: Shell, name: str, make: Make, words: tuple[str, ...]
) -> None:
    make(folder / name)
    before = files_in(folder.parent)
    said = shell("check", name)
    assert (said.code, said.err) == (1, "")
    assert all(each in said.out for each in words)
    assert said.out.startswith(f"{name}: no rows were read.")
    assert said.out.endswith(f"Next: mend what is named above, then:\n  importer check {name}\n")
    assert said.out.count("✗") == 1
    assert is_sound(said)
    assert files_in(folder.parent) == before


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_check_of_a_wrong_workbook(
    folder: Path, shell: Shell, text: str, words: tuple[str, ...]
) -> None:
    books.write(folder / "month.xlsx", text)
    said = shell("check", "month.xlsx")
    assert (said.code, said.err) == (1, "")
    assert all(each in said.out for each in words)
    assert "need a fix" in said.out or "needs a fix" in said.out
    assert is_sound(said)
    assert files_in(folder) == {"month.xlsx"}


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_import_of_a_wrong_workbook(
    folder: Path, shell: Shell, here: Running, text: str, words: tuple[str, ...]
) -> None:
    books.write(folder / "month.xlsx", text)
    said = shell("import", "month.xlsx", "--target", "sandbox")
    assert (said.code, said.err) == (1, "")
    assert all(each in said.out for each in words)
    assert files_in(folder) == {"month.xlsx", "month.results.xlsx"}
    assert said.out.endswith(
        "Next: mend the marked cells in month.results.xlsx, save, then:\n"
        "  importer import month.results.xlsx --target sandbox\n"
    )


@pytest.mark.parametrize(("name", "make", "words"), UNREADABLE[:8])
def test_import_of_a_file_that_cannot_be_read(
    folder: Path, shell_at_twin: Shell, name: str, make: Make, words: tuple[str, ...]
) -> None:
    make(folder / name)
    before = files_in(folder)
    said = shell_at_twin("import", name, "--target", "sandbox")
    assert (said.code, said.err) == (1, "")
    assert all(each in said.out for each in words)
    assert "Stopped" not in said.out
    assert files_in(folder) == before


def test_a_folder_without_workbooks(folder: Path, shell: Shell) -> None:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "notes.txt").write_text("nothing")
    for verb in ("check", "plan", "import"):
        said = shell(verb, "inbox", "--target", "sandbox")
        assert (said.code, said.err) == (1, "")
        assert said.out == (
            "inbox holds no workbook to import.\n\n"
            "Next: put a workbook there or name another place, then:\n"
            f"  importer {verb} inbox --target sandbox\n"
        )
    assert files_in(folder.parent) == {"work/inbox/notes.txt"}


def test_a_folder_passes_over_locks_hidden_files_and_what_has_results(
    folder: Path, shell: Shell
) -> None:
    for name in ("a.xlsx", "b.xlsx", "b.results.xlsx", "~$a.xlsx", ".c.xlsx"):
        books.write(folder / name, books.ONE)
    said = shell("check", ".")
    assert said.code == 0
    assert "~$a.xlsx was passed over: it is a lock file or hidden." in said.out
    assert ".c.xlsx was passed over" in said.out
    assert "b.xlsx was passed over: its results workbook b.results.xlsx is there." in said.out
    assert "2 files, 2 of them in order: fine 2." in said.out


def test_one_bad_file_does_not_stop_the_others(folder: Path, shell: Shell, here: Running) -> None:
    books.write(folder / "bad.xlsx", books.WRONG_CELL.replace("D-1", "D-7"))
    books.write(folder / "good.xlsx", books.ONE)
    said = shell("import", "bad.xlsx", "good.xlsx", "--target", "sandbox")
    assert said.code == 1
    assert "good.xlsx: its one row is in order.\n  created 1\n" in said.out
    assert files_in(folder) == {
        "bad.xlsx",
        "good.xlsx",
        "bad.results.xlsx",
        "good.results.xlsx",
    }


def test_files_that_contradict_each_other(folder: Path, shell: Shell, here: Running) -> None:
    books.write(folder / "a.xlsx", books.ONE)
    books.write(folder / "b.xlsx", books.ONE.replace("840", "850"))
    said = shell("import", "a.xlsx", "b.xlsx", "--target", "sandbox")
    assert said.code == 1
    assert said.out.count("FILE_SAME_KEY_ELSEWHERE") == 2
    assert "“D-1”, which b.xlsx has with other content in row 2" in " ".join(said.out.split())
    assert writes(here) == []
