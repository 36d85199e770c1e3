"""What is said of a whole run: where it went, what each file is called, and the sum of all."""

from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.model.report import FileReport, TargetFacts
from importer.reporting.text import name_files, render_report, render_target, render_total
from tests.reporting.makers import of_file, problem, report, row, text


def test_the_first_line() -> None:
    facts = TargetFacts(
        name="plant-north",
        hosts=(("cula", "cula-demo"), ("isometric", "isometric-sandbox")),
        organisations=(("cula", "org_1"), ("isometric", "Norrbark Biochar AB")),
        origin="importer.toml",
    )
    assert render_target(facts, width=80) == text(
        """
        Target plant-north: cula at cula-demo, isometric at isometric-sandbox;
          organisation org_1 (cula), Norrbark Biochar AB (isometric); settings:
          importer.toml.
        """
    )


def test_the_first_line_says_once_what_both_services_share() -> None:
    facts = TargetFacts(
        name="sandbox",
        hosts=(("cula", "127.0.0.1:5"), ("isometric", "127.0.0.1:5")),
        organisations=(("cula", "Norrbark"), ("isometric", "Norrbark")),
        origin="built in",
    )
    assert render_target(facts) == (
        "Target sandbox: cula and isometric at 127.0.0.1:5; organisation Norrbark (cula and "
        "isometric);\n  settings: built in."
    )
    assert render_target(TargetFacts(name="bare")) == "Target bare."


def test_several_files() -> None:
    planned = [
        report("plan", row(Status.CREATED, 2), row(Status.UPDATED, 3)),
        report("plan", row(Status.INVALID, 2, problem())),
        report("plan", problems=(of_file(kinds.FILE_NOT_FOUND, "no file"),)),
    ]
    assert render_total(planned) == (
        "3 files, 1 of them in order: to create 1 · to update 1 · invalid 1."
    )
    assert render_total(planned[2:]) == "1 files, 0 of them in order: no rows."


def test_files_go_by_their_names_unless_two_share_one() -> None:
    assert name_files(["/long/way/a.xlsx", "north/b.xlsx", "south/b.xlsx"]) == {
        "/long/way/a.xlsx": "a.xlsx",
        "north/b.xlsx": "north/b.xlsx",
        "south/b.xlsx": "south/b.xlsx",
    }
    by_name = render_report(FileReport(file="/long/way/a.xlsx", verb="check"))
    assert by_name == "a.xlsx: it was not worked on."
