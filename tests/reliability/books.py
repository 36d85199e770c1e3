"""The workbooks that are imported, and what the services have to hold afterwards.

What is expected is read off the tables themselves, not off what the program makes of them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from importer.sandbox.cula.kinds import FILE, LOG
from importer.sandbox.documents import Kind
from importer.sandbox.isometric.kinds import DATAPOINT, ENTRY, SOURCE
from support.evidence import build_evidence
from support.plant import Month, Percent, build_month

Members = Mapping[str, Any]

MANY = 200
"""Rows of the workbook for random kills."""

_BATCH = "NB-2026-10-B1"
_FURTHER = (f"{_BATCH}-SECOND", f"{_BATCH}-THIRD")
_ISOMETRIC = {
    "Datapoints": (DATAPOINT, {"Name": "display_name", "Description": "description"}),
    "Sources": (SOURCE, {"Name": "display_name", "Description": "description"}),
    "Entries": (ENTRY, {}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A record that has to be there once. `members` are some of its body, dotted inside.

    digest: SHA-256 of its document, if it has one.
    """

    sheet: str
    row: int
    kind: Kind
    key: str
    members: Members
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook as tables, with the documents that it names."""

    month: Month
    documents: Mapping[str, bytes]

    @property
    def rows(self) -> set[tuple[str, int]]:
        """The place of each row."""
        return {
            (sheet, number)
            for sheet, table in self.month.items()
            for number, _ in enumerate(table, start=2)
        }

    @property
    def expected(self) -> tuple[Expected, ...]:
        """The records that its rows stand for."""
        return tuple(
            found
            for sheet, table in self.month.items()
            for number, row in enumerate(table, start=2)
            for found in _expect(sheet, number, row, self.documents)
        )

    def write(self, path: Path) -> Path:
        """The workbook at the path, with its documents beside it."""
        for name, content in self.documents.items():
            place = path.parent / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
        path.write_bytes(_render(self.month))
        return path


def _render(month: Month) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, table in month.items():
        page = workbook.create_sheet(title)
        headers = list(dict.fromkeys(header for row in table for header in row))
        page.append(headers)
        for row in table:
            page.append([_value(row.get(header)) for header in headers])
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _value(value: Any) -> Any:
    # A share is a bare number to the reader, too.
    return f"{value.share * 100:g}%" if isinstance(value, Percent) else value


def _expect(
    sheet: str, number: int, row: Mapping[str, Any], documents: Mapping[str, bytes]
) -> Iterator[Expected]:
    key = str(row.get("External ID", ""))
    if sheet == "Emission logs":
        yield _log(sheet, number, key, row)
    elif sheet == "Files":
        content = documents[row["File"]]
        members = {"file_name": Path(row["File"]).name, "file_size_bytes": len(content)}
        yield Expected(
            sheet=sheet,
            row=number,
            kind=FILE,
            key=key,
            members=members,
            digest=hashlib.sha256(content).hexdigest(),
        )
    elif sheet in _ISOMETRIC:
        yield _isometric(sheet, number, key, row, documents)


def _log(sheet: str, number: int, key: str, row: Mapping[str, Any]) -> Expected:
    members = {
        "display_key": row["Display key"],
        "period_start": f"{row['Period start']}T00:00:00.000Z",
        "site.external_id": row["Site"],
    }
    return Expected(sheet=sheet, row=number, kind=LOG, key=key, members=members)


def _isometric(
    sheet: str, number: int, key: str, row: Mapping[str, Any], documents: Mapping[str, bytes]
) -> Expected:
    kind, named = _ISOMETRIC[sheet]
    members = {member: row[header] for header, member in named.items()}
    digest = ""
    if sheet == "Datapoints":
        members["quantity.magnitude"] = row["Value"]
    elif sheet == "Entries":
        members["started_on"] = str(row["Started on"])
        members["completed_on"] = str(row["Completed on"])
    else:
        digest = hashlib.sha256(documents[row["File"]]).hexdigest()
    return Expected(sheet=sheet, row=number, kind=kind, key=key, members=members, digest=digest)


def build_small_month() -> Book:
    """Three logs with their files, four sources, a batch's datapoints, and three entries of it."""
    month = build_month()
    month["Datapoints"] = [each for each in month["Datapoints"] if _is_of_batch(each)]
    entry = next(each for each in month["Entries"] if _is_of_batch(each))
    inputs = [each for each in month["Entry inputs"] if each["Entry"] == _BATCH]
    month["Entries"] = [entry, *({**entry, "External ID": key} for key in _FURTHER)]
    month["Entry inputs"] = [
        {**each, "Entry": key} for key in (_BATCH, *_FURTHER) for each in inputs
    ]
    return Book(month=month, documents=_documents_of(month))


def _is_of_batch(row: Mapping[str, Any]) -> bool:
    return str(row["External ID"]).startswith(_BATCH)


def _documents_of(month: Month) -> Mapping[str, bytes]:
    named = {str(row["File"]) for sheet in ("Files", "Sources") for row in month[sheet]}
    return {name: content for name, content in build_evidence().items() if name in named}


def correct(book: Book) -> Book:
    """The same month with a few cells mended, of each kind of record that can be corrected."""
    month = deepcopy(book.month)
    for number in (0, 2):
        log = month["Emission logs"][number]
        log["Display key"] = f"{log['Display key']}, corrected"
    for number in (0, 9, 19):
        month["Datapoints"][number]["Value"] = float(month["Datapoints"][number]["Value"]) + 1
    month["Sources"][1]["Description"] = "All samples of the batch, second edition"
    month["Entries"][1]["Completed on"] = month["Entries"][1]["Completed on"].replace(day=16)
    carbon = next(
        each
        for each in month["Entry inputs"]
        if each["Entry"] == _FURTHER[1] and each["Input"] == "carbon_content"
    )
    carbon["Datapoints"] = f"{_BATCH}-CARBON-1; {_BATCH}-CARBON-2"
    return Book(month=month, documents=book.documents)


def build_many(count: int = MANY, *, first: int = 1, value: float = 10.0) -> Book:
    """A workbook of so many datapoints."""
    table = [
        {
            "External ID": f"D-{number:04}",
            "Name": f"Reading {number}",
            "Type": "REPORTED",
            "Value": value + number,
            "Unit": "kg",
            "Description": "Weighed",
        }
        for number in range(first, first + count)
    ]
    return Book(month={"Datapoints": table}, documents={})
