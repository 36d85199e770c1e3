"""Uploads in other formats keep the name that says which sheet they are."""

from pathlib import Path

import pytest

from importer.flows.intake import Intake, Part, spell_safely
from importer.model.failure import UploadRefused
from importer.sheets.formats import endings


def take(folder: Path, **files: str) -> Intake:
    intake = Intake(root=folder)
    for part, name in files.items():
        intake.begin(Part(part), name)
        intake.write(b"PK\x03\x04 and more")
        intake.end()
    return intake


@pytest.mark.parametrize("name", ["Datapoints.csv", "a.ods", "a.xls", "a.xlsb", "a.xlsm", "a.zip"])
def test_the_ending_stays(tmp_path: Path, name: str) -> None:
    assert spell_safely(name) == name
    assert take(tmp_path, workbook=name).finish().stored.endswith(f"/{name}")


def test_a_zip_of_text_files_has_its_evidence_inside(tmp_path: Path) -> None:
    with pytest.raises(UploadRefused) as refused:
        take(tmp_path, workbook="october.zip", evidence="photos.zip").finish()
    assert "into the zip" in refused.value.remedy


def test_what_is_offered_is_what_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(endings.list_endings()) == set(endings.WORKBOOKS)
    monkeypatch.setattr(endings, "is_installed", lambda: False)
    assert endings.list_endings() == (".xlsx", ".xlsm", ".csv", ".zip")
