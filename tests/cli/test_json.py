"""`--json`: one valid document on stdout and nothing else, whatever happens."""

from pathlib import Path
from typing import Any

import pytest

from importer.reporting.document import build_document
from importer.reporting.failed import build_failed
from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import Shell

MEMBERS = ["importer", "command", "target", "exit_code", "error", "notes", "files"]
OF_FILE = [
    "file",
    "run",
    "in_order",
    "counts",
    "results",
    "notes",
    "stopped",
    "mail",
    "problems",
    "causes",
    "rows",
]
OF_ROW = ["sheet", "row", "external_id", "status", "id", "message", "results", "problems"]
OF_PROBLEM = [
    "code",
    "severity",
    "sheet",
    "row",
    "cell",
    "column",
    "found",
    "expected",
    "remedy",
]


def assert_shape(document: Any) -> None:
    assert list(document) == MEMBERS
    for file in document["files"]:
        assert list(file) == OF_FILE
        assert sum(file["counts"].values()) == len(file["rows"])
        problems = list(file["problems"])
        for row in file["rows"]:
            assert list(row) == OF_ROW
            assert file["counts"][row["status"]] > 0
            problems += row["problems"]
        assert all(list(each) == OF_PROBLEM for each in problems)


def test_check(folder: Path, shell: Shell) -> None:
    books.write(folder / "month.xlsx", books.WRONG_CELL)
    said = shell("check", "month.xlsx", "gone.xlsx", "--json")
    document = said.document
    assert_shape(document)
    assert (said.code, said.err) == (1, "")
    assert (document["command"], document["exit_code"], document["target"]) == ("check", 1, None)
    month, gone = document["files"]
    assert month["counts"] == {"invalid": 1, "skipped": 1}
    problem = month["rows"][1]["problems"][0]
    assert problem["code"] == "CELL_NOT_A_NUMBER"
    assert (problem["sheet"], problem["cell"], problem["row"]) == ("Datapoints", "D3", 3)
    assert problem["column"] == "Value"
    assert (gone["in_order"], gone["rows"]) == (False, [])
    assert gone["problems"][0]["code"] == "FILE_NOT_FOUND"


def test_plan_and_import(folder: Path, shell: Shell, here: Running) -> None:
    books.write(folder / "month.xlsx", books.TWO)
    planned = shell("plan", "month.xlsx", "--target", "sandbox", "--json")
    assert_shape(planned.document)
    assert planned.document["files"][0]["counts"] == {"created": 2}
    assert planned.document["files"][0]["run"] is None
    done = shell("import", "month.xlsx", "--target", "sandbox", "--json")
    document = done.document
    assert_shape(document)
    assert (done.code, done.err, document["error"]) == (0, "", None)
    assert document["target"]["name"] == "sandbox"
    assert set(document["target"]["hosts"]) == {"cula", "isometric"}
    file = document["files"][0]
    assert (file["file"], file["results"]) == ("month.xlsx", "month.results.xlsx")
    assert (file["in_order"], file["run"]) == (True, 1)
    assert all(row["id"] for row in file["rows"])


def test_a_folder_without_workbooks(folder: Path, shell: Shell) -> None:
    said = shell("import", ".", "--target", "sandbox", "--json")
    assert_shape(said.document)
    assert said.document["files"] == []
    assert said.document["exit_code"] == said.code == 1
    assert said.document["notes"] == [". holds no workbook to import."]


def test_settings_that_are_missing(folder: Path, shell: Shell) -> None:
    said = shell("import", "month.xlsx", "--json")
    assert said.code == 3
    assert_shape(said.document)
    assert said.document["exit_code"] == 3
    assert said.document["error"]["message"].startswith("No target is chosen.")
    assert "--target sandbox" in said.document["error"]["remedy"]
    assert "No target is chosen." in said.err


def test_a_mistake_of_ours(folder: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("inside")

    books.write(folder / "month.xlsx", books.ONE)
    monkeypatch.setattr("importer.cli.checking.check_file", stumble)
    monkeypatch.setattr("tempfile.tempdir", str(folder.parent))
    said = shell("check", "month.xlsx", "--json")
    assert said.code == 3
    assert_shape(said.document)
    assert "a mistake that is not yours" in said.err
    assert "Traceback" not in said.both
    (log,) = folder.parent.glob("importer-*.log")
    assert str(log) in " ".join(said.err.split())
    assert "KeyError: 'inside'" in log.read_text()


def test_a_mistake_of_ours_that_cannot_be_kept(
    folder: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("inside")

    monkeypatch.setattr("importer.cli.checking.check_file", stumble)
    monkeypatch.setattr("tempfile.tempdir", str(folder / "gone"))
    said = shell("check", "month.xlsx")
    assert said.code == 3
    assert "KeyError: 'inside'" in said.err
    assert "Traceback" not in said.both


def test_wrong_usage_has_no_document(shell: Shell) -> None:
    said = shell("check", "--json")
    assert (said.code, said.out) == (2, "")
    assert "Missing argument 'FILES...'" in said.err


def test_a_document_of_a_failure_has_the_members_of_any_other() -> None:
    done = build_document("plan", "1", None, (), exit_code=3)
    failed = build_failed("plan", "1", exit_code=3, message="m", remedy="r")
    assert list(failed) == list(done)
    assert {**failed, "error": None} == done
