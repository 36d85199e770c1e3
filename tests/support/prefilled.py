"""Templates with what a desk's account holds, read and corrected as a person would."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from importer.flows.present import build_days
from importer.flows.with_existing import Prefill, write_existing
from importer.resources.catalog import CATALOG
from support.desk import Desk

CONFIG, TEMPLATE = "emission-log-config", "ghg-entry-template"
Row = dict[str, object]


def fetch(
    desk: Desk,
    asked: Mapping[str, str] | None = None,
    *,
    first: date | None = None,
    last: date | None = None,
    extras: tuple[str, ...] = (),
) -> tuple[Path, Prefill]:
    """A template of the default book with what the desk's account holds, and what it told."""
    path = desk.folder / "there.xlsx"
    book = replace(CATALOG.books[0], extras=extras)
    days = build_days(first, last)
    return path, write_existing(
        desk.session,
        book,
        path,
        asked={kind: (name,) for kind, name in (asked or {}).items()},
        days=days,
    )


def read_rows(path: Path, title: str, head_row: int = 1) -> list[Row]:
    """The rows of a sheet by header; blank cells are left out."""
    every = list(load_workbook(path)[title].iter_rows(values_only=True))
    head, rows = every[head_row - 1], every[head_row:]
    return [
        {
            str(name).rstrip("*"): value
            for name, value in zip(head, row, strict=True)
            if value is not None
        }
        for row in rows
        if any(each is not None for each in row)
    ]


def read_listing(path: Path, title: str) -> list[Row]:
    """The lines of one of our own pages, each by the heads of its table."""
    if title not in load_workbook(path).sheetnames:
        return []
    every = list(load_workbook(path)[title].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(every, 1) if "What it is" in row)
    return [{k: v for k, v in each.items() if k != "None"} for each in read_rows(path, title, at)]


def correct(path: Path, title: str, start: Mapping[str, object], header: str, value: object) -> str:
    """Change one cell of the row that starts like this; answers with the cell's place."""
    workbook = load_workbook(path)
    page = workbook[title]
    columns = {str(cell.value).rstrip("*"): cell.column for cell in page[1]}
    (row,) = (
        number
        for number in range(2, page.max_row + 1)
        if all(page.cell(number, columns[name]).value == each for name, each in start.items())
    )
    cell = page.cell(row, columns[header])
    cell.value = value
    workbook.save(path)
    return f"{title}!{cell.coordinate}"
