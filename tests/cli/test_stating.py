"""What is stated of dates and numbers: by the command, or by the workbook."""

from pathlib import Path

import pytest

from tests.cli.books import write
from tests.cli.shell import Shell

BOOK = """
Datapoints
External ID | Name             | Type     | Value   | Description | Measured at
D-1         | Biochar produced | REPORTED | "1.234" | Weighbridge | 03/04/2026
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "month.xlsx", BOOK)


def test_what_is_not_stated_is_asked_about(shell: Shell, book: Path) -> None:
    said = shell("check", book)
    assert said.code == 1
    assert said.out.count("CELL_AMBIGUOUS") == 2
    assert "--dates" in said.out
    assert "--decimal" in said.out


@pytest.mark.parametrize("verb", ["check", "plan", "import"])
def test_what_the_command_states_settles_it_and_is_told(
    shell: Shell, book: Path, verb: str
) -> None:
    target = () if verb == "check" else ("--target", "sandbox")
    said = shell(verb, book, "--dates", "mdy", "--decimal", "comma", *target)
    assert said.code == 0
    assert "03/04/2025 is 2025-03-04" in said.out
    assert "“1.234” is 1234" in " ".join(said.out.split())
    if verb == "check":
        # The command that is named next states the same.
        assert "--dates mdy --decimal comma" in said.out


def test_one_of_them_settles_its_own_only(shell: Shell, book: Path) -> None:
    said = shell("check", book, "--dates", "dmy")
    assert said.out.count("CELL_AMBIGUOUS") == 1


def test_the_workbook_may_state_it_itself(shell: Shell, tmp_path: Path) -> None:
    stated = "Start here\nDates as text | day first\nNumbers as text | decimal point"
    book = write(tmp_path / "month.xlsx", f"{BOOK}\n{stated}")
    said = shell("check", book)
    assert said.code == 0
    assert "03/04/2025 is 2025-04-03" in said.out
    over = shell("check", book, "--dates", "mdy")
    assert "03/04/2025 is 2025-03-04" in over.out


def test_any_other_word_is_wrong_usage(shell: Shell, book: Path) -> None:
    assert shell("check", book, "--dates", "ymd").code == 2
