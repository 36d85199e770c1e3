"""A watched folder: what is ready, and that no content is taken twice."""

from pathlib import Path

import pytest

from importer.flows.digests import hash_file
from importer.flows.watching import Watched
from importer.model.report import FileReport


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched([tmp_path], is_done=lambda _: False)


def look(watched: Watched) -> list[str]:
    return [each.name for each in watched.find_ready()]


def look_twice(watched: Watched) -> list[str]:
    watched.find_ready()
    return look(watched)


def ended(path: Path, **facts: object) -> FileReport:
    return FileReport(file=str(path), verb="import", **facts)


def test_a_file_is_ready_when_it_has_stopped_growing(tmp_path: Path, watched: Watched) -> None:
    file = tmp_path / "may.xlsx"
    file.write_bytes(b"one")
    assert look(watched) == []
    file.write_bytes(b"one, two")
    assert look(watched) == []
    assert look(watched) == ["may.xlsx"]


def test_an_empty_file_is_about_to_be_filled(tmp_path: Path, watched: Watched) -> None:
    (tmp_path / "may.xlsx").touch()
    assert look_twice(watched) == []


@pytest.mark.parametrize("lock", ["~$may.xlsx", ".~lock.may.xlsx#"])
def test_a_file_that_is_open_waits_until_it_is_closed(
    tmp_path: Path, watched: Watched, lock: str
) -> None:
    (tmp_path / "may.xlsx").write_bytes(b"one")
    (tmp_path / lock).write_bytes(b"anna")
    assert look_twice(watched) == []
    (tmp_path / lock).unlink()
    assert look(watched) == ["may.xlsx"]


def test_each_content_is_taken_once_whatever_it_is_called(tmp_path: Path, watched: Watched) -> None:
    file = tmp_path / "may.xlsx"
    file.write_bytes(b"one")
    assert look_twice(watched) == ["may.xlsx"]
    watched.mark_done([ended(file)])
    assert look_twice(watched) == []
    (tmp_path / "copy.xlsx").write_bytes(b"one")
    assert look_twice(watched) == []
    file.write_bytes(b"two!")
    assert look_twice(watched) == ["may.xlsx"]


def test_the_results_that_a_run_wrote_are_taken_when_they_were_mended(
    tmp_path: Path, watched: Watched
) -> None:
    file, results = tmp_path / "may.xlsx", tmp_path / "may.results.xlsx"
    file.write_bytes(b"one")
    look_twice(watched)
    results.write_bytes(b"one, annotated")
    watched.mark_done([ended(file, results=str(results))])
    assert look_twice(watched) == []
    results.write_bytes(b"one, annotated and mended")
    assert look_twice(watched) == ["may.results.xlsx"]


def test_what_was_cut_short_is_tried_again(tmp_path: Path, watched: Watched) -> None:
    file = tmp_path / "may.xlsx"
    file.write_bytes(b"one")
    look_twice(watched)
    watched.mark_done([ended(file, stopped=("The service is away.", "Wait."))])
    assert look(watched) == ["may.xlsx"]


def test_what_an_earlier_process_imported_is_not_taken_again(tmp_path: Path) -> None:
    file = tmp_path / "may.xlsx"
    file.write_bytes(b"one")
    known = {hash_file(file)}
    assert look_twice(Watched([tmp_path], is_done=known.__contains__)) == []


def test_a_folder_that_is_away_for_a_moment_is_empty(tmp_path: Path) -> None:
    place = tmp_path / "share"
    place.mkdir()
    (place / "may.xlsx").write_bytes(b"one")
    watched = Watched([place], is_done=lambda _: False)
    place.rename(tmp_path / "away")
    assert look_twice(watched) == []
    (tmp_path / "away").rename(place)
    assert look_twice(watched) == ["may.xlsx"]
