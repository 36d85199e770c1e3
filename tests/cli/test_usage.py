"""What may be typed, and the exit code of several files."""

import pytest

from importer.cli.ending import exit_code
from importer.cli.main import cli
from importer.model.outcome import Outcome, Status
from importer.model.report import FileReport
from tests.cli.shell import Shell

FINE = FileReport(
    file="a.xlsx",
    verb="import",
    outcomes=(Outcome(sheet="S", row=2, key="K", status=Status.CREATED),),
)
WRONG = FileReport(
    file="b.xlsx",
    verb="import",
    outcomes=(Outcome(sheet="S", row=2, key="K", status=Status.INVALID),),
)
CUT_SHORT = FileReport(file="c.xlsx", verb="import", stopped=("It is away.", "Wait."))
PRESSED = FileReport(file="d.xlsx", verb="import", stopped=("Ctrl-C.", "Go on."), interrupted=True)


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ((), 1),
        ((FINE,), 0),
        ((FINE, FINE), 0),
        ((WRONG,), 1),
        ((FINE, WRONG, FINE), 1),
        ((WRONG, CUT_SHORT, FINE), 3),
        ((CUT_SHORT, PRESSED, WRONG), 130),
    ],
)
def test_of_several_files_the_highest_counts(reports: tuple[FileReport, ...], code: int) -> None:
    assert exit_code(reports) == code


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("impotr",), "No such command 'impotr'"),
        (("check",), "Missing argument 'FILES...'"),
        (("check", "a.xlsx", "--overwrite"), "No such option '--overwrite'"),
        (("plan", "a.xlsx", "--all-or-nothing"), "No such option '--all-or-nothing'"),
        (("import", "a.xlsx", "--target"), "Option '--target' requires an argument"),
        (("demo", "extra"), "unexpected extra argument"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], says: str, shell: Shell) -> None:
    said = shell(*words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


def test_nothing_typed_shows_the_help(shell: Shell) -> None:
    said = shell()
    assert said.code == 2
    assert "importer demo" in said.err


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("--version",)])
def test_asking_is_no_failure(words: tuple[str, ...], shell: Shell) -> None:
    assert shell(*words).code == 0


def test_every_command_says_in_one_line_what_it_does(shell: Shell) -> None:
    said = shell("--help")
    for name, command in cli.commands.items():
        assert f"  {name}" in said.out
        assert command.short_help
        assert "..." not in command.short_help
