"""A folder of files: which ones are taken, what they say of one another, and one that is bad."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.flows.batch import collect_files, hold_contradictions
from importer.flows.importing import import_file
from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, problems, statuses
from tests.flows import books

OTHER = books.DATAPOINTS.replace("D-", "E-").replace("840", "841")


def import_folder(desk: Desk, *paths: Path) -> list[FileReport]:
    """What the command line does with files and folders."""
    files = [desk.check(path) for path in collect_files(paths or (desk.folder,)).files]
    held = hold_contradictions(files, CATALOG)
    return [import_file(desk.session, file, results=None) for file in held]


def names(paths: Sequence[Path]) -> list[str]:
    return [path.name for path in paths]


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(b"")


def test_a_folder_is_taken_in_the_order_of_names(tmp_path: Path) -> None:
    touch(tmp_path, "b.xlsx", "a.xlsx", "c.XLSM", "notes.txt", "old.xls", "D.ods")
    assert names(collect_files([tmp_path]).files) == [
        "D.ods",
        "a.xlsx",
        "b.xlsx",
        "c.XLSM",
        "old.xls",
    ]


def test_locks_and_hidden_files_are_passed_over_with_a_word(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx", "~$a.xlsx", ".a.xlsx", ".a.xlsx.1234.part")
    collected = collect_files([tmp_path])
    assert names(collected.files) == ["a.xlsx"]
    assert len(collected.notes) == 2


@pytest.mark.parametrize(
    ("original", "results"),
    [
        ("a.xlsx", "a.results.xlsx"),
        ("a.xlsm", "a.results.xlsm"),
        ("a.XLSX", "a.results.xlsx"),
        ("A.xlsx", "A.results.xlsx"),
    ],
)
def test_an_original_stands_back_for_its_results(
    tmp_path: Path, original: str, results: str
) -> None:
    touch(tmp_path, original, results)
    collected = collect_files([tmp_path])
    assert names(collected.files) == [results]
    assert f"{original} was passed over" in collected.notes[0]


def test_an_original_that_is_named_itself_is_taken(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx", "a.results.xlsx")
    assert names(collect_files([tmp_path / "a.xlsx"]).files) == ["a.xlsx"]


def test_a_file_that_is_named_twice_is_taken_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx")
    assert len(collect_files([tmp_path / "a.xlsx", tmp_path, tmp_path / "a.xlsx"]).files) == 1


def test_a_folder_within_the_folder_is_no_file(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx")
    (tmp_path / "archive.xlsx").mkdir()
    assert names(collect_files([tmp_path]).files) == ["a.xlsx"]


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    collected = collect_files([tmp_path])
    assert not collected.files
    assert "holds no workbook" in collected.notes[0]


def test_a_folder_is_imported_and_then_its_results(desk: Desk) -> None:
    desk.book(books.DATAPOINTS, "a.xlsx")
    desk.book(OTHER, "b.xlsx")
    first = import_folder(desk)
    assert [set(each.counts) for each in first] == [{Status.CREATED}] * 2
    again = import_folder(desk)
    assert [Path(each.file).name for each in again] == ["a.results.xlsx", "b.results.xlsx"]
    assert [set(each.counts) for each in again] == [{Status.UNCHANGED}] * 2
    assert [each.results for each in again] == [each.results for each in first]


def test_one_id_with_other_content_in_two_files_is_held_in_both(desk: Desk) -> None:
    desk.book(books.DATAPOINTS, "a.xlsx")
    desk.book(books.DATAPOINTS.replace("840", "850"), "b.xlsx")
    one, other = import_folder(desk)
    assert problems(one) == problems(other) == {("FILE_SAME_KEY_ELSEWHERE", "Datapoints!A2")}
    assert "b.xlsx has with other content in row 2" in one.all_problems[0].found
    assert statuses(one) == {"Datapoints": ["invalid", "created", "created"]}
    assert statuses(other) == {"Datapoints": ["invalid", "unchanged", "unchanged"]}
    assert "D-1" not in desk.stored(DATAPOINT)


def test_a_log_with_other_values_in_two_files_is_held_in_both(desk: Desk) -> None:
    desk.book(books.LOG, "a.xlsx")
    desk.book(books.LOG.replace("84230", "84231"), "b.xlsx")
    reports = import_folder(desk)
    assert [set(each.counts) for each in reports] == [{Status.INVALID}] * 2
    assert not desk.writes()


def test_an_id_that_differs_by_case_is_the_same_id_in_two_files(desk: Desk) -> None:
    desk.book(books.DATAPOINTS, "a.xlsx")
    desk.book(books.DATAPOINTS.replace("D-1 ", "d-1 ").replace("840", "850"), "b.xlsx")
    one, other = import_folder(desk)
    assert ("FILE_SAME_KEY_ELSEWHERE", "Datapoints!A2") in problems(one) & problems(other)


def test_equal_content_in_two_files_is_sent_once(desk: Desk) -> None:
    desk.book(books.BOTH, "a.xlsx")
    desk.book(books.BOTH, "b.xlsx")
    one, other = import_folder(desk)
    assert set(one.counts) == {Status.CREATED}
    assert set(other.counts) == {Status.UNCHANGED}
    assert len(desk.writes()) == 4


BAD = {
    "garbage": b"this is no workbook",
    "empty": b"",
    "cut": b"PK\x03\x04" + b"\x00" * 40,
    "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_file_that_cannot_be_read_does_not_stop_the_others(desk: Desk, content: bytes) -> None:
    desk.book(books.DATAPOINTS, "a.xlsx")
    bad = desk.folder / "bad.xlsx"
    bad.write_bytes(content)
    desk.book(OTHER, "c.xlsx")
    reports = import_folder(desk)
    assert [dict(each.counts) for each in reports] == [{Status.CREATED: 3}, {}, {Status.CREATED: 3}]
    assert {code[:5] for code, _ in problems(reports[1])} == {"FILE_"}
    assert not reports[1].stopped
    assert not reports[1].results
    assert bad.read_bytes() == content
    assert not (desk.folder / "bad.results.xlsx").exists()


def test_a_file_that_is_not_there_is_one_message(desk: Desk) -> None:
    (report,) = import_folder(desk, desk.folder / "nothing.xlsx")
    assert {code for code, _ in problems(report)} == {"FILE_NOT_FOUND"}
    assert not report.stopped


def test_a_workbook_without_a_row_gets_its_results(desk: Desk) -> None:
    path = desk.book("Datapoints\nExternal ID | Name | Type | Value | Description")
    report = desk.import_(path)
    assert {code for code, _ in problems(report)} == {"FILE_NO_ROWS"}
    assert not report.stopped
    assert Path(report.results).exists()


def test_a_file_whose_service_gives_out_does_not_stop_the_next(desk: Desk) -> None:
    desk.book(books.LOG, "a.xlsx")
    desk.book(books.DATAPOINTS, "b.xlsx")
    desk.goes_wrong("status", "GET /periodic-emission-log-configs", "cula", times=None)
    one, other = import_folder(desk)
    assert one.stopped
    assert set(one.counts) == {Status.SKIPPED}
    assert set(other.counts) == {Status.CREATED}


def test_merged_cells_on_a_blank_row_are_told_although_no_row_shows_them(desk: Desk) -> None:
    path = desk.book("""
        Datapoints
        External ID | Name | Type     | Value | Description
        D-1         | Mass | REPORTED | 1     | weighed
    """)
    workbook = load_workbook(path)
    workbook["Datapoints"].merge_cells("A9:B9")
    workbook.save(path)
    report = desk.import_(path)
    assert ("SHEET_MERGED_CELLS", "Datapoints!A9") in problems(report)
    assert statuses(report) == {"Datapoints": ["invalid"]}
