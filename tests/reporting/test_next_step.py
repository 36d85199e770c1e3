"""The command to type next."""

import pytest

from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.reporting.next_step import Typed, render_next_step
from tests.reporting.makers import of_file, problem, report, row, text

ON_SANDBOX = ("--target", "sandbox")
WRONG = row(Status.INVALID, 2, problem())
AT_GATE = (of_file(kinds.FILE_MANY_UPDATES, "changes to 9 of 12"),)


def typed(
    verb: str, *paths: str, options: tuple[str, ...] = ON_SANDBOX, own: tuple[str, ...] = ()
) -> Typed:
    return Typed(verb=verb, paths=paths or ("month.xlsx",), options=options, own_options=own)


@pytest.mark.parametrize(
    ("reports", "after", "words"),
    [
        (
            [report("check", row(Status.SKIPPED))],
            typed("check"),
            """
            Next: see what an import would do:
              importer plan month.xlsx --target sandbox
            """,
        ),
        (
            [report("check", WRONG)],
            typed("check", options=()),
            """
            Next: mend what is named above, then:
              importer check month.xlsx
            """,
        ),
        (
            [report("plan", row(Status.CREATED))],
            typed("plan", options=(*ON_SANDBOX, "--overwrite")),
            """
            Next: send it:
              importer import month.xlsx --target sandbox --overwrite
            """,
        ),
        (
            [report("plan", row(Status.UNCHANGED))],
            typed("plan"),
            """
            Next: nothing is left to send. When a row changes, import the file again:
              importer import month.xlsx --target sandbox
            """,
        ),
        (
            [report("plan", WRONG)],
            typed("plan"),
            """
            Next: mend what is named above, then:
              importer plan month.xlsx --target sandbox
            """,
        ),
        (
            [report("plan", row(Status.UPDATED), problems=AT_GATE)],
            typed("plan"),
            """
            Next: if these changes are what you mean, send them:
              importer import month.xlsx --target sandbox --accept-updates
            """,
        ),
        (
            [report("import", row(Status.SKIPPED), problems=AT_GATE, results="month.results.xlsx")],
            typed("import", own=("--results", "out")),
            """
            Next: look at what would change; if it is what you mean, send it:
              importer plan month.xlsx --target sandbox
              importer import month.xlsx --target sandbox --results out --accept-updates
            """,
        ),
        (
            [report("import", row(Status.CREATED), results="month.results.xlsx")],
            typed("import", options=(*ON_SANDBOX, "--overwrite"), own=("--accept-updates",)),
            """
            Next: nothing is left to send. When a row changes, import the file again:
              importer import month.xlsx --target sandbox
            """,
        ),
        (
            [report("import", WRONG, results="my month.results.xlsx")],
            typed("import", "my month.xlsx", options=(*ON_SANDBOX, "--overwrite")),
            """
            Next: mend the marked cells in my month.results.xlsx, save, then:
              importer import 'my month.results.xlsx' --target sandbox
            """,
        ),
        (
            [
                report("import", WRONG, results="a.results.xlsx"),
                report("import", row(Status.CREATED), results="b.results.xlsx"),
                report("import", problems=(of_file(kinds.FILE_NOT_FOUND, "no"),), file="c.xlsx"),
            ],
            typed("import", "a.xlsx", "b.xlsx", "c.xlsx"),
            """
            Next: mend the marked cells in the results workbooks, save, then:
              importer import a.results.xlsx c.xlsx --target sandbox
            """,
        ),
        (
            [report("import", problems=(of_file(kinds.FILE_NOT_FOUND, "no"),))],
            typed("import"),
            """
            Next: mend what is named above, then:
              importer import month.xlsx --target sandbox
            """,
        ),
        (
            [
                report(
                    "import", row(Status.SKIPPED), stopped=("a", "b"), results="month.results.xlsx"
                )
            ],
            typed("import", own=("--accept-updates",)),
            """
            Next: settle what stopped the run, then go on; nothing is sent twice:
              importer import month.xlsx --target sandbox --accept-updates
            """,
        ),
        (
            [report("import", row(Status.SKIPPED), stopped=("a", "b"), interrupted=True)],
            typed("import"),
            """
            Next: to go on, type the same command again; nothing is sent twice:
              importer import month.xlsx --target sandbox
            """,
        ),
        (
            [],
            typed("import", "in box"),
            """
            Next: put a workbook there or name another place, then:
              importer import 'in box' --target sandbox
            """,
        ),
    ],
    ids=[
        "check fine",
        "check wrong",
        "plan fine",
        "plan still",
        "plan wrong",
        "plan at the gate",
        "import at the gate",
        "import fine",
        "import wrong",
        "several files",
        "unreadable",
        "stopped",
        "interrupted",
        "no file",
    ],
)
def test_each_end(reports: list[FileReport], after: Typed, words: str) -> None:
    assert render_next_step(reports, after) == text(words)


def test_so_many_files_that_one_stands_for_all() -> None:
    reports = [report("import", WRONG, results=f"{number}.results.xlsx") for number in range(9)]
    assert render_next_step(reports, typed("import", "inbox")) == text(
        """
        Next: mend the marked cells in the results workbooks, then import each, such as:
          importer import 0.results.xlsx --target sandbox
        """
    )


def test_words_are_folded_and_commands_are_not() -> None:
    path = "a-folder-with-a-long-name/another-one/month-of-october.results.xlsx"
    told = render_next_step([report("import", WRONG, results=path)], typed("import"), width=60)
    assert told.splitlines()[-1] == f"  importer import {path} --target sandbox"
    assert told.splitlines()[:2] == ["Next: mend the marked cells in", f"  {path},"]


def test_a_command_is_spelled_for_the_shell_at_hand() -> None:
    told = render_next_step([], typed("check", "a b"), spell="|".join)
    assert told.endswith("  importer|check|a b|--target|sandbox")


def test_a_path_is_never_taken_for_an_option() -> None:
    told = render_next_step([], typed("check", "-month.xlsx", "in"))
    assert told.endswith("  importer check ./-month.xlsx in --target sandbox")
