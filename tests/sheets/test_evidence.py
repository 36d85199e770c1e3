"""Evidence lies beside the workbook, below it, or in the zip of its name; never outside."""

import hashlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.record import Document
from importer.sheets.reading.evidence import Allowed, EvidenceFolder

HERE = Place(sheet="Sources", row=2, column=3, header="File")
ALLOWED = Allowed(largest=1000, types={".pdf": "application/pdf", ".csv": "text/csv"})


@pytest.fixture
def folder(tmp_path: Path) -> EvidenceFolder:
    inner = tmp_path / "month"
    (inner / "evidence").mkdir(parents=True)
    (inner / "evidence" / "tickets.pdf").write_bytes(b"%PDF tickets")
    (inner / "empty.pdf").touch()
    (inner / "large.pdf").write_bytes(b"x" * 1001)
    (inner / "table.xlsx").write_bytes(b"PK")
    (tmp_path / "outside.pdf").write_bytes(b"%PDF outside")
    with ZipFile(inner / "october.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("scans/lab.pdf", b"%PDF lab")
        archive.writestr("bomb.pdf", b"0" * 10_000_000)
    return EvidenceFolder(inner / "october.xlsx")


def code(found: Document | Problem) -> str:
    assert isinstance(found, Problem)
    assert found.place == HERE
    assert found.found
    assert found.expected
    assert found.remedy
    return found.code


@pytest.mark.parametrize(
    ("named", "content"),
    [
        ("evidence/tickets.pdf", b"%PDF tickets"),
        ("evidence\\tickets.pdf", b"%PDF tickets"),
        ("scans/lab.pdf", b"%PDF lab"),
    ],
)
def test_found(folder: EvidenceFolder, named: str, content: bytes) -> None:
    assert folder.find(named, HERE, ALLOWED) == Document(
        named=named,
        name=named.replace("\\", "/").rsplit("/", maxsplit=1)[-1],
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        content_type="application/pdf",
    )
    assert folder.read(named, largest=1000) == content


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("missing.pdf", "CELL_FILE_MISSING"),
        ("evidence.pdf", "CELL_FILE_MISSING"),
        ("empty.pdf", "CELL_FILE_EMPTY"),
        ("large.pdf", "CELL_FILE_TOO_LARGE"),
        ("bomb.pdf", "CELL_FILE_TOO_LARGE"),
        ("table.xlsx", "CELL_FILE_TYPE"),
        ("evidence", "CELL_FILE_TYPE"),
        ("../outside.pdf", "CELL_FILE_OUTSIDE"),
        ("evidence/../../outside.pdf", "CELL_FILE_OUTSIDE"),
        ("..\\outside.pdf", "CELL_FILE_OUTSIDE"),
        ("/etc/passwd.pdf", "CELL_FILE_OUTSIDE"),
        ("C:\\outside.pdf", "CELL_FILE_OUTSIDE"),
        ("C:outside.pdf", "CELL_FILE_OUTSIDE"),
        ("\\\\server\\share\\outside.pdf", "CELL_FILE_OUTSIDE"),
        ("~/outside.pdf", "CELL_FILE_OUTSIDE"),
        ("https://example.org/a.pdf", "CELL_FILE_OUTSIDE"),
        ("a\0.pdf", "CELL_FILE_OUTSIDE"),
    ],
)
def test_refused(folder: EvidenceFolder, named: str, expected: str) -> None:
    assert code(folder.find(named, HERE, ALLOWED)) == expected


def test_a_link_that_leads_outside_is_not_followed(folder: EvidenceFolder) -> None:
    inner = folder.workbook.parent
    (inner / "linked.pdf").symlink_to(inner.parent / "outside.pdf")
    assert code(folder.find("linked.pdf", HERE, ALLOWED)) == "CELL_FILE_MISSING"


def test_a_results_workbook_uses_the_zip_of_its_original(folder: EvidenceFolder) -> None:
    result = EvidenceFolder(folder.workbook.with_name("october.results.xlsx"))
    assert isinstance(result.find("scans/lab.pdf", HERE, ALLOWED), Document)


def test_a_broken_zip_is_a_problem_at_the_cell(folder: EvidenceFolder) -> None:
    folder.archive.write_bytes(b"PK\3\4 not a zip")
    assert code(folder.find("scans/lab.pdf", HERE, ALLOWED)) == "CELL_FILE_MISSING"


def test_any_type_is_taken_where_none_is_named(folder: EvidenceFolder) -> None:
    anything = Allowed(largest=1000, types={})
    (folder.workbook.parent / "scan.heic9").write_bytes(b"scan")
    odd, usual = (folder.find(name, HERE, anything) for name in ("scan.heic9", "large.pdf"))
    assert isinstance(odd, Document)
    assert odd.content_type == "application/octet-stream"
    assert code(usual) == "CELL_FILE_TOO_LARGE"
    pdf = folder.find("evidence/tickets.pdf", HERE, anything)
    assert isinstance(pdf, Document)
    assert pdf.content_type == "application/pdf"
