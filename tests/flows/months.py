"""The sample month, or a part of it, with one cell changed as a person would."""

from copy import deepcopy
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from support.desk import Desk
from support.evidence import build_evidence
from support.filling import fill
from support.plant import CellValue, Month, Percent, Table, build_month

Row = dict[str, CellValue | Percent]

_KEYS = {"Emission log values": 2, "Entry inputs": 3}
"""How many of its first cells name a row of a detail sheet; elsewhere it is one."""


_EVIDENCE = ("Files", "Sources")


def build_batch() -> Month:
    """A smaller month: the electricity log, and the first batch with its datapoints.

    It comes without documents, so that it can lie anywhere.
    """
    month = build_month()
    return {
        sheet: [_drop_evidence(row) for row in table if _is_of_batch(str(next(iter(row.values()))))]
        for sheet, table in month.items()
        if sheet not in _EVIDENCE
    }


def _drop_evidence(row: Row) -> Row:
    return {header: value for header, value in row.items() if header not in _EVIDENCE}


def _is_of_batch(key: str) -> bool:
    return key.startswith(("NB-ELEC", "NB-2026-10-B1"))


def find_row(month: Month, sheet: str, key: str) -> Row:
    """The row of that key; the key of a detail row is its first cells, parted by a slash."""
    count = _KEYS.get(sheet, 1)
    for row in month[sheet]:
        if "/".join(str(value) for value in list(row.values())[:count]) == key:
            return row
    raise KeyError(f"{sheet} has no row {key}")


def change(month: Month, sheet: str, key: str, header: str, value: CellValue | Percent) -> Month:
    """The month with one cell changed."""
    changed = deepcopy(month)
    find_row(changed, sheet, key)[header] = value
    return changed


def count_rows(month: Month) -> int:
    """Rows on all sheets."""
    return sum(len(table) for table in month.values())


def save(desk: Desk, month: Month, name: str = "month.xlsx") -> Path:
    """The month as a bare workbook on the desk: headers and rows, nothing of the template."""
    return fill_book(desk.folder / name, month)


def fill_book(path: Path, month: Month) -> Path:
    """The same, anywhere."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, table in month.items():
        page = workbook.create_sheet(title)
        headers = list(dict.fromkeys(header for row in table for header in row))
        page.append(headers)
        for number, row in enumerate(table, start=2):
            for column, header in enumerate(headers, start=1):
                _fill(page, number, column, row.get(header))
    workbook.save(path)
    return path


def _fill(page: Worksheet, row: int, column: int, value: CellValue | Percent) -> None:
    cell = page.cell(row, column)
    if isinstance(value, Percent):
        cell.value, cell.number_format = value.share, "0%"
    else:
        cell.value = value


def keys(table: Table) -> set[str]:
    """The external ids of a sheet's rows."""
    return {str(row["External ID"]) for row in table}


def save_whole(desk: Desk, month: Month) -> Path:
    """The month in the template, with its evidence beside it, as the samples are."""
    for name, content in build_evidence().items():
        path = desk.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    path = desk.folder / "whole.xlsx"
    path.write_bytes(fill(month))
    return path
